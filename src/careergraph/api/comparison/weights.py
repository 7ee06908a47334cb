"""Weights: how much attributes count for a reader, and the career that is ahead by them."""

import re
from collections.abc import Iterable, Sequence

from careergraph.api.base.declare import Mirror, attr, child, input_field, input_type, object_type
from careergraph.api.base.node_id import bad_id
from careergraph.api.base.view import View
from careergraph.api.types.attribute import current_key
from careergraph.api.types.statement import Statement
from careergraph.engine.comparison import weighing
from careergraph.engine.comparison.weighing import NO_WEIGHTS, Weights
from careergraph.engine.errors import Code, CodedError

LEAST, MOST = 0, 10
"""The least and the most that an attribute can count."""

MOST_WEIGHTS = 20
"""How many weights one reader can have."""


@input_type("How much an attribute counts for a reader.")
class AttributeWeight:
    attribute: str = input_field("The key of the attribute.")
    weight: int = input_field("From 0, as without a weight, to 10.")


@object_type(
    weighing.Weighing,
    "The career that is ahead by a reader's own weights. Each attribute in which one career is better gives it its "
    "weight as points; what ties, differs without being better, is not known or does not compare gives none.",
)
class Weighing(Mirror):
    a: int = attr("The points of a.")
    b: int = attr("The points of b.")
    statement: Statement = child(
        "The career that is ahead and why, or that both have the same points, or that no weighted attribute decides."
    )


def weights_of(entries: Sequence[AttributeWeight] | None, view: View) -> Weights:
    """Return weights by the keys of their attributes, without those that are 0. Raises CodedError TOO_MANY,
    UNKNOWN_ATTRIBUTE or BAD_WEIGHT."""
    if not entries:
        return NO_WEIGHTS
    if len(entries) > MOST_WEIGHTS:
        raise CodedError(Code.TOO_MANY, f"At most {MOST_WEIGHTS} weights are taken.", maximum=MOST_WEIGHTS)
    weights: dict[str, int] = {}
    for index, one in enumerate(entries):
        key = current_key(view, one.attribute)
        if not LEAST <= one.weight <= MOST:
            message = f"A weight is from {LEAST} to {MOST}."
            raise CodedError(Code.BAD_WEIGHT, message, index=index, minimum=LEAST, maximum=MOST)
        if key in weights:
            message = "An attribute may have only one weight."
            raise CodedError(Code.BAD_WEIGHT, message, index=index, minimum=LEAST, maximum=MOST)
        weights[key] = one.weight
    return {key: weight for key, weight in weights.items() if weight}


def marks(weights: Weights) -> Iterable[str]:
    """Return weights as parts of an id, such as `salary=8`, sorted by key, so that equal weights give equal ids."""
    return [f"{key}={weight}" for key, weight in sorted(weights.items())] if weights else ()


def weights_in(parts: Sequence[str], view: View) -> Weights:
    """Return the weights in parts of an id. Raises CodedError BAD_ID or UNKNOWN_ATTRIBUTE."""
    pairs = [_MARK.fullmatch(part) for part in parts]
    weights = {pair[1]: int(pair[2]) for pair in pairs if pair is not None}
    if len(parts) > MOST_WEIGHTS or list(marks(weights)) != list(parts):
        raise bad_id()
    return {current_key(view, key): weight for key, weight in weights.items()}


_MARK = re.compile(r"([^=]+)=([1-9]|10)")
