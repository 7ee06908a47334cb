"""What things cost, in units of about 20 microseconds of work."""

from graphql import GraphQLField, Undefined, get_named_type, is_leaf_type

from careergraph.api.base.arguments import MAX_TEXT_LENGTH
from careergraph.api.base.context import MOST_INSTANTS
from careergraph.api.base.node_id import count_instants, count_regions
from careergraph.api.comparison.weights import MOST_WEIGHTS
from careergraph.engine.search.search import WORDS

OPERATION_COST = 10
"""What every operation costs, whatever it selects."""

LEAF_COST, OBJECT_COST = 0.15, 0.4
"""What a field without a weight of its own costs: one of a plain value, and one that has fields below it."""

INTROSPECTION_COST, INTROSPECTION_LIST_COST = 0.25, 1.2
"""What a field of the introspection costs: a plain one, and one with arguments, as its lists have."""

PAST_COST = 500
"""What `asOf`, and each instant in ids, costs beside its field: a catalog of the past may have to be read first."""

WORD_COST = 50
"""What each word of a text that is searched for costs."""

WEIGHT_COST = 5
"""What each of a reader's own weights costs: a row to put in order, and two more facts."""

REGION_COST = 40
"""What a region costs: a career may have to be put into words for it first, up to six of them."""

VALUE_COST = 0.25
"""What coercing each value in the variables costs."""


def field_cost(declared: float | None, field: GraphQLField | None, *, introspection: bool) -> float:
    """What a field costs by itself: as declared, or what is usual for its kind."""
    if declared is not None:
        return declared
    if introspection:
        return INTROSPECTION_LIST_COST if field is not None and field.args else INTROSPECTION_COST
    return LEAF_COST if field is None or is_leaf_type(get_named_type(field.type)) else OBJECT_COST


COSTING = ("asOf", "id", "ids", "weights", "region", "text", "search", "phrase", "filter")
"""The arguments whose values cost something by themselves."""


def argument_cost(name: str, value: object) -> float:
    """What the coerced value of one of these arguments costs; one that does not fit costs nothing."""
    match name:
        case "asOf":
            return PAST_COST * instant_count(name, value)
        case "id" | "ids":
            return PAST_COST * instant_count(name, value) + REGION_COST * count_regions(value)
        case "weights":
            return WEIGHT_COST * min(len(value), MOST_WEIGHTS) if isinstance(value, list) else 0
        case "region":
            return REGION_COST * isinstance(value, str)
        case _:
            return WORD_COST * word_count(value)


def instant_count(name: str, value: object) -> int:
    """Of how many instants of the past the coerced value of an argument has catalogs read."""
    match name:
        case "asOf":
            return value not in (None, Undefined)
        case "id" | "ids":
            return min(count_instants(value), MOST_INSTANTS)
        case _:
            return 0


def word_count(value: object) -> int:
    """How many words of a text, or of the text in a filter, are searched for."""
    if isinstance(value, dict):
        value = value.get("text")
    return min(len(value[:MAX_TEXT_LENGTH].split()), WORDS) if isinstance(value, str) else 0
