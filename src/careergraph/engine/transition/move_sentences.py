"""Move sentences: what is said of a move. Each is worded once for all moves of which the same holds, up to the names of
its ends."""

from collections.abc import Mapping
from functools import cache

from careergraph.engine.content.locale import NO_SLOTS, PositionalTemplate
from careergraph.engine.text.brevity import remembered
from careergraph.engine.text.localized_catalog import LocalizedCatalog, Wording
from careergraph.engine.text.statement import Fact, Rule, Statement, make_tuple
from careergraph.engine.text.transition_inputs import Weight
from careergraph.engine.transition.kinship import Kinship
from careergraph.engine.transition.move import (
    LEVEL_FACTS,
    Move,
    Proof,
    grade_facts,
    missing_preparation,
    skill_counts,
    unknown_facts,
    work_facts,
)
from careergraph.engine.transition.rule import GRADES, TRAINING, Decision, Points

ENDS = ("from", "to")
"""The slots of the two ends of a move."""

_COVERED_PHRASES = {
    (True, True): "transition-covered",
    (True, False): "transition-shared",
    (False, True): "transition-related",
    (False, False): "transition-uncovered",
}
"""The phrase by whether there are shared and related skills."""

_TIME_PHRASES = {None: "transition-months", TRAINING: "transition-training"}
"""The phrase of the months that remain by a place in `LEVELS`, where it is not that of preparation and education."""


class MoveSentence:
    """A sentence about a move: its phrase, which lacks the names of `ENDS`, the localized catalog that words it, its
    rule, and what proves it. Sentences of one `key` in a locale have the same rule and the same text."""

    __slots__ = ("key", "phrase", "proof", "rule", "spoken")

    def __init__(self, wording: Wording, rule: Rule, proof: Proof, slots: Mapping[str, str] = NO_SLOTS) -> None:
        template, self.spoken = wording
        self.phrase: PositionalTemplate = template.positional(ENDS, slots)
        self.rule, self.proof = rule, proof
        self.key = "\0".join([rule, self.phrase.fill(("\1", "\2"))])


def sentences_of(move: Move) -> list[MoveSentence]:
    """Return what is said of a move: its grade, its points, the skills that are covered, the work, the months that
    remain, and what the target asks more of."""
    localized, decision, skills = move.localized, move.decision, move.skills
    graded, timed = remembered(localized, _decided, decision, _decide, localized, decision)
    sentences = [*graded]
    if total := move.target.transition_inputs.total:
        counts = total, len(skills.shared), len(skills.related)
        sentences.append(remembered(localized, _sentences, counts, _covered, localized, *counts))
    sentences += timed
    if decision.months is None and missing_preparation(localized, move.target) is not None:
        sentences.append(remembered(localized, _sentences, "unknown", _unknown, localized))
    if decision.raised:
        sentences += [_higher(move, place) for place in decision.raised]
    return sentences


def statements_of(move: Move) -> tuple[Statement, ...]:
    """The same as statements."""
    ends = move.ends
    prove = cache(lambda proof: tuple(proof(move, *ends)))  # several sentences have the same proof
    return tuple([_statement(move, it, prove(it.proof)) for it in sentences_of(move)])


def statement_of(move: Move, sentence: MoveSentence) -> Statement:
    """A sentence with the facts that prove it."""
    return _statement(move, sentence, tuple(sentence.proof(move, *move.ends)))


def _statement(move: Move, sentence: MoveSentence, facts: tuple[Fact, ...]) -> Statement:
    spoken = sentence.spoken
    ends = move.origin.name, move.target.name
    if spoken is not move.localized:
        ends = spoken.name(move.origin.career.title), spoken.name(move.target.career.title)
    text = sentence.phrase.fill(ends)
    return make_tuple(Statement, (text, sentence.rule, None, facts, spoken.locale.code, ""))


