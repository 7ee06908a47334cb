"""Space: the careers of a catalog as vectors, in which what is rare weighs more, so that any two can be measured.

- A thing weighs the square root of its rarity: how many times the catalog must be halved to come down to the careers
  that have it, in whole steps. What one career alone has, and what most have, weighs nothing.
- Weights are kept until one thing in eight would weigh otherwise. A career more or less moves no weight but that of
  what is new, so only few neighbourhoods have to be looked at again.
- A vector has the length 1. Two are as alike as the cosine of the angle between them, from 0 to 1.
- Fields of knowledge are many and most are a little important everywhere: two careers are as alike there as the angle
  between them is short, from 0 at 45 degrees or more to 1.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import acos, log2, pi, sqrt
from operator import mul
from typing import NamedTuple

from careergraph.engine.content import Catalog
from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Likeness
from careergraph.engine.similarity.features import COUNTED, Amounts, Features
from careergraph.engine.similarity.value_similarity import closeness

WEIGHTS: Mapping[Component, float] = {
    Component.TASKS: 0.25,
    Component.ACTIVITIES: 0.05,
    Component.KNOWLEDGE: 0.3,
    Component.TITLES: 0.25,
    Component.SKILLS: 0.1,
    Component.FIGURES: 0.05,
}
"""The weight of each component; together 1. Chosen on half of the occupations of O*NET (see `docs/neighbours.md`)."""

DRIFT = 8
"""All is weighed anew once more than 1/8 of the things would weigh otherwise."""

FEW = 4
"""What 2 ** 4 careers have is not common, however small the catalog is."""

RULES = "4"
"""Raised whenever the same catalog would have other neighbourhoods than before, so that stored ones are left alone."""

WIDEST = pi / 4
"""The angle at which two careers have no more in common in what they know than any two have."""


Counts = Mapping[Component, Mapping[str, int]]
"""How many careers have each thing, by component and name."""


class Part(NamedTuple):
    """How alike two careers are in one component, from 0 to 1."""

    component: Component
    similarity: float


def parts_of(likeness: Likeness) -> list[Part]:
    """Return what is known of how alike two careers are, component by component."""
    return [Part(it, similarity) for it, similarity in zip(WEIGHTS, likeness, strict=True) if similarity is not None]


class Vectors:
    """One career's vectors: its things by component (`parts`), and what it knows, in the order of the space's names."""

    __slots__ = ("_above", "features", "knowledge", "parts")

    def __init__(self, features: Features, parts: Mapping[Component, Amounts], knowledge: Sequence[float]) -> None:
        self.features, self.parts, self.knowledge = features, parts, knowledge
        self._above: Amounts | None = None

    @classmethod
    def weighed(cls, features: Features, weights: Mapping[Component, Amounts], names: Sequence[str]) -> "Vectors":
        """The vectors of a career, by what things weigh, and the names of all fields of knowledge."""
        unit = _unit(features.knowledge)
        parts = {it: _unit(_weigh(features.amounts[it], weights[it])) for it in COUNTED}
        return cls(features, parts, tuple([unit.get(name, 0.0) for name in names]) if unit else ())

    @property
    def above(self) -> Amounts:
        """What the career knows more of than of the average field, and by how much."""
        if self._above is None:
            self._above = _above(self.features.knowledge)
        return self._above


class VectorSpace:
    """The vectors of all careers of a catalog, by slug, and what they were made by: its `careers` and their `features`,
    how many careers have each thing (`counts`), its `weights`, and the `names` of its fields of knowledge."""

    def __init__(self, features: Mapping[str, Features], rarity: "Rarity") -> None:
        self.features, self.rarity = features, rarity
        self.careers = {slug: one.career for slug, one in features.items()}
        self.counts = holders(features.values())
        self.weights = rarity.weights(self.counts)
        self.names: Sequence[str] = sorted({name for one in features.values() for name in one.knowledge})
        self.vectors = {slug: Vectors.weighed(one, self.weights, self.names) for slug, one in features.items()}

    @classmethod
    def of(cls, catalog: Catalog) -> "VectorSpace":
        """The space of a catalog, with weights of its own."""
        features = {slug: Features(catalog, career) for slug, career in catalog.careers.items()}
        return cls(features, Rarity.of(features.values()))

    def is_common(self, component: Component, name: str) -> bool:
        """The answer of `weighs_little` for a thing."""
        return weighs_little(self.weights[component].get(name, 0.0), self.rarity.whole)


class Rarity(NamedTuple):
    """How rare things were in some catalog: the halvings of all its careers, and of those that have each thing, by
    component and name. What one career has is left out: it is counted anew each time."""

    whole: int
    halvings: Mapping[Component, Mapping[str, int]]

    @classmethod
    def of(cls, features: Collection[Features]) -> "Rarity":
        """Return how rare things are among some careers now."""
        return cls.among(len(features), holders(features))

    @classmethod
    def among(cls, careers: int, counts: Counts) -> "Rarity":
        """Return how rare things are among a number of careers, by how many have each."""
        return cls(
            halvings(careers),
            {it: {name: halvings(n) for name, n in by_name.items() if n > 1} for it, by_name in counts.items()},
        )

    @classmethod
    def read(cls, text: str) -> "Rarity":
        """Read the lines that `write` returned."""
        whole, *lines = text.splitlines()
        halvings: dict[Component, dict[str, int]] = {component: {} for component in COUNTED}
        for line in lines:
            component, count, name = line.split("\t", 2)
            halvings[Component(component)][name] = int(count)
        return cls(int(whole), halvings)

    def write(self) -> str:
        """Return a line for all careers, and one for each thing but for those whose name has lines itself."""
        cells = [(it, count, name) for it in COUNTED for name, count in sorted(self.halvings[it].items())]
        lines = [f"{it.value}\t{count}\t{name}" for it, count, name in cells if len(name.splitlines()) == 1]
        return "\n".join([str(self.whole), *lines])

    def weights(self, counts: Counts) -> Mapping[Component, Amounts]:
        """Return how much each thing weighs, by component and name, and by how many careers have it; what weighs
        nothing is left out."""
        return {it: self._weights(it, counts[it]) for it in COUNTED}

    def _weights(self, component: Component, counts: Mapping[str, int]) -> Amounts:
        names = {**self.halvings[component], **counts}
        weights = {name: self.weight(component, name, counts.get(name, 0)) for name in names}
        return {name: weight for name, weight in weights.items() if weight}

    def weight(self, component: Component, name: str, count: int) -> float:
        """Return how much a thing weighs that so many careers have: as much as before, unless it is new; 0 for
        nothing."""
        return weight_of(self.whole, self.halvings[component].get(name), count)


def weight_of(whole: int, rarity: int | None, count: int) -> float:
    """Return how much a thing weighs, by the halvings of all careers (`whole`), those that were counted of the thing
    before (`rarity`; None for what is new), and how many have it now."""
    if rarity is None:
        if count <= 1:
            return 0.0
        rarity = halvings(count)
    return sqrt(whole - rarity) if whole > rarity else 0.0


def weighs_little(weight: float, whole: int) -> bool:
    """Return whether more than about the square root of all careers have a thing of some weight, and more than a few
    (`FEW`): the weight is the square root of the halvings down to those that have it, of all halvings (`whole`)."""
    return round(weight**2) < min(whole / 2, whole - FEW)


def figures(a: Vectors, b: Vectors) -> float | None:
    """Return how close the figures of two careers are; None where none can be compared."""
    return closeness(a.features.career.values_by_attribute, b.features.career.values_by_attribute)


def likeness(a: Vectors, b: Vectors, figures: float | None) -> Likeness:
    """Return how alike two careers are in each component, to four places, given how close their figures are: the same
    whichever is a."""
    tasks, activities, titles, skills = [_cosine(a.parts[it], b.parts[it]) for it in COUNTED]
    measured = tasks, activities, knowledge(a.knowledge, b.knowledge), titles, skills, figures
    return tuple([None if it is None else round(it, 4) for it in measured])


def score(likeness: Likeness) -> float:
    """The mean of the components that both careers have, by their weights, from 0 to 1, to four places."""
    parts = parts_of(likeness)
    whole = sum([WEIGHTS[it.component] for it in parts])
    return round(sum([WEIGHTS[it.component] * it.similarity for it in parts]) / whole, 4) if whole else 0.0


def knowledge(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Return how alike two careers are in what they know; None where it is not said of either."""
    return likeness_of_angle(sum(map(mul, a, b))) if a and b else None


