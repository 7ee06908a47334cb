"""Move sentences: what is said of a move. Each is worded once for all moves of which the same holds, up to the names of
its ends."""

from collections.abc import Mapping

from careergraph.engine.content.locale import NO_SLOTS, PositionalTemplate
from careergraph.engine.text.brevity import remembered
from careergraph.engine.text.localized_catalog import LocalizedCatalog, Wording
from careergraph.engine.text.statement import Rule, Statement, make_tuple
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
from careergraph.engine.transition.rule import GRADES, TRAINING, Points

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
    rule, and what proves it."""

    __slots__ = ("phrase", "proof", "rule", "spoken")

    def __init__(self, wording: Wording, rule: Rule, proof: Proof, slots: Mapping[str, str] = NO_SLOTS) -> None:
        template, self.spoken = wording
        self.phrase: PositionalTemplate = template.positional(ENDS, slots)
        self.rule, self.proof = rule, proof


def sentences_of(move: Move) -> list[MoveSentence]:
    """What is said of a move: its grade, its points, the skills that are covered, the work, the months that remain, and
    what the target asks more of."""
    localized, decision, skills = move.localized, move.decision, move.skills
    total, kin = move.target.transition_inputs.total, decision.kinship
    shared, related = len(skills.shared), len(skills.related)
    sentences = [
        grade_sentence(move),
        remembered(localized, _sentences, decision.points, _points, localized, decision.points),
    ]
    if total:
        counts = total, shared, related
        sentences.append(remembered(localized, _sentences, counts, _covered, localized, *counts))
    sentences.append(remembered(localized, _sentences, kin, _work, localized, kin))
    months, source = decision.months, decision.source
    if months is None:
        if missing_preparation(localized, move.target) is not None:
            sentences.append(remembered(localized, _sentences, "unknown", _unknown, localized))
    elif months or not decision.raised or source is None:
        sentences.append(remembered(localized, _sentences, (months, source), _months, localized, months, source))
    sentences += [_higher(move, place) for place in decision.raised]
    return sentences


def statements_of(move: Move) -> tuple[Statement, ...]:
    """The same as statements."""
    return tuple([statement_of(move, it) for it in sentences_of(move)])


def statement_of(move: Move, sentence: MoveSentence) -> Statement:
    """A sentence with the facts that prove it."""
    spoken, proof = sentence.spoken, sentence.proof
    ends = move.origin.name, move.target.name
    if spoken is not move.localized:
        ends = spoken.name(move.origin.career.title), spoken.name(move.target.career.title)
    facts = move.facts if proof is grade_facts else tuple(proof(move, *move.ends))
    text = sentence.phrase.fill(ends)
    return make_tuple(Statement, (text, sentence.rule, None, facts, spoken.locale.code, ""))


def grade_sentence(move: Move) -> MoveSentence:
    """The sentence with the grade."""
    return remembered(move.localized, _sentences, move.place, _grade, move.localized, move.place)


def _sentences(_: LocalizedCatalog) -> dict[object, MoveSentence]:
    return {}


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
    """How many months remain."""
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
