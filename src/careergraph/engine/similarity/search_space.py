"""Search space: all that the neighbours of a catalog are found by, from which that of the next catalog follows quickly.

It takes a second for a thousand careers. So it is made where somebody first asks what a change would move, kept with
the catalog, and handed on to the next one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple, cast

from careergraph.engine.content import Catalog
from careergraph.engine.content.component import Component
from careergraph.engine.similarity.features import COUNTED, Features
from careergraph.engine.similarity.nearest import Search
from careergraph.engine.similarity.vectors import Rarity, Vectors, VectorSpace

Changes = Mapping[str, Features | None]
"""The features that are others, by the slug of the career; None for one that went."""


class SearchSpace(NamedTuple):
    """A vector space with its search."""

    space: VectorSpace
    search: Search

    def drifted(self) -> bool:
        """Whether so much weighs otherwise by now that all has to be weighed anew."""
        return self.space.rarity.drifted(Rarity.among(len(self.space.features), self.space.counts))

    def changes_to(self, before: Catalog, after: Catalog) -> Iterator[tuple[str, Features | None]]:
        """Yield the features that are others in `after`; the space is that of `before`. Careers that are one object in
        both are not looked at, where no relation between skills changed."""
        same = before.related_skills == after.related_skills
        readable = before.default_locale == after.default_locale
        for slug, career in after.careers.items():
            if same and readable and before.careers.get(slug) is career:
                continue
            was = self.space.features.get(slug)
            one = Features(after, career, was if readable else None)
            if was is None or not one.same_as(was):
                yield slug, one
        yield from ((slug, None) for slug in before.careers if slug not in after.careers)

    def follow(self, changes: Changes) -> tuple["SearchSpace", frozenset[str]]:
        """Return the space with other features of some careers, weighed as before, and the careers with other vectors:
        these, and those that hold what is new among several or no longer is."""
        if not changes:
            return self, frozenset()
        was = self.space
        features = {slug: one for slug, one in {**was.features, **changes}.items() if one is not None}
        if any(one is not None and not set(was.names).issuperset(one.knowledge) for one in changes.values()):
            space = VectorSpace(features, was.rarity)
            return SearchSpace(space, type(self.search)(space)), frozenset(features)
        space, moved = _recounted(was, features, changes)
        touched = {slug for slug in changes if slug in features}
        if any(moved.values()):
            touched |= {slug for slug, one in features.items() if _holds_any(one, moved)}
        fresh = {slug: Vectors(features[slug], space.weights, was.names) for slug in touched}
        space.vectors = {slug: fresh.get(slug) or was.vectors[slug] for slug in features}
        return SearchSpace(space, self.search.follow(space)), frozenset(touched)


def space_of(catalog: Catalog, search: type[Search] = Search) -> SearchSpace:
    """The space of a catalog, weighed by its `rarity` where that is kept: made once for each kind of search, of that of
    its base where things weigh the same there."""
    if (key := (space_of, search)) not in catalog.memo:
        base = catalog.base
        derived = base is not None and base.rarity == catalog.rarity
        catalog.memo[key] = (
            follow(base, catalog, search)[0] if base is not None and derived else _whole(catalog, search)
        )
    return cast("SearchSpace", catalog.memo[key])


def follow(before: Catalog, after: Catalog, search: type[Search]) -> tuple[SearchSpace, frozenset[str]]:
    """Return the space of a catalog, weighed as the one before, and the careers whose vectors are others there."""
    space = space_of(before, search)
    return space.follow(dict(space.changes_to(before, after)))


def hand_on(before: Catalog, after: Catalog) -> None:
    """Give a catalog the space that follows from that of the one before, where somebody asked for it and things weigh
    the same."""
    key = (space_of, Search)
    if key in before.memo and key not in after.memo and before.rarity == after.rarity:
        after.memo[key] = follow(before, after, Search)[0]


def _whole(catalog: Catalog, search: type[Search]) -> SearchSpace:
    features = {slug: Features(catalog, career) for slug, career in catalog.careers.items()}
    rarity = Rarity.of(features.values()) if catalog.rarity is None else Rarity.read(catalog.rarity)
    space = VectorSpace(features, rarity)
    return SearchSpace(space, search(space))


def _recounted(
    was: VectorSpace, features: Mapping[str, Features], changes: Changes
) -> tuple[VectorSpace, Mapping[Component, set[str]]]:
    """Return a space with other features, and the names that weigh otherwise in it by component; its vectors are still
    those before."""
    space = VectorSpace.__new__(VectorSpace)
    vars(space).update(vars(was))
    space.features = features
    space.counts = {it: Counter(was.counts[it]) for it in COUNTED}
    space.weights = dict(was.weights)
    moved: dict[Component, set[str]] = {}
    sides = [each for slug, one in changes.items() for each in (was.features.get(slug), one) if each is not None]
    for component in COUNTED:
        for slug, one in changes.items():
            if (former := was.features.get(slug)) is not None:
                space.counts[component].subtract(former.amounts[component].keys())
            if one is not None:
                space.counts[component].update(one.amounts[component].keys())
        names = set(chain.from_iterable(each.amounts[component] for each in sides))
        weights = {name: space.rarity.weight(component, name, space.counts[component][name]) for name in names}
        moved[component] = {name for name, weight in weights.items() if was.weights[component].get(name, 0.0) != weight}
        if moved[component]:
            space.weights[component] = {**was.weights[component], **{name: weights[name] for name in moved[component]}}
    return space, moved


def _holds_any(features: Features, names: Mapping[Component, set[str]]) -> bool:
    return any(not names[it].isdisjoint(features.amounts[it]) for it in COUNTED if names[it])
