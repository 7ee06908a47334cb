"""The page of the reference that lists what fields cost, from the traits that they declare."""

from graphql import GraphQLField, GraphQLList, GraphQLObjectType, get_nullable_type

from careergraph.api.describe import GENERATED
from careergraph.api.measure import INTROSPECTION_COST, PAST_COST
from careergraph.api.schema import schema
from careergraph.api.traits import PLAIN, Traits, traits_of

COSTS = (
    "An operation is measured before it runs, and refused with `TOO_COSTLY` where it costs more than `max_cost`. "
    "One unit is the work of resolving one plain field. A field costs its units, and what is selected below it as "
    "many times as the field has items: as `first` or `last` says, or else as below. Of the types that an item may "
    f"have, the costliest counts. An introspection costs {INTROSPECTION_COST}, `asOf` {PAST_COST} beside its field. "
    "`extensions.cost` of each answer says what was requested and the maximum."
)


def costs_page() -> str:
    """What a field costs, of those that cost more than one unit or have several items below them."""
    rows = [
        f"| `{type_.name}.{name}` | {found.weight} | {_size(field, found)} |"
        for type_ in sorted(schema._schema.type_map.values(), key=lambda it: it.name)
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
        for name, field in sorted(type_.fields.items())
        if (found := traits_of(field)).weight != PLAIN.weight or isinstance(get_nullable_type(field.type), GraphQLList)
    ]
    head = ("| field | units | items below it |", "|---|---|---|")
    return "\n".join(["# Costs", GENERATED, "", COSTS, "", *head, *rows]) + "\n"


def _size(field: GraphQLField, found: Traits) -> str:
    if any(it in field.args for it in ("first", "last", "ids")):
        return "as asked for"
    return str(found.size) if isinstance(get_nullable_type(field.type), GraphQLList) else "1"
