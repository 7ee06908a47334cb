"""Comparisons of two careers and of several."""

from typing import Any

import pytest

from api.asking import SEEDED, answer, ask, code, refusal

A, B = "ai-model-routing-engineer", "ai-multi-agent-systems-engineer"
WHOLE = """query($a: String!, $b: String!, $locale: String) { comparison(a: $a, b: $b, locale: $locale) {
  slug canonicalSlug title catalogVersion a { slug } b { slug }
  summary { text rule outcome locale
    facts { career { slug } attribute { key } value { display } part skill { slug } count } }
  glance { rows { attribute { key } a { display } b { display } outcome obstacle statements { text rule } } }
  skills { overlap aOnly { position text } bOnly { position } related { a { position } b { position } because }
    shared { concept { slug } a { position concepts { slug } } b { position } } }
  verdict { chooseA { career { slug } reasons { text facts { attribute { key } part } } }
    chooseB { career { slug } reasons { text facts { attribute { key } part } } }
    either { rule } conclusion { text } }
  transition {
    from { slug } to { slug } grade months covered keep { position weight } gain { position weight } statements { rule }
  }
  back: transition(from: B) { from { slug } to { slug } grade }
  collections { slug careers { slug } } compareWith(first: 3) { slug }
} }"""


@pytest.fixture(scope="module")
def pair() -> Any:
    return answer(WHOLE, SEEDED, a=A, b=B)["comparison"]


def test_the_page_as_it_should_be(pair: Any) -> None:
    assert pair["slug"] == pair["canonicalSlug"] == f"{A}-vs-{B}"
    assert pair["title"] == "AI Model Routing Engineer vs AI Multi-Agent Systems Engineer"
    outcomes = {row["attribute"]["key"]: row["outcome"] for row in pair["glance"]["rows"]}
    assert outcomes == {
        "salary": "DIFFERS",
        "demand-score": "B",
        "ai-replacement-risk": "TIE",
        "learning-curve": "A",
        "difficulty": "TIE",
        "entry-barrier": "TIE",
        "remote-friendly": "TIE",
        "requires-coding": "TIE",
    }
    assert pair["glance"]["rows"][0]["a"]["display"] == "$135,000–$210,000/yr"


def test_skills_are_matched_by_meaning(pair: Any) -> None:
    skills = pair["skills"]
    assert [(it["a"]["position"], it["b"]["position"]) for it in skills["shared"]] == [(5, 2)]
    assert skills["shared"][0]["concept"]["slug"] in {it["slug"] for it in skills["shared"][0]["a"]["concepts"]}
    related = sorted((it["a"]["position"], it["b"]["position"]) for it in skills["related"])
    assert related == [(1, 8), (2, 1), (7, 6), (8, 7)]
    assert all(it["because"] for it in skills["related"])
    assert [it["position"] for it in skills["aOnly"]] == [3, 4, 6]
    assert [it["position"] for it in skills["bOnly"]] == [3, 4, 5]
    assert skills["overlap"] == 2 * 1 / 16


def test_each_side_gets_what_tells_it_apart(pair: Any) -> None:
    def reasons(side: str) -> list[tuple[str, str | None]]:
        facts = [reason["facts"][0] for reason in pair["verdict"][side]["reasons"]]
        return [(fact["attribute"]["key"], fact["part"]) for fact in facts]

    assert reasons("chooseA") == [("salary", "LOW"), ("learning-curve", None)]
    assert reasons("chooseB") == [("salary", "HIGH"), ("demand-score", None)]
    assert pair["verdict"]["chooseB"]["career"]["slug"] == B
    assert pair["verdict"]["conclusion"]
    assert {"shared-trait", "shared-category", "shared-skills"} >= {it["rule"] for it in pair["verdict"]["either"]}


def test_every_statement_has_facts(pair: Any) -> None:
    assert pair["summary"]
    for statement in pair["summary"]:
        assert statement["facts"] and statement["text"] and statement["locale"] == "en"


def test_transition_runs_from_either_side(pair: Any) -> None:
    assert (pair["transition"]["from"]["slug"], pair["transition"]["to"]["slug"]) == (A, B)
    assert (pair["back"]["from"]["slug"], pair["back"]["to"]["slug"]) == (B, A)
    weights = {key: [it["weight"] for it in pair["transition"][key]] for key in ("keep", "gain")}
    whole = sum(weights["keep"] + weights["gain"])
    halves = round(pair["transition"]["covered"] * 2 * whole)
    assert pair["transition"]["covered"] == halves / (2 * whole)
    assert sum(weights["keep"]) <= halves < 2 * sum(weights["keep"]), "one is shared, and four are related"
    kept = [it["position"] for key in ("keep", "gain") for it in pair["transition"][key]]
    assert sorted(kept) == list(range(1, 9))


def test_a_collection_that_holds_both_comes_first(pair: Any) -> None:
    careers_of_each = [{career["slug"] for career in it["careers"]} for it in pair["collections"]]
    assert {A, B} <= careers_of_each[0]
    both = [{A, B} <= it for it in careers_of_each]
    assert both == sorted(both, reverse=True)


def test_others_worth_comparing_are_others(pair: Any) -> None:
    assert len(pair["compareWith"]) == 3
    assert not {A, B} & {it["slug"] for it in pair["compareWith"]}


def test_the_mirror_image_has_its_own_slug_and_the_same_address(pair: Any) -> None:
    mirrored = answer(WHOLE, SEEDED, a=B, b=A)["comparison"]
    assert mirrored["slug"] == f"{B}-vs-{A}"
    assert mirrored["canonicalSlug"] == pair["canonicalSlug"]
    assert [it["text"] for it in mirrored["verdict"]["chooseA"]["reasons"]] == [
        reason["text"] for reason in pair["verdict"]["chooseB"]["reasons"]
    ]


