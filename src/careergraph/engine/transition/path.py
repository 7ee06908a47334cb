"""Path: the cheapest way from one career to another, over careers in between where the direct step is hard.

- A step costs 1 + the square of the points that `transition` grades it by (0 to 6, before they are capped): two easy or
  moderate steps cost less than a hard one, and two challenging ones do not.
- A step leads from a career to one that is near it: either is among the nearest of the other (see `neighbours`). The
  direct step from the start to the end is always there.
- Of all ways of so many steps at most, the one of the least cost is taken. Where several cost the same: the one of
  fewer steps, so the direct step where it is no harder; then that of fewer steps whose months are unknown; then that of
  fewer months; then the first by the slugs on the way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, cast

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.outcome import Side
from careergraph.engine.similarity.neighbours import neighbourhoods
from careergraph.engine.similarity.skill_matching import compare_skills
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.pair import CareerPair
from careergraph.engine.transition.transition import Transition, move, transition

LONGEST = 4
"""Steps that a way may have at most."""


class Way(NamedTuple):
    """Careers on the way, by slug, the start first, and what it costs; the better of two ways is the smaller one."""

    cost: int
    steps: int
    unknown: int
    months: int
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a path, and what it costs."""

    transition: Transition
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The cheapest way from one career to another; `direct` is the step that does without careers in between."""

    steps: tuple[Step, ...]
    direct: Step

    @property
    def cost(self) -> int:
        """What its steps cost together."""
        return sum([step.cost for step in self.steps])

    @property
    def months(self) -> int | None:
        """The months of learning that its steps take together; None where those of any are unknown."""
        months = [step.transition.months for step in self.steps]
        return None if None in months else sum([it for it in months if it is not None])


def path(localized: LocalizedCatalog, origin: Career, target: Career, most: int) -> Path:
    """The cheapest way between two careers that are not the same, in at most so many steps."""
    careers = localized.catalog.careers
    best = cheapest(localized, origin, target, most)
    steps = [_step(localized, careers[here], careers[there]) for here, there in pairwise(best.slugs)]
    return Path(steps=tuple(steps), direct=steps[0] if len(steps) == 1 else _step(localized, origin, target))


def cheapest(localized: LocalizedCatalog, origin: Career, target: Career, most: int) -> Way:
    """The careers on the cheapest way: found step by step, leaving out what cannot reach the end any more or costs as
    much as a way that is there already."""
    start = Way(0, 0, 0, 0, (origin.slug,))
    best = _longer(localized, start, target)
    left = _distances(localized.catalog, target.slug, most - 1)
    reached = {origin.slug: start}
    for step in range(1, most + 1):
        ways: dict[str, Way] = {}
        for here, way in reached.items():
            for slug in nearby(localized.catalog).get(here, ()):
                hopeless = left.get(slug, most) > most - step or slug in way.slugs
                if hopeless or way.cost + 1 + (slug != target.slug) > best.cost:
                    continue
                longer = _longer(localized, way, localized.catalog.careers[slug])
                if slug == target.slug:
                    best = min(best, longer)
                elif longer < ways.get(slug, best):
                    ways[slug] = longer
        reached = ways
    return best


def nearby(catalog: Catalog) -> Mapping[str, Sequence[str]]:
    """The careers that a step may lead to from each, by slug: worked out once for a catalog."""
    if (reachable := catalog.memo.get(_NAME)) is None:
        adjacent: dict[str, set[str]] = {}
        for slug, near in neighbourhoods(catalog).items():
            for neighbour in near:
                adjacent.setdefault(slug, set()).add(neighbour.slug)
                adjacent.setdefault(neighbour.slug, set()).add(slug)
        reachable = catalog.memo[_NAME] = {slug: tuple(sorted(others)) for slug, others in adjacent.items()}
    return cast("Mapping[str, Sequence[str]]", reachable)


_NAME = "nearby"


def _distances(catalog: Catalog, slug: str, most: int) -> Mapping[str, int]:
    """How many steps from near to near it takes at least to a career, from all that it takes so many at most."""
    distances, edge = {slug: 0}, [slug]
    for steps in range(1, most + 1):
        edge = list(dict.fromkeys(_beyond(catalog, edge, distances)))
        distances.update(dict.fromkeys(edge, steps))
    return distances


def _beyond(catalog: Catalog, edge: Sequence[str], distances: Mapping[str, int]) -> Iterator[str]:
    for here in edge:
        yield from [it for it in nearby(catalog).get(here, ()) if it not in distances]


def _longer(localized: LocalizedCatalog, way: Way, target: Career) -> Way:
    """A way with one step more."""
    catalog = localized.catalog
    origin = catalog.careers[way.slugs[-1]]
    points, months = move(CareerPair(localized, origin, target), compare_skills(catalog, origin, target), Side.A)
    return Way(
        cost=way.cost + cost_of(points),
        steps=way.steps + 1,
        unknown=way.unknown + (months is None),
        months=way.months + (months or 0),
        slugs=(*way.slugs, target.slug),
    )


def cost_of(points: int) -> int:
    """What a step of so many points costs."""
    return 1 + points * points


def _step(localized: LocalizedCatalog, origin: Career, target: Career) -> Step:
    pair, skills = CareerPair(localized, origin, target), compare_skills(localized.catalog, origin, target)
    return Step(transition=transition(pair, skills, Side.A), cost=cost_of(move(pair, skills, Side.A)[0]))
