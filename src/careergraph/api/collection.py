"""The documents that ship with the package as a collection of requests, which Postman, Bruno and their like import."""

import json
from typing import Any

from graphql import GraphQLNonNull, GraphQLSchema, get_named_type, get_operation_ast, parse, type_from_ast

from careergraph.api.changes.page_documents import CATEGORY, COLLECTION, NAMES, SKILL, text_of

FORM = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
"""The schema of the form that the collection has."""
SAMPLES = {
    "url": "http://127.0.0.1:8000/graphql",
    "a": "accountant",
    "b": "actuary",
    "career": "accountant",
    "since": "1",
    SKILL: "sql",
    COLLECTION: "careers-in-data",
    CATEGORY: "data",
}
"""The values of the collection's variables: documents of a new database, until whoever imports it names others."""


def collection(schema: GraphQLSchema) -> dict[str, Any]:
    """Return the collection, in the form of Postman 2.1."""
    return {
        "info": {"name": "careergraph", "schema": FORM},
        "item": [_request(schema, name) for name in NAMES],
        "variable": [{"key": name, "value": value} for name, value in SAMPLES.items()],
    }


def _request(schema: GraphQLSchema, name: str) -> dict[str, Any]:
    text = text_of(name)
    body = {"query": text, "variables": _variables(schema, name, text)}
    accepted = "application/graphql-response+json, application/json"
    return {
        "name": name,
        "request": {
            "method": "POST",
            "url": "{{url}}",
            "header": [{"key": "Accept", "value": accepted}],
            "body": {"mode": "graphql", "graphql": body},
        },
    }


def _variables(schema: GraphQLSchema, name: str, text: str) -> str:
    """Return the required variables of a document as JSON whose values are variables of the collection."""
    operation = get_operation_ast(parse(text), None)
    parts = []
    for definition in (operation and operation.variable_definitions) or ():
        variable, type_ = definition.variable.name.value, type_from_ast(schema, definition.type)
        if isinstance(type_, GraphQLNonNull):
            sample = f"{{{{{name if variable == 'slug' else variable}}}}}"
            quoted = sample if get_named_type(type_).name == "Int" else json.dumps(sample)
            parts.append(f"{json.dumps(variable)}: {quoted}")
    return f"{{{', '.join(parts)}}}"
