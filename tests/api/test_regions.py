"""`region:` which figures it chooses, what it says where there is none, what is refused; without it nothing changes."""

import json
from typing import Any

import pytest
from graphql import parse

from api.asking import SEEDED, answer, refusal
from api.compiler.comparing import CORE, standard
from api.limits.test_check_limits import measured
from api.regions import REGIONAL, UK, A, B, catalog_with, months, regional_catalog
from careergraph.api.base.context import Context
from careergraph.api.base.node_id import NodeId
from careergraph.api.compiler import compile_plan
from careergraph.api.compiler.fragment_shelf import encode
from careergraph.api.limits.field_costs import PAST_COST, REGION_COST
from careergraph.engine.comparison.compare import compare
from careergraph.engine.text.localized_career import MOST_LOCALIZED, all_localized
from careergraph.engine.text.localized_catalog import MOST_REGIONAL, localize

SECTIONS = """id title description region summary { text } lead { text }
  a { id region: value(attribute: "salary") { display region } values { display region } regions }
  b { id region: value(attribute: "salary") { display region } regions category { id } }
  glance { id rows { attribute { key } outcome obstacle unknownFor a { display region } b { display region }
    statements { text facts { value { region } } } } }
  verdict { id chooseA { reasons { text } note { text } } chooseB { reasons { text } } conclusion { text } }
  skills { id } transition { statements { text } } collections { id }"""
QUERY = f"""query($a: String!, $b: String!, $region: String, $locale: String) {{
  comparison(a: $a, b: $b, region: $region, locale: $locale) {{ {SECTIONS} }} }}"""
PAIR = {"a": A, "b": B}
PLUMBER = "plumber"


def compared(region: str | None, **others: str) -> Any:
    """A comparison by a region."""
    return answer(QUERY, REGIONAL, **(PAIR | others), region=region)["comparison"]


def row(comparison: Any, key: str = "salary") -> Any:
    """A row of the glance."""
    return next(it for it in comparison["glance"]["rows"] if it["attribute"]["key"] == key)


def test_without_a_region_nothing_changes() -> None:
    """To the byte, but for the regions that can be chosen now."""
    without = QUERY.replace(" region: $region,", "").replace(" $region: String,", "").replace(" regions", "")
    plain = json.dumps(answer(without, SEEDED, **PAIR))
    assert json.dumps(answer(without, REGIONAL, **PAIR)) == plain
    assert json.dumps(answer(QUERY.replace(" regions", ""), REGIONAL, **PAIR, region=None)) == plain


def test_the_figures_of_the_region_are_compared() -> None:
    comparison = compared(UK)
    assert comparison["region"] == UK
    salaries = row(comparison)
    assert (salaries["a"], salaries["b"]) == (
        {"display": "£60,000–£90,000/yr", "region": UK},
        {"display": "£50,000–£95,000/yr", "region": UK},
    )
    assert salaries["outcome"] == "DIFFERS"
    assert comparison["a"]["region"] == salaries["a"]
    assert salaries["a"] in comparison["a"]["values"]
    assert comparison["a"]["regions"] == [UK]
    assert comparison["b"]["regions"] == ["Ireland", UK]
    assert "$" not in json.dumps([comparison["summary"], comparison["lead"], comparison["verdict"]])
    assert "£" in comparison["summary"][0]["text"]


def test_the_other_way_round_is_the_mirror_image() -> None:
    here, there = compared(UK), compared(UK, a=B, b=A)
    assert [it["text"] for it in here["verdict"]["chooseA"]["reasons"]] == [
        reason["text"] for reason in there["verdict"]["chooseB"]["reasons"]
    ]
    assert (row(here)["a"], row(here)["b"]) == (row(there)["b"], row(there)["a"])


def test_what_was_observed_elsewhere_is_not_known() -> None:
    """The side without a figure of the region is named, and its figure of another region stands nowhere."""
    comparison = compared(UK, b=PLUMBER)
    salaries = row(comparison)
    assert (salaries["outcome"], salaries["unknownFor"], salaries["b"]) == ("UNKNOWN", ["B"], None)
    assert "United States" not in json.dumps(comparison)
    assert row(compared(None, b=PLUMBER))["b"]["region"] == "United States"


