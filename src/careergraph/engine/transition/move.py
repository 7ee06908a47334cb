"""Move: the move from one career to another with the decision about it, and the facts that prove what is said of it.

A proof is written once for every form of facts: it asks a `MoveEnd` of either career for them, which gives facts, or
whatever else stands for these.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import Any, Protocol, TypeVar

from careergraph.engine.content.attribute import Attribute, TransitionRole
from careergraph.engine.content.outcome import Side
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Fact
from careergraph.engine.text.transition_inputs import LEVELS
from careergraph.engine.transition.kinship import kinship
from careergraph.engine.transition.rule import WORK, Decision, decide, grade_place

Item_co = TypeVar("Item_co", covariant=True)


class MoveEnd(Protocol[Item_co]):
    """What proves something of one end of a move: the career `itself`, that it takes so many months to learn, its
    values of the roles `LEVELS`, and that it has no value of the preparation; None for what it does not have."""

    @property
    def itself(self) -> Item_co:
        """The career."""

    @property
    def learning(self) -> Item_co | None:
        """The months to learn it."""

    @property
    def levels(self) -> Sequence[Item_co | None]:
        """Its levels."""

    @property
    def unprepared(self) -> Item_co | None:
        """That its preparation is not known."""

    def count(self, count: int) -> Item_co:
        """A count of the career."""


class FactEnd:
    """Gives the facts themselves."""

    def __init__(self, localized: LocalizedCatalog, of: LocalizedCareer) -> None:
        self._localized, self._of = localized, of
        self.itself, self.count = of.facts.itself, of.facts.count
        self.learning, self.levels = of.transition_inputs.learning, of.transition_inputs.level_facts

    @property
    def unprepared(self) -> Fact | None:
        attribute = missing_preparation(self._localized, self._of)
        return None if attribute is None else self._of.facts.missing(attribute)


def missing_preparation(localized: LocalizedCatalog, of: LocalizedCareer) -> Attribute | None:
    """The attribute of the preparation, where a career has no value of it; None where it has, or where there is no such
    attribute."""
    catalog = localized.catalog
    key = catalog.transition_roles.get(TransitionRole.PREPARATION)
    return None if key is None or of.facts.values.get(key) is not None else catalog.attributes[key]


class Move:
    """A move and the decision about it; `place` is that of its grade, from 0."""

    __slots__ = ("_facts", "decision", "localized", "origin", "place", "skills", "target")

    def __init__(self, pair: CareerPair, skills: SkillsComparison, side: Side, decision: Decision) -> None:
        self.localized, self.skills, self.decision = pair.localized, skills, decision
        self.origin, self.target = pair.sides(side)
        self.place = grade_place(decision.points.total)
        self._facts: tuple[Fact, ...] = ()

    @property
    def ends(self) -> tuple[FactEnd, FactEnd]:
        """The facts of both ends."""
        return FactEnd(self.localized, self.origin), FactEnd(self.localized, self.target)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that prove its grade."""
        self._facts = self._facts or tuple(grade_facts(self, *self.ends))
        return self._facts


Proof = Callable[[Move, MoveEnd[Any], MoveEnd[Any]], Sequence[Any]]
"""Gives what proves something of a move, from what its origin and its target prove."""


def moves_of(pair: CareerPair, skills: SkillsComparison) -> tuple[Move, Move]:
    """The move from a to b, and that from b to a: what the rule says of them is decided once for a pair."""
    if pair.moves is None:
        kin = kinship(pair.localized.catalog, pair.a, pair.b, skills)
        a, b = pair.of_a.transition_inputs, pair.of_b.transition_inputs
        there, back = decide(a, b, skills, _SIDE_A, kin), decide(b, a, skills, _SIDE_B, kin)
        pair.moves = Move(pair, skills, _SIDE_A, there), Move(pair, skills, _SIDE_B, back)
    moves: tuple[Move, Move] = pair.moves
    return moves


def skill_counts(move: Move, here: MoveEnd[Item_co], there: MoveEnd[Item_co]) -> Sequence[Item_co]:
    """How many skills are shared and related, and how many the target has."""
    skills, total = move.skills, move.target.transition_inputs.total
    return here.count(len(skills.shared)), here.count(len(skills.related)), there.count(total)


def grade_facts(move: Move, here: MoveEnd[Item_co], there: MoveEnd[Item_co]) -> Sequence[Item_co]:
    """All that the grade follows from."""
    decision, levels = move.decision, chain.from_iterable(zip(here.levels, there.levels, strict=True))
    return (
        *skill_counts(move, here, there),
        here.count(decision.brought),
        there.count(move.target.transition_inputs.whole),
        there.count(WORK[decision.kinship]),
        *(() if there.learning is None else (there.learning,)),
        *[it for it in levels if it is not None],
    )


def work_facts(move: Move, here: MoveEnd[Item_co], there: MoveEnd[Item_co]) -> Sequence[Item_co]:
    """The points for the work."""
    return here.itself, there.count(WORK[move.decision.kinship])


def unknown_facts(_: Move, __: MoveEnd[Item_co], there: MoveEnd[Item_co]) -> Sequence[Item_co]:
    """That nobody says how long the target takes."""
    return () if there.unprepared is None else (there.unprepared,)


def _level_facts(place: int, _: Move, here: MoveEnd[Item_co], there: MoveEnd[Item_co]) -> Sequence[Item_co]:
    return [it for it in (here.levels[place], there.levels[place]) if it is not None]


LEVEL_FACTS: Sequence[Proof] = [partial(_level_facts, place) for place in range(len(LEVELS))]
"""The levels of both, by their places in `LEVELS`."""

_SIDE_A, _SIDE_B = Side.A, Side.B
