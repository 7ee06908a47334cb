"""The tools of assistants: each is an operation, with JSON Schemas of its arguments and its result."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import GraphQLNonNull, GraphQLSchema
from graphql.pyutils import suggestion_list

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.mcp.texts import TEXTS, Write
from careergraph.web.rest.json_schema import Schema, Selections, of_input
from careergraph.web.rest.operation import ReadOperation, read_operation, root_field

LABELS = "labels"
"""The root field with the words of a text, which is no part of the structured answer."""

_FOLDER = Path(__file__).parent / "operations"
_TITLES = {
    "search": "Search careers",
    "career": "A career",
    "compare": "Compare two careers",
    "transition_path": "The way from one career to another",
    "pairs": "Pairs worth comparing",
}


@dataclass(frozen=True)
class Tool:
    """A tool: `takes` is the schema of its arguments, `answers` that of its structured answer, which `write` makes the
    text for people of."""

    name: str
    title: str
    operation: ReadOperation
    takes: Schema
    answers: Schema
    write: Write

    def variables(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The variables of a call; an argument that is null counts as left out. Raises Refusal (BAD_REQUEST) for an
        argument that the tool does not have, and for one that is missing."""
        present = {name: value for name, value in arguments.items() if value is not None}
        missing = [name for name in self.takes["required"] if name not in present]
        names = ", ".join(self.operation.variables)
        for name in arguments:
            if name not in self.operation.variables:
                right = suggestion_list(name, list(self.operation.variables))[:1] or missing
                hint = f" Did you mean {' or '.join(right)}?" if right else ""
                message = f"{self.name} has no argument {name[:40]!r}.{hint} It takes: {names}."
                raise Refusal(WebCode.BAD_REQUEST, message)
        if missing:
            lacking = " and ".join(missing)
            raise Refusal(WebCode.BAD_REQUEST, f"{self.name} needs the argument {lacking}. It takes: {names}.")
        return present


def read_tools(schema: GraphQLSchema) -> dict[str, Tool]:
    """All tools by their names."""
    return {name: _read(schema, name) for name in _TITLES}


def _read(schema: GraphQLSchema, name: str) -> Tool:
    text = (_FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
    operation = read_operation(schema, text, past=False)
    return Tool(name, _TITLES[name], operation, _takes(operation), _answers(schema, operation), TEXTS[name])


def _takes(operation: ReadOperation) -> Schema:
    properties: dict[str, Schema] = {}
    for name, kind in operation.variables.items():
        properties[name] = of_input(kind)
        if name in operation.descriptions:
            properties[name]["description"] = operation.descriptions[name]
        if name in operation.defaults:
            properties[name]["default"] = operation.defaults[name]
    required = [name for name, kind in operation.variables.items() if isinstance(kind, GraphQLNonNull)]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _answers(schema: GraphQLSchema, operation: ReadOperation) -> Schema:
    selections = Selections(schema, "#/$defs")
    properties: dict[str, Schema] = {}
    for field in operation.fields:
        if (name := field.name.value) != LABELS:
            kind = root_field(schema, field).type
            value = kind.of_type if isinstance(kind, GraphQLNonNull) else kind  # null is an error here
            properties[name] = selections.of(field, GraphQLNonNull(value), operation.fragments)
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": selections.components,
    }
