"""The costs of fields and arguments, in units of about 20 microseconds of work."""

from graphql import GraphQLField, Undefined, get_named_type, is_leaf_type

from careergraph.api.base.arguments import MAX_TEXT_LENGTH
from careergraph.api.base.context import MOST_INSTANTS
from careergraph.api.base.node_id import count_instants, count_regions
from careergraph.api.comparison.weights import MOST_WEIGHTS
from careergraph.engine.search.search import WORDS

OPERATION_COST = 10
"""The cost of an operation itself."""

LEAF_COST, OBJECT_COST = 0.15, 0.4
"""The costs of fields without a declared one: of a plain value, and of an object."""

INTROSPECTION_COST, INTROSPECTION_LIST_COST = 0.15, 0.75
"""The costs of a field of the introspection: a plain one, and one with arguments, as its lists have."""

PAST_COST = 500
"""The cost of `asOf`, and of each instant in ids: a catalog of the past may have to be read first."""

WORD_COST = 50
"""The cost of each word of a search text."""

WEIGHT_COST = 5
"""The cost of each weight of a reader: a row to sort, and two more facts."""

REGION_COST = 40
"""The cost of a region: up to six careers may have to be put into words for it first."""

REPRESENTATION_COST, COMPARISON_COST = 1, 5
"""The cost of each entity that a gateway asks for, and of one that has to be compared first."""

VALUE_COST = 0.25
"""The cost of coercing each value in the variables."""

OBJECT_WEIGHT, ABSENT_WEIGHT, DEFAULT_WEIGHT = 1.0, 0.3, 3.0
"""The values that an input object in the variables counts as beside its own: for itself, for each field that it lacks,
and for each that it lacks and that has a default, which is coerced."""


def field_cost(declared: float | None, field: GraphQLField | None, *, introspection: bool) -> float:
    """The cost of a field itself: the declared one, or that of its kind."""
    if declared is not None:
        return declared
    if introspection:
        return INTROSPECTION_LIST_COST if field is not None and field.args else INTROSPECTION_COST
    return LEAF_COST if field is None or is_leaf_type(get_named_type(field.type)) else OBJECT_COST


COSTING = ("asOf", "id", "ids", "weights", "region", "text", "search", "phrase", "filter", "representations")
"""The arguments whose values have a cost."""


def argument_cost(name: str, value: object) -> float:
    """The cost of the coerced value of such an argument; 0 for one that does not fit."""
    match name:
        case "asOf":
            return PAST_COST * instant_count(name, value)
        case "id" | "ids":
            return PAST_COST * instant_count(name, value) + REGION_COST * count_regions(value)
        case "representations":
            count = len(value) if isinstance(value, list) else 0
            entities = REPRESENTATION_COST * count + COMPARISON_COST * count_comparisons(value)
            return entities + argument_cost("ids", value)
        case "weights":
            return WEIGHT_COST * min(len(value), MOST_WEIGHTS) if isinstance(value, list) else 0
        case "region":
            return REGION_COST * isinstance(value, str)
        case _:
            return WORD_COST * word_count(value)


def instant_count(name: str, value: object) -> int:
    """The number of instants in the coerced value of an argument, whose catalogs have to be read."""
    match name:
        case "asOf":
            return value not in (None, Undefined)
        case "id" | "ids" | "representations":
            return min(count_instants(value), MOST_INSTANTS)
        case _:
            return 0


def count_comparisons(value: object) -> int:
    """The number of representations in a list that are of comparisons."""
    items = value if isinstance(value, list) else []
    return sum(isinstance(it, dict) and it.get("__typename") == "Comparison" for it in items)


def cost_key(value: object) -> object:
    """The part of a variable's value that a cost may depend on."""
    if isinstance(value, list):
        return len(value), count_instants(value), count_regions(value), count_comparisons(value)
    if isinstance(value, str | dict):
        return "words", word_count(value), count_instants(value), count_regions(value)
    return value if value in (None, Undefined) or isinstance(value, int) else "present"


def word_count(value: object) -> int:
    """The number of words of a search text, or of the text in a filter."""
    if isinstance(value, dict):
        value = value.get("text")
    return min(len(value[:MAX_TEXT_LENGTH].split()), WORDS) if isinstance(value, str) else 0
