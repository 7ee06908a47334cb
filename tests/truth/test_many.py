"""Two to six careers: every statement is true by its facts, and each career has something to be said for it."""

from collections.abc import Iterator
from itertools import combinations, permutations
from random import Random

import pytest
from hypothesis import given, settings

from careergraph.engine.comparison.multi_comparison import MultiComparison, compare_many
from careergraph.engine.content import Catalog
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange
from careergraph.engine.text.statement import Fact, Statement
from depth import depth
from truth.content import catalogs
from truth.outcomes import comparable, expected, expected_end
from truth.page import FORBIDDEN, SENTENCE, counted
from truth.seeded import catalog as seeded
from truth.skills import list_of_skills_faults

LOCALES = tuple(seeded().locales.values())


def many_faults(comparison: MultiComparison) -> Iterator[str]:
    """What is untrue, unproven or missing."""
    for statement in comparison.statements:
        yield from _faults(comparison, statement)
    for choice in comparison.choices:
        if not choice.reasons and choice.note is None:
            yield f"{choice.career.slug}: neither a reason nor a note"
        for statement in choice.reasons:
            if not statement.clause or statement.clause.endswith("."):
                yield f"{statement.text!r} has no clause"
            if statement.facts[0].career is not choice.career and statement.rule != "best":
                yield f"{statement.text!r} is not about {choice.career.slug}"
            if statement.rule == "best" and len(statement.facts) < len(comparison.careers):
                count = str(len(statement.facts))
                if count not in statement.text or count not in statement.clause:
                    yield f"{statement.text!r} does not say that it is not about all"
            if statement.rule == "best" and _unbeaten(statement.facts) != [choice.career.slug]:
                yield f"{statement.text!r} is not true of {choice.career.slug} alone"
        for statement in (*choice.reasons, *([choice.note] if choice.note else [])):
            yield from _faults(comparison, statement)
    yield from _missed_ends(comparison)
    for reasons in combinations([choice.reasons for choice in comparison.choices], 2):
        if {it.clause for it in reasons[0]} & {it.clause for it in reasons[1]}:
            yield "the same reason for two careers"