def test_a_figure_of_which_no_source_says_where_does_not_compare() -> None:
    salaries = row(compared("Ireland"))
    assert (salaries["outcome"], salaries["unknownFor"]) == ("NOT_COMPARABLE", [])
    assert salaries["a"]["region"] is None
    assert salaries["b"]["region"] == "Ireland"


def test_everything_that_shows_figures_takes_a_region() -> None:
    query = """query($region: String) {
      bySlug: comparisonBySlug(slug: "ai-data-engineer-vs-nlp-engineer", region: $region) { region
        glance { rows { attribute { key } a { display } } } }
      several: multiComparison(careers: ["ai-data-engineer", "nlp-engineer", "plumber"], region: $region) { id region
        rows { attribute { key } values { display region } } statements { text } }
      career(slug: "ai-data-engineer", region: $region) { id value(attribute: "salary") { display } } }"""
    data = answer(query, REGIONAL, region=UK)
    assert row({"glance": data["bySlug"]["glance"]})["a"]["display"] == "£60,000–£90,000/yr"
    assert data["career"]["value"]["display"] == "£60,000–£90,000/yr"
    several = next(it for it in data["several"]["rows"] if it["attribute"]["key"] == "salary")
    assert several["values"] == [
        {"display": "£60,000–£90,000/yr", "region": UK},
        {"display": "£50,000–£95,000/yr", "region": UK},
        None,
    ]
    assert "$" not in json.dumps(data["several"]["statements"])


SALARY = 'value(attribute: "salary") { display region }'
POUNDS = {"display": "£60,000–£90,000/yr", "region": UK}
PAGE = "(first: 100) { edges { node { slug ...Figure } } }"
LISTS = {
    "careers": "careers(%s, first: 100) { edges { node { slug ...Figure } } }",
    "category": f'category(%s, slug: "data") {{ careers{PAGE} }}',
    "categories": f"categories(%s) {{ careers{PAGE} }}",
    "skill": f'skill(%s, slug: "data-annotation") {{ careers{PAGE} }}',
    "skills": f'skills(%s, search: "data annotation", first: 5) {{ edges {{ node {{ careers{PAGE} }} }} }}',
    "collection": 'collection(%s, slug: "careers-in-data") { careers { slug ...Figure } }',
    "collections": "collections(%s) { careers { slug ...Figure } }",
    "search": 'search(%s, text: "data engineer") { node { ... on Career { slug ...Figure } } }',
    "comparisons": f"""comparisons(%s, filter: {{ career: "{A}" }}) {{
      edges {{ node {{ a {{ slug ...Figure }} b {{ slug ...Figure }} }} }} }}""",
    "compareWith": 'career(%s, slug: "rag-engineer") { compareWith(first: 100) { slug ...Figure } }',
    "related": 'career(%s, slug: "rag-engineer") { related(first: 25) { career { slug ...Figure } } }',
    "transitionPath": f"""transitionPath(%s, from: "{A}", to: "{B}") {{
      direct {{ transition {{ from {{ slug ...Figure }} to {{ slug ...Figure }} }} }} }}""",
}
"""A query for each field that leads to careers; `%s` is where its region stands."""


def careers_in(answer: Any) -> list[Any]:
    """Each career anywhere in an answer, with its figure."""
    if isinstance(answer, list):
        return [career for each in answer for career in careers_in(each)]
    if not isinstance(answer, dict):
        return []
    return ([answer] if "slug" in answer else []) + careers_in(list(answer.values()))


@pytest.mark.parametrize("name", LISTS)
def test_every_field_that_leads_to_careers_takes_a_region(name: str) -> None:
    """Each shows the figure of the region, and none of another one."""
    text = "query($region: String) { " + LISTS[name] % "region: $region" + " } "
    query = text + f"fragment Figure on Career {{ {SALARY} }}"
    pounds, plain = (careers_in(answer(query, REGIONAL, region=region)) for region in (UK, None))
    assert [it["slug"] for it in pounds] == [it["slug"] for it in plain]
    figures = [it["value"] for it in pounds]
    assert {None if it is None else it["region"] for it in figures} <= {None, UK}
    assert POUNDS in figures
    assert POUNDS not in [it["value"] for it in plain]
    assert refusal(query, REGIONAL, region="Atlantis")["extensions"] == {
        "code": "UNKNOWN_REGION",
        "regions": ["Ireland", UK, "United States"],
    }


