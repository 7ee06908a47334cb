"""What a front end would otherwise work out itself: counts, enums, domains, dates, and which slug was wrong."""

from datetime import datetime

import pytest

from api.asking import SEEDED, answer, ask
from careergraph.engine.content.value_kinds import Level
from truth.seeded import catalog

A, B = "ai-model-routing-engineer", "ai-multi-agent-systems-engineer"
PAIR = f'a: "{A}", b: "{B}"'


def test_counts_of_skills() -> None:
    data = answer(f"{{ comparison({PAIR}) {{ skills {{ counts {{ a b aOnly shared related bOnly }} }} }} }}", SEEDED)
    expected = {"a": 8, "b": 8, "aOnly": 3, "shared": 1, "related": 4, "bOnly": 3}
    assert data["comparison"]["skills"]["counts"] == expected


def test_enums_beside_their_texts() -> None:
    query = f"""{{ comparison({PAIR}) {{ summary {{ rule ruleKind }} glance {{ row(attribute: "salary") {{
      a {{ ... on MoneyRange {{ basis basisKind period periodKind }} }} }} }} }} }}"""
    comparison = answer(query, SEEDED)["comparison"]
    assert comparison["glance"]["row"]["a"] == {
        "basis": "EDITORIAL",
        "basisKind": "EDITORIAL",
        "period": "YEAR",
        "periodKind": "YEAR",
    }
    assert all(it["ruleKind"] == it["rule"].upper().replace("-", "_") for it in comparison["summary"])


def test_percentiles_of_a_range_are_named() -> None:
    """All ranges of percentiles name them; no other does, also not an estimate that was made from some."""
    query = """{ careers(first: 100) { edges { node { slug value(attribute: "salary") {
      ... on MoneyRange { basis lowPercentile highPercentile } } } } } }"""
    ranges = [it["node"]["value"] for it in answer(query, SEEDED)["careers"]["edges"] if it["node"]["value"]]
    named = {(it["basis"], it["lowPercentile"], it["highPercentile"]) for it in ranges}
    assert named == {("PERCENTILES", 10, 90), ("EDITORIAL", None, None)}
    query = "{ attributes { key domains { basis lowPercentile highPercentile } } }"
    domains = {it["key"]: it["domains"] for it in answer(query, SEEDED)["attributes"]}
    assert {tuple(it.values()) for it in domains["salary"]} == named
    assert {tuple(it.values()) for it in domains["learning-curve"]} == {(None, None, None)}


def test_a_level_has_the_share_and_the_interval_of_its_source() -> None:
    query = """query($slug: String!) { career(slug: $slug) { value(attribute: "education") {
      sampleSize ... on Level { share interval } } } }"""
    for slug, expected in (
        ("physical-therapist", {"sampleSize": 28, "share": 47.13, "interval": [22.9856, 72.6997]}),
        ("actuary", {"sampleSize": 28, "share": 78.57, "interval": None}),
        ("registered-nurse", None),
    ):
        assert answer(query, SEEDED, slug=slug)["career"]["value"] == expected
    values = [career.value("education") for career in catalog().careers.values()]
    levels = [it for it in values if isinstance(it, Level)]
    assert all(it.share is not None and it.provenance.sample_size for it in levels)
    assert [it for it in levels if it.interval is not None], "O*NET gives an interval for answers of incumbents"
    assert all(it.interval[0] <= (it.share or 0) <= it.interval[1] for it in levels if it.interval)


def test_when_a_comparison_was_updated() -> None:
    data = answer(f"{{ comparison({PAIR}) {{ updatedAt a {{ publishedAt }} b {{ publishedAt }} }} }}", SEEDED)
    page = data["comparison"]
    when = [
        datetime.fromisoformat(instant)
        for instant in (page["updatedAt"], page["a"]["publishedAt"], page["b"]["publishedAt"])
    ]
    assert when[0] == max(when[1:])


def test_a_comparison_by_its_slug_in_either_order() -> None:
    for slug in (f"{A}-vs-{B}", f"{B}-vs-{A}"):
        comparison = answer(f'{{ comparisonBySlug(slug: "{slug}") {{ slug canonicalSlug lead {{ text }} }} }}', SEEDED)
        a, b = slug.split("-vs-")
        other = answer(f'{{ comparison(a: "{a}", b: "{b}") {{ slug canonicalSlug lead {{ text }} }} }}', SEEDED)
        assert comparison["comparisonBySlug"] == other["comparison"]


@pytest.mark.parametrize("slug", ["", "plumber", "-vs-", "plumber-vs-", "a-vs-b-vs-c"])
def test_what_is_no_slug_of_a_comparison(slug: str) -> None:
    assert ask(f'{{ comparisonBySlug(slug: "{slug}") {{ slug }} }}', SEEDED).codes == ["BAD_COMPARISON_SLUG"]


@pytest.mark.parametrize(
    ("a", "b", "arguments"),
    [("plumbr", "lawyer", ["a"]), ("lawyer", "plumbr", ["b"]), ("plumbr", "xyz", ["a", "b"])],
)
def test_which_slug_was_wrong(a: str, b: str, arguments: list[str]) -> None:
    for query in (f'comparison(a: "{a}", b: "{b}")', f'comparisonBySlug(slug: "{a}-vs-{b}")'):
        (error,) = ask(f"{{ {query} {{ slug }} }}", SEEDED).errors
        assert error["extensions"]["code"] == "UNKNOWN_CAREER"
        assert error["extensions"]["arguments"] == arguments
        assert "plumber" in error["extensions"]["suggestions"]
    (error,) = ask(f'{{ multiComparison(careers: ["nurse", "{a}", "{b}"]) {{ slug }} }}', SEEDED).errors
    assert error["extensions"]["arguments"][0] == "careers[0]"
    (error,) = ask(f'{{ transitionPath(from: "{a}", to: "{b}") {{ cost }} }}', SEEDED).errors
    assert error["extensions"]["arguments"] == [{"a": "from", "b": "to"}[it] for it in arguments]


