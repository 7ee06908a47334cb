"""Memory under questions about the past: bounded while they are asked, and given back when they are over."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from benchmarks.http.database import fill
from benchmarks.http.server import Server, careergraph
from sqlalchemy import select

from careergraph.store.database.database import connect, transaction
from careergraph.store.documents.documents import SourceDocument
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.publish import publish
from careergraph.store.tables.editing import CatalogVersion
from depth import depth

pytestmark = pytest.mark.long

VERSIONS, CAREERS, ROUNDS, AT_ONCE = 8, 150, depth(3, 5), 6
MOST = 1.3
"""How many times as much memory the server may hold afterwards."""
FIELD = """%s: career(slug: "%s", asOf: "%s") {
  title compareWith(first: 5) { title values { display } skills { text } } related(first: 10) { score career { title } }
}"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Versions that have hardly a career in common: each changes the sources that all figures point to."""
    url = f"sqlite:///{Path(tmp_path_factory.mktemp('past'), 'past.db')}"
    fill(url, CAREERS)
    engine = connect(url)
    for number in range(VERSIONS - 1):
        with transaction(engine) as session:
            sources = [it for it in read_all(session) if isinstance(it, SourceDocument)]
            publish(session, [msgspec.structs.replace(it, vintage=f"Edition {number}") for it in sources], "test", "")
    engine.dispose()
    return url


@pytest.fixture(scope="module")
def instants(database: str) -> Sequence[str]:
    engine = connect(database)
    with transaction(engine) as session:
        published = session.scalars(select(CatalogVersion.published_at).order_by(CatalogVersion.version)).all()
    engine.dispose()
    return [it.isoformat() for it in published[1:]]  # the first has the seed alone


@pytest.fixture
def server(database: str) -> Iterator[Server]:
    with careergraph(
        database,
        None,
        CAREERGRAPH_WORK="0",
        CAREERGRAPH_REQUEST_SECONDS="600",
        CAREERGRAPH_OPERATION_SECONDS="600",
        CAREERGRAPH_MAX_COST="100000",
    ) as started:
        yield started


def ask(server: Server, query: str) -> Any:
    response = httpx.post(f"http://127.0.0.1:{server.port}/graphql", json={"query": query}, timeout=600)
    assert response.status_code == 200, response.text[:300]
    return json.loads(response.text)


def about(instants: Sequence[str], career: str) -> str:
    return "{ " + " ".join(FIELD % (f"f{number}", career, it) for number, it in enumerate(instants)) + " }"


def settled(server: Server) -> float:
    """The memory of the server when it is at rest, in MB."""
    ask(server, "{ catalog { version } }")
    print(f"{server.rss():.0f} MB, at most {server.peak():.0f}")
    return server.rss()


def test_memory_comes_back_after_many_at_once_asked_of_different_instants(
    server: Server, instants: Sequence[str]
) -> None:
    edges = ask(server, "{ careers(first: 50) { edges { node { slug } } } }")["data"]["careers"]["edges"]
    careers = [edge["node"]["slug"] for edge in edges]
    assert not ask(server, about(instants[:1], careers[0])).get("errors")
    before = settled(server)
    pairs = list(islice(zip(cycle(instants), cycle(instants[3:]), cycle(careers), strict=False), ROUNDS * AT_ONCE))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda it: ask(server, about(it[:2], it[2])), pairs))
    assert [it["errors"] for it in answers if "errors" in it] == []
    assert server.peak() < 2 * before
    assert settled(server) < MOST * before, f"{before} {server.peak()} {server.rss()}"


def test_memory_comes_back_after_one_instant_after_another(server: Server, instants: Sequence[str]) -> None:
    assert "errors" not in ask(server, about(instants[:1], "actuary"))
    before = settled(server)
    for instant in [*instants, *reversed(instants)]:
        assert "errors" not in ask(server, about([instant], "actuary"))
    assert settled(server) < MOST * before, f"{before} {server.peak()} {server.rss()}"


def test_more_than_two_instants_are_refused_before_anything_is_built_for_the_others(
    server: Server, instants: Sequence[str]
) -> None:
    assert "errors" not in ask(server, about(instants[:2], "actuary"))  # the two that may be built
    before = settled(server)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        queries = [about(instants, "actuary")] * AT_ONCE
        answers = list(pool.map(lambda query: ask(server, query), queries))
    for answer in answers:
        assert [it["extensions"]["code"] for it in answer["errors"]] == ["TOO_MANY_INSTANTS"] * (VERSIONS - 2)
    assert settled(server) < MOST * before
