"""The rule of a transition: its points, the months that remain, and its grade. No text is made here.

- *Skills*, 0 to 4 points. The fewer careers have a skill, the more it weighs (`skill_weight`). *Covered* is the weight
  of the target's skills that are shared, and half of that of related ones, of the weight of all: a related skill is a
  start and not the skill. One point for each started quarter that is not covered. 3 points where lists of skills tell
  nothing: the target has none, or the work is near and yet no skill is shared or related. One point less (not below 0)
  where all preparation for the target takes 12 months at most, since what is missing is learned at work.
- *Work*, 0, 3 or 6 points: near, in one field, or other work (`kinship`).
- *Time*: the *months* that remain at least, by what sources say. They are the most of three:
  of education, what the target's level takes longer than the origin's;
  of preparation, the same, but all that the target's level takes where the work is other work: preparation for other
  work does not count;
  of learning months, the share that is not covered.
  1 point where a higher level of education or preparation is needed, and 1 for each half-year of the months.
- *Hurdles*: 2 points where the target's entry barrier is higher, 1 where its difficulty is.
- At least 3 points where no source says how long the target takes, or says that its preparation takes 48 months and
  more: neither is ever called easy.
- Up to 2 points is EASY, up to 4 MODERATE, up to 8 CHALLENGING, more HARD.

Which attributes are meant is content (`Attribute.transition_role`), and so is what their levels take
(`Option.months_over`). A figure that is absent, or that cannot be compared, adds no point.
"""

from typing import NamedTuple

from careergraph.engine.content.outcome import Outcome, Side
from careergraph.engine.content.value_kinds import Choice, above, outcome
from careergraph.engine.described_enum import DescribedEnum
from careergraph.engine.similarity.skill_matching import SkillsComparison
from careergraph.engine.text.transition_inputs import TransitionInputs, Weight
from careergraph.engine.transition.kinship import Kinship


class TransitionGrade(DescribedEnum):
    """How hard a transition is."""

    EASY = "EASY", "Up to 2 points of the rule."
    MODERATE = "MODERATE", "3 or 4 points."
    CHALLENGING = "CHALLENGING", "5 to 8 points."
    HARD = "HARD", "9 points or more."


GRADES = tuple(TransitionGrade)
"""The grades, the easiest first."""

MOST_POINTS = (2, 4, 8)
"""The most points of each grade but the last."""

QUARTERS, UNTOLD = 4, 3
"""The points where no skill is covered, and where lists of skills tell nothing."""

WORK = {Kinship.NEAR: 0, Kinship.FIELD: 3, Kinship.OTHER: 6}
"""The points by how the work of both is related."""

STEP = 6
"""The months that are one point."""

SHORT, LONG = 12, 48
"""The months up to which all preparation is learned at work, and from which on no move is easy."""

BARRIER, DIFFICULTY = 2, 1
"""The points where the entry barrier, and the difficulty, are higher."""


class Points(NamedTuple):
    """The points of a move by their reasons. `least` are those that are added since it must not be called easy."""

    skills: int
    work: int
    time: int
    hurdles: int
    least: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)


class Decision(NamedTuple):
    """What the rule says of a move.

    `brought` is the weight of the skills that are covered, in halves. `months` are those that remain at least, None
    where unknown; `source` is the target's value that they follow from, None for its learning months. `raised` are the
    values of one role of which the target's is higher, the origin's first.
    """

    points: Points
    brought: int
    kinship: Kinship
    months: int | None
    source: Weight | None
    raised: tuple[tuple[Weight, Weight], ...]


def grade(points: int) -> TransitionGrade:
    """The grade for the points of a move."""
    return GRADES[grade_place(points)]


def grade_place(points: int) -> int:
    """The place of the grade for some points, from 0."""
    return (points > MOST_POINTS[0]) + (points > MOST_POINTS[1]) + (points > MOST_POINTS[2])


