"""An independent judge of comparisons: it re-derives every statement from its facts, and looks for facts left unsaid.

It reads the plain fields of values and calls none of the engine's rules, so that a mistake in the engine is not made
here again. `faults(comparison)` lists what is wrong, in words; an empty list is a true comparison.
"""

from collections.abc import Iterator

from careergraph.engine.comparison.compare import Comparison
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.content import CareerSkill
from careergraph.engine.content.value_kinds import MoneyRange, Value
from careergraph.engine.text.dates import observed
from careergraph.engine.text.statement import Statement
from truth.judgements import PREFERENCES, ROW_LISTS, moves_faults, preference_faults, row_list_faults
from truth.outcomes import comparable as comparable
from truth.outcomes import expected as expected
from truth.outcomes import expected_end, obstacle, value_of
from truth.page import page_faults
from truth.sections import sections
from truth.skills import list_of_skills_faults
from truth.weights import omitted_weights, weighed_faults

COMPARATIVES = (
    *("higher", "lower", "more", "less", "shorter", "longer", "better", "ahead", "leads"),
    *("höher", "geringer", "weniger", "kürzer", "länger", "gefragter", "vorn", "lieber als"),
)
"""Words that a sentence about a tie must not use."""


def faults(comparison: Comparison) -> list[str]:
    """Everything that is untrue, unproven or missing in a comparison."""
    judges = (_row_faults, _statement_faults, _omissions, _skills, page_faults, omitted_weights)
    return [fault for judge in judges for fault in judge(comparison)]


def _row_faults(comparison: Comparison) -> Iterator[str]:
    keys = [row.attribute.key for row in comparison.glance.rows]
    positions = [row.attribute.position for row in comparison.glance.rows]
    weighty = [-comparison.weights.get(key, 0) for key in keys]
    if list(zip(weighty, positions, strict=True)) != sorted(zip(weighty, positions, strict=True)):
        yield "glance: rows are out of order"
    having = {value.attribute.key for career in (comparison.a, comparison.b) for value in career.values}
    if set(keys) != having or len(keys) != len(having):
        yield "glance: not exactly one row for each attribute that either career has"
    for row in comparison.glance.rows:
        if row.a is not value_of(comparison.a, row.attribute) or row.b is not value_of(comparison.b, row.attribute):
            yield f"{row.attribute.key}: the row shows a value that is not the career's"
        if row.outcome != expected(row.a, row.b):
            yield f"{row.attribute.key}: outcome {row.outcome}, expected {expected(row.a, row.b)}"
        why = None if row.a is None or row.b is None else obstacle(row.a, row.b)
        if row.obstacle != why:
            yield f"{row.attribute.key}: the obstacle is {row.obstacle}, expected {why}"
        for value in (row.a, row.b):
            yield from (f"{row.attribute.key}: {fault}" for fault in _display_faults(comparison, value))


def _display_faults(comparison: Comparison, value: Value | None) -> Iterator[str]:
    """An open end that does not read as one, or a closed one that does; a figure that does not tell its date, or that
    it has none."""
    if value is not None:
        day, text = value.provenance.observed_on, observed(comparison.localized, value)
        if (text in NO_DATE) is not (day is None) or (day and str(day.year) not in text):
            yield f"says {text!r} of the date {day}"
    if isinstance(value, MoneyRange):
        text = comparison.localized.display(value)
        if any(word in text for word in AT_LEAST) != (value.open_end is not None):
            yield f"{text!r} does not say whether its end is open"


NO_DATE = ("The source gives no date.", "Die Quelle nennt kein Datum.")
"""How a text says that a figure has no date."""

AT_LEAST = ("at least", "mindestens")
"""How a text says that an amount may be higher."""