def careers(**variables: object) -> Any:
    """The careers of a filter and an order, by a region."""
    query = """query($region: String, $filter: CareerFilter, $orderBy: [CareerOrder!], $first: Int, $after: String) {
      careers(region: $region, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
        totalCount edges { cursor node { slug value(attribute: "salary") { display region } } } } }"""
    return answer(query, REGIONAL, **variables)["careers"]


def test_a_filter_tests_the_figures_of_the_region() -> None:
    bounds = {"attributes": [{"attribute": "salary", "test": {"range": {"min": 49_000, "max": 95_000}}}]}
    in_pounds, plain = (careers(filter=bounds, region=region, first=100) for region in (UK, None))
    assert {A, B} <= {it["node"]["slug"] for it in in_pounds["edges"]}
    assert not {A, B} & {it["node"]["slug"] for it in plain["edges"]}
    elsewhere = {it["node"]["slug"] for it in plain["edges"] if it["node"]["value"]["region"] not in (None, UK)}
    assert elsewhere
    assert not elsewhere & {it["node"]["slug"] for it in in_pounds["edges"]}


def test_an_order_reads_the_figures_of_the_region() -> None:
    """A cursor of one region is none of another."""
    catalog = catalog_with({A: [months(1)], B: [months(2), months(90, "Ireland")]})
    context = Context(catalog, lambda _: catalog)
    query = """query($region: String, $direction: Direction!, $after: String) {
      careers(first: 3, after: $after, region: $region, orderBy: [{by: ATTRIBUTE, attribute: "learning-curve",
        direction: $direction}]) { edges { cursor node { slug } } } }"""

    def first(region: str | None, direction: str, after: str | None = None) -> tuple[list[str], str]:
        edges = answer(query, context, region=region, direction=direction, after=after)["careers"]["edges"]
        return [edge["node"]["slug"] for edge in edges], edges[-1]["cursor"]

    shortest, cursor = first(UK, "ASC")
    assert shortest[:2] == [A, B]
    assert first("Ireland", "DESC")[0][0] == B
    assert not {A, B} & set(first(None, "ASC")[0])
    assert not set(first(UK, "ASC", cursor)[0]) & set(shortest)
    for region in (None, "Ireland"):
        refused = refusal(query, context, region=region, direction="ASC", after=cursor)
        assert refused["extensions"]["code"] == "BAD_CURSOR"


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_an_order_never_mixes_currencies(direction: str) -> None:
    """Pounds come behind the dollars of most careers, in either direction, and before what is not known."""
    by_salary = [{"by": "ATTRIBUTE", "attribute": "salary", "direction": direction}]
    edges = careers(orderBy=by_salary, region=UK, first=100)["edges"]
    signs = [it["node"]["value"]["display"][0] if it["node"]["value"] else None for it in edges]
    dollars = signs.count("$")
    assert dollars > 2
    assert signs == ["$"] * dollars + ["£", "£"] + [None] * (len(signs) - dollars - 2)
    assert [it["node"]["slug"] for it in edges][dollars : dollars + 2] == [B, A][:: 1 if direction == "ASC" else -1]
    rest = careers(orderBy=by_salary, region=UK, first=100, after=edges[dollars]["cursor"])["edges"]
    assert [it["node"]["slug"] for it in rest] == [it["node"]["slug"] for it in edges[dollars + 1 :]]


def test_a_path_is_graded_by_the_figures_of_the_region() -> None:
    """Months of learning that were observed elsewhere are not known in the region."""
    query = """query($region: String) { transitionPath(from: "nlp-engineer", to: "ai-data-engineer", region: $region) {
      months direct { cost transition { id grade months statements { facts { value { region } } } } } } }"""
    slower = catalog_with({A: [months(40, UK)]})
    context = Context(slower, lambda _: slower)
    here, there = (answer(query, context, region=region)["transitionPath"]["direct"] for region in (None, UK))
    assert here["transition"]["months"] < there["transition"]["months"]
    assert there["cost"] > here["cost"]
    assert here["transition"]["id"] != there["transition"]["id"]
    assert "United Kingdom" in json.dumps(there) and "United Kingdom" not in json.dumps(here)


