"""Ranking: which pairs of careers are worth a page of their own, best first, and why.

The score of a pair, from 0 to 1, is how near the two are (the score of `neighbours`), times

- 1/2,
- plus 1/4 of the share of the catalog's attributes that both have a figure for, of a kind that can be compared,
- plus 1/4 of the share of those that decide: one side is better.

Only a pair of which one is among the nearest of the other scores: of half a million pairs that leaves some ten
thousand, and those are all that anybody would look for. Nor does a pair score that nothing tells apart: of one
category, with no figure that differs, and no skills that each has alone. Pairs that editors feature come first,
whatever they score; pairs that they hide are not ranked at all.
"""

from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import NamedTuple, cast

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.changed_items import changed_items, differing
from careergraph.engine.content.neighbour import Neighbourhoods, Shared
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.content.value import outcome
from careergraph.engine.similarity.neighbours import neighbourhoods, neighbours
from careergraph.engine.text.skill_sets import skill_sets_of

SlugPair = tuple[str, str]
"""Two careers by slug, in the order of their slugs."""
Partners = Mapping[str, tuple[str, ...]]
"""The careers that each is ranked with, best first, by slug."""


class PairScore(NamedTuple):
    """How much a pair is worth a page, and by what: how near the two are, for how many attributes both have
    figures that can be compared, how many of those decide, and what the two share."""

    featured: bool
    score: float
    nearness: float
    figures: int
    deciding: int
    shared: tuple[Shared, ...]


def ranking(catalog: Catalog) -> Mapping[SlugPair, PairScore]:
    """The pairs worth a page, best first, then by slugs: worked out once for a catalog."""
    for _ in prepare(catalog):
        pass
    return cast("Mapping[SlugPair, PairScore]", catalog.memo[NAME])


def prepare(catalog: Catalog, before: Catalog | None = None) -> Iterator[None]:
    """Puts the pairs in order step by step. What a pair is worth is taken from a catalog before where nothing of it
    changed."""
    if NAME in catalog.memo:
        return
    if before is not None and is_ranked(before) and _follow(catalog, before):
        return
    worths: dict[SlugPair, PairScore] = {}
    for couple, worth in _worths(catalog, before):
        worths[couple] = worth
        if len(worths) % LOT == 0:
            yield
    catalog.memo[NAME] = dict(sorted(worths.items(), key=_rank))
    yield
    _partners(catalog)


def _follow(catalog: Catalog, before: Catalog) -> bool:
    """Rank the pairs of a catalog by those of the one before, looking only at careers that changed or have other
    neighbours. Return False where these are many, or every pair may be worth something else."""
    careers, near, earlier = catalog.careers, neighbourhoods(catalog), neighbourhoods(before)
    if before.pairs_notes is not catalog.pairs_notes or len(before.attributes) != len(catalog.attributes):
        return False
    touched = changed_items(before, catalog, "careers") | differing(earlier, near)
    if MOST * len(touched) > len(careers):
        return False
    worths = ranking(before)
    changed: dict[SlugPair, PairScore | None] = {}
    for couple in {_couple(slug, other) for slug in touched for other in _others(slug, before, near)}:
        if (worth := _worth_now(catalog, couple, near)) != worths.get(couple):
            changed[couple] = worth
    ranked = [it for it in worths.items() if it[0] not in changed] if changed else []
    fresh = [(couple, worth) for couple, worth in changed.items() if worth is not None]
    if fresh:
        ranked = sorted([*ranked, *fresh], key=_rank)
    after = catalog.memo[NAME] = dict(ranked) if changed else worths
    catalog.memo[PARTNERS] = _partners_after(_partners(before), changed, after) if changed else _partners(before)
    return True


def _others(slug: str, before: Catalog, near: Neighbourhoods) -> Iterator[str]:
    """The careers that one was ranked with, and its neighbours now."""
    yield from _partners(before).get(slug, ())
    yield from (neighbour.slug for neighbour in near.get(slug, ()))


