"""Statements of plans are put together from parts of each career: the same bytes as standard execution, however they
are selected, in every locale, and after a publish."""

import gc
from dataclasses import replace
from itertools import permutations
from typing import Any

import msgspec
import pytest
from graphql import parse

from api import small
from api.asking import SEEDED
from api.compiler.comparing import CORE, standard
from careergraph.api.base.context import Context
from careergraph.api.compiler import Plan, compile_plan, fragment_cache
from careergraph.api.compiler.comparison import row_blocks
from careergraph.api.compiler.comparison.move_fragments import SMALL, Counts
from careergraph.api.compiler.comparison.row_blocks import RowBlocks
from careergraph.api.compiler.comparison.statement_form import StatementForm
from careergraph.api.execution.standard import StandardExecutor
from careergraph.engine.comparison import compare
from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.locale import Locale, Template

SELECTIONS = [
    "text",
    "clause",
    "rule",
    "facts { count }",
    "text clause rule outcome locale",
    "rule kind: ruleKind text facts { career { slug } part } locale",
    "facts { value { display } skill { name } } text",
    "clause facts { count } text again: text __typename",
    "text one: facts { count } two: facts { career { slug } }",
]

ROWS = [
    "a { display } outcome b { display }",
    "kind: __typename attribute { key label } a { attribute { key } } b { source { slug } } obstacle",
    "b { display } a { display } unknownFor",
    "outcome unknownFor",
    "a { display } b { display } statements { text }",
    "a { display } again: a { display } b { display }",
]

SECTIONS = """summary { %s } verdict { chooseA { reasons { %s } note { text } } chooseB { reasons { %s } }
  either { %s } conclusion { %s } } glance { rows { statements { %s } } }"""


def plan_of(selection: str) -> Plan:
    sections = SECTIONS.replace("%s", selection)
    query = f"query ($a: String!, $b: String!, $l: String) {{ comparison(a: $a, b: $b, locale: $l) {{ {sections} }} }}"
    plan = compile_plan(CORE, parse(query), None, soon=1)
    assert plan is not None
    return plan


