"""Narrative: what a row of the glance, or a list of skills, may say. It says only what its facts prove.

Each sentence reads the same whichever career is a: a comparative names the career that has more of it first, and a tie
is said of both. That is what makes `compare(b, a)` the mirror image of `compare(a, b)` to the letter.
"""

from collections.abc import Iterator

from careergraph.engine.comparison.advantage import ENDS, advantages
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.content.locale import Template
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange
from careergraph.engine.similarity.skill_matching import SkillsComparison
from careergraph.engine.text.brevity import fitted
from careergraph.engine.text.localized_career import NOTHING, LocalizedCareer, LocalizedValue, Sentence, localize_career
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.measured import measured
from careergraph.engine.text.pair import CareerPair as Pair
from careergraph.engine.text.statement import Fact, Rule, Statement, make_tuple

# Looking up a member of an enum costs more than what it is compared with here.
_FIGURE, _TIED, _APART = Rule.FIGURE, Outcome.TIE, Outcome.NOT_COMPARABLE
_TIE, _SHARED_TRAIT = Rule.TIE, Rule.SHARED_TRAIT
_SKILLS_SHARED, _SKILLS_RELATED = Rule.SKILLS_SHARED, Rule.SKILLS_RELATED


def figures(pair: Pair, row: GlanceRow) -> list[Statement]:
    """Each career's own value, where it has one."""
    column, outcome, statements = row.column, row.outcome, []
    for localized_career in (pair.of_a, pair.of_b):
        if (reading := localized_career.line[column]) is not None:
            by_outcome = reading.figures
            if by_outcome is None or outcome not in by_outcome:
                by_outcome = _figure(pair, localized_career, row, reading)
            statements.append(by_outcome[outcome])
    return statements


def findings(pair: Pair, row: GlanceRow) -> list[Statement]:
    """What comes out of a row: who has the better value or end, that both are the same, or why nothing can be said."""
    if row.outcome is _TIED:
        return [_tie(pair, row)]
    if row.outcome is _APART:
        return [_not_comparable(pair, row)]
    return [advantage.finding for advantage in advantages(pair, row)]


def shared_traits(pair: Pair, row: GlanceRow) -> list[Statement]:
    """What a tie says of a reader, whichever career it is."""
    reading = pair.of_a.reading(row.column)
    if reading.shared is None:
        reading.shared = _trait(pair.localized, pair.of_a, row, "shared")
    return [] if reading.shared is NOTHING else [_about(pair, row, reading.shared, _SHARED_TRAIT)]


def shared_category(pair: Pair) -> Iterator[Statement]:
    """That both careers are in one category."""
    if pair.a.category.slug == pair.b.category.slug:
        template, spoken = pair.localized.general("shared-category")
        slots = {"category": spoken.read(pair.a.category.name)}
        facts = (pair.of_a.facts.itself, pair.of_b.facts.itself)
        clause = spoken.general("clause-shared-category")[0].fill(slots)
        yield Statement(template.fill(slots), Rule.SHARED_CATEGORY, None, facts, spoken.locale.code, clause)


def shared_skills(pair: Pair, skills: SkillsComparison) -> Iterator[Statement]:
    """The concepts that both careers use."""
    if concepts := skills.concepts:
        template, spoken = pair.localized.counted("shared-skills", len(concepts))
        names = [spoken.inside(concept.name) for concept in concepts]
        text = fitted(lambda most: template.fill({"skills": spoken.rest(names, most)}), len(names), ())
        clause = spoken.counted("clause-shared-skills", len(concepts))[0]
        claused = fitted(lambda most: clause.fill({"skills": spoken.rest(names, most)}), len(names), ())
        facts = _skill_facts(pair, skills)
        yield Statement(text, Rule.SHARED_SKILLS, None, facts, spoken.locale.code, claused)


def skill_counts(pair: Pair, skills: SkillsComparison) -> Iterator[Statement]:
    """How many skills the two share, and how many more are related; nothing where a career lists no skills."""
    if not pair.a.skills or not pair.b.skills:
        return
    yield _shared_count(pair, skills)
    if count := len(skills.related):
        template, spoken = pair.localized.counted("skills-related", count)
        text = template.fill({"n": spoken.count(count)})
        yield Statement(text, _SKILLS_RELATED, None, pair.counts(count), spoken.locale.code)


def _figure(
    pair: Pair, localized_career: LocalizedCareer, row: GlanceRow, reading: LocalizedValue
) -> dict[Outcome, Statement]:
    text, locale, _ = _sentence(pair.localized, localized_career, row, "figure")
    by_outcome = reading.figures = reading.figures or {}
    by_outcome[row.outcome] = Statement(text, _FIGURE, row.outcome, (reading.fact,), locale)
    return by_outcome


