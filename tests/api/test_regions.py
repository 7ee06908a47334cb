"""`region:` which figures it chooses, what it says where there is none, what is refused; without it nothing changes."""

import json
from typing import Any

import pytest
from graphql import parse

from api.asking import SEEDED, answer, refusal
from api.compiler.comparing import CORE, standard
from api.limits.test_limits import measured
from api.regions import REGIONAL, UK, A, B, regional_catalog
from careergraph.api.base.node_id import NodeId
from careergraph.api.compiler import compile_plan
from careergraph.api.compiler.fragment_cache import encode
from careergraph.api.limits.cost import PAST_COST, REGION_COST
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
        it["text"] for it in there["verdict"]["chooseB"]["reasons"]
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
    assert max(len(localized.once(all_localized)) for localized in regional) <= MOST_LOCALIZED  # type: ignore[attr-defined]


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
