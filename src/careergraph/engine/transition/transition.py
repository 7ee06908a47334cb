"""Transition: the move from one career to another, its grade by `rule`, and the sentences that say and prove it.

The grade is directional: the way back may be graded otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from careergraph.engine.content import Career, CareerSkill
from careergraph.engine.content.attribute import TransitionRole
from careergraph.engine.content.outcome import Side
from careergraph.engine.similarity.skills_comparison import RelatedSkills, SharedSkill, SkillsComparison
from careergraph.engine.text.advantage_phrases import Halves
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Fact, Rule, Statement, make_tuple
from careergraph.engine.text.transition_inputs import TransitionInputs, Weight
from careergraph.engine.transition.kinship import Kinship, kinship
from careergraph.engine.transition.rule import GRADES, TRAINING, WORK, Decision, TransitionGrade, decide, grade_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """The move from one career (`origin`) to another (`target`).

    `points` make the grade. `covered` is from 0 to 1, by weight; `months` is None where unknown. `keep` are the
    target's skills that the reader has, shared or related; `gain` those to learn.
    """

    origin: Career
    target: Career
    grade: TransitionGrade
    points: int
    kinship: Kinship
    covered: float
    months: int | None
    keep: tuple[CareerSkill, ...]
    gain: tuple[CareerSkill, ...]
    statements: tuple[Statement, ...]


_SIDE_A, _SIDE_B, _GRADED = Side.A, Side.B, Rule.TRANSITION_GRADE

ENDS = ("from", "to")
"""The slots of the two ends of a move."""

_COVERED_PHRASES = {
    (True, True): "transition-covered",
    (True, False): "transition-shared",
    (False, True): "transition-related",
    (False, False): "transition-uncovered",
}
"""The phrase by whether there are shared and related skills."""

_TIME_PHRASES = {TRAINING: "transition-training"}
"""The phrase of the months that remain by a place in `LEVELS`, where it is not that of preparation and education."""

_GRADE_PHRASES = tuple([f"transition-grade.{it.lower()}" for it in GRADES])


class Move:
    """A move and the decision about it, for the sentences."""

    __slots__ = ("_facts", "decision", "localized", "origin", "skills", "target")

    def __init__(self, pair: CareerPair, skills: SkillsComparison, side: Side, decision: Decision) -> None:
        self.localized, self.skills, self.decision = pair.localized, skills, decision
        self.origin, self.target = pair.sides(side)
        self._facts: tuple[Fact, ...] = ()

    @property
    def inputs(self) -> tuple[TransitionInputs, TransitionInputs]:
        """The inputs of both careers."""
        return self.origin.transition_inputs, self.target.transition_inputs

    @property
    def place(self) -> int:
        """The place of its grade, from 0."""
        return grade_place(self.decision.points.total)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that prove its grade."""
        self._facts = self._facts or _grade_facts(self)
        return self._facts


def moves_of(pair: CareerPair, skills: SkillsComparison) -> tuple[Move, Move]:
    """The move from a to b, and that from b to a: what the rule says of them is decided once for a pair."""
    if pair.moves is None:
        kin = kinship(pair.localized.catalog, pair.a, pair.b, skills)
        a, b = pair.of_a.transition_inputs, pair.of_b.transition_inputs
        there, back = decide(a, b, skills, _SIDE_A, kin), decide(b, a, skills, _SIDE_B, kin)
        pair.moves = Move(pair, skills, _SIDE_A, there), Move(pair, skills, _SIDE_B, back)
    moves: tuple[Move, Move] = pair.moves
    return moves


def transition(pair: CareerPair, skills: SkillsComparison, side: Side) -> Transition:
    """The move from one of two careers (`side`) to the other; `skills` is their comparison."""
    move = moves_of(pair, skills)[side is _SIDE_B]
    matched: list[SharedSkill | RelatedSkills] = [*skills.shared, *skills.related]
    kept = [match.b if side is Side.A else match.a for match in matched]
    decision, whole = move.decision, move.target.transition_inputs.whole
    return Transition(
        origin=move.origin.career,
        target=move.target.career,
        grade=GRADES[move.place],
        points=decision.points.total,
        kinship=decision.kinship,
        covered=decision.brought / (2 * whole) if whole else 0.0,
        months=decision.months,
        keep=tuple(sorted(kept, key=lambda skill: skill.position)),
        gain=skills.b_only if side is Side.A else skills.a_only,
        statements=tuple(_statements(move)),
    )


def _statements(move: Move) -> Iterator[Statement]:
    yield grade_statement(move)
    yield _points_statement(move)
    if move.target.transition_inputs.total:
        yield _covered_statement(move)
    yield _work_statement(move)
    yield from _months_statements(move)
    for place in move.decision.raised:
        yield _higher_statement(move, *[it.levels[place] for it in move.inputs])


def _counts(move: Move) -> tuple[Fact, Fact, Fact]:
    here, there = move.origin.facts, move.target.facts
    total = move.target.transition_inputs.total
    return here.count(len(move.skills.shared)), here.count(len(move.skills.related)), there.count(total)


