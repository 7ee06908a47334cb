"""The readers' schema is a part of the public one: what it has is there, and means the same."""

from typing import Any

from graphql import GraphQLSchema, is_abstract_type, print_type

from careergraph.api.readers_schema import EDITORS_FIELDS, readers_schema
from careergraph.api.schema import schema

PART, WHOLE = readers_schema._schema, schema._schema


def test_its_types_are_those_of_the_public_schema() -> None:
    shared = [name for name in PART.type_map if name != "Query"]
    assert not [it for it in shared if print_type(PART.type_map[it]) != print_type(WHOLE.type_map[it])]
    assert len(PART.type_map) < len(WHOLE.type_map) / 2


def test_its_root_fields_are_those_of_the_public_schema() -> None:
    """All but the field of editors, in the same order: the introspection lists them so."""
    mine, theirs = print_type(PART.type_map["Query"]), print_type(WHOLE.type_map["Query"])
    assert theirs.startswith(mine.removesuffix("\n}"))
    assert {it for it in WHOLE.query_type.fields if it not in PART.query_type.fields} == EDITORS_FIELDS  # type: ignore[union-attr]


def test_its_abstract_types_have_the_same_members() -> None:
    """Else an operation would cost less by a part of the schema."""
    for name in [name for name, type_ in PART.type_map.items() if is_abstract_type(type_)]:
        assert _members(PART, name) == _members(WHOLE, name), name


def _members(schema: GraphQLSchema, name: str) -> set[str]:
    type_: Any = schema.type_map[name]
    return {member.name for member in schema.get_possible_types(type_)}