def _worth_now(catalog: Catalog, couple: SlugPair, near: Neighbourhoods) -> PairScore | None:
    """The score of a pair; None where it is not ranked."""
    if not all(slug in catalog.careers for slug in couple):
        return None
    notes = catalog.pairs_notes.get("-vs-".join(couple))
    if notes is not None and notes.hidden:
        return None
    for here, there in (couple[::-1], couple):  # as where all are ranked, the later career decides
        for neighbour in near.get(here, ()):
            if neighbour.slug == there and neighbour.evident and _told_apart(catalog, couple):
                return _worth(catalog, couple, neighbour.score, neighbour.shared)
    return _worth(catalog, couple, 0.0, ()) if notes is not None and notes.featured else None


def _partners_after(
    partners: Partners, changed: Mapping[SlugPair, PairScore | None], worths: Mapping[SlugPair, PairScore]
) -> Partners:
    """The partners of each career after some pairs changed, and what pairs are worth now."""
    fresh = {slug: dict.fromkeys(partners.get(slug, ())) for couple in changed for slug in couple}
    for (a, b), worth in changed.items():
        for here, there in ((a, b), (b, a)):
            if worth is None:
                fresh[here].pop(there, None)
            else:
                fresh[here][there] = None
    best = {
        slug: sorted(map(_couple, repeat(slug), others), key=lambda it: _rank((it, worths[it])))
        for slug, others in fresh.items()
    }
    ranked = {slug: tuple([a if b == slug else b for a, b in couples]) for slug, couples in best.items()}
    return {slug: others for slug, others in {**partners, **ranked}.items() if others}


def _rank(item: tuple[SlugPair, PairScore]) -> tuple[object, ...]:
    couple, worth = item
    return (*order(worth), *couple)


MOST = 8
"""From a share of 1/8 of the careers on, ranking all pairs anew is quicker."""
LOT = 500
"""Pairs that are looked at in one step."""
NAME = "ranking"
"""The key of the ranking among the memos of a catalog."""
PARTNERS = "partners"
"""The key of the ranked pairs of each career there."""


def order(worth: PairScore) -> tuple[bool, float]:
    """The sort key of pairs, ahead of their slugs."""
    return not worth.featured, -worth.score


def score_of(catalog: Catalog, a: Career, b: Career) -> PairScore:
    """Return how much any pair is worth a page, given in the order of their slugs; a pair that is not ranked scores
    0."""
    return ranking(catalog).get((a.slug, b.slug)) or _worth(catalog, (a.slug, b.slug), 0.0, ())


def partners(catalog: Catalog, careers: tuple[Career, ...], first: int) -> tuple[Career, ...]:
    """The careers most worth comparing with any of these, best first, then by slug; never one of these."""
    best: dict[str, tuple[bool, float]] = {}
    worths = ranking(catalog)
    for career in careers:
        for slug in _partners(catalog).get(career.slug, ()):
            place = order(worths[_couple(career.slug, slug)])
            best[slug] = min(place, best.get(slug, place))
        for near in neighbours(catalog, career):  # also where nothing tells the two apart
            if near.slug not in best and not _hidden(catalog, _couple(career.slug, near.slug)):
                best[near.slug] = True, -round(near.score / 2, 4)
    for career in careers:
        best.pop(career.slug, None)
    return tuple([catalog.careers[slug] for slug in sorted(best, key=lambda slug: (*best[slug], slug))[:first]])


def _hidden(catalog: Catalog, couple: SlugPair) -> bool:
    notes = catalog.pairs_notes.get("-vs-".join(couple))
    return notes is not None and notes.hidden


def pairs_of(catalog: Catalog, career: Career) -> tuple[SlugPair, ...]:
    """The ranked pairs with one career, best first."""
    return tuple([_couple(career.slug, slug) for slug in _partners(catalog).get(career.slug, ())])


