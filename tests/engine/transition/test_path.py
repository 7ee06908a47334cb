"""Paths: no way over near careers is cheaper, told by trying all of them; a direct step that is no harder is taken."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from careergraph.engine.comparison.compare import compare, path_between
from careergraph.engine.content import Career, CareerSkill, Catalog
from careergraph.engine.content.attribute import TransitionRole
from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Neighbour, Shared
from careergraph.engine.content.value_kinds import Provenance, parse_value
from careergraph.engine.similarity.neighbours import nearness, neighbourhoods
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.transition.path import LONGEST, Path, cheapest, nearby
from engine import labour
from truth.moves import transition_faults
from truth.seeded import catalog as seeded


def market(seed: int, careers: int) -> Catalog:
    """A market in which neighbourhoods are small, and months and barriers are known of some."""
    catalog = labour.market(seed, careers)
    roles = {"risk": TransitionRole.LEARNING_MONTHS, "entry": TransitionRole.ENTRY_BARRIER}
    attributes = {key: replace(it, transition_role=roles.get(key)) for key, it in catalog.attributes.items()}
    few = {slug: near[:3] for slug, near in neighbourhoods(catalog).items()}
    return replace(catalog, attributes=attributes, neighbourhoods=few)


def ways(catalog: Catalog, slugs: tuple[str, ...], target: str, most: int) -> Iterator[tuple[str, ...]]:
    """Every way from near to near that visits no career twice."""
    if slugs[-1] == target:
        yield slugs
    elif len(slugs) <= most:
        for slug in nearby(catalog).get(slugs[-1], ()):
            if slug not in slugs:
                yield from ways(catalog, (*slugs, slug), target, most)


def step(localized: LocalizedCatalog, origin: str, target: str) -> tuple[int, int | None]:
    """The cost of a step by its points, which the judge of `truth.moves` re-derives from the facts."""
    move = compare(localized.catalog, origin, target).transition()
    assert not transition_faults(localized.catalog, move)
    return 8 + move.points**2, move.months


@pytest.mark.parametrize("seed", range(4))
def test_no_way_is_cheaper(seed: int) -> None:
    catalog = market(seed, 14)
    localized = localize(catalog)
    costs = {(a, b): step(localized, a, b) for a in catalog.careers for b in catalog.careers if a != b}
    longer = 0
    for origin in list(catalog.careers)[:7]:
        for target in catalog.careers:
            if origin == target:
                continue
            for most in range(1, LONGEST + 1):
                every = {(origin, target), *ways(catalog, (origin,), target, most)}
                best = min(_rank(costs, it) for it in every)
                way = cheapest(localized, catalog.careers[origin], catalog.careers[target], most)
                assert tuple(way) == best, (origin, target, most)
                longer += len(way.slugs) > 2
    assert longer, "some ways lead over careers in between"


def _rank(
    costs: dict[tuple[str, str], tuple[int, int | None]], slugs: tuple[str, ...]
) -> tuple[int, int, int, int, tuple[str, ...]]:
    steps = [costs[it] for it in pairwise(slugs)]
    months = [it for _, it in steps]
    return sum(it for it, _ in steps), len(steps), months.count(None), sum(it or 0 for it in months), slugs


def test_the_steps_are_transitions_that_follow_each_other() -> None:
    catalog = seeded()
    slugs = list(catalog.careers)
    localized = localize(catalog)
    longer = 0
    for origin, target in zip(slugs, slugs[30:], strict=False):
        way = path_between(localized, origin, target, 3)
        ends = [(it.transition.origin.slug, it.transition.target.slug) for it in way.steps]
        assert ends[0][0] == origin and ends[-1][1] == target
        assert [there for _, there in ends[:-1]] == [here for here, _ in ends[1:]]
        assert way.cost == sum(it.cost for it in way.steps)
        assert way.direct.cost == step(localized, origin, target)[0]
        assert way.cost < way.direct.cost or (len(ends) == 1 and way.cost == way.direct.cost)
        for here, there in ends if len(ends) > 1 else ():
            assert nearness(catalog, catalog.careers[here], catalog.careers[there]) is not None
        longer += len(ends) > 1
    assert longer


def test_a_direct_step_that_is_no_harder_is_taken() -> None:
    """A move of four points costs what two of two do: then nothing is gained on the way. With five points it is."""
    first, middle = "abcde", "abcdepqrst"
    ways = [_way(first, middle, last) for last in ("apqrsuvwxy", "pqrstuvwxy")]
    assert [way.direct.cost for way in ways] == [12 + 12, 8 + 7**2]
    assert [[it.transition.target.slug for it in way.steps] for way in ways] == [["last"], ["middle", "last"]]
    assert [way.cost for way in ways] == [24, 24]


def _way(*skills: str) -> Path:
    """The way over three careers that have skills of one letter each, and take a month to learn."""
    careers = [_skilled(slug, it) for slug, it in zip(("first", "middle", "last"), skills, strict=True)]
    catalog = labour.catalog_of(careers)
    roles = {"risk": TransitionRole.LEARNING_MONTHS}
    attributes = {key: replace(it, transition_role=roles.get(key)) for key, it in catalog.attributes.items()}
    common = (Shared(Component.SKILLS, "one"), Shared(Component.SKILLS, "other"))
    near = {"middle": tuple([Neighbour(it, 1.0, (), common) for it in ("first", "last")])}
    catalog = replace(catalog, attributes=attributes, neighbourhoods=near)
    return path_between(localize(catalog), "first", "last", 3)


def _skilled(slug: str, letters: str) -> Career:
    plain = labour.career(labour.drawing(1), 1)
    skills = tuple(CareerSkill(position=place, text={"en": it}) for place, it in enumerate(letters, 1))
    month = parse_value(labour.RISK, Provenance(source=labour.SOURCE), {"value": 1})
    return replace(plain, slug=slug, values=(month,), profile=None, skills=skills)