@pytest.mark.parametrize("other", ["lead { text }", "description", "glance { rows { a { display } b { display } } }"])
def test_what_is_not_said_in_bytes_uses_what_was_put_side_by_side_for_that(
    other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the statements stand among the selected fields, no row is compared a second time for the others."""
    query = f'{{ comparison(a: "actuary", b: "accountant") {{ {other} verdict {{ either {{ text }} }} }} }}'
    plan, context = compile_plan(CORE, parse(query), None, soon=1), Context(SEEDED.catalog, small.as_of)
    assert plan is not None
    expected = plan.run({}, context)
    monkeypatch.setattr(compare, "glance", None)
    assert expected is not None and plan.run({}, context) == expected


def check(plan: Plan, catalog: Catalog, pairs: list[tuple[str, str]], locale: str | None) -> None:
    """Compare the answers of a plan with those of standard execution."""
    context = Context(catalog, small.as_of)
    for a, b in pairs:
        variables: dict[str, Any] = {"a": a, "b": b, "l": locale}
        document = parse(_text(plan))
        expected = standard(document, variables, context, StandardExecutor)
        assert not expected.errors
        assert plan.run(variables, context) == msgspec.json.encode({"data": expected.data})


def _text(plan: Plan) -> str:
    source = plan._operation.loc
    assert source is not None
    return source.source.body


def some_pairs(catalog: Catalog, count: int) -> list[tuple[str, str]]:
    return list(permutations(catalog.careers, 2))[:: len(catalog.careers) + 7][:count]


@pytest.mark.parametrize("selection", SELECTIONS)
def test_statements_are_the_same_however_they_are_selected(selection: str) -> None:
    catalog = replace(SEEDED.catalog)
    pairs = some_pairs(catalog, 12)
    for _ in range(2):  # the second time from the parts of the first
        check(plan_of(selection), catalog, pairs, None)


@pytest.mark.parametrize("selection", ["text", "text facts { career { slug } count }"])
def test_careers_without_skills_are_stated_with_a_single_fact(selection: str) -> None:
    slugs = list(SEEDED.catalog.careers)[:4]
    careers = dict(SEEDED.catalog.careers)
    careers |= {slug: replace(careers[slug], skills=(), roadmap=()) for slug in slugs[:2]}
    check(plan_of(selection), replace(SEEDED.catalog, careers=careers), list(permutations(slugs, 2)), "en")


@pytest.mark.parametrize("selection", ROWS)
def test_rows_are_the_same_however_they_are_selected(selection: str) -> None:
    fields = f"glance {{ rows {{ {selection} }} }} summary {{ text }}"
    query = f"query ($a: String!, $b: String!, $l: String) {{ comparison(a: $a, b: $b, locale: $l) {{ {fields} }} }}"
    catalog = replace(SEEDED.catalog)
    for document in (query, query.replace("b: $b", 'b: $b, weights: [{attribute: "salary", weight: 2}]')):
        plan = compile_plan(CORE, parse(document), None, soon=1)
        assert plan is not None
        for locale in (None, "de"):
            check(plan, catalog, some_pairs(catalog, 12), locale)


def test_numbers_of_more_digits_than_a_float_has_are_told_apart() -> None:
    """Of two that a float cannot tell apart one is higher, against some values, and the other against others."""
    careers, slugs = dict(SEEDED.catalog.careers), list[str]()
    for slug, career in SEEDED.catalog.careers.items():
        scores: list[Any] = [it for it in career.values if it.attribute.key == "demand-score"]
        if scores and len(slugs) < 5:
            score = replace(scores[0], value=2**53 + len(slugs))
            careers[slug] = replace(career, values=tuple([score if it is scores[0] else it for it in career.values]))
            slugs.append(slug)
    check(plan_of("text outcome"), replace(SEEDED.catalog, careers=careers), list(permutations(slugs, 2)), "en")


def test_pairs_are_rendered_where_nothing_more_is_kept_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is anything kept of their rows: no other pair would have the same."""
    monkeypatch.setattr(row_blocks, "MOST_BLOCKS", 0)
    monkeypatch.setattr(row_blocks, "MOST_CELLS", 0)
    catalog, rows = replace(SEEDED.catalog), "glance { rows { a { display } b { display } } }"
    for selection in (f"summary {{ text }} {rows}", "verdict { either { text } }"):
        query = "query ($a: String!, $b: String!, $l: String) { comparison(a: $a, b: $b, locale: $l) { %s } }"
        plan = compile_plan(CORE, parse(query % selection), None, soon=1)
        assert plan is not None
        pairs = some_pairs(catalog, 12)
        check(plan, catalog, pairs, "en")
        before = fragment_cache.taken()
        check(plan, catalog, pairs, "en")
        assert fragment_cache.taken() == before


def test_values_that_read_alike_are_not_taken_for_each_other() -> None:
    """Whether they compare follows from the figure that they are published under and from the region, which nobody
    reads; and facts are those of their own career."""
    seeded = SEEDED.catalog

    def publish(career: Career, place: int) -> Career:
        figure: dict[str, Any] = {1: {"published_for": "11-1021"}, 2: {"region": "US"}}.get(place % 4, {})
        values = [replace(it, provenance=replace(it.provenance, **figure)) for it in career.values]
        return replace(career, values=tuple(values))

    careers = {slug: publish(career, place) for place, (slug, career) in enumerate(seeded.careers.items())}
    catalog = replace(seeded, careers=careers)
    for selection in ("text", "text clause facts { career { slug } value { display } }"):
        check(plan_of(selection), catalog, list(permutations(list(careers)[:9], 2)), None)


def test_pairs_of_the_seed_read_the_same() -> None:
    plan = plan_of("text clause outcome")
    check(plan, SEEDED.catalog, some_pairs(SEEDED.catalog, 60), "en")


def test_phrases_of_a_fallback_read_the_same() -> None:
    """A locale that words nothing, and one that words some of it."""
    seeded = SEEDED.catalog
    mute = Locale(code="mute", name="Mute", fallback=seeded.locales["de"], decimal="#", group="#")
    words = {name: seeded.locales["en"].phrases[name] for name in ("advantage.higher", "other-category")}
    half = Locale(code="half", name="Half", fallback=seeded.locales["de"], phrases=words)
    catalog = replace(seeded, locales={**seeded.locales, "mute": mute, "half": half})
    plan = plan_of("text clause rule locale facts { career { title } value { display } }")
    for locale in ("de", "mute", "half"):
        check(plan, catalog, some_pairs(catalog, 10), locale)


def test_phrases_that_name_careers_read_the_same() -> None:
    """Parts of values that read alike are shared, but not where a phrase names whoever has them."""
    seeded = SEEDED.catalog
    naming = Template("You want {career} with {value} and not {rival} with {other}.")
    english = seeded.locales["en"]
    phrases = {**english.phrases, **dict.fromkeys(("trait.higher", "trait.lower", "clause", "tie"), naming)}
    phrases["tie"] = Template("{career} is the same: {value}.")
    catalog = replace(seeded, locales={**seeded.locales, "en": replace(english, phrases=phrases)})
    check(plan_of("text clause"), catalog, some_pairs(catalog, 40), "en")


def test_no_part_of_a_version_before_is_used() -> None:
    """One plan over versions that share careers by identity, but not what an attribute is called."""
    seeded = SEEDED.catalog
    plan = plan_of("text clause facts { career { title } attribute { label } }")
    pairs = some_pairs(seeded, 8)
    retitled = {
        slug: replace(career, title={"en": f"Senior {career.title['en']}"}) if place % 2 else career
        for place, (slug, career) in enumerate(seeded.careers.items())
    }
    phrases = {**seeded.locales["en"].phrases, "transition-grade.hard": seeded.locales["en"].phrases["no-figures"]}
    reworded = replace(seeded.locales["en"], phrases=phrases)
    versions = [
        seeded,
        replace(seeded, careers=retitled, version=2),
        replace(seeded, locales={**seeded.locales, "en": reworded}, version=3),
    ]
    for catalog in (*versions, *versions):
        check(plan, catalog, pairs, "en")


def test_a_career_has_its_parts_after_one_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is rendered for a later pair whose values compare like those of pairs before."""
    catalog = replace(SEEDED.catalog)
    plan, context, filled, decided = plan_of("text"), Context(catalog, small.as_of), list[int](), list[int]()
    fill, decide = StatementForm.fill, RowBlocks._row

    def count_fill(form: StatementForm, sheet: Any, of: Any, number: int) -> None:
        filled.append(number)
        fill(form, sheet, of, number)

    def count_decide(cells: RowBlocks, column: int) -> Any:
        decided.append(column)
        return decide(cells, column)

    monkeypatch.setattr(StatementForm, "fill", count_fill)
    monkeypatch.setattr(RowBlocks, "_row", count_decide)
    slugs = list(catalog.careers)
    *early, late = slugs
    for a, b in permutations(early, 2):  # after these, all kinds of values have met
        plan.run({"a": a, "b": b, "l": None}, context)
    filled.clear()
    plan.run({"a": late, "b": early[0], "l": None}, context)
    assert filled
    for other in early[1:]:
        filled.clear()
        decided.clear()
        plan.run({"a": late, "b": other, "l": None}, context)
        assert decided or not filled


def test_a_run_leaves_nothing_to_the_garbage_collector() -> None:
    """Circles of references cost more than all else: each collection walks through the whole catalog."""
    plan, pairs = plan_of("text"), some_pairs(SEEDED.catalog, 1)
    context = Context(SEEDED.catalog, small.as_of)
    variables = {"a": pairs[0][0], "b": pairs[0][1], "l": None}
    plan.run(variables, context)
    gc.collect()
    plan.run(variables, context)
    assert gc.collect() == 0


def test_of_counts_the_small_ones_are_kept() -> None:
    """A career has few of them, and as many large ones as there are other careers."""
    counts = Counts((b'{"count":', b"}"))
    texts = {it: b'{"count":%d}' % it for it in range(2 * SMALL)}
    assert {it: counts[it] for it in texts} == texts == {it: counts[it] for it in texts}
    assert list(counts) == list(range(SMALL))
