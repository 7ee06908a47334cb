"""The variables of an operation, from the address of a resource."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLFloat,
    GraphQLInputType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    get_nullable_type,
)

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.request.parameters import query_pairs
from careergraph.web.rest.resources import Resource


def read_variables(resource: Resource, names: Mapping[str, str], query_string: bytes) -> dict[str, Any]:
    """The variables of a request. Raises Refusal (BAD_REQUEST), which names the parameter and the right form."""
    variables: dict[str, Any] = dict(names)
    for name, text in query_pairs(query_string):
        kind = resource.variables.get(name)
        if kind is None or name in names:
            others = ", ".join(it for it in resource.variables if it not in names)
            raise Refusal(WebCode.BAD_REQUEST, f"There is no parameter {name[:40]!r}; there are: {others}.")
        if isinstance(get_nullable_type(kind), GraphQLList):
            variables.setdefault(name, []).append(_value(name, kind, text))
        elif name in variables:
            raise Refusal(WebCode.BAD_REQUEST, f"{name} is given more than once.")
        else:
            variables[name] = _value(name, kind, text)
    for name, kind in resource.variables.items():
        if isinstance(kind, GraphQLNonNull) and name not in variables:
            raise Refusal(WebCode.BAD_REQUEST, f"The parameter {name} is missing.")
    return variables


def _value(name: str, kind: GraphQLInputType, text: str) -> Any:
    """The value of a parameter. Texts, dates and enums are left to GraphQL."""
    scalar = get_named_type(kind)
    if scalar is GraphQLBoolean:
        if text not in {"true", "false"}:
            raise Refusal(WebCode.BAD_REQUEST, f"{name} is true or false, not {text[:40]!r}.")
        return text == "true"
    if scalar not in {GraphQLInt, GraphQLFloat}:
        return text
    try:
        if not text.isascii():
            raise ValueError(text)
        return int(text) if scalar is GraphQLInt else float(text)
    except ValueError:
        right = "a whole number" if scalar is GraphQLInt else "a number"
        raise Refusal(WebCode.BAD_REQUEST, f"{name} is {right}, not {text[:40]!r}.") from None
