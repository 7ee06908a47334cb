"""Transition: how hard it is to move from one career to another, by a stated rule from stated facts.

The rule (`grade`):

- *covered* is the share of the target's skills that the reader brings: (shared + related / 2) / all its skills. A
  related skill counts half, because it is a start and not the skill.
- *months* is what remains to be learned: the target's learning months * (1 - covered), rounded up; unknown where the
  target has no such figure.
- Points: 0 where covered is at least 2/3, 1 where at least 1/3, 2 where above 0, 3 where 0. One more for each of: the
  target's entry barrier is higher than the reader's; its difficulty is higher; more than 12 months remain.
- 0 points is EASY, 1 MODERATE, 2 CHALLENGING, 3 and more HARD.

Which attributes are meant is content (`Attribute.transition_role`). A figure that is absent, or that cannot be
compared, adds no point. The grade is directional: the way back may be graded otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from careergraph.engine.attribute import TransitionRole
from careergraph.engine.content import Career, CareerSkill
from careergraph.engine.edition import Edition
from careergraph.engine.outcome import Side
from careergraph.engine.skills import RelatedSkills, SharedSkill, SkillsComparison
from careergraph.engine.statement import Fact, Rule, Statement
from careergraph.engine.values import Number, Value


class TransitionGrade(StrEnum):
    """How hard a transition is."""

    EASY = "EASY"
    """0 points of the rule."""
    MODERATE = "MODERATE"
    """1 point."""
    CHALLENGING = "CHALLENGING"
    """2 points."""
    HARD = "HARD"
    """3 points or more."""


LONG = 12
"""Months of remaining learning above which a transition is harder by one point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """The move from one career (`origin`) to another (`target`).

    `covered` is from 0 to 1; `months` is None where unknown. `keep` are the target's skills that the reader brings,
    shared or related; `gain` those to learn.
    """

    origin: Career
    target: Career
    grade: TransitionGrade
    covered: float
    months: int | None
    keep: tuple[CareerSkill, ...]
    gain: tuple[CareerSkill, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """What the rule looks at."""

    edition: Edition
    origin: Career
    target: Career
    shared: int
    related: int

    @property
    def covered(self) -> Fraction:
        total = len(self.target.skills)
        return Fraction(2 * self.shared + self.related, 2 * total) if total else Fraction(0)

    def value(self, career: Career, role: TransitionRole) -> Value | None:
        attribute = self.edition.catalog.transition_roles.get(role)
        return career.value(attribute) if attribute else None

    @property
    def learning(self) -> Number | None:
        value = self.value(self.target, TransitionRole.LEARNING_MONTHS)
        return value if isinstance(value, Number) else None

    @property
    def months(self) -> int | None:
        learning = self.learning
        return None if learning is None else ceil(Fraction(str(learning.value)) * (1 - self.covered))

    def raised(self, role: TransitionRole) -> tuple[Value, Value] | None:
        """The values of origin and target where the target's is comparable and higher."""
        here, there = self.value(self.origin, role), self.value(self.target, role)
        if here is None or there is None or here.obstacle(there) is not None:
            return None
        return (here, there) if there.order() > here.order() else None


def grade(covered: Fraction, months: int | None, raised: int) -> TransitionGrade:
    """The grade from the share of skills covered, the months that remain, and how many of entry barrier and difficulty
    are higher than where the reader comes from. The rule stands at the top of this file."""
    points = 3 if covered == 0 else 2 if covered < Fraction(1, 3) else 1 if covered < Fraction(2, 3) else 0
    points += raised + (months is not None and months > LONG)
    return tuple(TransitionGrade)[min(points, 3)]


def transition(edition: Edition, a: Career, b: Career, skills: SkillsComparison, side: Side) -> Transition:
    """The move from one of two careers (`side`) to the other; `skills` is their comparison."""
    origin, target = (a, b) if side is Side.A else (b, a)
    matched: list[SharedSkill | RelatedSkills] = [*skills.shared, *skills.related]
    kept = [pair.b if side is Side.A else pair.a for pair in matched]
    move = _Move(edition=edition, origin=origin, target=target, shared=len(skills.shared), related=len(skills.related))
    return Transition(
        origin=origin,
        target=target,
        grade=_graded(move),
        covered=float(move.covered),
        months=move.months,
        keep=tuple(sorted(kept, key=lambda skill: skill.position)),
        gain=skills.b_only if side is Side.A else skills.a_only,
        statements=tuple(_statements(move)),
    )


_RAISING = (TransitionRole.ENTRY_BARRIER, TransitionRole.DIFFICULTY)


def _graded(move: _Move) -> TransitionGrade:
    return grade(move.covered, move.months, sum(move.raised(role) is not None for role in _RAISING))


def grade_statement(edition: Edition, a: Career, b: Career, skills: SkillsComparison, side: Side) -> Statement:
    """Only the sentence with the grade, with all of the facts that make it."""
    origin, target = (a, b) if side is Side.A else (b, a)
    return _grade_statement(
        _Move(edition=edition, origin=origin, target=target, shared=len(skills.shared), related=len(skills.related))
    )


def _statements(move: _Move) -> Iterator[Statement]:
    yield _grade_statement(move)
    if move.target.skills:
        yield _covered_statement(move)
    if move.months is not None:
        yield _months_statement(move, move.months)
    for role in _RAISING:
        if (values := move.raised(role)) is not None:
            yield _higher_statement(move, *values)


def _counts(move: _Move) -> tuple[Fact, ...]:
    return (
        Fact(move.origin, count=move.shared),
        Fact(move.origin, count=move.related),
        Fact(move.target, count=len(move.target.skills)),
    )


def _grade_statement(move: _Move) -> Statement:
    template, spoken = move.edition.general(f"transition-grade.{_graded(move).lower()}")
    text = template.fill({"from": spoken.read(move.origin.title), "to": spoken.read(move.target.title)})
    known: list[tuple[Career, Value | None]] = [(move.target, move.learning)]
    for role in _RAISING:
        here, there = move.value(move.origin, role), move.value(move.target, role)
        if here is not None and there is not None:
            known += [(move.origin, here), (move.target, there)]
    facts = [Fact(career, value.attribute, value) for career, value in known if value is not None]
    return Statement(text, Rule.TRANSITION_GRADE, None, (*_counts(move), *facts), spoken.locale.code)


def _covered_statement(move: _Move) -> Statement:
    template, spoken = move.edition.general("transition-covered")
    counts = {"total": len(move.target.skills), "shared": move.shared, "related": move.related}
    slots = {name: spoken.locale.number(count) for name, count in counts.items()}
    text = template.fill(slots | {"to": spoken.read(move.target.title)})
    return Statement(text, Rule.TRANSITION_COVERED, None, _counts(move), spoken.locale.code)


def _months_statement(move: _Move, months: int) -> Statement:
    template, spoken = move.edition.counted("transition-months", months)
    text = template.fill({"to": spoken.read(move.target.title), "n": spoken.locale.number(months)})
    learning = move.learning
    assert learning is not None  # noqa: S101 - there are months because there is a figure
    facts = (*_counts(move), Fact(move.target, learning.attribute, learning))
    return Statement(text, Rule.TRANSITION_MONTHS, None, facts, spoken.locale.code)


def _higher_statement(move: _Move, here: Value, there: Value) -> Statement:
    template, spoken = move.edition.general("transition-higher")
    text = template.fill(
        {
            "label": spoken.read(there.attribute.label),
            "to": spoken.read(move.target.title),
            "value": spoken.display(there),
            "from": spoken.read(move.origin.title),
            "other": spoken.display(here),
        }
    )
    facts = (Fact(move.origin, here.attribute, here), Fact(move.target, there.attribute, there))
    return Statement(text, Rule.TRANSITION_HIGHER, None, facts, spoken.locale.code)