def _ends(move: Move, spoken: LocalizedCatalog) -> dict[str, str]:
    """Texts for the slots of `ENDS`, in their order."""
    if spoken is move.localized:
        return {"from": move.origin.name, "to": move.target.name}
    return {"from": spoken.name(move.origin.career.title), "to": spoken.name(move.target.career.title)}


def _grade_facts(move: Move) -> tuple[Fact, ...]:
    here, there, decision = move.origin, move.target, move.decision
    mine, theirs = move.inputs
    return (
        *_counts(move),
        here.facts.count(decision.brought),
        there.facts.count(theirs.whole),
        there.facts.count(WORK[decision.kinship]),
        *(() if theirs.learning is None else (theirs.learning,)),
        *filter(None, chain.from_iterable(zip(mine.level_facts, theirs.level_facts, strict=True))),
    )


def grade_halves(localized: LocalizedCatalog, place: int) -> Halves | None:
    """The sentence with a grade, by its place, in two parts, about the origin and about the target; None where it does
    not fall into such, or is worded by a fallback."""
    memo = localized.once(_all_halves)
    if place not in memo:
        template, spoken = localized.general(_GRADE_PHRASES[place])
        memo[place] = template.split(ENDS[:1], ENDS[1:]) if spoken is localized else None
    return memo[place]


def _all_halves(_: LocalizedCatalog) -> dict[int, Halves | None]:
    return {}


def grade_statement(move: Move) -> Statement:
    """The sentence with the grade, with all of the facts that make it."""
    phrase, spoken = move.localized.positional(_GRADE_PHRASES[move.place], ENDS)
    text = phrase.fill(tuple(_ends(move, spoken).values()))
    return make_tuple(Statement, (text, _GRADED, None, move.facts, spoken.locale.code, ""))


def _points_statement(move: Move) -> Statement:
    points, phrase = move.decision.points, "transition-points"
    if points.least:
        template, spoken = move.localized.general(f"{phrase}-least")
    else:
        template, spoken = move.localized.counted(phrase, points.total)
    counts = {"points": points.total, **points._asdict()}
    text = template.fill({name: spoken.count(count) for name, count in counts.items()} | _ends(move, spoken))
    return Statement(text, Rule.TRANSITION_POINTS, None, move.facts, spoken.locale.code)


def _covered_statement(move: Move) -> Statement:
    skills, total = move.skills, move.target.transition_inputs.total
    phrase = _COVERED_PHRASES[bool(skills.shared), bool(skills.related)]
    template, spoken = move.localized.counted(phrase, total)
    counts = {"total": total, "shared": len(skills.shared), "related": len(skills.related)}
    slots = {name: spoken.count(count) for name, count in counts.items()}
    text = template.fill(slots | _ends(move, spoken))
    return Statement(text, Rule.TRANSITION_COVERED, None, _counts(move), spoken.locale.code)


def _work_statement(move: Move) -> Statement:
    kin, there = move.decision.kinship, move.target
    template, spoken = move.localized.general(f"transition-work.{kin.lower()}")
    text = template.fill(_ends(move, spoken))
    facts = move.origin.facts.itself, there.facts.count(WORK[kin])
    return Statement(text, Rule.TRANSITION_WORK, None, facts, spoken.locale.code)


def _months_statements(move: Move) -> Iterator[Statement]:
    """How many months remain, or that this is not known, where a career of the catalog could say it."""
    months, source = move.decision.months, move.decision.source
    learning = move.target.transition_inputs.learning
    if months is None:
        yield from _unknown_statements(move)
        return
    phrase = "transition-months" if source is None else _TIME_PHRASES.get(source, "transition-preparation")
    template, spoken = move.localized.counted(phrase, months) if months else move.localized.general(f"{phrase}.none")
    text = template.fill({"n": spoken.count(months)} | _ends(move, spoken))
    facts = move.facts
    assert learning is not None or source is not None  # noqa: S101 - else nobody knew the months
    if months or not move.decision.raised or source is None:
        yield Statement(text, Rule.TRANSITION_MONTHS, None, facts, spoken.locale.code)


def _unknown_statements(move: Move) -> Iterator[Statement]:
    catalog = move.localized.catalog
    key = catalog.transition_roles.get(TransitionRole.PREPARATION)
    if key is not None and move.target.facts.values.get(key) is None:
        template, spoken = move.localized.general("transition-unknown")
        fact = move.target.facts.missing(catalog.attributes[key])
        yield Statement(template.fill(_ends(move, spoken)), Rule.TRANSITION_UNKNOWN, None, (fact,), spoken.locale.code)


def _higher_statement(move: Move, here: Weight | None, there: Weight | None) -> Statement:
    assert here is not None and there is not None  # noqa: S101 - else none would be higher
    template, spoken = move.localized.general("transition-higher")
    fact, value, higher_fact, higher = here.fact, here.value, there.fact, there.value
    label = spoken.read(higher.attribute.label)
    slots = {"label": label, "value": higher.spoken(spoken.locale), "other": value.second(spoken.locale)}
    text = template.fill(slots | _ends(move, spoken))
    return Statement(text, Rule.TRANSITION_HIGHER, None, (fact, higher_fact), spoken.locale.code)
