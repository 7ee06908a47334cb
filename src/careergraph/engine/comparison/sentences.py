"""Narrative: what a row of the glance, or a list of skills, may say. It says only what its facts prove.

Each sentence reads the same whichever career is a: a comparative names the career that has more of it first, and a tie
is said of both. That is what makes `compare(b, a)` the mirror image of `compare(a, b)` to the letter.
"""

from collections.abc import Iterable, Sequence

from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.content.locale import Template
from careergraph.engine.content.outcome import Obstacle, Outcome
from careergraph.engine.content.skill import Skill
from careergraph.engine.similarity.rarity import rarities
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.brevity import fill_skills, remembered
from careergraph.engine.text.differences import differing_term, in_row, is_published, row_title
from careergraph.engine.text.localized_career import NOTHING, LocalizedCareer, Sentence, localize_career
from careergraph.engine.text.localized_career import CareerPair as Pair
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Fact, Rule, Statement, make_tuple

_FIGURE = Rule.FIGURE
_TIE, _SHARED_TRAIT = Rule.TIE, Rule.SHARED_TRAIT


def figures(pair: Pair, row: GlanceRow) -> list[Statement]:
    """Each career's own value, where it has one."""
    column, outcome, statements = row.column, row.outcome, []
    for localized_career in (pair.of_a, pair.of_b):
        if (reading := localized_career.line[column]) is not None:
            by_outcome = reading.figures
            if by_outcome is None:
                by_outcome = reading.figures = {}
            if outcome not in by_outcome:
                by_outcome[outcome] = figure(pair.localized, localized_career, column, outcome)
            statements.append(by_outcome[outcome])
    return statements


def figure(localized: LocalizedCatalog, localized_career: LocalizedCareer, column: int, outcome: Outcome) -> Statement:
    """A career's own value, and the row that its source publishes it in where that covers more."""
    reading = localized_career.reading(column)
    attribute, variants = reading.value.attribute, (reading.variant,) if reading.variant else ()
    template, spoken = localized.phrase(attribute, "figure", variants)
    here = localize_career(spoken, localized_career.career)
    value = in_row(spoken, reading.value, here.reading(column).whole)
    slots = {"label": spoken.read(attribute.label), "career": here.name, "value": value}
    return Statement(template.fill(slots), _FIGURE, outcome, (reading.fact,), spoken.locale.code)


def apart(localized: LocalizedCatalog, row: GlanceRow) -> tuple[str, str]:
    """Word why the two values of a row cannot be compared. Return the locale of the words too."""
    assert row.obstacle is not None and row.a is not None and row.b is not None  # noqa: S101 - such a row has them
    name = row.obstacle.lower().replace("_", "-")
    rows = sorted(filter(None, [it.provenance.published_for_title for it in (row.a, row.b)]))
    if row.obstacle is Obstacle.SAME_FIGURE and rows:
        name = "same-row" if is_published(row.a) else "same-estimate"
    template, spoken = localized.general(f"not-comparable.{name}")
    first, second = sorted([differing_term(spoken, it, row.obstacle) for it in (row.a, row.b)])
    slots = {"label": spoken.read(row.attribute.label), "first": first, "second": second}
    return template.fill(slots | {"row": row_title(spoken, rows[0]) if rows else ""}), spoken.locale.code


def tie(pair: Pair, row: GlanceRow) -> Statement:
    """That both have the same value."""
    reading = pair.of_a.reading(row.column)
    if reading.tie is None:
        reading.tie = tie_sentence(pair.localized, pair.of_a, row.column)
    return _about(pair, row, reading.tie, _TIE)


def tie_sentence(localized: LocalizedCatalog, localized_career: LocalizedCareer, column: int) -> Sentence:
    """Word that another career has the same value."""
    reading = localized_career.reading(column)
    wording = localized.phrase(reading.value.attribute, "tie", (reading.variant,) if reading.variant else ())
    return _worded(*wording, localized_career, column)


def shared_trait(pair: Pair, row: GlanceRow) -> Statement | None:
    """State what a tie says of a reader, whichever career it is."""
    reading = pair.of_a.reading(row.column)
    if reading.shared is None:
        reading.shared = shared_sentence(pair.localized, pair.of_a, row.column)
    return None if reading.shared is NOTHING else _about(pair, row, reading.shared, _SHARED_TRAIT)


