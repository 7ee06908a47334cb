"""Transition: how hard it is to move from one career to another, by a stated rule from stated facts.

The rule (`points`, `grade`):

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

from careergraph.engine.content import Career, CareerSkill
from careergraph.engine.content.outcome import Side
from careergraph.engine.content.value_kinds import above
from careergraph.engine.described_enum import DescribedEnum
from careergraph.engine.similarity.skill_matching import RelatedSkills, SharedSkill, SkillsComparison
from careergraph.engine.text.advantage_phrases import Halves
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Fact, Rule, Statement, make_tuple
from careergraph.engine.text.transition_inputs import TransitionInputs, Weight


class TransitionGrade(DescribedEnum):
    """How hard a transition is."""

    EASY = "EASY", "0 points of the rule."
    MODERATE = "MODERATE", "1 point."
    CHALLENGING = "CHALLENGING", "2 points."
    HARD = "HARD", "3 points or more."


LONG = 12
"""Months of remaining learning above which a transition is harder by one point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """The move from one career (`origin`) to another (`target`).

    `covered` is from 0 to 1; `months` is None where unknown. `keep` are the target's skills that the reader has, shared
    or related; `gain` those to learn.
    """

    origin: Career
    target: Career
    grade: TransitionGrade
    covered: float
    months: int | None
    keep: tuple[CareerSkill, ...]
    gain: tuple[CareerSkill, ...]
    statements: tuple[Statement, ...]


_SIDE_A, _GRADED = Side.A, Rule.TRANSITION_GRADE

ENDS = ("from", "to")
"""The slots of the two ends of a move."""

GRADES = tuple(TransitionGrade)
"""The grades by their points; the last one is for all above, too."""

_COVERED_PHRASES = {
    (True, True): "transition-covered",
    (True, False): "transition-shared",
    (False, True): "transition-related",
    (False, False): "transition-uncovered",
}
"""The phrase by whether there are shared and related skills."""

_GRADE_PHRASES = tuple([f"transition-grade.{it.lower()}" for it in GRADES])


def points(halves: int, total: int, months: int | None, raised: int) -> int:
    """The points of a move, from 0 to 6: by the skills covered (in half skills, of `total` whole ones), the months that
    remain, and the count of entry barrier and difficulty that are higher than at the origin."""
    thirds = 3 * halves  # covered is halves / (2 * total)
    uncovered = 3 if halves == 0 else 2 if thirds < 2 * total else 1 if thirds < 4 * total else 0
    return uncovered + raised + (months is not None and months > LONG)


def grade(points: int) -> TransitionGrade:
    """The grade for the points of a move."""
    return GRADES[min(points, len(GRADES) - 1)]


WeightPairs = list[tuple[Weight, Weight]]
"""The figures of one role of origin and target."""

Decision = tuple[int, int | None, WeightPairs, WeightPairs]
"""The points of a move, the months that remain, the entry barriers and difficulties that both have, and those of which
the target's is higher."""


def decide(here: TransitionInputs, there: TransitionInputs, skills: SkillsComparison) -> Decision:
    """Decide how hard a move is, from the inputs of its two careers. No text is made here."""
    halves, total = _halves(skills), there.total
    whole = 2 * total or 1  # nothing is covered of a target that lists no skills
    months = there.months(whole - halves, whole)
    weighed, raised = [], []
    for mine, theirs in zip(here.weights, there.weights, strict=True):
        if mine is not None and theirs is not None:
            weighed.append((mine, theirs))
            if above(theirs[1], mine[1]):
                raised.append((mine, theirs))
    return points(halves, total, months, len(raised)), months, weighed, raised


def move(pair: CareerPair, skills: SkillsComparison, side: Side) -> tuple[int, int | None]:
    """The points of a move, and the months that remain."""
    origin, target = pair.sides(side)
    return decide(origin.transition_inputs, target.transition_inputs, skills)[:2]


def _halves(skills: SkillsComparison) -> int:
    """The skills that a reader brings, in half skills: counted in integers the rule is exact, and quick."""
    return 2 * len(skills.shared) + len(skills.related)


class Move:
    """A move and the decision about it, for the sentences."""

    __slots__ = ("localized", "months", "origin", "points", "raised", "skills", "target", "total", "weighed")

    def __init__(self, pair: CareerPair, skills: SkillsComparison, side: Side) -> None:
        self.localized, self.skills = pair.localized, skills
        self.origin, self.target = origin, target = pair.sides(side)
        self.total = target.transition_inputs.total
        decision = decide(origin.transition_inputs, target.transition_inputs, skills)
        self.points, self.months, self.weighed, self.raised = decision


