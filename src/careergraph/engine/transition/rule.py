"""The rule of a transition: its points, the months that remain, and its grade. No text is made here.

- *Skills*, 0 to 4 points. The fewer careers have a skill, the more it weighs (`skill_weight`). *Covered* is the weight
  of the target's skills that are shared, and half of that of related ones, of the weight of all: a related skill is a
  start and not the skill. One point for each started quarter that is not covered. 3 points where lists of skills tell
  nothing: the target has fewer than three, or the work is near and yet no skill is shared or related. One point less
  (not below 0) where all preparation for the target takes 12 months at most, since what is missing is learned at work.
- *Work*, 0, 3 or 6 points: near, in one field, or other work (`kinship`).
- *Time*: the *months* that remain by the shortest times that sources give. They are the largest of four:
  education: how much longer the target's level takes than the origin's;
  preparation: the same, or all of the target's where the work is other work, since preparation for other work does not
  count;
  training at work: the same as preparation;
  learning: the target's months, times the share of the skills that is not covered.
  1 point where a higher level of education or preparation is needed, and 1 for each half-year of the months.
- *Hurdles*: 2 points where the target's entry barrier is higher, 1 where its difficulty is.
- At least 3 points where no source says how long the target takes, or says that its preparation takes 48 months and
  more, or that it takes any time, and nothing of the origin's: none is ever called easy.
- Up to 2 points is EASY, up to 4 MODERATE, up to 8 CHALLENGING, more HARD.

Which attributes are meant is content (`Attribute.transition_role`), and so is what their levels take
(`Option.months_over`). A figure that is absent, or that cannot be compared, adds no point.
"""

from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple, TypeVar

from careergraph.engine.content.outcome import Outcome, Side
from careergraph.engine.content.value_kinds import Choice, above, outcome
from careergraph.engine.described_enum import DescribedEnum
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.transition_inputs import LEVELS, Ladders, TransitionInputs, Weight
from careergraph.engine.transition.kinship import Kinship

Item = TypeVar("Item")


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


class Study(NamedTuple):
    """What education and preparation of a move demand, whatever its skills: their places in `LEVELS` where they are
    higher for the target, the `months` that they take by the shortest times that sources give, None where unknown, and
    the place of that which takes them. `short` says whether all preparation is learned at work, `slow` whether no move
    is easy: the preparation takes long, or takes time and nobody knows what the origin's does."""

    raised: tuple[int, ...]
    months: int | None
    source: int | None
    short: bool
    slow: bool


class Entry(NamedTuple):
    """The places in `LEVELS` of the hurdles that are higher for the target, and their points."""

    raised: tuple[int, ...]
    points: int


class Decision(NamedTuple):
    """What the rule says of a move.

    `place` is that of its grade, from 0. `months` are those that remain by the shortest times that sources give, None
    where unknown; `source` is the place in `LEVELS` of the target's value that they follow from, None for its learning
    months. `raised` are the places of the levels of which the target's is higher.
    """

    points: Points
    place: int
    kinship: Kinship
    months: int | None
    source: int | None
    raised: tuple[int, ...]


def grade_place(points: int) -> int:
    """The place of the grade for some points, from 0."""
    return bisect_left(MOST_POINTS, points)


