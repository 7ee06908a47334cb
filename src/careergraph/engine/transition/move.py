"""Move: the move from one career to another with the decision about it, and the facts that prove what is said of it.

A proof is written once for every form of facts: it asks a `MoveEnd` of either career for them, which gives facts, or
whatever else stands for these.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeVar

from careergraph.engine.content.attribute import Attribute, TransitionRole
from careergraph.engine.content.outcome import Side
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Fact, make_tuple
from careergraph.engine.text.transition_inputs import LEVELS
from careergraph.engine.transition.kinship import kinship
from careergraph.engine.transition.rule import WORK, Decision, brought, decide, ladders_between

Item_co = TypeVar("Item_co", covariant=True)


class MoveEnd(Protocol[Item_co]):
    """What proves something of one end of a move, or pieces of it that stand behind each other."""

    @property
    def itself(self) -> Item_co:
        """The career."""

    @property
    def total(self) -> Item_co:
        """How many skills it has."""

    @property
    def whole(self) -> Item_co:
        """What these weigh."""

    @property
    def learning(self) -> Sequence[Item_co]:
        """The months to learn it, where they are known."""

    @property
    def levels(self) -> Sequence[Item_co]:
        """The levels that it has."""

    @property
    def by_role(self) -> Sequence[Item_co | None]:
        """The same by the roles `LEVELS`, None for those that it does not have."""

    @property
    def unprepared(self) -> Item_co | None:
        """That it has no value of the preparation, where it has none."""

    @property
    def count(self) -> Callable[[int], Item_co]:
        """Gives a count of the career."""


class FactEnd:
    """Gives the facts themselves."""

    def __init__(self, localized: LocalizedCatalog, of: LocalizedCareer) -> None:
        self._localized, self._of, inputs = localized, of, of.transition_inputs
        self.itself, self.count = of.facts.itself, of.facts.count
        self.total, self.whole = self.count(inputs.total), self.count(inputs.whole)
        self.by_role = inputs.level_facts
        self.learning = () if inputs.learning is None else (inputs.learning,)
        self.levels = [it for it in self.by_role if it is not None]

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


class Move(NamedTuple):
    """A move and the decision about it. `covered` is the weight of the target's skills that the reader brings, in
    halves."""

    localized: LocalizedCatalog
    skills: SkillsComparison
    origin: LocalizedCareer
    target: LocalizedCareer
    covered: int
    decision: Decision

    @property
    def ends(self) -> tuple[FactEnd, FactEnd]:
        """The facts of both ends."""
        return FactEnd(self.localized, self.origin), FactEnd(self.localized, self.target)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that prove its grade."""
        return tuple(grade_facts(self, *self.ends))


Proof = Callable[[Move, MoveEnd[Any], MoveEnd[Any]], Sequence[Any]]
"""Gives what proves something of a move, from what its origin and its target prove."""


def moves_of(pair: CareerPair, skills: SkillsComparison) -> tuple[Move, Move]:
    """The move from a to b, and that from b to a: what the rule says of them is decided once for a pair."""
    if pair.moves is None:
        localized, of_a, of_b = pair.localized, pair.of_a, pair.of_b
        a, b = of_a.transition_inputs, of_b.transition_inputs
        kin, ladders = kinship(localized.catalog, pair.a, pair.b, skills), ladders_between(a, b)
        there = back = 0
        if skills.shared or skills.related:
            there, back = brought(b, skills, _SIDE_A), brought(a, skills, _SIDE_B)
        pair.moves = (
            make_tuple(Move, (localized, skills, of_a, of_b, there, decide(a, b, there, kin, ladders))),
            make_tuple(Move, (localized, skills, of_b, of_a, back, decide(b, a, back, kin, ladders))),
        )
    moves: tuple[Move, Move] = pair.moves
    return moves


def skill_counts(move: Move, here: MoveEnd[Item_co], there: MoveEnd[Item_co]) -> Sequence[Item_co]:
    """Return how many skills are shared and related, and how many the target has."""
    return here.count(len(move.skills.shared)), here.count(len(move.skills.related)), there.total


def grade_facts(move: Move, here: MoveEnd[Item_co], there: MoveEnd[Item_co]) -> Sequence[Item_co]:
    """All that the grade follows from."""
    return (
        *skill_counts(move, here, there),
        here.count(move.covered),
        there.whole,
        there.count(WORK[move.decision.kinship]),
        *there.learning,
        *here.levels,
        *there.levels,
    )


def work_facts(move: Move, here: MoveEnd[Item_co], there: MoveEnd[Item_co]) -> Sequence[Item_co]:
    """The points for the work."""
    return here.itself, there.count(WORK[move.decision.kinship])


def unknown_facts(_: Move, __: MoveEnd[Item_co], there: MoveEnd[Item_co]) -> Sequence[Item_co]:
    """That nobody says how long the target takes."""
    return () if there.unprepared is None else (there.unprepared,)


def _level_facts(place: int, _: Move, here: MoveEnd[Item_co], there: MoveEnd[Item_co]) -> Sequence[Item_co]:
    return [it for it in (here.by_role[place], there.by_role[place]) if it is not None]


LEVEL_FACTS: Sequence[Proof] = [partial(_level_facts, place) for place in range(len(LEVELS))]
"""The levels of both, by their places in `LEVELS`."""

_SIDE_A, _SIDE_B = Side.A, Side.B