def is_ranked(catalog: Catalog) -> bool:
    """Return whether the pairs of a catalog are in order already, so that nobody has to wait for it."""
    return PARTNERS in catalog.memo


def _partners(catalog: Catalog) -> Partners:
    if (by_career := catalog.memo.get(PARTNERS)) is None:
        others: dict[str, list[str]] = {}
        for a, b in ranking(catalog):
            others.setdefault(a, []).append(b)
            others.setdefault(b, []).append(a)
        by_career = catalog.memo[PARTNERS] = {slug: tuple(slugs) for slug, slugs in others.items()}
    return cast("Partners", by_career)


def _worths(catalog: Catalog, before: Catalog | None) -> Iterator[tuple[SlugPair, PairScore]]:
    near: dict[SlugPair, tuple[float, tuple[Shared, ...]]] = {}
    for slug, nearest in neighbourhoods(catalog).items():
        for neighbour in [it for it in nearest if it.evident]:
            couple = _couple(slug, neighbour.slug)
            if couple in near or _told_apart(catalog, couple):
                near[couple] = neighbour.score, neighbour.shared
    for notes in catalog.pairs_notes.values():
        if notes.featured and {notes.a, notes.b} <= catalog.careers.keys():
            near.setdefault((notes.a, notes.b), (0.0, ()))
    for couple, (score, shared) in near.items():
        if not _hidden(catalog, couple):
            yield (
                couple,
                _worth_before(catalog, before, couple, score, shared) or _worth(catalog, couple, score, shared),
            )


def _worth_before(
    catalog: Catalog, before: Catalog | None, couple: SlugPair, nearness: float, shared: tuple[Shared, ...]
) -> PairScore | None:
    """Return what a pair was worth in a catalog before, if that has to be the same; else None."""
    if before is None or (worth := _existing_ranking(before).get(couple)) is None:
        return None
    slug = "-vs-".join(couple)
    same = (
        all(before.careers[it] is catalog.careers[it] for it in couple)
        and before.pairs_notes.get(slug) is catalog.pairs_notes.get(slug)
        and len(before.attributes) == len(catalog.attributes)
        and (worth.nearness, worth.shared) == (nearness, shared)
    )
    return worth if same else None


def _existing_ranking(catalog: Catalog) -> Mapping[SlugPair, PairScore]:
    """The ranking of a catalog where it was made."""
    return cast("Mapping[SlugPair, PairScore]", catalog.memo.get(NAME, {}))


def _told_apart(catalog: Catalog, couple: SlugPair) -> bool:
    """Return whether a comparison would say of either career why one would choose it."""
    a, b = (catalog.careers[slug] for slug in couple)
    if a.category.slug != b.category.slug:
        return True
    values = b.values_by_attribute
    if any(outcome(it, values[key]) in _APART for key, it in a.values_by_attribute.items() if key in values):
        return True
    one, other = skill_sets_of(catalog, a), skill_sets_of(catalog, b)
    return bool(one.mains - other.linked and other.mains - one.linked)


_APART = (Outcome.A, Outcome.B, Outcome.DIFFERS)


def _worth(catalog: Catalog, couple: SlugPair, nearness: float, shared: tuple[Shared, ...]) -> PairScore:
    a, b = (catalog.careers[slug].values_by_attribute for slug in couple)
    outcomes = [outcome(value, b[key]) for key, value in a.items() if key in b]
    outcomes = [it for it in outcomes if it is not Outcome.NOT_COMPARABLE]
    figures, deciding = len(outcomes), sum([it.decided for it in outcomes])
    coverage = figures / len(catalog.attributes) if figures else 0.0
    score = nearness * (2 + coverage + (deciding / figures if figures else 0.0)) / 4
    notes = catalog.pairs_notes.get("-vs-".join(couple))
    return PairScore(notes is not None and notes.featured, round(score, 4), nearness, figures, deciding, shared)


def _couple(one: str, other: str) -> SlugPair:
    return (one, other) if one < other else (other, one)