def decide(
    here: TransitionInputs, there: TransitionInputs, covered: int, kinship: Kinship, ladders: Ladders
) -> Decision:
    """Decide how hard a move is, from the inputs of its two careers, the weight that is covered (`brought`), and the
    ladders between them."""
    climbs, apart, learning = ladders.climbs, kinship is _OTHER, there.all_months
    climb, hurdles = (here.study, there.study, apart), (here.entry, there.entry)
    study = climbs.get(climb) or _kept(climbs, climb, _study(here, there, apart=apart))
    entry = climbs.get(hurdles) or _kept(climbs, hurdles, _entry(here, there))
    if covered:
        whole = 2 * there.whole
        left = whole - covered
        skills = -(-QUARTERS * left // whole) if there.tells else UNTOLD
        learning = learning and there.months(left, whole)
    else:
        skills = QUARTERS if there.tells and kinship is not _NEAR else UNTOLD
    key = (study, entry, skills, learning, kinship)
    decision: Decision = ladders.decisions.get(key) or _kept(ladders.decisions, key, _decision(*key))
    return decision


def ladders_between(one: TransitionInputs, other: TransitionInputs) -> Ladders:
    """The ladders of the moves between two careers: their own where one published figure is on both sides, since it
    does not compare, and what is kept is for others."""
    return one.ladders if one.figures.isdisjoint(other.figures) else Ladders()


def _kept(memo: dict[object, Item], key: object, item: Item) -> Item:
    """Keep an item by a key. Equal items are one, so that what many moves need stays in the processor's cache."""
    if len(memo) < MOST_CLIMBS:
        item = memo[key] = memo.setdefault(item, item)
    return item


def _decision(study: Study, entry: Entry, skills: int, learning: int | None, kinship: Kinship) -> Decision:
    months, source = study.months, study.source
    if learning is not None and (months is None or learning >= months):
        months, source = learning, None
    skills -= study.short and skills > 0
    work, time = WORK[kinship], (study.raised != ()) + (months or 0) // STEP
    total = skills + work + time + entry.points
    least = max(0, MOST_POINTS[0] + 1 - total) if study.slow and learning is None else 0
    points = Points(skills, work, time, entry.points, least)
    return Decision(points, grade_place(points.total), kinship, months, source, study.raised + entry.raised)


def _study(here: TransitionInputs, there: TransitionInputs, *, apart: bool) -> Study:
    """Return what education and preparation demand, where the work is other work (`apart`) or not."""
    months = _longer(here.levels[_EDUCATION], there.levels[_EDUCATION], whole=False)
    source = None if months is None else _EDUCATION
    prepared = there.levels[_PREPARATION]
    longer = _longer(here.levels[_PREPARATION], prepared, whole=apart)
    if longer is not None and (months is None or longer > months):
        months, source = longer, _PREPARATION
    trained = _longer(here.levels[_TRAINING], there.levels[_TRAINING], whole=apart)
    if trained and (months is None or trained > months):
        months, source = trained, _TRAINING
    up_to = None if prepared is None or prepared.option is None else prepared.option.months_up_to
    takes = None if prepared is None else prepared.months
    return Study(
        _raised(here, there, (_EDUCATION, _PREPARATION)),
        months,
        source,
        short=up_to is not None and up_to <= SHORT,
        slow=takes is None or takes >= LONG or (takes > 0 and here.levels[_PREPARATION] is None),
    )


def _entry(here: TransitionInputs, there: TransitionInputs) -> Entry:
    raised = _raised(here, there, HURDLES)
    return Entry(raised, sum([HURDLES[it] for it in raised]))


def _raised(here: TransitionInputs, there: TransitionInputs, places: Iterable[int]) -> tuple[int, ...]:
    """The places of the levels of which the target's is higher."""
    return tuple([it for it in places if _higher(here.levels[it], there.levels[it])])


def brought(there: TransitionInputs, skills: SkillsComparison, side: Side) -> int:
    """The weight of what a reader from a side brings, in half points: counted in integers the rule is exact, and
    quick."""
    weigh, place = there.weights.__getitem__, _place_of_b if side is _A else _place_of_a
    related = sum(map(weigh, map(place, skills.related)))
    return related + 2 * sum(map(weigh, map(place, skills.shared))) if skills.shared else related


def _higher(mine: Weight | None, theirs: Weight | None) -> bool:
    """Return whether both have a level, and the target's is higher. Options without an order are so where they take
    longer."""
    if mine is None or theirs is None:
        return False
    if isinstance(theirs.value, Choice):
        return theirs.months is not None and mine.months is not None and theirs.months > mine.months
    return above(theirs.value, mine.value)


def _longer(mine: Weight | None, theirs: Weight | None, *, whole: bool) -> int | None:
    """Return how many months the target's level takes more, at least, or as a whole; None where a source does not say,
    or says it of what cannot be compared."""
    if theirs is None or whole:
        return None if theirs is None else theirs.months
    if mine is None or mine.months is None or theirs.months is None or outcome(mine.value, theirs.value) is _APART:
        return None
    return max(0, theirs.months - mine.months)


MOST_CLIMBS = 20_000
"""The most climbs, and the most decisions, that are kept for a catalog."""

_EDUCATION, _PREPARATION, _TRAINING, _BARRIER, _DIFFICULTY = range(len(LEVELS))
TRAINING = _TRAINING
"""The place of training at work in `LEVELS`."""
_place_of_a, _place_of_b = attrgetter("a.position"), attrgetter("b.position")
HURDLES = {_BARRIER: BARRIER, _DIFFICULTY: DIFFICULTY}
"""The points of the hurdles, by their places in `LEVELS`."""

_A, _APART, _NEAR, _OTHER = Side.A, Outcome.NOT_COMPARABLE, Kinship.NEAR, Kinship.OTHER
