"""Weights of the reader of a page: from its address (`w.salary=8`), and into the sliders of its form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from careergraph.api.comparison.weights import LEAST, MOST, MOST_WEIGHTS
from careergraph.web.pages.rendering.figures import Row
from careergraph.web.pages.rendering.visit import Failed, Visit

PREFIX = "w."
"""How the parameter of a weight begins; the key of its attribute follows."""


@dataclass(frozen=True, slots=True)
class Slider:
    """A field of the form: the name of its parameter, what it is about, and where it stands."""

    name: str
    label: str
    weight: int


class Weights:
    """The weights in an address, in its order. Raises Failed (BAD_WEIGHT) for what is none, and for one too many."""

    def __init__(self, visit: Visit) -> None:
        pairs = [(name, value) for name, value in visit.query() if name.startswith(PREFIX)]
        weights = [(name.removeprefix(PREFIX), _number(value)) for name, value in pairs]
        self._weights = [(key, weight) for key, weight in weights if weight]
        if len(self._weights) > MOST_WEIGHTS or len(dict(weights)) < len(weights):
            raise _bad()

    def __bool__(self) -> bool:
        return bool(self._weights)

    @property
    def variable(self) -> list[dict[str, Any]] | None:
        """The variable of an operation; None where the reader has no weights."""
        return [{"attribute": key, "weight": weight} for key, weight in self._weights] or None

    @property
    def parameters(self) -> Mapping[str, str]:
        """What a link must carry to lead to the same weights."""
        return {f"{PREFIX}{key}": str(weight) for key, weight in self._weights}

    def sliders(self, rows: Iterable[Row]) -> list[Slider]:
        """A slider for each attribute with a value, in their own order whatever they weigh; the first where there are
        more than one reader can have."""
        having = sorted([row for row in rows if any(row.cells)], key=lambda row: row.attribute["position"])
        weights = dict(self._weights)
        return [Slider(PREFIX + row.key, row.label, weights.get(row.key, 0)) for row in having[:MOST_WEIGHTS]]


def _number(value: str) -> int:
    """A weight as it is written; an empty one is none."""
    if not value:
        return LEAST
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(MOST)) and int(value) <= MOST):
        raise _bad()
    return int(value)


def _bad() -> Failed:
    return Failed("A weight is a whole number from 0 to 10, one for an attribute.", {"code": "BAD_WEIGHT"})