def shared_sentence(localized: LocalizedCatalog, localized_career: LocalizedCareer, column: int) -> Sentence:
    """Word what a tie says of a reader; NOTHING where the attribute does not: no general wording says what kind of
    reader an answer suits."""
    reading = localized_career.reading(column)
    attribute, variant = reading.value.attribute, reading.variant
    wording = localized.own_phrase(attribute, f"shared.{variant}") if variant else None
    if wording is None:
        return NOTHING
    template, spoken = wording
    clause, _ = spoken.phrase(attribute, "clause-shared", (variant,))
    return _worded(template, spoken, localized_career, column, clause)


def shared_category(pair: Pair) -> Sentence:
    """Word that both careers are in one category."""
    template, spoken = pair.localized.general("shared-category")
    slots = {"category": spoken.read(pair.a.category.name)}
    return template.fill(slots), spoken.locale.code, spoken.general("clause-shared-category")[0].fill(slots)


def shared_skills(localized: LocalizedCatalog, skills: SkillsComparison) -> Sentence:
    """Word which concepts both careers use."""
    concepts = skills.concepts
    wording = _, spoken = localized.counted("shared-skills", len(concepts))
    grades = rarities(spoken.catalog)
    clause = fill_skills(spoken.counted("clause-shared-skills", len(concepts)), "skills", concepts, grades)
    return fill_skills(wording, "skills", concepts, grades), spoken.locale.code, clause


def _about(pair: Pair, row: GlanceRow, sentence: Sentence, rule: Rule) -> Statement:
    """A sentence that both values of a row prove."""
    text, locale, clause = sentence
    return make_tuple(Statement, (text, rule, row.outcome, pair.facts(row.column), locale, clause))


def _worded(
    template: Template,
    spoken: LocalizedCatalog,
    localized_career: LocalizedCareer,
    column: int,
    clause: Template | None = None,
) -> Sentence:
    here = localize_career(spoken, localized_career.career)
    reading = here.reading(column)
    label = spoken.read(reading.value.attribute.label)
    slots = {"label": label, "career": here.name, "value": reading.whole, "other": ""}
    return template.fill(slots), spoken.locale.code, clause.fill(slots) if clause else ""


def shared_count(localized: LocalizedCatalog, skills: SkillsComparison) -> tuple[str, str]:
    """Word how many skills two careers share. Return the locale of the words too."""
    if not skills.shared:
        return localized.once(_nothing_shared)
    if len(named := skills.concepts) == len(skills.shared) == 1:  # of one there are as many as skills, of several more
        return remembered(localized, _counted, named[0].slug, _shared_count, localized, 1, named)
    return _shared_count(localized, len(skills.shared), named)


def _shared_count(localized: LocalizedCatalog, count: int, named: Sequence[Skill]) -> tuple[str, str]:
    if len(named) == count:
        wording = _, spoken = localized.counted("skills-shared", count)
        slots = {"n": spoken.count(count)}
        return fill_skills(wording, "skills", named, rarities(spoken.catalog), slots), spoken.locale.code
    template, spoken = localized.general("skills-shared.unnamed")
    return template.fill({"n": spoken.count(count)}), spoken.locale.code


def _nothing_shared(localized: LocalizedCatalog) -> tuple[str, str]:
    template, spoken = localized.general("skills-shared.none")
    return template.fill({}), spoken.locale.code


def no_skills(pair: Pair) -> tuple[str, str]:
    """Word which of two careers have no skills listed, where one or both have none."""
    lacking = [it for it in (pair.of_a, pair.of_b) if not it.career.skills]
    template, spoken = pair.localized.general("no-skills" if len(lacking) == 1 else "no-skills.either")
    return template.fill({"careers": spoken.name(lacking[0].career.title)}), spoken.locale.code


def no_skill_facts(pair: Pair) -> list[Fact]:
    """The facts that prove that careers have no skills: each with the count 0."""
    return list(pair.without_skills())


def related_count(localized: LocalizedCatalog, count: int) -> tuple[str, str]:
    """Word how many skills of two careers are related. Return the locale of the words too."""
    return remembered(localized, _counted, count, _related_count, localized, count)


def _counted(_: LocalizedCatalog) -> dict[object, tuple[str, str]]:
    return {}


def _related_count(localized: LocalizedCatalog, count: int) -> tuple[str, str]:
    template, spoken = localized.counted("skills-related", count)
    return template.fill({"n": spoken.count(count)}), spoken.locale.code


def skill_facts(pair: Pair, skills: SkillsComparison) -> Iterable[Fact]:
    """The facts that prove that both use the concepts that they share: for each a with it, b with it."""
    return pair.skills(skills.concepts)
