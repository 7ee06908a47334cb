"""The schema keeps the contract's names, is described in full, and is committed as it is."""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    Node,
    build_schema,
    is_specified_scalar_type,
    print_ast,
)

from careergraph.api.base import page_key
from careergraph.api.base.document_key import DocumentTypes
from careergraph.api.editing.enums import EscoPart, ImpactActions
from careergraph.api.schema import build_schema as build_ours
from careergraph.api.schema import sdl
from careergraph.editorial.access.actor import Role
from careergraph.editorial.content.field_changes import FieldChangeKind
from careergraph.editorial.preview import affected_pages
from careergraph.editorial.preview.change_kind import ChangeKind
from careergraph.editorial.preview.selection import PreviewMode
from careergraph.editorial.suggest.suggestion import Method, Rule
from careergraph.editorial.verbs.bulk import Action as BulkAction
from careergraph.engine import content
from careergraph.engine.comparison import compare
from careergraph.engine.content import attribute, component, locale, money_range, outcome, source, value_kinds
from careergraph.engine.search import career_selection
from careergraph.engine.text import statement
from careergraph.engine.transition import rule as rule_of_moves
from careergraph.store.access import tokens
from careergraph.store.documents.documents import BY_TYPE
from careergraph.store.editing import import_jobs, import_reports, listing, releases, revisions, schedules
from careergraph.store.events.deliveries import State

ROOT = Path(__file__).parents[2]
CONTRACT = build_schema((Path(__file__).parent / "contract.graphql").read_text(encoding="utf-8"))
OURS = build_schema(sdl())


LATER = {"CareerOrderKey": {"RELEVANCE"}}
"""Values of enums that clients only send: one more breaks nobody."""


def _argument(argument: GraphQLArgument | GraphQLInputField) -> tuple[str, str | None]:
    default = argument.default and argument.default.literal
    return str(argument.type), print_ast(default) if isinstance(default, Node) else None


@pytest.mark.parametrize("name", sorted(name for name in CONTRACT.type_map if not name.startswith("__")))
def test_every_name_of_the_contract_is_kept(name: str) -> None:
    """Front ends are written against these names: a renamed, retyped or dropped one breaks them."""
    promised, ours = CONTRACT.type_map[name], OURS.type_map[name]
    assert type(promised) is type(ours)
    if isinstance(promised, GraphQLEnumType):
        assert isinstance(ours, GraphQLEnumType)
        assert set(promised.values) == set(ours.values) - LATER.get(name, set())
    if isinstance(promised, GraphQLUnionType):
        assert isinstance(ours, GraphQLUnionType)
        assert {it.name for it in promised.types} == {it.name for it in ours.types}
    if isinstance(promised, GraphQLObjectType):
        assert isinstance(ours, GraphQLObjectType)
        assert {it.name for it in promised.interfaces} <= {it.name for it in ours.interfaces}
    if isinstance(promised, GraphQLInputObjectType):
        assert isinstance(ours, GraphQLInputObjectType)
        assert promised.is_one_of == ours.is_one_of
        assert {key: _argument(it) for key, it in promised.fields.items()} == {
            key: _argument(field) for key, field in ours.fields.items()
        }
    if isinstance(promised, GraphQLObjectType | GraphQLInterfaceType):
        for key, field in promised.fields.items():
            mine = ours.fields[key]  # type: ignore[attr-defined] # the types are the same, as asserted above
            assert (key, str(field.type)) == (key, str(mine.type))
            arguments = {arg: _argument(it) for arg, it in mine.args.items()}
            assert {arg: _argument(it) for arg, it in field.args.items()}.items() <= arguments.items(), key
            added = {kind for arg, (kind, _) in arguments.items() if arg not in field.args}
            assert not [kind for kind in added if kind.endswith("!")], "an argument that is added may be left out"


def _described(schema: GraphQLSchema = OURS) -> Iterator[tuple[str, Any]]:
    for name, type_ in schema.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(type_):
            continue
        yield name, type_
        for key, field in getattr(type_, "fields", {}).items():
            yield f"{name}.{key}", field
            yield from ((f"{name}.{key}({arg})", it) for arg, it in getattr(field, "args", {}).items())
        if isinstance(type_, GraphQLEnumType):
            yield from ((f"{name}.{key}", it) for key, it in type_.values.items())


def test_everything_is_described() -> None:
    """The schema is the documentation that front-end developers read, in GraphiQL and in their editors."""
    descriptions = list(_described())
    assert len(descriptions) > 300
    assert [name for name, it in descriptions if not (it.description or "").strip()] == []


def undated(schema: GraphQLSchema) -> list[str]:
    """What is deprecated without the day since when."""
    reasons = [(name, getattr(it, "deprecation_reason", None)) for name, it in _described(schema)]
    return [name for name, reason in reasons if reason is not None and not re.search(r"\b\d{4}-\d\d-\d\d\b", reason)]


