"""Suggestions for a name that a schema does not have: the names at the same place that are spelled nearly alike."""

import re
from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches
from typing import Any

from graphql import GraphQLError, GraphQLSchema, is_abstract_type

from careergraph.api.base.errors import Formatted
from careergraph.api.readers_schema import EDITORS_FIELDS

ENOUGH = 3
"""Suggestions for one name at most."""

MANY = 60
"""Names that are compared whatever they begin with; among more, as are all types, only those with the same letter."""


def add_close_names(schema: GraphQLSchema, errors: Iterable[GraphQLError], entries: Iterable[Formatted]) -> None:
    """Add to the entries of errors about names what may be meant. The fields of editors that readers have none of are
    not suggested, so that the readers' part of a schema and the whole say the same."""
    for error, entry in zip(errors, entries, strict=True):
        if close := close_names(schema, error.message):
            entry["extensions"]["suggestions"] = close


def close_names(schema: GraphQLSchema, message: str) -> list[str]:
    """Return the names that may be meant by the one in a message of graphql-core, the closest first; for a field that
    only some types of an interface or union have, the fragments that select it of these.

    graphql-core can suggest names too, but takes about eight times as long for a type.
    """
    message = _VARIABLE.sub("", message, count=1)
    for pattern, list_names in _PLACES.items():
        if (match := pattern.match(message)) is not None:
            place = match.groupdict()
            name = place.pop("name")
            close = _close(name, list_names(schema, **place))
            return close or (_fragments(schema, name, **place) if list_names is _fields else [])
    return []


def _close(name: str, names: Collection[str]) -> list[str]:
    name, folded = name.casefold(), {it.casefold(): it for it in names}
    compared = folded if len(folded) <= MANY else [it for it in folded if it[0] == name[0]]
    return [folded[it] for it in get_close_matches(name, compared, ENOUGH)]


def _fields(schema: GraphQLSchema, owner: str) -> Collection[str]:
    type_ = _type(schema, owner)
    fields: Collection[str] = type_.fields
    return fields if type_ is not schema.query_type else [it for it in fields if it not in EDITORS_FIELDS]


def _arguments(schema: GraphQLSchema, owner: str, field: str) -> Collection[str]:
    arguments: Collection[str] = _type(schema, owner).fields[field].args
    return arguments


def _directive_arguments(schema: GraphQLSchema, directive: str) -> Collection[str]:
    definition = schema.get_directive(directive)
    return definition.args if definition else ()


def _values(schema: GraphQLSchema, owner: str) -> Collection[str]:
    values: Collection[str] = _type(schema, owner).values
    return values


def _fragments(schema: GraphQLSchema, field: str, owner: str) -> list[str]:
    type_ = _type(schema, owner)
    types = schema.get_possible_types(type_) if is_abstract_type(type_) else ()
    return [f"... on {it.name}" for it in types if field in it.fields][:ENOUGH]


def _type(schema: GraphQLSchema, name: str) -> Any:
    return schema.type_map[name]


_VARIABLE = re.compile(r"Variable '\$\w+' has invalid value(?: at [^\s:]+)?: ")
_NAME = r"(?P<name>\w{1,64})"  # a longer one was not a typing mistake
_PLACES: dict[re.Pattern[str], Callable[..., Collection[str]]] = {
    re.compile(pattern): list_names
    for pattern, list_names in (
        (rf"Cannot query field '{_NAME}' on type '(?P<owner>\w+)'", _fields),
        (rf"Unknown argument '{_NAME}' on field '(?P<owner>\w+)\.(?P<field>\w+)'", _arguments),
        (rf"Unknown argument '{_NAME}' on directive '@(?P<directive>\w+)'", _directive_arguments),
        (rf"Expected value of type '(?P<owner>\w+)' not to include unknown field '{_NAME}'", _fields),
        (rf"Value '{_NAME}' does not exist in '(?P<owner>\w+)' enum", _values),
        (rf"Enum '(?P<owner>\w+)' cannot represent non-enum value: \"{_NAME}\"", _values),
        (rf"Unknown directive '@{_NAME}'", lambda schema: [it.name for it in schema.directives]),
        (rf"Unknown type '{_NAME}'", lambda schema: schema.type_map),
    )
}
"""The messages of graphql-core about a name, and the names that there are in its place."""
