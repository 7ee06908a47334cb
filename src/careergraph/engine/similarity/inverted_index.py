"""Inverted index: which careers have a thing, so that careers with nothing in common are not looked at."""

from collections.abc import Mapping

from careergraph.engine.content.component import Component
from careergraph.engine.similarity.features import COUNTED, Amounts


class Index:
    """The vectors of careers by what they hold; the first that is added has the place 0."""

    def __init__(self, weights: Mapping[Component, float]) -> None:
        self._weights = weights
        self._size = 0
        self._postings: dict[Component, dict[str, list[tuple[int, float]]]] = {it: {} for it in COUNTED}

    def add(self, parts: Mapping[Component, Amounts]) -> None:
        """Adds one career."""
        for component, amounts in parts.items():
            postings, weight = self._postings[component], self._weights[component]
            for name, amount in amounts.items():
                postings.setdefault(name, []).append((self._size, weight * amount))
        self._size += 1

    def sums(self, parts: Mapping[Component, Amounts]) -> list[float]:
        """By place, the weighted sum of the cosines of a career with each that was added."""
        sums = [0.0] * self._size
        for component, amounts in parts.items():
            postings = self._postings[component]
            for name, amount in amounts.items():
                for place, share in postings.get(name, ()):
                    sums[place] += amount * share
        return sums
