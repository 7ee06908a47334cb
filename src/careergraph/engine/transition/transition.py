"""Transition: the move from one career to another, its grade by `rule`, and the sentences that say and prove it.

The grade is directional: the way back may be graded otherwise.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from careergraph.engine.content import CareerSkill
from careergraph.engine.content.outcome import Side
from careergraph.engine.lazy import lazy
from careergraph.engine.similarity.skills_comparison import RelatedSkills, SharedSkill, SkillsComparison
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Statement
from careergraph.engine.transition.move import Move, moves_of
from careergraph.engine.transition.move_sentences import statements_of
from careergraph.engine.transition.rule import GRADES

Item_co = TypeVar("Item_co", covariant=True)


class MoveNarrator(Protocol[Item_co]):
    """Puts what is said of a move into a form."""

    def statements_of(self, move: Move) -> Sequence[Item_co]:
        """The statements about a move."""


class MoveForm(Protocol[Item_co]):
    """A form of statements that has a narrator for the moves of each pair."""

    def of_moves(self, pair: CareerPair) -> MoveNarrator[Item_co]:
        """The narrator of a pair."""


class Transition:
    """The move from one career (`origin`) to another (`target`).

    `points` make the grade. `covered` is from 0 to 1, by weight; `months` is None where unknown. `keep` are the
    target's skills that the reader has, shared or related; `gain` those to learn.
    """

    def __init__(self, move: Move, side: Side, narrator_of: Callable[[Any], MoveNarrator[Any]]) -> None:
        self._move, self._side, self._narrator_of = move, side, narrator_of
        decision, whole = move.decision, move.target.transition_inputs.whole
        self.origin, self.target = move.origin.career, move.target.career
        self.grade, self.points, self.kinship = GRADES[decision.place], decision.points.total, decision.kinship
        self.covered = move.covered / (2 * whole) if whole else 0.0
        self.months = decision.months

    @lazy
    def keep(self) -> tuple[CareerSkill, ...]:
        """The target's skills that the reader has."""
        skills, there = self._move.skills, _skill_of_b if self._side is _SIDE_A else _skill_of_a
        matched: list[SharedSkill | RelatedSkills] = [*skills.shared, *skills.related]
        return tuple(sorted(map(there, matched), key=_position_of))

    @property
    def gain(self) -> tuple[CareerSkill, ...]:
        """Those to learn."""
        skills = self._move.skills
        return skills.b_only if self._side is _SIDE_A else skills.a_only

    @lazy
    def statements(self) -> tuple[Statement, ...]:
        """What is said of the move."""
        return statements_of(self._move)

    def narrate_statements(self, form: MoveForm[Item_co]) -> Sequence[Item_co]:
        """The same in a form."""
        return self._narrator_of(form).statements_of(self._move)


def transition(
    pair: CareerPair,
    skills: SkillsComparison,
    side: Side,
    narrator_of: Callable[[Any], MoveNarrator[Any]] | None = None,
) -> Transition:
    """The move from one of two careers (`side`) to the other; `skills` is their comparison. `narrator_of` gives the
    narrator of the pair in a form, where there may be one already."""
    move = moves_of(pair, skills)[side is not _SIDE_A]
    return Transition(move, side, narrator_of or (lambda form: form.of_moves(pair)))


_SIDE_A = Side.A
_skill_of_a, _skill_of_b, _position_of = attrgetter("a"), attrgetter("b"), attrgetter("position")
