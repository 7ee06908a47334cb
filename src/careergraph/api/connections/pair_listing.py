"""PairListing: the pairs of a catalog, a category or a career, those that are ranked ahead of the rest."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, cast

from careergraph.api.connections.pairs import Chain, Pairs, PairsOf, Rest, SlugPair
from careergraph.engine.content import Career, Catalog
from careergraph.engine.similarity.pair_ranking import pairs_of, ranking


class PairListing(NamedTuple):
    """Pairs in their order. `ranked` are the featured ones and those that score, best first; `rest` are the others that
    are not hidden."""

    ranked: Sequence[SlugPair]
    rest: Sequence[SlugPair]

    def at_least(self, catalog: Catalog, least: float) -> Sequence[SlugPair]:
        """The pairs that score so much; all of them where nothing is asked for."""
        if least <= 0:
            return Chain(self.ranked, self.rest)
        worths = ranking(catalog)
        featured = bisect_right(self.ranked, 0, key=lambda it: not worths[it.a.slug, it.b.slug].featured)
        first = [it for it in self.ranked[:featured] if worths[it.a.slug, it.b.slug].score >= least]
        stop = bisect_right(self.ranked, -least, featured, key=lambda it: -worths[it.a.slug, it.b.slug].score)
        return Chain(first, self.ranked[featured:stop])


def pairs_of_category(catalog: Catalog, category: str | None) -> PairListing:
    """The pairs of a category, or of all careers: put together once for a catalog."""
    name = f"pairs of {category}"
    if (listing := catalog.memo.get(name)) is None:
        listing = catalog.memo[name] = _listed(catalog, _careers(catalog, category))
    return cast("PairListing", listing)


def pairs_of_career(catalog: Catalog, career: Career, category: str | None) -> PairListing:
    """The pairs of a career with others, or with those of its own category."""
    others = () if category not in (None, career.category.slug) else _careers(catalog, category)
    kept = frozenset([it.slug for it in others])
    ranked = [it for it in pairs_of(catalog, career) if it[0] in kept and it[1] in kept]
    gone = _hidden(catalog).union(ranked)
    rest = PairsOf(career, [it for it in others if it is not career])
    couples = [SlugPair(catalog.careers[a], catalog.careers[b]) for a, b in ranked]
    return PairListing(couples, [it for it in rest if (it.a.slug, it.b.slug) not in gone])


def pairs_by_slug(catalog: Catalog, career: Career | None, category: str | None) -> Sequence[SlugPair]:
    """All pairs that are not hidden, of a career and a category where these are given, in the order of their slugs. It
    does not ask what they are worth, which takes seconds where there are half a million."""
    careers, hidden = _careers(catalog, category), _hidden(catalog)
    if career is not None:
        others = [it for it in careers if it is not career] if career in careers else []
        return [it for it in PairsOf(career, others) if (it.a.slug, it.b.slug) not in hidden]
    places = {it.slug: place for place, it in enumerate(careers)}
    pairs = Pairs(careers)
    gone = [pairs.place(places[a], places[b]) for a, b in hidden if a in places and b in places]
    return Rest(pairs, sorted(gone)) if gone else pairs


def _listed(catalog: Catalog, careers: Sequence[Career]) -> PairListing:
    places = {career.slug: place for place, career in enumerate(careers)}
    pairs = Pairs(careers)
    ranked = [it for it in ranking(catalog) if it[0] in places and it[1] in places]
    hidden = [it for it in _hidden(catalog) if it[0] in places and it[1] in places]
    gone = sorted([pairs.place(places[a], places[b]) for a, b in (*ranked, *hidden)])
    couples = [SlugPair(catalog.careers[a], catalog.careers[b]) for a, b in ranked]
    return PairListing(couples, Rest(pairs, gone))


def _careers(catalog: Catalog, category: str | None) -> tuple[Career, ...]:
    return tuple(catalog.careers.values()) if category is None else catalog.careers_in.get(category, ())


def _hidden(catalog: Catalog) -> frozenset[tuple[str, str]]:
    """The pairs that editors keep out of lists, by slugs."""
    return frozenset([(it.a, it.b) for it in catalog.pairs_notes.values() if it.hidden])
