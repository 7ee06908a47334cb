"""Dense search: the nearest careers by arrays of numpy, which finds the same ones as the search of the engine.

Arrays bound what each career can score; whoever may be near is measured by the engine's own rules. So rounding in
arrays moves no score and no order.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

from careergraph.engine.content.component import Component
from careergraph.engine.similarity.features import COUNTED
from careergraph.engine.similarity.nearest import KEPT, SLACK, WHOLES, Bound, Search, holdings_of, weight_of_figures
from careergraph.engine.similarity.vectors import WEIGHTS, WIDEST, Vectors

Floats = NDArray[np.float64]
Places = NDArray[np.int32]


class DenseSearch(Search):
    """Finds the nearest careers in a space by bounds of all others at once."""

    def _prepare(self) -> None:
        """Leave the arrays for the first search: not every space is searched."""

    @cached_property
    def _arrays(self) -> "_Arrays":
        return _Arrays(list(self.vectors.values()))

    def _possible(self, one: Vectors, least: Mapping[str, float]) -> list[Bound]:
        arrays, weight = self._arrays, weight_of_figures(one)
        place = arrays.place_of[one.features.career.slug]
        parts = arrays.parts(place, one)
        wholes = arrays.wholes[arrays.held & arrays.held[place]]
        without = np.divide(parts, wholes, out=np.zeros_like(parts), where=wholes > 0)
        low = high = without
        if weight:
            low = np.minimum(without, parts / (wholes + weight))
            high = np.maximum(without, (parts + weight) / (wholes + weight))
        low[place] = high[place] = -1.0  # they are one array where figures say nothing
        last = float(np.partition(low, -KEPT)[-KEPT]) if len(low) > KEPT else float(low.min(initial=0.0))
        bound: Floats | float = last
        if least:
            bound = np.minimum(last, [least.get(slug, last) for slug in arrays.place_of])
        near = [int(it) for it in np.flatnonzero(high >= bound - SLACK) if it != place]
        cells = zip(
            near, parts[near].tolist(), wholes[near].tolist(), without[near].tolist(), high[near].tolist(), strict=True
        )
        slugs = list(arrays.place_of)
        return [Bound(slugs[number], *figures) for number, *figures in cells]


class _Arrays:
    """All careers as arrays: the place of each, the components that each has (`held`, as bits), the weights of such
    (`wholes`), what each knows, the things of each career, and the careers of each thing, one after the other."""

    def __init__(self, every: Sequence[Vectors]) -> None:
        self.place_of = {one.features.career.slug: place for place, one in enumerate(every)}
        self.held = np.array([holdings_of(it) for it in every], dtype=np.int32)
        self.wholes = np.array(WHOLES)
        widest = max([len(one.knowledge) for one in every], default=0)
        self._knowledge = np.array([one.knowledge or (0.0,) * widest for one in every])
        self._fill_postings(every)

    def _fill_postings(self, every: Sequence[Vectors]) -> None:
        names = {it: dict.fromkeys(chain.from_iterable([one.parts[it] for one in every])) for it in COUNTED}
        place = count()
        numbers = {it: dict(zip(names[it], place, strict=False)) for it in COUNTED}
        lengths = [sum([len(one.parts[it]) for it in COUNTED]) for one in every]
        cells = [(numbers[it], one.parts[it]) for one in every for it in COUNTED]
        things = np.fromiter(
            chain.from_iterable([map(of.__getitem__, part) for of, part in cells]), np.int32, sum(lengths)
        )
        amounts = np.fromiter(chain.from_iterable([part.values() for _, part in cells]), np.float64, sum(lengths))
        weights = np.repeat([WEIGHTS[it] for it in COUNTED], [len(names[it]) for it in COUNTED])
        order = np.argsort(things, kind="stable")
        self._things, self._amounts = things, amounts
        self._starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        self._owners: Places = np.repeat(np.arange(len(every), dtype=np.int32), lengths)[order]
        self._shares: Floats = (amounts * weights[things])[order]
        self._first = np.concatenate(([0], np.cumsum(np.bincount(things, minlength=len(weights)))))

    def parts(self, place: int, one: Vectors) -> Floats:
        """Return what each career scores with one but for figures, not yet divided by the weights."""
        mine = slice(self._starts[place], self._starts[place + 1])
        things, amounts = self._things[mine], self._amounts[mine]
        firsts = self._first[things]
        counts = self._first[things + 1] - firsts
        shifts = np.repeat(firsts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        at = shifts + np.arange(len(shifts))
        products = self._shares[at] * np.repeat(amounts, counts)
        parts: Floats = np.bincount(self._owners[at], weights=products, minlength=len(self.held)).astype(np.float64)
        if one.knowledge:
            cosines = np.minimum(1.0, self._knowledge @ np.array(one.knowledge))
            parts += WEIGHTS[Component.KNOWLEDGE] * np.maximum(0.0, 1.0 - np.arccos(cosines) / WIDEST)
        return parts
