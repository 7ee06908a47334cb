"""Search space: all that the neighbours of a catalog are found by, from which that of the next catalog follows quickly.

It is packed, and kept with the catalog: taken from where it is stored, or made where somebody first asks what a change
would move, and handed on to the next catalog. What is unpacked for one question is not kept.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, cast

from careergraph.engine.content import Catalog
from careergraph.engine.content.component import Component
from careergraph.engine.similarity.features import Amounts, Features
from careergraph.engine.similarity.nearest import Search
from careergraph.engine.similarity.packed_vectors import PackedVectors, Postings, pack, recounted
from careergraph.engine.similarity.vectors import Rarity, Vectors, VectorSpace, weighs_little

MOST = 3
"""From a share of 1/3 of the careers on, working all of them out is quicker."""
SCANNED = 3
"""Searches that take less time than to make postings first."""


class PackedSpace:
    """The packed vectors of a catalog, each unpacked when somebody asks for it."""

    def __init__(
        self,
        catalog: Catalog,
        packed: PackedVectors,
        features: Mapping[str, Features],
        weights: Mapping[Component, Amounts] | None = None,
    ) -> None:
        """`weights` are those of the packed vectors, where these are at hand."""
        self.careers, self.packed, self._weights = catalog.careers, packed, weights
        self.vectors = _Unpacked(catalog, packed, features)

    @cached_property
    def weights(self) -> Mapping[Component, Amounts]:
        """How much each thing weighs."""
        return self.packed.weights() if self._weights is None else self._weights

    def is_common(self, component: Component, name: str) -> bool:
        """The answer of `weighs_little` for a thing."""
        return weighs_little(self.weights[component].get(name, 0.0), self.packed.whole)


class PackedSearch(Search):
    """Finds the nearest careers of a few in packed vectors: of the first ones by looking at all, then by postings."""

    def __init__(self, space: PackedSpace) -> None:
        self._packed, self._searched = space.packed, 0
        self._postings: Postings | None = None
        super().__init__(space)

    def _prepare(self) -> None:
        self._holdings = self._packed.holdings()

    def _sums(self, one: Vectors) -> list[float]:
        self._searched += 1
        if self._postings is None and self._searched > SCANNED:
            self._postings = Postings(self._packed)
        return self._packed.sums(one.features.career.slug, self._postings)


class _Unpacked(Mapping[str, Vectors]):
    """Vectors that are unpacked when they are read, and then kept."""

    def __init__(self, catalog: Catalog, packed: PackedVectors, features: Mapping[str, Features]) -> None:
        self._catalog, self._packed, self._features = catalog, packed, features
        self._read: dict[str, Vectors] = {}

    def __getitem__(self, slug: str) -> Vectors:
        if (one := self._read.get(slug)) is None:
            features = self._features.get(slug) or Features(self._catalog, self._catalog.careers[slug])
            one = self._read[slug] = self._packed.unpack(slug, features)
        return one

    def __contains__(self, slug: object) -> bool:
        return slug in self._packed.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed.rows)

    def __len__(self) -> int:
        return len(self._packed.rows)


class Followed(NamedTuple):
    """The space of a catalog, weighed as the one before, and the careers that may be otherwise near there."""

    space: PackedSpace
    touched: frozenset[str]


def packed_of(catalog: Catalog) -> PackedVectors:
    """The packed vectors of a catalog, weighed by its `rarity` where that is kept: made once, of those of its base
    where things weigh the same there."""
    if _NAME not in catalog.memo:
        base = catalog.base
        derived = base is not None and base.rarity == catalog.rarity
        followed = follow(base, catalog) if base is not None and derived else None
        catalog.memo[_NAME] = _whole(catalog) if followed is None else followed.space.packed
    return cast("PackedVectors", catalog.memo[_NAME])


def keep(catalog: Catalog, packed: PackedVectors) -> None:
    """Keep the packed vectors of a catalog with it."""
    catalog.memo.setdefault(_NAME, packed)


def is_kept(catalog: Catalog) -> bool:
    """Return whether the packed vectors of a catalog are kept with it."""
    return _NAME in catalog.memo


def follow(before: Catalog, after: Catalog) -> Followed | None:
    """Return what follows from the space of a catalog for the next one; None where so many careers changed, or what is
    known of all, that all is measured anew."""
    packed = packed_of(before)
    changes: dict[str, _Change] = {}
    for slug, change in _changes(before, after):
        changes[slug] = change
        if MOST * len(changes) >= MOST + len(after.careers):
            return None
    features = {slug: one for slug, (_, one) in changes.items() if one is not None}
    if any(not set(packed.fields).issuperset(one.knowledge) for one in features.values()):
        return None
    other = {slug: change for slug, change in changes.items() if _weighs_otherwise(change)}
    if not other:
        return Followed(PackedSpace(after, packed, features), frozenset(features))
    recount, moved = recounted(packed, other.values())
    weights = recount.weights()
    repacked = (packed.holders(moved) | other.keys()) & after.careers.keys()
    features |= {slug: Features(after, after.careers[slug]) for slug in repacked if slug not in features}
    fresh = {slug: Vectors.weighed(features[slug], weights, packed.fields) for slug in repacked}
    place_of = {thing: place for place, thing in enumerate(recount.things)}
    rows = {slug: row for slug, row in packed.rows.items() if slug in after.careers}
    rows |= {slug: pack(one, place_of) for slug, one in sorted(fresh.items())}
    return Followed(PackedSpace(after, recount._replace(rows=rows), features, weights), frozenset(features))


def hand_on(before: Catalog, after: Catalog) -> None:
    """Give a catalog the space that follows from that of the one before, where somebody asked for it and things weigh
    the same."""
    if is_kept(before) and not is_kept(after) and before.rarity == after.rarity:
        followed = follow(before, after)
        if followed is not None:
            keep(after, followed.space.packed)


_NAME = "packed vectors"
_Change = tuple[Features | None, Features | None]
"""The features of a career before and after; None where it is not there."""


def _changes(before: Catalog, after: Catalog) -> Iterator[tuple[str, _Change]]:
    """Yield the careers whose features are others in `after`. Careers that are one object in both are not looked at,
    where no relation between skills changed."""
    same = before.related_skills == after.related_skills
    readable = before.default_locale == after.default_locale
    for slug, career in after.careers.items():
        if (former := before.careers.get(slug)) is career and same and readable:
            continue
        was = None if former is None else Features(before, former)
        one = Features(after, career, was if readable else None)
        if was is None or not one.same_as(was):
            yield slug, (was, one)
    for slug in before.careers.keys() - after.careers.keys():
        yield slug, (Features(before, before.careers[slug]), None)


def _weighs_otherwise(change: _Change) -> bool:
    was, one = change
    return was is None or one is None or not one.weighs_as(was)


def _whole(catalog: Catalog) -> PackedVectors:
    features = {slug: Features(catalog, career) for slug, career in catalog.careers.items()}
    rarity = Rarity.of(features.values()) if catalog.rarity is None else Rarity.read(catalog.rarity)
    return PackedVectors.of(VectorSpace(features, rarity))
