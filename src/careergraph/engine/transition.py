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
from decimal import Decimal
from enum import StrEnum

from careergraph.engine.cell import Cell
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


class _Move:
    """What the rule looks at.

    `halves` is what the reader brings of the target's skills, in half skills: counted in integers the rule is exact,
    and quick. `weighed` are the entry barriers and the difficulties of origin and target that are known of both.
    """

    __slots__ = ("edition", "halves", "learning", "origin", "related", "shared", "target", "total", "weighed")

    def __init__(self, edition: Edition, origin: Career, target: Career, skills: SkillsComparison) -> None:
        catalog = edition.catalog
        self.edition = edition
        self.origin, self.target = catalog.evidence(origin), catalog.evidence(target)
        self.shared, self.related, self.total = len(skills.shared), len(skills.related), len(target.skills)
        self.halves = 2 * self.shared + self.related
        here, there = origin.cells, target.cells
        learning = there.get(catalog.learning_attribute or "")
        self.learning = learning.value if learning and isinstance(learning.value, Number) else None
        keys = catalog.raising_attributes
        self.weighed = [(here[key], there[key]) for key in keys if key in here and key in there]

    @property
    def months(self) -> int | None:
        return None if self.learning is None else remaining(self.learning.value, self.halves, self.total)

    @property
    def raised(self) -> list[tuple[Cell, Cell]]:
        return [(here, there) for here, there in self.weighed if there.above(here)]


def grade(halves: int, total: int, months: int | None, raised: int) -> TransitionGrade:
    """The grade from the skills covered (in half skills, out of `total` whole ones), the months that remain, and how
    many of entry barrier and difficulty are higher than where the reader comes from. The rule stands at the top of
    this file."""
    thirds = 3 * halves  # covered is halves / (2 * total)
    points = 3 if halves == 0 else 2 if thirds < 2 * total else 1 if thirds < 4 * total else 0
    points += raised + (months is not None and months > LONG)
    return _GRADES[min(points, 3)]


_GRADES = tuple(TransitionGrade)


def remaining(months: float, halves: int, total: int) -> int:
    """The months that remain of a target's learning months where so many half skills of `total` skills are covered:
    rounded up, and exact for the decimal number that `months` was written as."""
    above, below = Decimal(str(months)).as_integer_ratio()
    return -(-above * (2 * total - halves) // (below * 2 * total)) if total else -(-above // below)


def transition(edition: Edition, a: Career, b: Career, skills: SkillsComparison, side: Side) -> Transition:
    """The move from one of two careers (`side`) to the other; `skills` is their comparison."""
    move = _move(edition, a, b, skills, side)
    matched: list[SharedSkill | RelatedSkills] = [*skills.shared, *skills.related]
    kept = [pair.b if side is Side.A else pair.a for pair in matched]
    return Transition(
        origin=move.origin.career,
        target=move.target.career,
        grade=_graded(move),
        covered=move.halves / (2 * move.total) if move.total else 0.0,
        months=move.months,
        keep=tuple(sorted(kept, key=lambda skill: skill.position)),
        gain=skills.b_only if side is Side.A else skills.a_only,
        statements=tuple(_statements(move)),
    )


def grade_statement(edition: Edition, a: Career, b: Career, skills: SkillsComparison, side: Side) -> Statement:
    """Only the sentence with the grade, with all of the facts that make it."""
    return _grade_statement(_move(edition, a, b, skills, side))


def _move(edition: Edition, a: Career, b: Career, skills: SkillsComparison, side: Side) -> _Move:
    return _Move(edition, a, b, skills) if side is Side.A else _Move(edition, b, a, skills)


def _graded(move: _Move) -> TransitionGrade:
    return grade(move.halves, move.total, move.months, len(move.raised))


def _statements(move: _Move) -> Iterator[Statement]:
    yield _grade_statement(move)
    if move.total:
        yield _covered_statement(move)
    if move.learning is not None:
        yield _months_statement(move, move.learning)
    for here, there in move.raised:
        yield _higher_statement(move, here.value, there.value)


def _counts(move: _Move) -> tuple[Fact, Fact, Fact]:
    return move.origin.count(move.shared), move.origin.count(move.related), move.target.count(move.total)


def _grade_statement(move: _Move) -> Statement:
    template, spoken = move.edition.general(_GRADE_PHRASES[_graded(move)])
    slots = {"from": spoken.read(move.origin.career.title), "to": spoken.read(move.target.career.title)}
    facts = [*_counts(move)]
    if move.learning is not None:
        facts.append(move.target.value(move.learning))
    for here, there in move.weighed:
        facts += (move.origin.value(here.value), move.target.value(there.value))
    return Statement(template.fill(slots), Rule.TRANSITION_GRADE, None, tuple(facts), spoken.locale.code)


_GRADE_PHRASES = {grade: f"transition-grade.{grade.lower()}" for grade in TransitionGrade}


def _covered_statement(move: _Move) -> Statement:
    template, spoken = move.edition.general("transition-covered")
    counts = {"total": move.total, "shared": move.shared, "related": move.related}
    slots = {name: spoken.count(count) for name, count in counts.items()}
    text = template.fill(slots | {"to": spoken.read(move.target.career.title)})
    return Statement(text, Rule.TRANSITION_COVERED, None, _counts(move), spoken.locale.code)


def _months_statement(move: _Move, learning: Number) -> Statement:
    months = remaining(learning.value, move.halves, move.total)
    template, spoken = move.edition.counted("transition-months", months)
    text = template.fill({"to": spoken.read(move.target.career.title), "n": spoken.locale.number(months)})
    facts = (*_counts(move), move.target.value(learning))
    return Statement(text, Rule.TRANSITION_MONTHS, None, facts, spoken.locale.code)


def _higher_statement(move: _Move, here: Value, there: Value) -> Statement:
    template, spoken = move.edition.general("transition-higher")
    text = template.fill(
        {
            "label": spoken.read(there.attribute.label),
            "to": spoken.read(move.target.career.title),
            "value": spoken.display(there),
            "from": spoken.read(move.origin.career.title),
            "other": spoken.display(here),
        }
    )
    facts = (move.origin.value(here), move.target.value(there))
    return Statement(text, Rule.TRANSITION_HIGHER, None, facts, spoken.locale.code)