def grade_sentences(localized: LocalizedCatalog) -> list[MoveSentence]:
    """The sentences with the grades, by their places."""
    return [_grade(localized, place) for place in range(len(GRADES))]


def _sentences(_: LocalizedCatalog) -> dict[object, MoveSentence]:
    return {}


def _decided(_: LocalizedCatalog) -> dict[object, tuple[list[MoveSentence], list[MoveSentence]]]:
    return {}


def _decide(localized: LocalizedCatalog, decision: Decision) -> tuple[list[MoveSentence], list[MoveSentence]]:
    """Return what follows from a decision alone: the grade and its points; the work and the months that remain."""
    points, kin, months, source = decision.points, decision.kinship, decision.months, decision.source
    graded = localized.once(grade_sentences)[decision.place]
    timed = [remembered(localized, _sentences, kin, _work, localized, kin)]
    if months is not None and (months or not decision.raised or source is None):
        timed.append(remembered(localized, _sentences, (months, source), _months, localized, months, source))
    return [graded, remembered(localized, _sentences, points, _points, localized, points)], timed


def _grade(localized: LocalizedCatalog, place: int) -> MoveSentence:
    return MoveSentence(
        localized.general(f"transition-grade.{GRADES[place].lower()}"), Rule.TRANSITION_GRADE, grade_facts
    )


def _points(localized: LocalizedCatalog, points: Points) -> MoveSentence:
    phrase, total = "transition-points", points.total
    wording = localized.general(f"{phrase}-least") if points.least else localized.counted(phrase, total)
    slots = {name: wording[1].count(count) for name, count in {"points": total, **points._asdict()}.items()}
    return MoveSentence(wording, Rule.TRANSITION_POINTS, grade_facts, slots)


def _covered(localized: LocalizedCatalog, total: int, shared: int, related: int) -> MoveSentence:
    wording = localized.counted(_COVERED_PHRASES[bool(shared), bool(related)], total)
    counts = {"total": total, "shared": shared, "related": related}
    slots = {name: wording[1].count(count) for name, count in counts.items()}
    return MoveSentence(wording, Rule.TRANSITION_COVERED, skill_counts, slots)


def _work(localized: LocalizedCatalog, kin: Kinship) -> MoveSentence:
    return MoveSentence(localized.general(f"transition-work.{kin.lower()}"), Rule.TRANSITION_WORK, work_facts)


def _months(localized: LocalizedCatalog, months: int, source: int | None) -> MoveSentence:
    """Return how many months remain."""
    phrase = _TIME_PHRASES.get(source, "transition-preparation")
    wording = localized.counted(phrase, months) if months else localized.general(f"{phrase}.none")
    return MoveSentence(wording, Rule.TRANSITION_MONTHS, grade_facts, {"n": wording[1].count(months)})


def _unknown(localized: LocalizedCatalog) -> MoveSentence:
    """That it is not known how many remain, where a career of the catalog could say it."""
    return MoveSentence(localized.general("transition-unknown"), Rule.TRANSITION_UNKNOWN, unknown_facts)


def _higher(move: Move, place: int) -> MoveSentence:
    """That the target asks for more. Of options there are few."""
    here, there = (it.transition_inputs.levels[place] for it in (move.origin, move.target))
    assert here is not None and there is not None  # noqa: S101 - else none would be higher
    if here.option is None or there.option is None:
        return _asks_for_more(move.localized, place, here, there)
    key = place, here.option.key, there.option.key
    return remembered(move.localized, _sentences, key, _asks_for_more, move.localized, place, here, there)


def _asks_for_more(localized: LocalizedCatalog, place: int, here: Weight, there: Weight) -> MoveSentence:
    wording = _, spoken = localized.general("transition-higher")
    slots = {
        "label": spoken.read(there.value.attribute.label),
        "value": there.value.spoken(spoken.locale),
        "other": here.value.second(spoken.locale),
    }
    return MoveSentence(wording, Rule.TRANSITION_HIGHER, LEVEL_FACTS[place], slots)