def all_statements(comparison: Comparison) -> Iterator[tuple[str, Statement]]:
    """Every statement of a comparison, with the section it stands in."""
    of = sections(comparison)
    statements_by_section = {
        "summary": of.summary,
        "chooseA": of.reasons_a,
        "chooseB": of.reasons_b,
        "either": of.either,
        "conclusion": of.conclusion,
        "transition": of.moves[0].statements,
        "lead": of.lead.statements,
    }
    statements_by_section |= {name: (it,) for name, it in (("noteA", of.note_a), ("noteB", of.note_b)) if it}
    statements_by_section |= {"weighed": (comparison.weighed.statement,)} if comparison.weighed else {}
    for section, statements in statements_by_section.items():
        for statement in statements:
            yield section, statement


def _statement_faults(comparison: Comparison) -> Iterator[str]:
    for section, statement in all_statements(comparison):
        where = f"{section}: {statement.text!r}"
        if not statement.facts:
            yield f"{where} has no facts"
        if "{" in statement.text or not statement.text.endswith("."):
            yield f"{where} is not a finished sentence"
        if section in ("chooseA", "chooseB", "either") and (not statement.clause or statement.clause.endswith(".")):
            yield f"{where} has no clause"
        yield from (f"{where} {fault}" for fault in _fact_faults(comparison, statement))
        yield from (f"{where} {fault}" for fault in _rule_faults(comparison, section, statement))


def _fact_faults(comparison: Comparison, statement: Statement) -> Iterator[str]:
    for fact in statement.facts:
        if fact.career not in (comparison.a, comparison.b):
            yield "has a fact about another career"
        if fact.value is not None and (
            fact.attribute is None or fact.value is not value_of(fact.career, fact.attribute)
        ):
            yield "has a value that is not the career's"
        if fact.attribute is not None and fact.value is None and value_of(fact.career, fact.attribute) is not None:
            yield "says that a value is not known, and it is"
        if fact.skill is not None and fact.count == 0:
            if any(fact.skill in skill.concepts for skill in fact.career.skills) or not fact.career.skills:
                yield "says that the career lacks a skill, and it does not"
        elif fact.skill is not None and not any(
            skill.concepts and skill.concepts[0] is fact.skill for skill in fact.career.skills
        ):
            yield "has a skill that the career lacks"


def _rule_faults(comparison: Comparison, section: str, statement: Statement) -> Iterator[str]:
    rule = statement.rule.value
    judges: dict[str, Iterator[str]] = {
        **dict.fromkeys(ROW_RULES, _row_statement_faults(comparison, section, statement)),
        **dict.fromkeys(ROW_LISTS, row_list_faults(comparison, section, statement)),
        **dict.fromkeys(PREFERENCES, preference_faults(comparison, section, statement)),
        **dict.fromkeys(("shared-skills", "skills-shared"), _shared_skill_faults(comparison, statement)),
        "figure": _figure_faults(comparison, statement),
        "shared-category": _category_faults(comparison),
        "skills-related": _related_faults(comparison, statement),
        "no-skills": _no_skills_faults(comparison, statement),
        "skills-and-moves": moves_faults(comparison, statement),
        "weighed": weighed_faults(comparison, statement),
    }
    if not rule.startswith("transition-"):
        yield from judges.get(rule, iter([f"follows a rule that the judge does not know: {rule}"]))


ROW_RULES = ("advantage", "reason", "tie", "preference", "shared-trait", "not-comparable")


def _figure_faults(comparison: Comparison, statement: Statement) -> Iterator[str]:
    fact = statement.facts[0]
    title = comparison.localized.read(fact.career.title)
    if len(statement.facts) != 1 or fact.value is None or title not in statement.text:
        yield "does not say one career's own figure"
    elif fact.value.spoken(comparison.localized.catalog.locales[statement.locale]) not in statement.text:
        yield "does not show the figure"
    elif (row := fact.value.provenance.published_for_title) and row not in statement.text:
        yield f"does not name {row!r}, the row that the figure is of"


def _category_faults(comparison: Comparison) -> Iterator[str]:
    if comparison.a.category.slug != comparison.b.category.slug:
        yield "claims a category that is not shared"


def _related_faults(comparison: Comparison, statement: Statement) -> Iterator[str]:
    count = len(comparison.skills.related)
    if [fact.count for fact in statement.facts] != [count, count] or str(count) not in statement.text:
        yield "miscounts related skills"


