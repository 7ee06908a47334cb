"""A federated graph: the example composes careergraph with another subgraph, and its gateway answers from both."""

import json
from pathlib import Path

import pytest

from careergraph import CareerGraph, Config
from clients.npm import install, run
from truth import seeded
from web.conftest import running
from web.stub import Shelf


def test_a_gateway_joins_our_entities_with_those_of_another_subgraph(tmp_path: Path) -> None:
    """By slug, by the id of a variant, from their side and from ours; what is not published is null with a code."""
    shelf = Shelf(seeded.catalog())
    app = CareerGraph(Config(federation=True), open_catalogs=lambda _: shelf).asgi()
    folder = install("federation", tmp_path)
    with running(app) as address:
        result = json.loads(run(folder, "npm", "--silent", "start", CAREERGRAPH_URL=f"{address}/graphql"))
    without = CareerGraph(Config(), open_catalogs=lambda _: shelf).asgi()
    hint = r"Is CAREERGRAPH_FEDERATION=on set for the server\?\n$"
    with running(without) as address, pytest.raises(AssertionError, match=hint):
        run(folder, "npm", "--silent", "start", CAREERGRAPH_URL=f"{address}/graphql")
    with pytest.raises(AssertionError, match=f"no server answers at {address}/graphql"):
        run(folder, "npm", "--silent", "start", CAREERGRAPH_URL=f"{address}/graphql")
    careers, skills = seeded.catalog().careers, seeded.catalog().skills
    titles = {slug: careers[slug].title["en"] for slug in ("actuary", "accountant")}
    data = result["data"]
    assert data["topBookmarks"] == [
        {"slug": slug, "title": title, "bookmarks": len(slug)} for slug, title in titles.items()
    ]
    assert data["german"] == {"name": skills["accounting"].name["de"], "courses": 3}
    assert data["popular"] == {"title": f"{titles['actuary']} vs {titles['accountant']}", "views": 9}
    assert (data["career"]["title"], data["career"]["bookmarks"]) == (titles["actuary"], 7)
    concepts = [it for skill in data["career"]["skills"] for it in skill["concepts"]]
    assert concepts and all(it["slug"] in skills and it["courses"] == 3 for it in concepts)
    assert data["gone"] is None
    assert [it["extensions"]["code"] for it in result["errors"]] == ["UNKNOWN_CAREER"]
