"""Comparisons as plain data, to compare and to hash, and the mirror image of such data."""

from careergraph.engine.comparison.compare import Comparison
from careergraph.engine.content import CareerSkill
from careergraph.engine.content.outcome import Outcome, Side
from careergraph.engine.text.statement import Fact, Statement

Plain = dict[str, object]


def plain(comparison: Comparison) -> Plain:
    """Everything that a comparison says, in its order."""
    skills, verdict = comparison.skills, comparison.verdict
    return {
        "a": comparison.a.slug,
        "b": comparison.b.slug,
        "canonical": comparison.canonical_slug,
        "glance": [(row.attribute.key, row.outcome.value, row.obstacle) for row in comparison.glance.rows],
        "summary": _statements(comparison.summary),
        "a_only": _skills(skills.a_only),
        "b_only": _skills(skills.b_only),
        "shared": [(pair.concept and pair.concept.slug, pair.a.position, pair.b.position) for pair in skills.shared],
        "related": [(pair.because(comparison.localized), pair.a.position, pair.b.position) for pair in skills.related],
        "overlap": skills.overlap,
        "choose_a": _statements(verdict.choose_a.reasons),
        "choose_b": _statements(verdict.choose_b.reasons),
        "either": _statements(verdict.either),
        "conclusion": _statements(verdict.conclusion),
        "note_a": _statements((verdict.choose_a.note,) if verdict.choose_a.note else ()),
        "note_b": _statements((verdict.choose_b.note,) if verdict.choose_b.note else ()),
        "lead": comparison.lead.text,
        "leading": _statements(comparison.lead.statements),
        "weighed": _statements((comparison.weighed.statement,) if comparison.weighed else ()),
        "points": comparison.weighed and (comparison.weighed.a, comparison.weighed.b),
        "from_a": _transition(comparison, Side.A),
        "from_b": _transition(comparison, Side.B),
        "collections": [collection.slug for collection in comparison.collections],
    }


def mirrored(data: Plain) -> Plain:
    """What `plain` must give for the mirror image: the sides exchanged, every sentence the same to the letter."""
    swapped = data | {
        "a": data["b"],
        "b": data["a"],
        "a_only": data["b_only"],
        "b_only": data["a_only"],
        "choose_a": _turned(data["choose_b"]),
        "choose_b": _turned(data["choose_a"]),
        "note_a": _turned(data["note_b"]),
        "note_b": _turned(data["note_a"]),
        "from_a": data["from_b"],
        "from_b": data["from_a"],
    }
    swapped["points"] = data["points"] and data["points"][::-1]  # type: ignore[index]
    for section in ("either", "conclusion", "leading", "weighed"):
        swapped[section] = _turned(data[section])
    swapped["glance"] = [(key, Outcome(outcome).mirrored.value, why) for key, outcome, why in data["glance"]]  # type: ignore[attr-defined]
    for lists in ("shared", "related"):
        swapped[lists] = [(what, b, a) for what, a, b in data[lists]]  # type: ignore[attr-defined]
    swapped["summary"] = _turned(data["summary"])
    return swapped


def unordered(data: Plain) -> Plain:
    """The same with those lists sorted whose order follows the sides: a's sentence comes before b's."""
    return data | {name: sorted(data[name], key=repr) for name in ("summary", "conclusion", "either")}  # type: ignore[call-overload]


def _turned(statements: object) -> list[object]:
    assert isinstance(statements, list)
    return [
        (text, rule, outcome and Outcome(outcome).mirrored.value, facts, locale, clause)
        for text, rule, outcome, facts, locale, clause in statements
    ]


def _statements(statements: tuple[Statement, ...]) -> list[object]:
    return [
        (
            *(statement.text, statement.rule.value, statement.outcome and statement.outcome.value),
            *(sorted(_fact(fact) for fact in statement.facts), statement.locale, statement.clause),
        )
        for statement in statements
    ]


def _fact(fact: Fact) -> str:
    value = None if fact.value is None else repr(fact.value.fields())
    skill = None if fact.skill is None else fact.skill.slug
    attribute = None if fact.attribute is None else fact.attribute.key
    return repr((fact.career.slug, attribute, value, fact.part and fact.part.value, skill, fact.count))


def _transition(comparison: Comparison, side: Side) -> object:
    transition = comparison.transition(side)
    keep, gain = _skills(transition.keep), _skills(transition.gain)
    return [
        transition.grade.value,
        transition.covered,
        transition.months,
        keep,
        gain,
        _statements(transition.statements),
    ]


def _skills(skills: tuple[CareerSkill, ...]) -> list[object]:
    return [(skill.position, dict(skill.text)) for skill in skills]
