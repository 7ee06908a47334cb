"""Tried: changes of the rule of moves that were left, and why, on the catalog of `transitions`.

Licences are not among the open data, and moves between professions that take years of preparation are graded too low
without them (decision 4). Each change has all preparation of 48 months and more count anew, unless the two careers seem
to be of one profession. It would be right if moves that O*NET itself publishes as related were rarely hard by it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.eval.catalogs import catalog_of
from benchmarks.eval.figure import Figure, Skipped
from benchmarks.eval.transitions import Moves, Pair, auc
from careergraph.engine.content.component import Component
from careergraph.engine.similarity.neighbours import nearness
from careergraph.engine.transition.path import cost_of
from careergraph.engine.transition.rule import GRADES, LONG, STEP, TransitionGrade, grade_place

OneProfession = Callable[[Moves, Pair], bool]
ALIKE = 0.35
"""How alike the names of one profession are at least: those of economists and environmental economists are by 0.47."""


def _never(_: Moves, __: Pair) -> bool:
    return False


def _by_code(moves: Moves, pair: Pair) -> bool:
    """Whether the two are of one broad occupation of the SOC (`29-102`)."""
    here, there = [moves.codes[it][:6] for it in pair]
    return here == there


def _by_names(moves: Moves, pair: Pair) -> bool:
    near = nearness(moves.catalog, *[moves.catalog.careers[it] for it in pair])
    return near is not None and (near.likeness[list(Component).index(Component.TITLES)] or 0) >= ALIKE


TRIED: dict[str, OneProfession] = {
    "always": _never,
    "but in one broad occupation": _by_code,
    "but with like names": _by_names,
}


def figures(data: Path) -> Iterator[Figure | Skipped]:
    """The figures, or why there are none."""
    if not (data / "onet_29_3").is_dir():
        yield Skipped(name="tried", reason=f"there is no {data / 'onet_29_3'}")
        return
    yield from tried(Moves(catalog_of(data)))


def tried(moves: Moves) -> Iterator[Figure]:
    """The figures of each change."""
    positives, others = moves.positives(), moves.drawn() + moves.ups()
    long = [it for it in positives if moves.takes(it[1]) >= LONG <= moves.takes(it[0]) and not moves.points(it).work]
    for name, one_profession in TRIED.items():

        def points(pair: Pair, one: OneProfession = one_profession) -> int:
            total, time = moves.points(pair).total, moves.points(pair).time
            counts = moves.takes(pair[1]) >= LONG and not one(moves, pair)
            return total - time + max(time, moves.takes(pair[1]) // STEP) if counts else total

        grades = [GRADES[grade_place(points(it))] for it in long]
        yield Figure(
            name=f"long preparation anew, {name}",
            value=grades.count(TransitionGrade.HARD) / len(long),
            baselines=(("AUC", auc(lambda pair, of=points: cost_of(of(pair)), positives, others)),),  # type: ignore[misc]
            on=f"{len(long)} related moves between careers of long preparation: the share that is hard",
        )