def _row_statement_faults(comparison: Comparison, section: str, statement: Statement) -> Iterator[str]:
    rule, facts = statement.rule.value, statement.facts
    if len(facts) != 2 or (facts[0].career, facts[1].career) != (comparison.a, comparison.b):
        yield "does not carry a's value and b's value"
        return
    a, b = facts[0].value, facts[1].value
    assert a is not None and b is not None
    outcome = expected(a, b)
    if facts[0].part is not None:
        assert isinstance(a, MoneyRange) and isinstance(b, MoneyRange)
        outcome = expected_end(a, b, facts[0].part.value, a.attribute.better.value)
    if statement.outcome != outcome:
        yield f"states {statement.outcome}, its facts say {outcome}"
    allowed = {
        "advantage": ("A", "B"),
        "reason": ("A", "B"),
        "tie": ("TIE",),
        "shared-trait": ("TIE",),
        "preference": ("DIFFERS",),
        "not-comparable": ("NOT_COMPARABLE",),
    }[rule]
    if outcome not in allowed:
        yield f"follows the rule {rule}, its facts say {outcome}"
    if rule == "reason" and section != f"choose{outcome}":
        yield f"stands in {section} though it speaks for {outcome}"
    if rule == "not-comparable":
        yield from _apart_faults(statement, a, b)
    if rule in ("tie", "shared-trait") and any(word in _beside_labels(statement) for word in COMPARATIVES):
        yield "words a tie with a comparative"
    if rule == "shared-trait" and section != "either":
        yield f"holds for both and stands in {section}"
    if rule == "advantage":
        yield from _naming_faults(comparison, statement, outcome)


def _apart_faults(statement: Statement, a: Value, b: Value) -> Iterator[str]:
    """Two figures that are called one, or one that is not; a shared row that is not named."""
    same = obstacle(a, b) == "SAME_FIGURE"
    if any(word in statement.text for word in ONE_FIGURE) != same:
        yield f"is about {obstacle(a, b)}, and says otherwise"
    if same and (row := a.provenance.published_for_title) and row not in statement.text:
        yield f"does not name {row!r}, the row that both figures are of"


ONE_FIGURE = ("one and the same", "ein und dieselbe")
"""How a text says that two careers have one figure."""


def _beside_labels(statement: Statement) -> str:
    """What a sentence says around the names of levels, one of which may be "Less than high school"."""
    text = statement.text.casefold()
    attributes = [fact.attribute for fact in statement.facts if fact.attribute is not None]
    for label in [label for it in attributes for option in it.options for label in option.label.values()]:
        text = text.replace(label.casefold(), "")
    return text


def _naming_faults(comparison: Comparison, statement: Statement, outcome: str) -> Iterator[str]:
    winner, loser = (comparison.a, comparison.b) if outcome == "A" else (comparison.b, comparison.a)
    first = statement.text.find(comparison.localized.read(winner.title))
    other = statement.text.find(comparison.localized.read(loser.title))
    if first < 0 or 0 <= other < first:
        yield "does not name the career that is ahead, or not first"


def _shared_skill_faults(comparison: Comparison, statement: Statement) -> Iterator[str]:
    named = [fact.skill.slug for fact in statement.facts if fact.skill is not None]
    concepts = [skill.concepts[0].slug for skill in comparison.a.skills if skill.concepts]
    others = [skill.concepts[0].slug for skill in comparison.b.skills if skill.concepts]
    if any(slug not in concepts or slug not in others for slug in named):
        yield "claims a skill that is not shared"
    counts = [fact.count for fact in statement.facts if fact.count is not None]
    if counts and set(counts) != {len(comparison.skills.shared)}:
        yield "miscounts shared skills"
    if counts and counts[0] and str(counts[0]) not in statement.text:
        yield "does not say its count"
    if not counts or counts[0] == len(set(named)):
        yield from list_of_skills_faults(comparison.localized, statement, len(set(named)))


