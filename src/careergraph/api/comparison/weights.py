"""Weights: how much attributes count for a reader, and who is ahead by them."""

import re
from collections.abc import Iterable, Sequence

import strawberry

from careergraph.api.base.describe import field, input_type, object_type
from careergraph.api.base.node_id import bad_id
from careergraph.api.base.view import View
from careergraph.api.types.attribute import known_attribute
from careergraph.api.types.statement import Statement
from careergraph.engine.comparison import weighing
from careergraph.engine.comparison.weighing import NO_WEIGHTS, Weights
from careergraph.engine.errors import Code, CodedError

LEAST, MOST = 0, 10
"""The least and the most that an attribute can count."""

MOST_WEIGHTS = 20
"""How many weights one reader can have."""


@input_type
class AttributeWeight:
    """How much an attribute counts for a reader."""

    attribute: str = strawberry.field(description="The key of the attribute.")
    weight: int = strawberry.field(description="From 0, as without a weight, to 10.")


@object_type
class Weighing:
    """Who is ahead by a reader's own weights. Each attribute in which one career is better gives it its weight as
    points; what ties, differs without being better, is not known or does not compare gives none."""

    of: strawberry.Private[weighing.Weighing]
    view: strawberry.Private[View]

    @field
    def a(self) -> int:
        """The points of a."""
        return self.of.a

    @field
    def b(self) -> int:
        """The points of b."""
        return self.of.b

    @field
    def statement(self) -> Statement:
        """Who is ahead and by what, that both come to the same, or that nothing with a weight decides."""
        return Statement(self.of.statement, self.view)


def weights_of(entries: Sequence[AttributeWeight] | None, view: View) -> Weights:
    """Weights by the keys of their attributes, without those that are 0. Raises CodedError TOO_MANY, UNKNOWN_ATTRIBUTE
    or BAD_WEIGHT."""
    if not entries:
        return NO_WEIGHTS
    if len(entries) > MOST_WEIGHTS:
        raise CodedError(Code.TOO_MANY, f"At most {MOST_WEIGHTS} weights are taken.", maximum=MOST_WEIGHTS)
    weights: dict[str, int] = {}
    for index, one in enumerate(entries):
        key = known_attribute(view, one.attribute)
        if not LEAST <= one.weight <= MOST:
            message = f"A weight is from {LEAST} to {MOST}."
            raise CodedError(Code.BAD_WEIGHT, message, index=index, minimum=LEAST, maximum=MOST)
        if key in weights:
            message = "An attribute has one weight."
            raise CodedError(Code.BAD_WEIGHT, message, index=index, minimum=LEAST, maximum=MOST)
        weights[key] = one.weight
    return {key: weight for key, weight in weights.items() if weight}


def marks(weights: Weights) -> Iterable[str]:
    """Weights as parts of an id: `salary=8`, by key, so that one id is made of them in whichever order they came."""
    return [f"{key}={weight}" for key, weight in sorted(weights.items())]


def weights_in(parts: Sequence[str], view: View) -> Weights:
    """The weights in parts of an id. Raises CodedError BAD_ID, or UNKNOWN_ATTRIBUTE where one is there no longer."""
    pairs = [_MARK.fullmatch(part) for part in parts]
    weights = {pair[1]: int(pair[2]) for pair in pairs if pair is not None}
    if len(parts) > MOST_WEIGHTS or list(marks(weights)) != list(parts):
        raise bad_id()
    return {known_attribute(view, key): weight for key, weight in weights.items()}


_MARK = re.compile(r"([^=]+)=([1-9]|10)")
