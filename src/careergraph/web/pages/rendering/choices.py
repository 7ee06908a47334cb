"""Choices of the reader in the address of a page: weights (`w.salary=8`) and a region (`region=Ireland`), with their
forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from careergraph.api.comparison.weights import LEAST, MOST, MOST_WEIGHTS
from careergraph.web.pages.rendering.figures import Row
from careergraph.web.pages.rendering.visit import Data, Failed, Visit

WEIGHT = "w."
"""How the parameter of a weight begins; the key of its attribute follows."""


@dataclass(frozen=True, slots=True)
class Slider:
    """A slider of the form: the name of its parameter, its label and its weight."""

    name: str
    label: str
    weight: int


class Weights:
    """The weights in an address, in its order. Raises Failed (BAD_WEIGHT) for a bad one, or one too many."""

    def __init__(self, visit: Visit) -> None:
        pairs = [(name, value) for name, value in visit.query() if name.startswith(WEIGHT)]
        weights = [(name.removeprefix(WEIGHT), _number(value)) for name, value in pairs]
        self._weights = [(key, weight) for key, weight in weights if weight]
        if len(self._weights) > MOST_WEIGHTS or len(dict(weights)) < len(weights):
            raise _bad()

    def __bool__(self) -> bool:
        return bool(self._weights)

    @property
    def variable(self) -> list[dict[str, Any]] | None:
        """The variable of an operation; None without weights."""
        return [{"attribute": key, "weight": weight} for key, weight in self._weights] or None

    @property
    def parameters(self) -> Mapping[str, str]:
        """The parameters of a link to the same weights."""
        return {f"{WEIGHT}{key}": str(weight) for key, weight in self._weights}

    def sliders(self, rows: Iterable[Row]) -> list[Slider]:
        """Return a slider for each attribute with a value, by position, at most `MOST_WEIGHTS`."""
        having = sorted([row for row in rows if any(row.cells)], key=lambda row: row.attribute["position"])
        weights = dict(self._weights)
        return [Slider(WEIGHT + row.key, row.label, weights.get(row.key, 0)) for row in having[:MOST_WEIGHTS]]


def _number(value: str) -> int:
    """Parse a weight; an empty one is 0."""
    if not value:
        return LEAST
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(MOST)) and int(value) <= MOST):
        raise _bad()
    return int(value)


def _bad() -> Failed:
    return Failed("A weight is a whole number from 0 to 10, one for an attribute.", {"code": "BAD_WEIGHT"})


REGION = "region"
"""The parameter of an address."""


@dataclass(frozen=True, slots=True)
class RegionForm:
    """The options, the choice, and the other parameters of the address."""

    options: tuple[str, ...]
    chosen: str | None
    others: Mapping[str, str]


class Regions:
    """The region in an address; an empty one is none."""

    def __init__(self, visit: Visit) -> None:
        self.chosen = dict(visit.query()).get(REGION) or None

    @property
    def parameters(self) -> Mapping[str, str]:
        """The parameters of a link to the same region."""
        return {REGION: self.chosen} if self.chosen else {}

    def form(self, careers: Iterable[Data], others: Mapping[str, str] | None = None) -> RegionForm:
        """The form of a page about some careers; without options if each has one figure of everything."""
        options = {region for career in careers for region in career["regions"]}
        options |= {self.chosen} if self.chosen else set()
        return RegionForm(tuple(sorted(options)), self.chosen, others or {})
