"""Related careers, published relations, and the reasons of pairs, as the API gives them."""

import pytest

from api import small
from api.asking import SEEDED, answer, refusal
from careergraph.api.base.context import Context
from careergraph.engine.comparison.compare import path_between
from careergraph.engine.content import Catalog
from careergraph.engine.similarity.neighbours import neighbours
from careergraph.engine.similarity.pair_ranking import ranking
from careergraph.engine.text.localized_catalog import localize
from engine import labour
from truth.seeded import catalog

RELATED = """query($slug: String!, $first: Int) { career(slug: $slug) { related(first: $first) {
  career { slug } score components { component similarity weight } shared { component text skill { slug } } } } }"""
LIST = """query($first: Int, $after: String, $filter: ComparisonFilter) {
  comparisons(first: $first, after: $after, filter: $filter) { totalCount edges { score cursor node { slug }
    reason { featured nearness figures deciding shared { component text } } } } }"""


def _context(catalog: Catalog) -> Context:
    return Context(catalog, lambda _: catalog)


def test_the_nearest_with_what_makes_them_near() -> None:
    slug = "ai-model-routing-engineer"
    related = answer(RELATED, SEEDED, slug=slug, first=4)["career"]["related"]
    nearest = neighbours(catalog(), catalog().careers[slug])[:4]
    assert [it["career"]["slug"] for it in related] == [it.slug for it in nearest]
    for career in related:
        weight = sum(part["weight"] for part in career["components"])
        mean = sum(part["weight"] * part["similarity"] for part in career["components"]) / weight
        assert abs(mean - career["score"]) < 0.0001
        assert career["shared"]
    skill = next(item for career in related for item in career["shared"] if item["component"] == "SKILLS")
    assert skill["text"] == catalog().skills[skill["skill"]["slug"]].name["en"]


def test_too_many_are_refused() -> None:
    assert refusal(RELATED, SEEDED, slug="data-scientist", first=101)["extensions"]["code"] == "TOO_MANY"


def test_what_a_source_publishes_is_marked_as_such() -> None:
    query = '{ career(slug: "career-001") { relatedPublished { career { slug } rank source { slug } } } }'
    related = answer(query, _context(labour.market(1, 5)))["career"]["relatedPublished"]
    assert related == [
        {"career": {"slug": "career-003"}, "rank": 1, "source": {"slug": "survey"}},
        {"career": {"slug": "career-002"}, "rank": 3, "source": {"slug": "survey"}},
    ]
    assert answer('{ career(slug: "nurse") { relatedPublished { rank } } }')["career"]["relatedPublished"] == []


def test_pairs_come_with_their_reasons() -> None:
    edges = answer(LIST, SEEDED, first=30)["comparisons"]["edges"]
    assert [edge["score"] for edge in edges] == sorted([edge["score"] for edge in edges], reverse=True)
    count = len(catalog().attributes)
    for edge in edges:
        reason = edge["reason"]
        decide = reason["deciding"] / reason["figures"] if reason["figures"] else 0
        score = reason["nearness"] * (2 + reason["figures"] / count + decide) / 4
        assert abs(edge["score"] - score) < 0.0001
        assert reason["shared"]


def test_the_catalog_counts_pairs_and_those_that_pass() -> None:
    figures = answer("{ catalog { comparisons rankedComparisons } }", SEEDED)["catalog"]
    assert figures["rankedComparisons"] == len(ranking(catalog())) < figures["comparisons"]
    assert answer("{ catalog { rankedComparisons } }")["catalog"] == {"rankedComparisons": len(ranking(small.NEW))}


def test_a_least_score_narrows_each_listing() -> None:
    every = answer(LIST, SEEDED, first=100)["comparisons"]["edges"]
    least = every[40]["score"]
    career = every[0]["node"]["slug"].split("-vs-")[0]
    category = catalog().careers[career].category.slug
    for more in ({}, {"career": career}, {"category": category}, {"career": career, "category": category}):
        whole = answer(LIST, SEEDED, first=100, filter=more)["comparisons"]["edges"]
        narrow = answer(LIST, SEEDED, first=100, filter={**more, "minScore": least})["comparisons"]
        expected = [edge for edge in whole if edge["score"] >= least]
        assert [edge["node"] for edge in narrow["edges"]] == [edge["node"] for edge in expected]
        assert narrow["totalCount"] >= len(expected) > 0


PATH = """query($from: String!, $to: String!, $most: Int, $asOf: DateTime) {
  transitionPath(from: $from, to: $to, maxSteps: $most, asOf: $asOf) { cost months
    steps { cost related { career { slug } score } transition { from { slug } to { slug } grade months keep { text }
      gain { text } statements { text } } } direct { cost transition { grade } } } }"""


def test_a_way_over_careers_in_between() -> None:
    localized = localize(catalog())
    slugs = list(catalog().careers)
    for origin, target in zip(slugs[:10], slugs[40:], strict=False):
        expected = path_between(localized, origin, target, 3)
        path = answer(PATH, SEEDED, **{"from": origin, "to": target})["transitionPath"]
        assert (path["cost"], path["months"]) == (expected.cost, expected.months)
        ends = [(step["transition"]["from"]["slug"], step["transition"]["to"]["slug"]) for step in path["steps"]]
        assert ends == [(step.transition.origin.slug, step.transition.target.slug) for step in expected.steps]
        assert path["direct"]["cost"] == expected.direct.cost
        for step in path["steps"] if len(ends) > 1 else ():
            assert step["related"]["career"] == step["transition"]["to"]
            assert step["transition"]["statements"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"from": "nurse", "to": "nurse"}, "SAME_CAREER"),
        ({"from": "nurse", "to": "nurs"}, "UNKNOWN_CAREER"),
        ({"from": "nurse", "to": "roofer", "most": 0}, "TOO_FEW"),
        ({"from": "nurse", "to": "roofer", "most": 5}, "TOO_MANY"),
        ({"from": "nurse", "to": "roofer", "asOf": "2020-01-01T00:00:00Z"}, "BAD_DATE"),
    ],
)
def test_bad_paths_are_refused(arguments: dict[str, object], expected: str) -> None:
    assert refusal(PATH, Context(small.NEW, small.as_of), **arguments)["extensions"]["code"] == expected
