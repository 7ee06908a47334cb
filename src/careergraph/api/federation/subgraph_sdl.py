"""The subgraph's text: the public schema, with the directives that composition needs."""

from dataclasses import replace
from functools import cache
from typing import Any

from graphql import DefinitionNode, ObjectTypeDefinitionNode, parse, print_ast

from careergraph.api.federation.entities import FINDERS, KEYS
from careergraph.api.schema import sdl

HEAD = """extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

directive @oneOf on INPUT_OBJECT
"""
"""Composition refuses `@oneOf` without its definition, though it is the specification's own."""

DIRECTIVES = {
    **dict.fromkeys(FINDERS, " ".join(f'@key(fields: "{key}")' for key in KEYS)),
    "PageInfo": "@shareable",  # of Relay: other subgraphs have it too
}
"""The directives of types, by name."""

LEFT_OUT = ("Subscription",)
"""Types that no gateway can serve: none asks a subgraph for subscriptions over Server-Sent Events."""


@cache
def subgraph_sdl() -> str:
    """Return the schema of the subgraph as a text."""
    definitions = [it for it in parse(sdl()).definitions if _name(it) not in LEFT_OUT]
    return "\n".join([HEAD, *[f"{_written(it)}\n" for it in definitions]])


def _name(definition: DefinitionNode) -> str:
    name = getattr(definition, "name", None)
    return "" if name is None else str(name.value)


def _written(definition: DefinitionNode) -> str:
    if isinstance(definition, ObjectTypeDefinitionNode) and (text := DIRECTIVES.get(_name(definition))) is not None:
        definition = replace(definition, directives=_directives(text))
    return print_ast(definition)


def _directives(text: str) -> Any:
    type_: Any = parse(f"type T {text}").definitions[0]
    return type_.directives
