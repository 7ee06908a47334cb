"""What editors say of pairs: marked as theirs, hidden pairs stay out of lists; and slugs of before lead to today's."""

from dataclasses import replace

import pytest

from api import small
from api.asking import answer, code
from careergraph.api.base.context import Context
from careergraph.engine.content import PairNotes, PairQuestion

NOTES = PairNotes(
    a="carpenter",
    b="nurse",
    introduction={"en": "Wood or wards?", "de": "Holz oder Station?"},
    questions=(PairQuestion(question={"en": "Which pays?"}, answer={"en": "See the glance."}),),
    featured=True,
    hidden=True,
)
REDIRECTS = {
    ("career", "joiner"): "carpenter",
    ("category", "trade"): "craft",
    ("skill", "timber"): "wood",
    ("collection", "handmade"): "hands",
    ("attribute", "wage"): "pay",
}
CATALOG = replace(small.NEW, pairs_notes={NOTES.slug: NOTES}, redirects=REDIRECTS)
EDITED = Context(CATALOG, small.as_of)
EDITORIAL = """query($a: String!, $b: String!, $locale: String) { comparison(a: $a, b: $b, locale: $locale) {
  summary { text } editorial { introduction questions { question answer } featured hidden fallbackFields } } }"""
LIST = """query($first: Int, $last: Int, $after: String, $filter: ComparisonFilter) {
  comparisons(first: $first, last: $last, after: $after, filter: $filter) {
    totalCount edges { cursor node { slug } } pageInfo { hasNextPage } } }"""


@pytest.mark.parametrize(("a", "b"), [("carpenter", "nurse"), ("nurse", "carpenter")])
def test_the_editors_text_stands_apart_from_the_statements(a: str, b: str) -> None:
    comparison = answer(EDITORIAL, EDITED, a=a, b=b)["comparison"]
    assert comparison["editorial"] == {
        "introduction": "Wood or wards?",
        "questions": [{"question": "Which pays?", "answer": "See the glance."}],
        "featured": True,
        "hidden": True,
        "fallbackFields": [],
    }
    assert comparison["summary"] == answer(EDITORIAL, a=a, b=b)["comparison"]["summary"]


def test_a_text_that_falls_back_is_marked() -> None:
    editorial = answer(EDITORIAL, EDITED, a="carpenter", b="nurse", locale="de")["comparison"]["editorial"]
    assert editorial["introduction"] == "Holz oder Station?"
    assert editorial["fallbackFields"] == ["questions"]


def test_nobody_said_anything() -> None:
    assert answer(EDITORIAL, EDITED, a="roofer", b="nurse")["comparison"]["editorial"] is None


@pytest.mark.parametrize("pair_filter", [None, {"career": "carpenter"}, {"category": "craft"}, {"minScore": 0.1}])
def test_a_hidden_pair_is_in_no_list(pair_filter: object) -> None:
    before = answer(LIST, filter=pair_filter)["comparisons"]
    comparisons = answer(LIST, EDITED, filter=pair_filter)["comparisons"]
    slugs = [edge["node"]["slug"] for edge in before["edges"]]
    expected = [slug for slug in slugs if slug != NOTES.slug]
    assert [edge["node"]["slug"] for edge in comparisons["edges"]] == expected
    assert comparisons["totalCount"] == len(expected)


def test_pages_go_on_across_a_hidden_pair() -> None:
    """A cursor of the hidden pair itself, from before it was hidden, still says where it stood."""
    every = answer(LIST)["comparisons"]["edges"]
    slugs = [edge["node"]["slug"] for edge in every]
    gone = slugs.index(NOTES.slug)
    left = slugs[:gone] + slugs[gone + 1 :]
    comparisons = answer(LIST, EDITED, first=1, after=every[gone]["cursor"])["comparisons"]
    assert [edge["node"]["slug"] for edge in comparisons["edges"]] == left[gone : gone + 1]
    assert comparisons["pageInfo"]["hasNextPage"] is (len(left) > gone + 1)
    assert [edge["node"]["slug"] for edge in answer(LIST, EDITED, last=5)["comparisons"]["edges"]] == left


def test_a_featured_pair_comes_first() -> None:
    """Whatever it scores: it is the editors' word against a measure."""
    last = answer(LIST)["comparisons"]["edges"][-1]["node"]["slug"]
    a, b = last.split("-vs-")
    notes = PairNotes(a=a, b=b, featured=True)
    featured = Context(replace(small.NEW, pairs_notes={notes.slug: notes}), small.as_of)
    assert answer(LIST, featured)["comparisons"]["edges"][0]["node"]["slug"] == last


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('{ career(slug: "joiner") { slug } }', {"career": {"slug": "carpenter"}}),
        (
            '{ comparison(a: "joiner", b: "nurse") { slug a { slug } } }',
            {"comparison": {"slug": "carpenter-vs-nurse", "a": {"slug": "carpenter"}}},
        ),
        (
            '{ multiComparison(careers: ["nurse", "joiner"]) { slug } }',
            {"multiComparison": {"slug": "nurse-vs-carpenter"}},
        ),
        ('{ category(slug: "trade") { slug } }', {"category": {"slug": "craft"}}),
        ('{ skill(slug: "timber") { slug } }', {"skill": {"slug": "wood"}}),
        ('{ collection(slug: "handmade") { slug } }', {"collection": {"slug": "hands"}}),
        (
            '{ career(slug: "nurse") { value(attribute: "wage") { attribute { key } } } }',
            {"career": {"value": {"attribute": {"key": "pay"}}}},
        ),
        ('{ careers(filter: {category: ["trade"]}) { totalCount } }', {"careers": {"totalCount": 2}}),
        ('{ careers(filter: {skill: ["timber"]}) { totalCount } }', {"careers": {"totalCount": 1}}),
        ('{ careers(filter: {collection: ["handmade"]}) { totalCount } }', {"careers": {"totalCount": 2}}),
        ('{ comparisons(filter: {career: "joiner"}) { totalCount } }', {"comparisons": {"totalCount": 1}}),
    ],
)
def test_a_slug_of_before_is_answered_as_it_is_called_now(query: str, expected: object) -> None:
    assert answer(query, EDITED) == expected


def test_one_career_by_two_slugs_is_one_career() -> None:
    assert code('{ comparison(a: "joiner", b: "carpenter") { slug } }', EDITED) == "SAME_CAREER"
    assert code('{ multiComparison(careers: ["joiner", "nurse", "carpenter"]) { slug } }', EDITED) == "SAME_CAREER"
