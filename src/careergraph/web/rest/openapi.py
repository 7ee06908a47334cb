"""The description of the REST view by OpenAPI 3.1, from the GraphQL schema and the operations."""

from collections.abc import Iterable, Iterator
from typing import Any

from graphql import GraphQLNonNull, GraphQLSchema

from careergraph.web.rest.json_schema import Selections, of_input
from careergraph.web.rest.operation import root_field
from careergraph.web.rest.problems import MEDIA_TYPE
from careergraph.web.rest.resources import Resource

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A problem in the form of RFC 9457. `code` is that of the error in the GraphQL API.",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail", "code"],
}
"""The schema of a problem; there may be more members, such as `suggestions`."""

SECURITY = {"preview": {"type": "apiKey", "in": "header", "name": "X-Careergraph-Preview"}}
"""How a request names the preview that it reads."""


def describe(schema: GraphQLSchema, resources: Iterable[Resource], version: str, path: str) -> dict[str, Any]:
    """The OpenAPI document of the resources, which are below a path."""
    selections = Selections(schema)
    paths = {it.path: {"get": _operation(schema, it, selections)} for it in resources}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "careergraph",
            "version": version,
            "description": "Careers and their comparisons, to be read: the operations of pages of the GraphQL API.",
        },
        "servers": [{"url": path}],
        "security": [{}, {"preview": []}],
        "paths": paths,
        "components": {"schemas": {**selections.components, "Problem": PROBLEM}, "securitySchemes": SECURITY},
    }


def _operation(schema: GraphQLSchema, resource: Resource, selections: Selections) -> dict[str, Any]:
    kind = root_field(schema, resource.field).type
    value = kind.of_type if isinstance(kind, GraphQLNonNull) else kind  # null is a problem here
    content = selections.of(resource.field, GraphQLNonNull(value), resource.fragments)
    return {
        "operationId": resource.title,
        "summary": resource.summary,
        "parameters": list(_parameters(resource)),
        "responses": {
            "200": {"description": "The value.", "content": {"application/json": {"schema": content}}},
            "304": {"description": "The value that the client has, by `If-None-Match`."},
            "default": {
                "description": "A problem.",
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }


def _parameters(resource: Resource) -> Iterator[dict[str, Any]]:
    for name, kind in resource.variables.items():
        in_path = name in resource.names
        parameter = {
            "name": name,
            "in": "path" if in_path else "query",
            "required": in_path or isinstance(kind, GraphQLNonNull),
            "schema": of_input(kind),
        }
        description = resource.descriptions.get(name)
        yield parameter | ({"description": description} if description else {})
