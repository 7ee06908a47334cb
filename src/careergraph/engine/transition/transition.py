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

from careergraph.engine.content import Career, CareerSkill
from careergraph.engine.content.outcome import Side
from careergraph.engine.similarity.skill_matching import RelatedSkills, SharedSkill, SkillsComparison
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.pair import CareerPair
from careergraph.engine.text.statement import Fact, Rule, Statement, make_tuple


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


# Looking up a member of an enum costs more than what it is compared with here.
_SIDE_A, _GRADED = Side.A, Rule.TRANSITION_GRADE


class _Move:
    """What the rule looks at.

    `halves` is what the reader brings of the target's skills, in half skills: counted in integers the rule is exact,
    and quick. `weighed` are the entry barriers and the difficulties of origin and target where both have one, `raised`
    those where the target's is comparable and higher.
    """

    __slots__ = (
        "halves",
        "learning",
        "localized",
        "months",
        "origin",
        "raised",
        "skills",
        "target",
        "total",
        "weighed",
    )

    def __init__(self, pair: CareerPair, skills: SkillsComparison, side: Side) -> None:
        self.localized, self.skills = pair.localized, skills
        self.origin, self.target = origin, target = (
            (pair.of_a, pair.of_b) if side is _SIDE_A else (pair.of_b, pair.of_a)
        )
        self.halves, self.total = 2 * len(skills.shared) + len(skills.related), target.transition_inputs.total
        whole = 2 * self.total or 1  # where a target lists no skills nothing of it is covered
        here, there = origin.transition_inputs, target.transition_inputs
        self.learning, self.months = there.learning, there.months(whole - self.halves, whole)
        self.weighed: list[Fact] = []
        self.raised: list[tuple[Fact, Fact]] = []
        for mine, theirs in zip(here.weights, there.weights, strict=True):
            if mine is not None and theirs is not None:
                self.weighed += (mine[0], theirs[0])
                if theirs[1].above(mine[1]):
                    self.raised.append((mine[0], theirs[0]))


def grade(halves: int, total: int, months: int | None, raised: int) -> TransitionGrade:
    """The grade from the skills covered (in half skills, out of `total` whole ones), the months that remain, and how
    many of entry barrier and difficulty are higher than where the reader comes from. The rule stands at the top of
    this file."""
    return GRADES[min(points(halves, total, months, raised), 3)]


def points(halves: int, total: int, months: int | None, raised: int) -> int:
    """The points that make the grade, from 0 to 6."""
    thirds = 3 * halves  # covered is halves / (2 * total)
    uncovered = 3 if halves == 0 else 2 if thirds < 2 * total else 1 if thirds < 4 * total else 0
    return uncovered + raised + (months is not None and months > LONG)


ENDS = ("from", "to")
"""The slots of where a move begins and where it ends."""

GRADES = tuple(TransitionGrade)
"""The grades by their points."""

_GRADE_PHRASES = tuple([f"transition-grade.{it.lower()}" for it in GRADES])


def move(pair: CareerPair, skills: SkillsComparison, side: Side) -> tuple[int, int | None]:
    """The points of a move, and the months that remain, without a word of it."""
    inputs = _Move(pair, skills, side)
    return points(inputs.halves, inputs.total, inputs.months, len(inputs.raised)), inputs.months


def transition(pair: CareerPair, skills: SkillsComparison, side: Side) -> Transition:
    """The move from one of two careers (`side`) to the other; `skills` is their comparison."""
    move = _Move(pair, skills, side)
    matched: list[SharedSkill | RelatedSkills] = [*skills.shared, *skills.related]
    kept = [match.b if side is Side.A else match.a for match in matched]
    return Transition(
        origin=move.origin.career,
        target=move.target.career,
        grade=_grade_of(move),
        covered=move.halves / (2 * move.total) if move.total else 0.0,
        months=move.months,
        keep=tuple(sorted(kept, key=lambda skill: skill.position)),
        gain=skills.b_only if side is Side.A else skills.a_only,
        statements=tuple(_statements(move)),
    )


def grade_statement(pair: CareerPair, skills: SkillsComparison, side: Side) -> Statement:
    """Only the sentence with the grade, with all of the facts that make it."""
    return _grade_statement(_Move(pair, skills, side))


def _grade_of(move: _Move) -> TransitionGrade:
    return grade(move.halves, move.total, move.months, len(move.raised))


def _statements(move: _Move) -> Iterator[Statement]:
    yield _grade_statement(move)
    if move.total:
        yield _covered_statement(move)
    if move.learning is not None and move.months is not None:
        yield _months_statement(move, move.learning, move.months)
    for here, there in move.raised:
        yield _higher_statement(move, here, there)


def _counts(move: _Move) -> tuple[Fact, Fact, Fact]:
    here, there = move.origin.facts, move.target.facts
    return here.count(len(move.skills.shared)), here.count(len(move.skills.related)), there.count(move.total)


def _ends(move: _Move, spoken: LocalizedCatalog) -> dict[str, str]:
    """The slots of `ENDS`, in their order."""
    if spoken is move.localized:
        return {"from": move.origin.title, "to": move.target.title}
    return {"from": spoken.read(move.origin.career.title), "to": spoken.read(move.target.career.title)}


def _grade_statement(move: _Move) -> Statement:
    graded = min(points(move.halves, move.total, move.months, len(move.raised)), 3)
    phrase, spoken = move.localized.arranged(_GRADE_PHRASES[graded], ENDS)
    learning = () if move.learning is None else (move.learning,)
    facts = (*_counts(move), *learning, *move.weighed)
    text = phrase.fill(tuple(_ends(move, spoken).values()))
    return make_tuple(Statement, (text, _GRADED, None, facts, spoken.locale.code, ""))


def _covered_statement(move: _Move) -> Statement:
    phrase = "transition-covered" if move.halves else "transition-uncovered"
    template, spoken = move.localized.counted(phrase, move.total)
    counts = {"total": move.total, "shared": len(move.skills.shared), "related": len(move.skills.related)}
    slots = {name: spoken.count(count) for name, count in counts.items()}
    text = template.fill(slots | _ends(move, spoken))
    return Statement(text, Rule.TRANSITION_COVERED, None, _counts(move), spoken.locale.code)


def _months_statement(move: _Move, learning: Fact, months: int) -> Statement:
    phrase = "transition-months"
    template, spoken = move.localized.counted(phrase, months) if months else move.localized.general(f"{phrase}.none")
    text = template.fill({"n": spoken.locale.number(months)} | _ends(move, spoken))
    return Statement(text, Rule.TRANSITION_MONTHS, None, (*_counts(move), learning), spoken.locale.code)


def _higher_statement(move: _Move, here: Fact, there: Fact) -> Statement:
    assert here.value is not None and there.value is not None  # noqa: S101 - what is higher is a value
    template, spoken = move.localized.general("transition-higher")
    label = spoken.read(there.value.attribute.label)
    values = {"label": label, "value": there.value.spoken(spoken.locale), "other": here.value.second(spoken.locale)}
    text = template.fill(values | _ends(move, spoken))
    return Statement(text, Rule.TRANSITION_HIGHER, None, (here, there), spoken.locale.code)
