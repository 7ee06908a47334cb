"""Neighbours: how well they agree with the related occupations that O*NET publishes, which they are not computed from.

O*NET lists 20 for an occupation, nearest first. *nDCG@10* compares our first 10 with that list: the gain of the nearest
is 20, that of the last 1. *Recall@10* is the share of its first 10 among ours. The weights are round numbers, chosen by
looking at both halves of the occupations; the half of an occupation is decided by its code alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log, log2
from operator import mul
from pathlib import Path

from benchmarks.eval.esco import half_of
from benchmarks.eval.figure import Figure, Skipped
from benchmarks.eval.onet import Onet
from careergraph.engine.content.component import Component
from careergraph.engine.similarity.features import COUNTED, Amounts, Features
from careergraph.engine.similarity.inverted_index import Index
from careergraph.engine.similarity.neighbours import worked_out

FIRST = 10
SCORED = 1
"""The half that is scored apart. Weights were chosen by looking at both."""

Lists = Mapping[str, Sequence[str]]
"""The careers near each, nearest first."""
Measure = Callable[[Sequence[str], Sequence[str]], float]
"""How good a list is, given that of O*NET."""


def figures(data: Path) -> Iterator[Figure | Skipped]:
    """The figures, or why there are none."""
    try:
        onet = Onet.read(data)
    except FileNotFoundError as missing:
        yield Skipped(name="neighbours", reason=f"there is no {missing.filename or missing}")
        return
    ours = {slug: [it.slug for it in near[:FIRST]] for slug, near in worked_out(onet.catalog).items()}
    beside = {"SOC code prefix": _by_prefix(onet), "equal weights of four components": _by_equal_weights(onet)}
    cases = {"one half": [it for it in onet.related if half_of(it) == SCORED], "all": list(onet.related)}
    for name, measure, target in (("nDCG@10", gain, 0.72), ("recall@10", recall, 0.59)):
        for which, some in cases.items():
            yield Figure(
                name=f"{name}, {which}",
                value=_mean(measure, onet, ours, some),
                target=target,
                baselines=tuple([(it, _mean(measure, onet, lists, some)) for it, lists in beside.items()]),
                on=f"{len(some)} occupations, {len(onet.catalog.careers)} to find",
            )


def gain(ranked: Sequence[str], listed: Sequence[str]) -> float:
    """The normalised discounted cumulative gain of the first ten."""
    gains = {code: len(listed) - place for place, code in enumerate(listed)}
    best = sum([it / log2(place + 2) for place, it in enumerate(list(gains.values())[:FIRST])])
    return sum([gains.get(code, 0) / log2(place + 2) for place, code in enumerate(ranked[:FIRST])]) / best


def recall(ranked: Sequence[str], listed: Sequence[str]) -> float:
    """The share of the first ten that are listed among the first ten that were found."""
    return len(set(ranked[:FIRST]) & set(listed[:FIRST])) / len(listed[:FIRST])


def _mean(measure: Measure, onet: Onet, lists: Lists, cases: Sequence[str]) -> float:
    careers = onet.catalog.careers
    return sum(measure(lists[it], [code for code in onet.related[it] if code in careers]) for it in cases) / len(cases)


def _by_prefix(onet: Onet) -> Lists:
    """Those whose codes begin alike for longest, then by code."""
    codes = list(onet.catalog.careers)

    def alike(one: str, other: str) -> int:
        return next((place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(one))

    return {
        one: sorted([it for it in codes if it != one], key=lambda it: (-alike(one, it), it))[:FIRST]
        for one in onet.related
    }


def _by_equal_weights(onet: Onet) -> Lists:
    """Plain TF-IDF of tasks, activities and titles, and the plain cosine of knowledge, added up."""
    features = [Features(onet.catalog, it) for it in onet.catalog.careers.values()]
    counted: list[Component] = [it for it in COUNTED if it is not Component.SKILLS]
    rarity = {it: _idf([one.amounts[it] for one in features]) for it in counted}
    vectors = [{it: _unit(one.amounts[it], rarity[it]) for it in counted} for one in features]
    names = sorted({name for one in features for name in one.knowledge})
    knowledge = [_unit({it: one.knowledge.get(it, 0.0) for it in names}, dict.fromkeys(names, 1.0)) for one in features]
    rows = [list(it.values()) for it in knowledge]
    index = Index(vectors, dict.fromkeys(COUNTED, 1.0))
    codes, lists = list(onet.catalog.careers), {}
    for place, (code, vector) in enumerate(zip(codes, vectors, strict=True)):
        if code in onet.related:
            sums = index.sums(vector)
            known_too = [sum(map(mul, rows[place], row)) for row in rows]
            scored = [(-one - other, it) for one, other, it in zip(sums, known_too, codes, strict=True)]
            lists[code] = [it for _, it in sorted(scored) if it != code][:FIRST]
    return lists


def _idf(every: Sequence[Amounts]) -> Amounts:
    counts: dict[str, int] = {}
    for amounts in every:
        for name in amounts:
            counts[name] = counts.get(name, 0) + 1
    return {name: log(len(every) / count) for name, count in counts.items() if count > 1}


def _unit(amounts: Amounts, rarity: Amounts) -> Amounts:
    weighed = {name: amount * rarity[name] for name, amount in amounts.items() if name in rarity}
    length = sum([amount * amount for amount in weighed.values()]) ** 0.5 or 1.0
    return {name: amount / length for name, amount in weighed.items()}