def transition(pair: CareerPair, skills: SkillsComparison, side: Side) -> Transition:
    """The move from one of two careers (`side`) to the other; `skills` is their comparison."""
    move = Move(pair, skills, side)
    matched: list[SharedSkill | RelatedSkills] = [*skills.shared, *skills.related]
    kept = [match.b if side is Side.A else match.a for match in matched]
    return Transition(
        origin=move.origin.career,
        target=move.target.career,
        grade=grade(move.points),
        covered=_halves(skills) / (2 * move.total) if move.total else 0.0,
        months=move.months,
        keep=tuple(sorted(kept, key=lambda skill: skill.position)),
        gain=skills.b_only if side is Side.A else skills.a_only,
        statements=tuple(_statements(move)),
    )


def grade_statement(pair: CareerPair, skills: SkillsComparison, side: Side) -> Statement:
    """The sentence with the grade, with all of the facts that make it."""
    return _grade_statement(Move(pair, skills, side))


def _statements(move: Move) -> Iterator[Statement]:
    yield _grade_statement(move)
    if move.total:
        yield _covered_statement(move)
    learning = move.target.transition_inputs.learning
    if learning is not None and move.months is not None:
        yield _months_statement(move, learning, move.months)
    for here, there in move.raised:
        yield _higher_statement(move, here, there)


def _counts(move: Move) -> tuple[Fact, Fact, Fact]:
    here, there = move.origin.facts, move.target.facts
    return here.count(len(move.skills.shared)), here.count(len(move.skills.related)), there.count(move.total)


def _ends(move: Move, spoken: LocalizedCatalog) -> dict[str, str]:
    """Texts for the slots of `ENDS`, in their order."""
    if spoken is move.localized:
        return {"from": move.origin.name, "to": move.target.name}
    return {"from": spoken.name(move.origin.career.title), "to": spoken.name(move.target.career.title)}


def grade_facts(move: Move) -> tuple[Fact, ...]:
    """The facts that prove a grade."""
    learning = move.target.transition_inputs.learning
    months = () if learning is None else (learning,)
    return (*_counts(move), *months, *[fact for pair in move.weighed for fact, _ in pair])


def grade_halves(localized: LocalizedCatalog, points: int) -> Halves | None:
    """The sentence with the grade for some points in two parts, about the origin and about the target; None where it
    does not fall into such, or is worded by a fallback."""
    template, spoken = localized.general(_GRADE_PHRASES[min(points, 3)])
    return template.split(ENDS[:1], ENDS[1:]) if spoken is localized else None


def _grade_statement(move: Move) -> Statement:
    phrase, spoken = move.localized.positional(_GRADE_PHRASES[min(move.points, 3)], ENDS)
    text = phrase.fill(tuple(_ends(move, spoken).values()))
    return make_tuple(Statement, (text, _GRADED, None, grade_facts(move), spoken.locale.code, ""))


def _covered_statement(move: Move) -> Statement:
    skills = move.skills
    phrase = _COVERED_PHRASES[bool(skills.shared), bool(skills.related)]
    template, spoken = move.localized.counted(phrase, move.total)
    counts = {"total": move.total, "shared": len(skills.shared), "related": len(skills.related)}
    slots = {name: spoken.count(count) for name, count in counts.items()}
    text = template.fill(slots | _ends(move, spoken))
    return Statement(text, Rule.TRANSITION_COVERED, None, _counts(move), spoken.locale.code)


def _months_statement(move: Move, learning: Fact, months: int) -> Statement:
    phrase = "transition-months"
    template, spoken = move.localized.counted(phrase, months) if months else move.localized.general(f"{phrase}.none")
    text = template.fill({"n": spoken.count(months)} | _ends(move, spoken))
    return Statement(text, Rule.TRANSITION_MONTHS, None, (*_counts(move), learning), spoken.locale.code)


def _higher_statement(move: Move, here: Weight, there: Weight) -> Statement:
    template, spoken = move.localized.general("transition-higher")
    (fact, value), (higher_fact, higher) = here, there
    label = spoken.read(higher.attribute.label)
    slots = {"label": label, "value": higher.spoken(spoken.locale), "other": value.second(spoken.locale)}
    text = template.fill(slots | _ends(move, spoken))
    return Statement(text, Rule.TRANSITION_HIGHER, None, (fact, higher_fact), spoken.locale.code)