def test_a_comparison_reads_in_german() -> None:
    pair = answer(WHOLE, SEEDED, a=A, b=B, locale="de")["comparison"]
    assert {it["locale"] for it in pair["summary"]} == {"de"}
    assert pair["glance"]["rows"][0]["a"]["display"].startswith("135.000–210.000")


def test_a_row_by_its_attribute() -> None:
    query = """query($key: String!) { comparison(a: "carpenter", b: "roofer") { glance { row(attribute: $key) {
      attribute { key } outcome obstacle a { display } b { display } statements { text rule } } } } }"""

    def row(key: str) -> Any:
        return answer(query, key=key)["comparison"]["glance"]["row"]

    assert row("months")["outcome"] == "B"
    assert [it["rule"] for it in row("months")["statements"]] == ["advantage"]
    assert (row("pay")["outcome"], row("pay")["obstacle"]) == ("NOT_COMPARABLE", "SAME_FIGURE")
    assert [it["rule"] for it in row("pay")["statements"]] == ["not-comparable"]
    assert (row("barrier")["outcome"], row("barrier")["b"]) == ("UNKNOWN", None)
    assert [it["rule"] for it in row("barrier")["statements"]] == ["figure"]
    assert [it["rule"] for it in row("travel")["statements"]] == ["figure", "figure"]


def test_a_row_that_neither_career_has_is_null() -> None:
    query = '{ comparison(a: "nurse", b: "roofer") { glance { row(attribute: "%s") { outcome } } } }'
    assert answer(query % "pay")["comparison"]["glance"]["row"] == {"outcome": "DIFFERS"}
    result = ask(query % "pey")
    assert result.data == {"comparison": {"glance": {"row": None}}}
    assert result.codes == ["UNKNOWN_ATTRIBUTE"]
    assert result.errors[0]["path"] == ["comparison", "glance", "row"]


def test_unknown_careers_are_refused_with_suggestions() -> None:
    error = refusal('{ comparison(a: "carpentr", b: "nurse") { slug } catalog { version } }')
    assert error["extensions"] == {"code": "UNKNOWN_CAREER", "suggestions": ["carpenter"], "arguments": ["a"]}
    assert "carpenter" not in error["message"]


def test_one_bad_field_leaves_the_rest() -> None:
    result = ask('{ bad: comparison(a: "x", b: "nurse") { slug } good: comparison(a: "nurse", b: "roofer") { slug } }')
    assert result.data == {"bad": None, "good": {"slug": "nurse-vs-roofer"}}
    assert result.codes == ["UNKNOWN_CAREER"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('a: "nurse", b: "nurse"', "SAME_CAREER"),
        ('a: "nurse", b: "roofer", locale: "xx"', "UNKNOWN_LOCALE"),
        ('a: "nurse", b: "roofer", locale: ""', "UNKNOWN_LOCALE"),
        ('a: "nurse"', "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_bad_comparisons_are_refused(arguments: str, expected: str) -> None:
    assert code("{ comparison(%s) { slug } }" % arguments) == expected  # noqa: UP031 - braces all over


MANY = """query($careers: [String!]!) { multiComparison(careers: $careers) { slug title careers { slug }
  rows { attribute { key } values { display } leaders { slug } comparable }
  skills { concept { slug } holders { slug } } statements { text facts { career { slug } } } } }"""


def test_several_careers_at_once() -> None:
    comparison = answer(MANY, careers=["nurse", "carpenter", "roofer"])["multiComparison"]
    assert comparison["slug"] == "nurse-vs-carpenter-vs-roofer"
    assert comparison["title"] == "Nurse vs Carpenter vs Roofer"
    assert [it["slug"] for it in comparison["careers"]] == ["nurse", "carpenter", "roofer"]
    rows = {row["attribute"]["key"]: row for row in comparison["rows"]}
    assert [value and value["display"] for value in rows["barrier"]["values"]] == ["High", "Low", None]
    assert (rows["barrier"]["comparable"], rows["barrier"]["leaders"]) == (False, [])
    holders = {it["concept"]["slug"]: [career["slug"] for career in it["holders"]] for it in comparison["skills"]}
    assert holders == {"tools": ["carpenter", "roofer"], "wood": ["carpenter"]}


def test_leaders_of_a_row() -> None:
    rows = answer(MANY, careers=["carpenter", "roofer"])["multiComparison"]["rows"]
    months = next(row for row in rows if row["attribute"]["key"] == "months")
    assert (months["comparable"], months["leaders"]) == (True, [{"slug": "roofer"}])


@pytest.mark.parametrize(
    ("careers", "expected"),
    [
        (["nurse"], {"code": "TOO_FEW", "minimum": 2}),
        (["a", "b", "c", "d", "e", "f", "g"], {"code": "TOO_MANY", "maximum": 6}),
        (["nurse", "nurse"], {"code": "SAME_CAREER"}),
        (["nurse", "rofer"], {"code": "UNKNOWN_CAREER", "suggestions": ["roofer"], "arguments": ["careers[1]"]}),
    ],
)
def test_bad_groups_are_refused(careers: list[str], expected: dict[str, object]) -> None:
    assert refusal(MANY, careers=careers)["extensions"] == expected


@pytest.mark.parametrize("first", [-1, 101])
def test_how_many_neighbours_is_bounded(first: int) -> None:
    expected = "BAD_PAGE" if first < 0 else "TOO_MANY"
    for field in ('comparison(a: "nurse", b: "roofer")', 'career(slug: "nurse")'):
        assert code(f"query($n: Int) {{ {field} {{ compareWith(first: $n) {{ slug }} }} }}", n=first) == expected