def _tie(pair: Pair, row: GlanceRow) -> Statement:
    reading, part = pair.of_a.reading(row.column), _common_end(row)
    if part is not None:
        sentence = _sentence(pair.localized, pair.of_a, row, "tie", part)
    elif (rendered := reading.tie) is None:
        sentence = reading.tie = _sentence(pair.localized, pair.of_a, row, "tie")
    else:
        sentence = rendered
    return _about(pair, row, sentence, _TIE)


def _common_end(row: GlanceRow) -> RangeEnd | None:
    # Two ranges that tie at the end that both have may differ in having another; the one that both have is shown.
    a, b = row.a, row.b
    if not isinstance(a, MoneyRange) or not isinstance(b, MoneyRange):
        return None
    common = [part for part in ENDS if a.end(part) is not None and b.end(part) is not None]
    return common[0] if len(common) == 1 else None


def _not_comparable(pair: Pair, row: GlanceRow) -> Statement:
    assert row.obstacle is not None and row.a is not None and row.b is not None  # noqa: S101 - such a row has them
    template, spoken = pair.localized.general(f"not-comparable.{row.obstacle.lower().replace('_', '-')}")
    first, second = sorted([measured(spoken, it, row.obstacle) for it in (row.a, row.b)])
    text = template.fill({"label": spoken.read(row.attribute.label), "first": first, "second": second})
    facts = pair.facts(row.column)
    return Statement(text, Rule.NOT_COMPARABLE, Outcome.NOT_COMPARABLE, facts, spoken.locale.code)


def _about(pair: Pair, row: GlanceRow, sentence: Sentence, rule: Rule) -> Statement:
    """A sentence that both values of a row prove."""
    text, locale, clause = sentence
    return make_tuple(Statement, (text, rule, row.outcome, pair.facts(row.column), locale, clause))


def _trait(localized: LocalizedCatalog, localized_career: LocalizedCareer, row: GlanceRow, phrase: str) -> Sentence:
    # Only a wording made for this very answer says what kind of reader it suits; there is no general one.
    variant = localized_career.reading(row.column).variant
    wording = localized.own_phrase(row.attribute, f"{phrase}.{variant}") if variant else None
    if wording is None:
        return NOTHING
    template, spoken = wording
    clause, _ = spoken.phrase(row.attribute, f"clause-{phrase}", (variant,))
    return _worded(template, spoken, localized_career, row, None, clause)


def _sentence(
    localized: LocalizedCatalog,
    localized_career: LocalizedCareer,
    row: GlanceRow,
    phrase: str,
    part: RangeEnd | None = None,
) -> Sentence:
    variant = localized_career.reading(row.column).variant
    wording = localized.phrase(row.attribute, phrase, (variant,) if variant else ())
    return _worded(*wording, localized_career, row, part)


def _worded(  # noqa: PLR0913, PLR0917 - the phrases, the localized catalog that words them, and what is worded
    template: Template,
    spoken: LocalizedCatalog,
    localized_career: LocalizedCareer,
    row: GlanceRow,
    part: RangeEnd | None,
    clause: Template | None = None,
) -> Sentence:
    here = localize_career(spoken, localized_career.career)
    value = here.reading(row.column).part(part)
    slots = {"label": spoken.read(row.attribute.label), "career": here.title, "value": value, "other": ""}
    return template.fill(slots), spoken.locale.code, clause.fill(slots) if clause else ""


def _shared_count(pair: Pair, skills: SkillsComparison) -> Statement:
    count, named = len(skills.shared), skills.concepts
    if count and len(named) == count:
        template, spoken = pair.localized.counted("skills-shared", count)
        names = [spoken.inside(concept.name) for concept in named]
        slots = {"n": spoken.count(count)}
        text = fitted(lambda most: template.fill(slots | {"skills": spoken.rest(names, most)}), count, ())
    else:
        template, spoken = pair.localized.general("skills-shared.unnamed" if count else "skills-shared.none")
        text = template.fill({"n": spoken.count(count)})
    facts = pair.counts(count) + _skill_facts(pair, skills)
    return Statement(text, _SKILLS_SHARED, None, facts, spoken.locale.code)


def _skill_facts(pair: Pair, skills: SkillsComparison) -> tuple[Fact, ...]:
    if not skills.concepts:
        return ()
    both = (pair.of_a.facts, pair.of_b.facts)
    return tuple([facts.skill(concept) for concept in skills.concepts for facts in both])