def _no_skills_faults(comparison: Comparison, statement: Statement) -> Iterator[str]:
    lacking = [it for it in (comparison.a, comparison.b) if not it.skills]
    if [it.career for it in statement.facts] != lacking or any(it.count != 0 for it in statement.facts):
        yield "says of others that they have no skills than of those that have none"


def _omissions(comparison: Comparison) -> Iterator[str]:
    """Decisive facts that no reason or conclusion mentions, and reasons that a row does not give."""
    of = sections(comparison)
    reasons = {"A": of.reasons_a, "B": of.reasons_b}
    for row in comparison.glance.rows:
        spoken_for = {side: [it for it in statements if _about(it, row)] for side, statements in reasons.items()}
        concluded = [it for it in of.conclusion if _about(it, row)]
        for side in ("A", "B"):
            if _deciding(row, side) and not any(it.outcome == side for it in spoken_for[side]):
                yield f"{row.attribute.key}: no reason for {side}"
            if _deciding(row, side) and not any(it.outcome == side for it in concluded):
                yield f"{row.attribute.key}: the conclusion leaves {side} out"
        allowed = {"A": ("A",), "B": ("B",), "DIFFERS": ("A", "B")}.get(row.outcome.value, ())
        for side in ("A", "B"):
            if spoken_for[side] and side not in allowed:
                yield f"{row.attribute.key}: a reason for {side}, though the row is {row.outcome}"


def _deciding(row: GlanceRow, side: str) -> bool:
    if row.outcome.value == side:
        return True
    if row.outcome.value != "DIFFERS" or not isinstance(row.a, MoneyRange) or not isinstance(row.b, MoneyRange):
        return False
    direction = row.attribute.better.value
    return any(expected_end(row.a, row.b, part, direction) == side for part in ("LOW", "HIGH"))


def _about(statement: Statement, row: GlanceRow) -> bool:
    return any(fact.attribute is row.attribute for fact in statement.facts)


def _same(a: CareerSkill, b: CareerSkill) -> bool:
    if a.concepts and b.concepts:
        return a.concepts[0].slug == b.concepts[0].slug
    if a.concepts or b.concepts:
        return False
    letters = [[char for char in skill.text["en"].casefold() if char.isalnum()] for skill in (a, b)]
    return letters[0] == letters[1]


def _near(comparison: Comparison, a: CareerSkill, b: CareerSkill) -> bool:
    if not a.concepts or not b.concepts:
        return False
    main, its = a.concepts[0], b.concepts[0]
    skills = comparison.localized.catalog.skills
    if its.slug in skills[main.slug].related or main.slug in skills[its.slug].related:
        return True
    common = {concept.slug for concept in a.concepts} & {concept.slug for concept in b.concepts}
    return bool(common - ({main.slug} & {its.slug}))


def _skills(comparison: Comparison) -> Iterator[str]:
    matching = comparison.skills
    of_a = [*matching.a_only, *(pair.a for pair in matching.shared), *(pair.a for pair in matching.related)]
    of_b = [*matching.b_only, *(pair.b for pair in matching.shared), *(pair.b for pair in matching.related)]
    for career, listed in ((comparison.a, of_a), (comparison.b, of_b)):
        if sorted(skill.position for skill in listed) != sorted(skill.position for skill in career.skills):
            yield f"skills: those of {career.slug} are not each in exactly one list"
    if not all(_same(pair.a, pair.b) for pair in matching.shared):
        yield "skills: a shared pair is not the same"
    if not all(_near(comparison, pair.a, pair.b) for pair in matching.related):
        yield "skills: a related pair is not related"
    if any(_same(a, b) for a in matching.a_only for b in matching.b_only):
        yield "skills: two that are the same were not matched"
    if any(_near(comparison, a, b) for a in matching.a_only for b in matching.b_only):
        yield "skills: two that are related were not matched"
    total = len(comparison.a.skills) + len(comparison.b.skills)
    if matching.overlap != (2 * len(matching.shared) / total if total else 0):
        yield "skills: the overlap is miscounted"
