"""The queries that GraphiQL opens with: each runs, over any catalog."""

import json
from typing import Any

import pytest

from careergraph.engine.content import Catalog
from careergraph.web.app import CareerGraph
from careergraph.web.config import Config
from careergraph.web.examples import examples
from truth import seeded
from web.client import Client
from web.stub import Shelf, catalog


def run(shelf: Catalog, number: int) -> Any:
    """The answer of the public schema to an example, with its variables."""
    example = examples(shelf)[number]
    app = CareerGraph(Config(show_cost=False), open_catalogs=lambda _: Shelf(shelf)).asgi()
    body = {"query": example.query, "variables": json.loads(example.variables or "{}")}
    answer = Client(app).post("/graphql", json=body).json()
    assert "errors" not in answer, answer
    return answer["data"]


def test_the_first_has_no_name_and_the_others_have_one_each() -> None:
    """GraphiQL runs an operation without a name at once, and calls a tab by its operation."""
    first, *others = examples(seeded.catalog())
    assert first.query.startswith("{") and not first.variables
    names = [example.query.split("(")[0] for example in others]
    assert names == ["query Careers", "query Search", "query Path", "query Several"]


def test_each_shows_something_of_the_seed() -> None:
    """An example that answers with nothing teaches nothing."""
    comparison, careers, search, path, several = (run(seeded.catalog(), number) for number in range(5))
    assert len(comparison["comparison"]["verdict"]["conclusion"]) >= 1
    assert len(careers["careers"]["edges"]) >= 2 and careers["careers"]["edges"][0]["node"]["values"]
    assert search["search"][0]["node"]["__typename"] == "Career" and search["search"][0]["score"] == 1
    assert path["transitionPath"]["steps"] and path["transitionPath"]["direct"]
    assert several["multiComparison"]["title"].count(" vs ") >= 2 and several["multiComparison"]["statements"]


@pytest.mark.parametrize(("careers", "count"), [(0, 1), (1, 1), (2, 5), (3, 5), (20, 5)])
def test_they_run_over_a_catalog_of_any_size(careers: int, count: int) -> None:
    """A host begins with no career, and may have no collection, no attribute and no skill."""
    bare = catalog(careers=careers)
    shelf = Catalog.of(
        version=1,
        published_at=bare.published_at,
        locales=list(seeded.catalog().locales.values()),
        careers=list(bare.careers.values()),
        categories=list(bare.categories.values()),
    )
    assert len(examples(shelf)) == count
    for number in range(count):
        assert run(shelf, number)


def test_without_a_catalog_there_is_a_query_still() -> None:
    """The page is there before the database is."""
    assert [example.query for example in examples(None)] == ["{ catalog { version careers } }\n"]