def decide(
    here: TransitionInputs, there: TransitionInputs, skills: SkillsComparison, side: Side, kinship: Kinship
) -> Decision:
    """Decide how hard the move from a side is, from the inputs of its two careers."""
    brought, whole = _brought(there, skills, side), 2 * there.whole
    raised = tuple([pair for pair in _pairs(here, there) if _higher(*pair)])
    months, source = _months(here, there, kinship, (whole - brought, whole))
    longer = any(it is there.education_level or it is there.preparation_level for _, it in raised)
    parts = (
        _skill_points(there, kinship, brought, whole),
        WORK[kinship],
        longer + (months or 0) // STEP,
        sum(
            [BARRIER if it is there.barrier else DIFFICULTY if it is there.difficulty_level else 0 for _, it in raised]
        ),
    )
    least = max(0, MOST_POINTS[0] + 1 - sum(parts)) if _is_long(there) else 0
    return Decision(Points(*parts, least), brought, kinship, months, source, raised)


def _brought(there: TransitionInputs, skills: SkillsComparison, side: Side) -> int:
    """The weight of what the reader brings, in half points: counted in integers the rule is exact, and quick."""
    weights = there.weights
    if side is _A:
        shared = sum([weights[it.b.position] for it in skills.shared])
        return 2 * shared + sum([weights[it.b.position] for it in skills.related])
    shared = sum([weights[it.a.position] for it in skills.shared])
    return 2 * shared + sum([weights[it.a.position] for it in skills.related])


def _skill_points(there: TransitionInputs, kinship: Kinship, brought: int, whole: int) -> int:
    untold = not whole or (not brought and kinship is _NEAR)
    points = UNTOLD if untold else -(-QUARTERS * (whole - brought) // whole)
    return max(0, points - 1) if points and _is_short(there) else points


def _pairs(here: TransitionInputs, there: TransitionInputs) -> list[tuple[Weight, Weight]]:
    """The values of each role that both careers have."""
    pairs = []
    for mine, theirs in (
        (here.education_level, there.education_level),
        (here.preparation_level, there.preparation_level),
        (here.barrier, there.barrier),
        (here.difficulty_level, there.difficulty_level),
    ):
        if mine is not None and theirs is not None:
            pairs.append((mine, theirs))
    return pairs


def _higher(mine: Weight, theirs: Weight) -> bool:
    """Whether the target's value is higher. Options without an order are so where they take longer."""
    if isinstance(theirs.value, Choice):
        return theirs.months is not None and mine.months is not None and theirs.months > mine.months
    return above(theirs.value, mine.value)


def _months(
    here: TransitionInputs, there: TransitionInputs, kinship: Kinship, left: tuple[int, int]
) -> tuple[int | None, Weight | None]:
    """The months that remain, and the value that they follow from."""
    months: int | None = there.months(*left) if left[1] else there.months(1, 1)
    source: Weight | None = None
    whole = there.preparation_level if kinship is _OTHER else None
    for mine, theirs in (
        (here.education_level, there.education_level),
        (whole or here.preparation_level, there.preparation_level),
    ):
        if mine is None or theirs is None:
            continue
        longer = theirs.months if theirs is whole else _longer(mine, theirs)
        if longer is not None and (months is None or longer > months):
            months, source = longer, theirs
    return months, source


def _longer(mine: Weight, theirs: Weight) -> int | None:
    """How many months the target's level takes more, at least; None where a source does not say, or says it of what
    cannot be compared."""
    if mine.months is None or theirs.months is None or outcome(mine.value, theirs.value) is _APART:
        return None
    return max(0, theirs.months - mine.months)


def _is_short(there: TransitionInputs) -> bool:
    """Whether all preparation for a career is learned at work."""
    option = None if there.preparation_level is None else there.preparation_level.option
    return option is not None and option.months_up_to is not None and option.months_up_to <= SHORT


def _is_long(there: TransitionInputs) -> bool:
    """Whether no move to a career may be called easy."""
    if there.learning is not None:
        return False
    months = None if there.preparation_level is None else there.preparation_level.months
    return months is None or months >= LONG


_A, _APART, _NEAR, _OTHER = Side.A, Outcome.NOT_COMPARABLE, Kinship.NEAR, Kinship.OTHER
