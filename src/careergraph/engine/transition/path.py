"""Path: the cheapest way from one career to another, over careers in between where the direct step is hard.

- A step costs 8 + the square of the points that `rule` grades it by: a moderate one is as cheap as any two steps that
  share its points, so only challenging and hard ones are worth a detour.
- A step leads from a career to one that is near it: either is among the nearest of the other (see `neighbours`). The
  direct step from the start to the end is always there.
- Of all ways of so many steps at most, the one of the least cost is taken. Where several cost the same: the one of
  fewer steps, so the direct step where it is no harder; then that of fewer steps whose months are unknown; then that of
  fewer months; then the first by the slugs on the way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.changed_items import differing
from careergraph.engine.content.outcome import Side
from careergraph.engine.similarity.neighbours import neighbourhoods
from careergraph.engine.similarity.skills_comparison import compare_skills
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.transition_inputs import TransitionInputs, regional_inputs, transition_inputs_of
from careergraph.engine.transition.kinship import kinship
from careergraph.engine.transition.rule import brought, decide, ladders_between
from careergraph.engine.transition.transition import Transition, transition

LONGEST = 4
"""Steps that a way may have at most."""


OVERHEAD = 8
"""What a step costs at least."""


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
    """Find the cheapest way between two careers that are not the same, in at most `most` steps."""
    careers = localized.catalog.careers
    best = cheapest(localized, origin, target, most)
    steps = [_step(localized, careers[here], careers[there]) for here, there in pairwise(best.slugs)]
    return Path(steps=tuple(steps), direct=steps[0] if len(steps) == 1 else _step(localized, origin, target))


def cheapest(localized: LocalizedCatalog, origin: Career, target: Career, most: int) -> Way:
    """Find the careers on the cheapest way step by step, without ways that cannot reach the end any more or cost as
    much as another one."""
    start, careers = Way(0, 0, 0, 0, (origin.slug,)), localized.catalog.careers
    inputs, near = cache(lambda slug: _inputs(localized, careers[slug])), localized.catalog.once(nearby)
    best = _longer(localized, start, target, inputs)
    left = _distances(near, target.slug, most - 1)
    reached = {origin.slug: start}
    for step in range(1, most + 1):
        ways: dict[str, Way] = {}
        for here, way in reached.items():
            for slug in near.get(here, ()):
                hopeless = left.get(slug, most) > most - step or slug in way.slugs
                if hopeless or way.cost + OVERHEAD * (1 + (slug != target.slug)) > best.cost:
                    continue
                longer = _longer(localized, way, careers[slug], inputs)
                if slug == target.slug:
                    best = min(best, longer)
                elif longer < ways.get(slug, best):
                    ways[slug] = longer
        reached = ways
    return best


def nearby(catalog: Catalog) -> Mapping[str, Sequence[str]]:
    """The careers that a step may lead to from each, by slug."""
    adjacent: dict[str, set[str]] = {}
    for slug, near in neighbourhoods(catalog).items():
        for neighbour in [it for it in near if it.evident]:
            adjacent.setdefault(slug, set()).add(neighbour.slug)
            adjacent.setdefault(neighbour.slug, set()).add(slug)
    return {slug: tuple(sorted(others)) for slug, others in adjacent.items()}


def reuse_nearby(catalog: Catalog, before: Catalog) -> None:
    """Derive `nearby` from that of a catalog before, where most neighbourhoods are the same."""
    near, earlier, adjacent = neighbourhoods(catalog), neighbourhoods(before), before.once(nearby)
    if near is earlier:
        catalog.memo[nearby] = adjacent
        return
    changed = differing(earlier, near)
    if 8 * len(changed) > len(near):
        return
    rows = [*near.items(), *earlier.items()]
    touched = changed.union([it.slug for slug, row in rows if slug in changed for it in row if it.evident])
    row_of = cache(lambda slug: frozenset([it.slug for it in near.get(slug, ()) if it.evident]))
    fresh = dict(adjacent)
    for slug in touched:
        others = changed.union(adjacent.get(slug, ()), row_of(slug)) - {slug}
        fresh[slug] = tuple(sorted([it for it in others if it in row_of(slug) or slug in row_of(it)]))
    catalog.memo[nearby] = {slug: others for slug, others in fresh.items() if others}


def _distances(near: Mapping[str, Sequence[str]], slug: str, most: int) -> Mapping[str, int]:
    """The least number of steps to a career from all careers within `most` steps of it, by slug."""
    distances, edge = {slug: 0}, [slug]
    for steps in range(1, most + 1):
        edge = list({there: None for here in edge for there in near.get(here, ()) if there not in distances})
        distances.update(dict.fromkeys(edge, steps))
    return distances


def _longer(localized: LocalizedCatalog, way: Way, target: Career, inputs: Callable[[str], TransitionInputs]) -> Way:
    """A way with one step more; `inputs` returns those of a career, by slug."""
    catalog = localized.catalog
    origin = catalog.careers[way.slugs[-1]]
    skills = compare_skills(catalog, origin, target)
    kin = kinship(catalog, origin, target, skills)
    here, there = inputs(origin.slug), inputs(target.slug)
    decision = decide(here, there, brought(there, skills, Side.A), kin, ladders_between(here, there))
    months = decision.months
    return Way(
        cost=way.cost + cost_of(decision.points.total),
        steps=way.steps + 1,
        unknown=way.unknown + (months is None),
        months=way.months + (months or 0),
        slugs=(*way.slugs, target.slug),
    )


def _inputs(localized: LocalizedCatalog, career: Career) -> TransitionInputs:
    if localized.region is None:
        return transition_inputs_of(localized.catalog, career)
    return regional_inputs(localized.catalog, career, localized.region)


def cost_of(points: int) -> int:
    """The cost of a step, from the points of its grade."""
    return OVERHEAD + points * points


def _step(localized: LocalizedCatalog, origin: Career, target: Career) -> Step:
    pair, skills = CareerPair(localized, origin, target), compare_skills(localized.catalog, origin, target)
    move = transition(pair, skills, Side.A)
    return Step(transition=move, cost=cost_of(move.points))