def _faults(comparison: MultiComparison, statement: Statement) -> Iterator[str]:  # noqa: PLR0912 - one for each rule
    where, facts, careers = repr(statement.text), statement.facts, comparison.careers
    if not facts or not statement.text.endswith("."):
        yield f"{where} is not a finished sentence with facts"
    titles = [comparison.localized.read(career.title) for career in careers]
    if counted(statement.text, titles) > SENTENCE or any(it.search(statement.text) for it in FORBIDDEN):
        yield f"{where} is too long or badly worded"
    match statement.rule.value:
        case "leader" | "leader-among" | "best":
            yield from (f"{where} {it}" for it in _group_faults(facts))
            if (len(facts) == len(careers)) != (statement.rule == "leader") and statement.rule != "best":
                yield f"{where} is about others than it says"
            if 0 < len(_unbeaten(facts)) == len(facts) or not _unbeaten(facts):
                yield f"{where} names a leader where there is none"
        case "all-same":
            if any(expected(a.value, b.value) != "TIE" for a, b in combinations(facts, 2)):
                yield f"{where} says that all is the same"
        case "all-hold":
            if [it.career for it in facts] != [*careers] * (len(facts) // len(careers)) or not all(map(_has, facts)):
                yield f"{where} says that all have a skill"
            common = set.intersection(*[set(it.concept_slugs) for it in careers])
            if {it.skill and it.skill.slug for it in facts} != common:
                yield f"{where} is about other skills than those that all have"
            yield from list_of_skills_faults(comparison.localized, statement, len(common))
        case "no-skills":
            lacking = [it for it in careers if not it.skills]
            if [it.career for it in facts] != lacking or any(it.count != 0 for it in facts):
                yield f"{where} says of others that they have no skills than of those that have none"
        case "none-hold":
            if set.intersection(*[set(it.concept_slugs) for it in careers]):
                yield f"{where} says that no skill is common"
        case "other-category":
            if len({it.career.category.slug for it in facts[1:]} & {facts[0].career.category.slug}):
                yield f"{where} says that the category is its own"
        case "own-skills":
            if any(_has(it) == (it.count == 0) for it in facts) or len(facts) % len(careers):
                yield f"{where} says that the skills are its own"
        case "alone-nowhere":
            yield from (f"{where} {it}" for it in _nowhere_faults(facts))
        case rule:
            yield f"{where} follows a rule that the judge does not know: {rule}"


def _has(fact: Fact) -> bool:
    return any(fact.skill in skill.concepts for skill in fact.career.skills)


def _group_faults(facts: tuple[Fact, ...]) -> Iterator[str]:
    for a, b in combinations(facts, 2):
        assert a.value is not None
        assert b.value is not None
        if not comparable(a.value, b.value):
            yield "compares what cannot be compared"


def _unbeaten(facts: tuple[Fact, ...]) -> list[str]:
    beaten = {b.career.slug for a, b in permutations(facts, 2) if _outcome(a, b) not in ("B", "TIE")}
    return [it.career.slug for it in facts if it.career.slug not in beaten]


def _outcome(a: Fact, b: Fact) -> str:
    if a.part is None or not isinstance(a.value, MoneyRange) or not isinstance(b.value, MoneyRange):
        return expected(a.value, b.value)
    return expected_end(a.value, b.value, a.part.value, a.value.attribute.better.value)


def _missed_ends(comparison: MultiComparison) -> Iterator[str]:
    """Ends of ranges that some have better than others, where any two of all ranges can be compared, and that are not
    in any statement."""
    for key, attribute in comparison.localized.catalog.attributes.items():
        ranges = [value for career in comparison.careers if isinstance(value := career.value(key), MoneyRange)]
        whole = len(ranges) == len(comparison.careers) and all(comparable(*it) for it in combinations(ranges, 2))
        for part in ("LOW", "HIGH") if whole else ():
            outcomes = {expected_end(*it, part, attribute.better.value) for it in combinations(ranges, 2)}
            stated = {it.facts[0].part for it in comparison.statements if it.facts[0].attribute is attribute}
            if outcomes <= {"A", "B", "TIE"} and outcomes != {"TIE"} and not stated & {None, RangeEnd(part)}:
                yield f"{key}: nobody is said to be ahead at the end {part}"


def _nowhere_faults(facts: tuple[Fact, ...]) -> Iterator[str]:
    rows: dict[str, list[Fact]] = {}
    for fact in facts[1:]:
        assert fact.attribute is not None
        rows.setdefault(fact.attribute.key, []).append(fact)
    if len(rows) != facts[0].count:
        yield "miscounts the figures"
    for row in rows.values():
        mine = [it.career.slug for it in row]
        if facts[0].career.slug not in mine or _unbeaten(tuple(row)) == [facts[0].career.slug]:
            yield "says that the career is alone ahead nowhere, and it is"


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_statement_about_a_group_is_true(locale: str) -> None:
    random, slugs = Random(12), list(seeded().careers)  # noqa: S311 - the same groups each time
    rules = set()
    for size in (2, 3, 4, 5, 6) * 50:
        comparison = compare_many(seeded(), random.sample(slugs, size), locale)
        assert list(many_faults(comparison)) == []
        assert len(comparison.choices) == size
        assert comparison.statements
        rules |= {it.rule.value for it in comparison.statements}
        rules |= {it.rule.value for choice in comparison.choices for it in choice.reasons}
    assert {"leader", "leader-among", "best", "own-skills", "other-category", "none-hold"} <= rules


def test_who_is_ahead_at_one_end_is_said() -> None:
    """Of six salaries that overlap none is the highest; one has the highest low end, another the highest high end."""
    slugs = ("actuary", "biostatistician", "data-scientist", "electrician", "lawyer", "plumber")
    comparison = compare_many(seeded(), slugs)
    ahead = {
        choice.career.slug: [it.facts[0].part for it in choice.reasons if it.rule == "best"]
        for choice in comparison.choices
    }
    assert {slug: parts for slug, parts in ahead.items() if parts} == {"actuary": ["LOW"], "lawyer": ["HIGH"]}


def test_one_figure_under_two_careers_does_not_keep_others_from_being_compared() -> None:
    """An estimate from a published figure and this figure are of two measures: each is compared with its own."""
    slugs = ("llm-application-engineer", "machine-learning-engineer", "software-developer")
    salary = compare_many(seeded(), slugs).rows[0]
    assert [career.slug for career in salary.compared] == list(slugs[:2])
    assert [career.slug for career in salary.ahead] == [slugs[0]]


@given(catalogs(LOCALES, careers=4))
@settings(max_examples=depth(30, 100))
def test_any_group_of_careers_compares_truly(catalog: Catalog) -> None:
    for size in (4, 2):
        assert list(many_faults(compare_many(catalog, list(catalog.careers)[:size]))) == []