def likeness_of_angle(cosine: float) -> float:
    """Return how alike two careers are in what they know, by the cosine of the angle between them."""
    return max(0.0, 1.0 - acos(min(1.0, cosine)) / WIDEST)


def _cosine(a: Amounts, b: Amounts) -> float | None:
    if not a or not b:
        return None
    fewer, more = (a, b) if len(a) <= len(b) else (b, a)
    # the names of both are in order, so the sum is the same from either side
    return min(1.0, sum([amount * more[name] for name, amount in fewer.items() if name in more]))


def holders(features: Collection[Features]) -> Mapping[Component, Counter[str]]:
    """Return how many careers have each thing, by component and name."""
    return {it: Counter(chain.from_iterable([one.amounts[it] for one in features])) for it in COUNTED}


@lru_cache(maxsize=10_000)
def halvings(count: int) -> int:
    """Return how often some careers can be halved down to about one."""
    return round(log2(count)) if count else 0


def _weigh(amounts: Amounts, rarity: Amounts) -> Amounts:
    return {name: amount * weight for name, amount in amounts.items() if (weight := rarity.get(name, 0.0))}


def _above(amounts: Amounts) -> Amounts:
    """By how much of the whole each amount lies above the average."""
    if not amounts:
        return {}
    mean = sum(amounts.values()) / len(amounts)
    length = sqrt(sum([amount * amount for amount in amounts.values()])) or 1.0
    return {name: (amount - mean) / length for name, amount in amounts.items() if amount > mean}


def _unit(amounts: Amounts) -> Amounts:
    length = sqrt(sum([amount * amount for amount in amounts.values()]))
    return {name: amount / length for name, amount in amounts.items()} if length else {}
