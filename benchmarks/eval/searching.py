"""Searching: whether the careers that people mean come first, on queries that no career is called by.

`searches/` holds 100 ambiguous titles, 100 typos and 100 everyday words. A person judged by the meaning of each query
which careers it is for, from 3 (the very one) to 1 (related), before looking at what is found. A line is a query and
the careers of each grade by slug, where `*` stands for anything; the highest grade of a career counts. *nDCG@10*
compares the first 10 careers with the best 10 that there are: a grade gains 2 ** grade - 1. Half of the queries, by
their text alone, were looked at when the search was tuned; of the other half only the figures were.
"""

from collections.abc import Iterator, Mapping
from fnmatch import filter as slugs_like
from math import log2
from pathlib import Path
from time import process_time

from benchmarks.eval.catalogs import catalog_of
from benchmarks.eval.esco import half_of
from benchmarks.eval.figure import Figure, Skipped
from careergraph.engine.content import Career
from careergraph.engine.search.search import search
from careergraph.engine.search.spelling import singular
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.same_wording import normalised

KINDS = ("ambiguous", "typos", "everyday")
FIRST = 10
HALVES = {"tuned on": 0, "held out": 1}
EVERYTHING, PAGE = 1_000, 20
"""What is looked at in the search of a career, and the results of a page, for which the time is taken."""

Grades = Mapping[str, int]
"""How well a career answers a query, by slug."""


def figures(data: Path) -> Iterator[Figure | Skipped]:
    """The figures, or why there are none."""
    if not (data / "onet_29_3").is_dir():
        yield Skipped(name="searching", reason=f"there is no {data / 'onet_29_3'}")
        return
    localized = localize(catalog_of(data))
    yield from _judged(localized)
    yield own_titles(localized, "O*NET")


def _judged(localized: LocalizedCatalog) -> Iterator[Figure]:
    gains: dict[tuple[str, int], list[float]] = {}
    seconds = []
    search(localized, "a", 1)  # makes the index
    for kind in KINDS:
        for query, grades in judged(kind, localized):
            start = process_time()
            search(localized, query, PAGE)
            seconds.append(process_time() - start)
            gains.setdefault((kind, half_of(query)), []).append(gain(first_careers(localized, query), grades))
    for which, half in HALVES.items():
        for kind in KINDS:
            values = gains[kind, half]
            yield Figure(
                name=f"nDCG@10, {kind}, {which}", value=_mean(values), target=0.85, on=f"{len(values)} queries"
            )
        values = [it for kind in KINDS for it in gains[kind, half]]
        yield Figure(
            name=f"nDCG@10, all of them, {which}", value=_mean(values), target=0.85, on=f"{len(values)} queries"
        )
    names, queries = _names(localized), [query for kind in KINDS for query, _ in judged(kind, localized)]
    called = sum([singular(normalised(query)) in names for query in queries])
    yield Figure(name="queries that are the name of a career", value=called / len(queries))
    slowest = sorted(seconds)[len(seconds) * 95 // 100]
    yield Figure(name="CPU ms of a query, 95 of 100 within", value=1e3 * slowest, on=f"pages of {PAGE}")


def own_titles(localized: LocalizedCatalog, name: str) -> Figure:
    """How many careers are what their own title finds first."""
    careers = localized.catalog.careers
    own = [first_careers(localized, localized.read(it.title))[0] == it.slug for it in careers.values()]
    return Figure(
        name=f"{name}: careers that their own title finds first",
        value=sum(own) / len(own),
        target=1.0,
        on=f"{len(own)} careers, {len(own) - sum(own)} of them not first",
    )


def judged(kind: str, localized: LocalizedCatalog) -> Iterator[tuple[str, Grades]]:
    """The queries of a kind, each with the careers that it is for. Raises ValueError where a pattern has none."""
    slugs = list(localized.catalog.careers)
    for line in (Path(__file__).parent / "searches" / f"{kind}.txt").read_text("utf-8").splitlines():
        query, *parts = line.split(" | ")
        grades: dict[str, int] = {}
        for part in parts:
            grade, patterns = part.split(": ")
            for pattern in patterns.split():
                if not (careers := slugs_like(slugs, pattern)):
                    raise ValueError(f"{kind}: {query!r}: no career is called {pattern}")
                for slug in careers:
                    grades[slug] = max(int(grade), grades.get(slug, 0))
        yield query, grades


def first_careers(localized: LocalizedCatalog, query: str) -> list[str]:
    """The slugs of the first careers that are found."""
    return [it.item.slug for it in search(localized, query, EVERYTHING) if isinstance(it.item, Career)][:FIRST]


def gain(careers: list[str], grades: Grades) -> float:
    """The normalised discounted cumulative gain of the first ten."""
    best = sorted(grades.values(), reverse=True)[:FIRST]
    return _cumulated([grades.get(slug, 0) for slug in careers]) / _cumulated(best)


def _cumulated(grades: list[int]) -> float:
    return sum([float(2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades)])


def _names(localized: LocalizedCatalog) -> frozenset[str]:
    careers = localized.catalog.careers.values()
    names = [name for it in careers for name in (localized.read(it.title), *it.aliases.get("en", ()))]
    return frozenset([singular(normalised(name)) for name in names])


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
