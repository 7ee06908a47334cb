"""The page of the reference that lists what fields cost, from the traits that they declare."""

from graphql import GraphQLField, GraphQLList, GraphQLObjectType, get_named_type, get_nullable_type, is_leaf_type

from careergraph.api.base.describe import GENERATED
from careergraph.api.base.field_meta import PLAIN, Traits, traits_of
from careergraph.api.limits.cost import (
    INTROSPECTION_COST,
    INTROSPECTION_LIST_COST,
    LEAF_COST,
    OBJECT_COST,
    OPERATION_COST,
    PAST_COST,
    REGION_COST,
    VALUE_COST,
    WEIGHT_COST,
    WORD_COST,
)
from careergraph.api.schema import schema

COSTS = (
    "An operation is measured before it runs, with its variables as they are coerced, and refused with `TOO_COSTLY` "
    "where it costs more than `max_cost`. One unit is about 20 microseconds of work. "
    f"An operation costs {OPERATION_COST} to begin with. A field of plain values costs {LEAF_COST} and one with fields "
    f"below it {OBJECT_COST}, but for those in the table; what is selected below a list counts as many times as the "
    "list has items: as `first`, `last` or `ids` says, or else as below. Of the types that an item may have, the "
    f"costliest counts. A field of the introspection costs {INTROSPECTION_COST}, a list "
    f"of it {INTROSPECTION_LIST_COST}, and its lists have the sizes that "
    f"they have in this schema. `asOf`, and each instant in ids, costs {PAST_COST} beside its field, each word of a "
    f"text that is searched for {WORD_COST}, each weight of a reader {WEIGHT_COST}, a region {REGION_COST}, "
    f"and each value in the variables {VALUE_COST}. "
    "`extensions.cost` of each answer says what was requested and the maximum."
)


def costs_page() -> str:
    """What a field costs, of those that have a weight of their own or several items below them."""
    rows = [
        f"| `{type_.name}.{name}` | {traits.weight or _plain(field)} | {_size(field, traits)} |"
        for type_ in sorted(schema._schema.type_map.values(), key=lambda it: it.name)
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
        for name, field in sorted(type_.fields.items())
        if (traits := traits_of(field)).weight != PLAIN.weight or isinstance(get_nullable_type(field.type), GraphQLList)
    ]
    head = ("| field | units | items below it |", "|---|---|---|")
    return "\n".join(["# Costs", GENERATED, "", COSTS, "", *head, *rows]) + "\n"


def _size(field: GraphQLField, traits: Traits) -> str:
    if any(it in field.args for it in ("first", "last", "ids")):
        return "as asked for"
    return str(traits.size) if isinstance(get_nullable_type(field.type), GraphQLList) else "1"


def _plain(field: GraphQLField) -> float:
    return LEAF_COST if is_leaf_type(get_named_type(field.type)) else OBJECT_COST