def test_domains_are_those_of_the_figures() -> None:
    query = "{ attributes { key domains { low high careers currency period basis unit region } } }"
    domains = {it["key"]: it["domains"] for it in answer(query, SEEDED)["attributes"]}
    assert domains["difficulty"] == [] and domains["remote-friendly"] == []
    values = [value for career in catalog().careers.values() if (value := career.value("learning-curve"))]
    numbers = [value.order()[0] for value in values]
    (learning,) = domains["learning-curve"]
    assert (learning["low"], learning["high"], learning["careers"]) == (min(numbers), max(numbers), len(numbers))
    assert learning["unit"] == "months"
    assert {it["unit"] for it in domains["salary"]} == {None}
    assert [it["basis"] for it in domains["salary"]] == ["PERCENTILES", "EDITORIAL"]
    assert sum(it["careers"] for it in domains["salary"]) == sum(
        career.value("salary") is not None for career in catalog().careers.values()
    )


def test_rows_say_whose_value_is_not_known() -> None:
    query = """{ comparison(a: "prompt-engineer", b: "translator") { glance {
      rows { attribute { key } a { display } b { display } unknownFor } unknown { key } } } }"""
    glance = answer(query, SEEDED)["comparison"]["glance"]
    for row in glance["rows"]:
        assert row["unknownFor"] == [side.upper() for side in ("a", "b") if row[side] is None]
    assert {side for row in glance["rows"] for side in row["unknownFor"]} == {"A", "B"}
    both = answer(
        f"{{ comparison({PAIR}) {{ glance {{ rows {{ attribute {{ key }} }} unknown {{ key }} }} }} }}", SEEDED
    )
    listed = [it["attribute"]["key"] for it in both["comparison"]["glance"]["rows"]]
    unknown = [it["key"] for it in both["comparison"]["glance"]["unknown"]]
    assert unknown == ["ai-exposure", "job-zone", "education"]
    assert sorted([*listed, *unknown]) == sorted(catalog().attributes)


def test_every_seeded_career_is_in_a_collection() -> None:
    listed = {slug for collection in catalog().collections.values() for slug in collection.careers}
    assert listed == set(catalog().careers)


@pytest.mark.parametrize("locale", ["en", "de"])
def test_a_career_without_a_roadmap_has_one_by_rule(locale: str) -> None:
    """Its skills, each once and in the career's order, in two halves; before them what is known of the way to them."""
    query = """query($slug: String!, $locale: String) { career(slug: $slug, locale: $locale) {
      roadmap { stages { title } }
      derivedRoadmap { kind stages { title summary months skills { slug } resources { url } } }
      education: value(attribute: "education") { display } } }"""
    ways = {}
    for slug, career in catalog().careers.items():
        response = answer(query, SEEDED, slug=slug, locale=locale)["career"]
        assert (response["roadmap"] is None) == (response["derivedRoadmap"] is not None), slug
        if response["derivedRoadmap"] is None:
            continue
        stages = response["derivedRoadmap"]["stages"]
        listed = [it["slug"] for stage in stages for it in stage["skills"]]
        assert listed == list(dict.fromkeys(it.concept.slug for it in career.skills if it.concept)), slug
        assert response["derivedRoadmap"]["kind"] == "DERIVED"
        assert all(it["title"] and it["months"] is None and not it["resources"] for it in stages)
        assert bool(stages[0]["summary"]) == (not stages[0]["skills"])
        if response["education"]:
            assert response["education"]["display"].lower() in stages[0]["summary"].lower()
        ways[slug] = tuple(listed)
    assert len(ways) == len([it for it in catalog().careers.values() if not it.roadmap]) > 40


def test_a_derived_roadmap_says_what_it_rests_on_and_who_leads_there() -> None:
    query = """{ career(slug: "biostatistician") { derivedRoadmap {
      figures { attribute { key } display source { slug } } monthsOver monthsUpTo
      bridges { career { slug } grade covered } } } }"""
    roadmap = answer(query, SEEDED)["career"]["derivedRoadmap"]
    assert roadmap == {
        "figures": [
            {"attribute": {"key": "education"}, "display": "Master's degree", "source": {"slug": "onet"}},
            {"attribute": {"key": "job-zone"}, "display": "Extensive", "source": {"slug": "onet"}},
        ],
        "monthsOver": 48,
        "monthsUpTo": None,
        "bridges": [
            {"career": {"slug": "statistician"}, "grade": "MODERATE", "covered": 2 / 3},
            {"career": {"slug": "ai-evaluation-engineer"}, "grade": "MODERATE", "covered": 4 / 27},
            {"career": {"slug": "computer-research-scientist"}, "grade": "MODERATE", "covered": 2 / 9},
        ],
    }
    query = "{ attributes { key options { key monthsOver monthsUpTo } } }"
    options = {it["key"]: it["options"] for it in answer(query, SEEDED)["attributes"]}
    assert options["job-zone"][3] == {"key": "zone-4", "monthsOver": 24, "monthsUpTo": 48}
