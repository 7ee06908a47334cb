"""Transitions: how well the cost of a step tells moves that O*NET publishes as related from others.

The catalog is O*NET, imported whole. Positives are its related occupations that are not two job zones up; negatives are
random pairs that are not related, and pairs two job zones up. The *AUC* is how often a positive costs less than a
negative, a tie counting half. The numbers of the rule were chosen while looking at moves from all occupations: no half
was kept apart, so the figures describe the moves that the rule was made on, and do not predict how it grades others.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.eval.catalogs import catalog_of
from benchmarks.eval.figure import Figure, Skipped
from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.attribute import TransitionRole
from careergraph.engine.content.outcome import Side
from careergraph.engine.content.value_kinds import Level
from careergraph.engine.similarity.published_relations import published
from careergraph.engine.similarity.skills_comparison import compare_skills
from careergraph.engine.text.transition_inputs import LEVELS, transition_inputs_of
from careergraph.engine.transition.kinship import kinship
from careergraph.engine.transition.path import cost_of
from careergraph.engine.transition.rule import (
    GRADES,
    Points,
    TransitionGrade,
    brought,
    decide,
    grade_place,
    ladders_between,
)

PREPARATION = LEVELS.index(TransitionRole.PREPARATION)
DRAWN = 6_000
"""Pairs that are drawn at random."""
UP = 2
"""How many zones up no related occupation counts as a move."""

Pair = tuple[str, str]
Rank = Callable[[Pair], float]
"""How far a move is; the least is the nearest."""


def figures(data: Path) -> Iterator[Figure | Skipped]:
    """The figures, or why there are none."""
    if not (data / "onet_29_3").is_dir():
        yield Skipped(name="transitions", reason=f"there is no {data / 'onet_29_3'}")
        return
    moves = Moves(catalog_of(data))
    yield from _separation(moves)
    yield from _upwards(moves)
    yield from _grades(moves)


class Moves:
    """The moves between occupations, and what is known of them."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.codes = {
            career.slug: called.id
            for career in catalog.careers.values()
            for called in career.external_ids
            if called.scheme == "onet"
        }
        listed = {slug: [it.career.slug for it in published(catalog, catalog.careers[slug])] for slug in self.codes}
        self.related = {(slug, other) for slug, others in listed.items() for other in others if other in self.codes}

    def positives(self) -> list[Pair]:
        """The related pairs that are not two zones up, in order."""
        return [it for it in sorted(self.related) if self.climb(it) < UP]

    def drawn(self) -> list[Pair]:
        """Pairs at random that are related in neither direction."""
        random, slugs = Random(7), sorted(self.codes)
        pairs = [(a, b) for a, b in (random.sample(slugs, 2) for _ in range(DRAWN))]
        return [(a, b) for a, b in pairs if (a, b) not in self.related and (b, a) not in self.related]

    def ups(self) -> list[Pair]:
        """Pairs at random that lead two zones up."""
        random, slugs = Random(8), sorted(self.codes)
        pairs = [(a, b) for a, b in (random.sample(slugs, 2) for _ in range(3 * DRAWN))]
        return [it for it in pairs if self.climb(it) >= UP]

    def climb(self, pair: Pair) -> int:
        """How many zones a move leads up."""
        here, there = [self._zone(self.catalog.careers[it]) for it in pair]
        return 0 if here is None or there is None else there - here

    def _zone(self, career: Career) -> int | None:
        value = career.value(self.catalog.transition_roles[TransitionRole.PREPARATION])
        return value.rank if isinstance(value, Level) else None

    def takes(self, slug: str) -> int:
        """The months that the preparation for an occupation takes at least; 0 where no source says it."""
        prepared = transition_inputs_of(self.catalog, self.catalog.careers[slug]).levels[PREPARATION]
        return (prepared.months or 0) if prepared is not None else 0

    def points(self, pair: Pair) -> Points:
        """The points of a move."""
        catalog = self.catalog
        a, b = [catalog.careers[it] for it in pair]
        skills = compare_skills(catalog, a, b)
        here, there = transition_inputs_of(catalog, a), transition_inputs_of(catalog, b)
        kin, ladders = kinship(catalog, a, b, skills), ladders_between(here, there)
        return decide(here, there, brought(there, skills, Side.A), kin, ladders).points

    def cost(self, pair: Pair) -> float:
        """What a step costs."""
        return cost_of(self.points(pair).total)

    def unweighed(self, pair: Pair) -> float:
        """A simple way of ranking: the share of the target's skills that are not shared or related, all alike."""
        a, b = [self.catalog.careers[it] for it in pair]
        skills = compare_skills(self.catalog, a, b)
        return 1 - (len(skills.shared) + len(skills.related) / 2) / len(b.skills) if b.skills else 1.0

    def apart(self, pair: Pair) -> float:
        """Another one: whether the two are in different fields."""
        a, b = [self.catalog.careers[it] for it in pair]
        return float(a.category.slug != b.category.slug)


def _separation(moves: Moves) -> Iterator[Figure]:
    positives, drawn, ups = moves.positives(), moves.drawn(), moves.ups()
    negatives = {"all negatives": drawn + ups, "random pairs": drawn, f"pairs {UP} zones up": ups}
    for name, others in negatives.items():
        yield Figure(
            name=f"AUC of the cost, {name}",
            value=auc(moves.cost, positives, others),
            target=0.90 if name == "all negatives" else None,
            baselines=(
                ("all skills alike", auc(moves.unweighed, positives, others)),
                ("another field", auc(moves.apart, positives, others)),
            ),
            on=f"{len(positives)} related and {len(others)} other moves, which the rule was chosen by",
        )


def _upwards(moves: Moves) -> Iterator[Figure]:
    """The share of all moves that lead two zones up, every one, that are called easy."""
    slugs = sorted(moves.codes)
    ups = [(a, b) for a in slugs for b in slugs if moves.climb((a, b)) >= UP]
    easy = [it for it in ups if GRADES[grade_place(moves.points(it).total)] is TransitionGrade.EASY]
    yield Figure(
        name=f"not called easy, of all moves {UP} zones up",
        value=1 - len(easy) / len(ups),
        target=1.0,
        on=f"{len(ups)} moves, {len(easy)} of them easy",
    )


def _grades(moves: Moves) -> Iterator[Figure]:
    """How moves are graded."""
    for name, pairs in (("related", moves.positives()), ("random", moves.drawn())):
        grades = [GRADES[grade_place(moves.points(it).total)] for it in pairs]
        for one in TransitionGrade:
            yield Figure(name=f"  {name} moves that are {one.value}", value=grades.count(one) / len(grades))


def auc(rank: Rank, positives: Sequence[Pair], negatives: Sequence[Pair]) -> float:
    """How often a positive ranks before a negative; half where both rank alike."""
    behind = sorted([rank(it) for it in negatives])
    wins = sum([_wins(behind, rank(it)) for it in positives])
    return wins / (len(positives) * len(negatives))


def _wins(behind: Sequence[float], mine: float) -> float:
    after, ties = len(behind) - bisect_right(behind, mine), bisect_right(behind, mine) - bisect_left(behind, mine)
    return after + ties / 2