@pytest.mark.parametrize("region", ["Atlantis", "", "united kingdom"])
def test_an_unknown_region_is_refused_with_those_there_are(region: str) -> None:
    assert refusal(QUERY, REGIONAL, **PAIR, region=region)["extensions"] == {
        "code": "UNKNOWN_REGION",
        "regions": ["Ireland", UK, "United States"],
    }
    assert answer("{ catalog { regions } }", REGIONAL)["catalog"]["regions"] == ["Ireland", UK, "United States"]


def test_ids_tell_regions_apart_and_lead_back() -> None:
    """An object of one region must not overwrite that of another one in a client's cache."""
    ids = []
    for region in (None, UK, "Ireland"):
        comparison = compared(region)
        mine = [comparison[it]["id"] for it in ("a", "b", "glance", "verdict", "skills")]
        mine += [comparison["b"]["category"]["id"], *[it["id"] for it in comparison["collections"]]]
        ids += [comparison["id"], *mine]
        fetch = f"query($id: ID!) {{ node(id: $id) {{ ... on Comparison {{ {SECTIONS} }} }} }}"
        assert answer(fetch, REGIONAL, id=comparison["id"])["node"] == comparison
        career = 'query($id: ID!) { node(id: $id) { ... on Career { value(attribute: "salary") { display region } } } }'
        assert answer(career, REGIONAL, id=comparison["a"]["id"])["node"]["value"] == comparison["a"]["region"]
    assert len(set(ids)) == len(ids)


def test_ids_of_a_region_that_is_gone_are_refused() -> None:
    id = NodeId("Comparison", "en", (A, B), region=UK).encode()
    refused = refusal("query($id: ID!) { node(id: $id) { id } }", SEEDED, id=id)
    assert refused["extensions"]["code"] == "BAD_ID"


def test_a_region_costs_also_in_ids() -> None:
    query = 'query($region: String) { comparison(a: "x", b: "y", region: $region) { slug } }'
    assert measured(query, region=UK).cost == measured(query, region=None).cost + REGION_COST
    literal, without = '{ career(slug: "x", region: "UK") { slug } }', '{ career(slug: "x") { slug } }'
    assert measured(literal).cost == measured(without).cost + REGION_COST
    one, other = NodeId("Career", "en", (A,)).encode(), NodeId("Career", "en", (A,), region=UK).encode()
    nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert measured(nodes, ids=[other, other]).cost == measured(nodes, ids=[one, one]).cost + 2 * REGION_COST
    assert PAST_COST > REGION_COST


def test_what_is_kept_of_regions_has_an_end() -> None:
    """Whoever asks for every career in each region in each locale fills no memory."""
    catalog = regional_catalog()
    slugs = list(catalog.careers)
    for region in catalog.regions:
        for locale in catalog.locales:
            for slug in slugs[1:]:
                compare(catalog, slugs[0], slug, locale, region=region)
    regional = [localized for key, localized in catalog.localized.items() if isinstance(key, tuple)]
    assert 0 < len(regional) <= MOST_REGIONAL
    assert localize(catalog, "en", UK) is localize(catalog, "en", UK)
    assert max(len(localized.once(all_localized)) for localized in regional) <= MOST_LOCALIZED


@pytest.mark.parametrize(("head", "written"), [("($region: String)", "$region"), ("", '"Ireland"'), ("", "null")])
def test_plans_give_the_same_bytes(head: str, written: str) -> None:
    pair = f'a: "{A}", b: "{B}"'
    document = parse(f"""query Q{head} {{ comparison({pair}, region: {written}) {{ {SECTIONS} }}
      multiComparison(careers: ["{A}", "{B}"], region: {written}) {{ id rows {{ values {{ display }} }} }}
      career(slug: "{A}", region: {written}) {{ id regions values {{ display }} }} }}""")
    variables = {"region": UK}
    plan = compile_plan(CORE, document, "Q", soon=1)
    assert plan is not None
    expected = standard(document, variables, REGIONAL)
    assert not expected.errors
    assert plan.run(variables, REGIONAL) == encode({"data": expected.data})