def test_a_deprecation_carries_a_date() -> None:
    """A front end plans by it: what to use instead, and since when it may."""
    assert undated(OURS) == []
    two = 'b: Int @deprecated(reason: "Use a."), c: Int @deprecated(reason: "Since 2026-11-29: use a.")'
    assert undated(build_schema(f"type Query {{ a: Int, {two} }}")) == ["Query.b"]


def test_a_scalar_says_where_its_form_is_specified() -> None:
    scalars = [it for it in OURS.type_map.values() if isinstance(it, GraphQLScalarType)]
    own = [it for it in scalars if not is_specified_scalar_type(it)]
    assert len(own) >= 4 and all((it.specified_by_url or "").startswith("https://") for it in own)


def test_a_field_name_has_one_type_across_kinds_of_value() -> None:
    """One query spreads all kinds at once; two types under one name would make that query invalid."""
    types: dict[str, set[str]] = {}
    for kind in OURS.get_possible_types(OURS.type_map["Value"]):  # type: ignore[arg-type] # it is an interface
        for key, field in kind.fields.items():
            types.setdefault(key, set()).add(str(field.type).rstrip("!"))
    assert {key: variants for key, variants in types.items() if len(variants) > 1} == {}


def test_a_field_name_has_one_type_across_the_ways_a_verb_can_end() -> None:
    """One mutation asks for all of them at once; two types under one name would make it invalid."""
    unions = [it for it in OURS.type_map.values() if isinstance(it, GraphQLUnionType) and it.name.endswith("Result")]
    assert len(unions) > 15
    for union in unions:
        types: dict[str, set[str]] = {}
        for member in union.types:
            for key, field in member.fields.items():
                types.setdefault(key, set()).add(str(field.type))
        assert {key: variants for key, variants in types.items() if len(variants) > 1} == {}, union.name


def test_the_committed_schema_is_up_to_date() -> None:
    """`schema.graphql` is what others review and generate from. `make schema` writes it anew."""
    assert (ROOT / "schema.graphql").read_text(encoding="utf-8") == sdl()


def test_a_second_schema_is_like_the_first() -> None:
    """A host may make several apps in one process."""
    assert build_ours().as_str() == build_ours().as_str()


@pytest.mark.parametrize(
    "module", [attribute, compare, content, outcome, career_selection, source, statement, rule_of_moves, value_kinds]
)
def test_engine_classes_are_left_alone(module: object) -> None:
    """Strawberry writes to the classes it decorates; the engine must not know that GraphQL exists."""
    classes = [it for it in vars(module).values() if isinstance(it, type)]
    assert classes
    assert [it for it in classes if hasattr(it, "__strawberry_definition__")] == []


MIRRORED = (
    attribute,
    component,
    locale,
    money_range,
    outcome,
    page_key,
    career_selection,
    source,
    statement,
    affected_pages,
    rule_of_moves,
)


def test_every_enum_mirrors_another() -> None:
    """A member that only one side knows would be an answer that cannot be serialised."""
    engine: dict[str, type[Enum]] = {
        member.__name__: member
        for module in (
            attribute,
            component,
            locale,
            money_range,
            outcome,
            page_key,
            statement,
            career_selection,
            source,
            affected_pages,
            rule_of_moves,
        )
        for member in vars(module).values()
        if isinstance(member, type) and issubclass(member, Enum)
    }
    engine |= {"Role": Role, "DeliveryState": State, "DocumentType": DocumentTypes}
    engine |= {"BulkAction": BulkAction, "TokenOrder": tokens.Order, "PreviewMode": PreviewMode}
    engine |= {"ImpactAction": ImpactActions, "ChangeKind": ChangeKind}
    engine |= {"Importer": import_jobs.Importer, "ImportState": import_jobs.JobState}
    engine |= {"ImportItemKind": import_reports.ItemKind, "ImportPart": EscoPart}
    engine |= {"ReleaseStatus": releases.Status, "ReleaseOrder": releases.Order, "DocumentOrder": listing.Order}
    engine |= {"ScheduleStatus": schedules.Status, "ScheduleOrder": schedules.Order, "ScheduleAction": schedules.Action}
    engine |= {"RevisionCause": revisions.Cause, "FieldChangeKind": FieldChangeKind}
    engine |= {"SuggestionMethod": Method, "SuggestionRule": Rule}
    enums = {name: it for name, it in OURS.type_map.items() if isinstance(it, GraphQLEnumType) and name[0] != "_"}
    for name, type_ in enums.items():
        assert list(type_.values) == sorted(member.name for member in engine[name]), name
    assert sorted(BY_TYPE) == [it.value.lower() for it in sorted(DocumentTypes)]
