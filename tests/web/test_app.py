"""The app over a real database: from a freshly seeded file to an answer over HTTP."""

from pathlib import Path

import pytest

import careergraph
from careergraph import CareerGraph, Config
from careergraph.store.database.database import connect
from careergraph.store.database.names import include_name
from careergraph.store.migration.migrate import upgrade
from web.client import Client


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a seeded SQLite file."""
    url = f"sqlite:///{tmp_path_factory.mktemp('app') / 'careergraph.db'}"
    upgrade(connect(url))
    return url


def test_a_seeded_database_answers_its_own_sample(database: str) -> None:
    """The front page's query, asked as it is linked, gives a comparison and no error."""
    client = Client(CareerGraph(Config.of(database_url=database, show_cost=False)).asgi())
    page = client.get("/")
    assert page.status_code == 200
    link = page.text.split('href="graphql?query=')[1].split('"')[0]
    answer = client.get(f"/graphql?query={link}").json()
    assert "errors" not in answer
    assert " vs " in answer["data"]["comparison"]["title"] and answer["data"]["comparison"]["summary"]
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert client.ask("{ catalog { version } }") == {"data": {"catalog": {"version": ready["version"]}}}


def test_the_past_is_asked_of_the_database(database: str) -> None:
    """`asOf` reaches the store: an instant before the first catalog is refused with its code."""
    client = Client(CareerGraph(Config(database_url=database)).asgi())
    answer = client.ask('{ career(slug: "x", asOf: "1990-01-01T00:00:00Z") { title } }')
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_DATE"]


def test_a_missing_database_is_not_ready_and_not_made(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An address that is misspelt must not become an empty database."""
    file = tmp_path / "nothing.db"
    client = Client(CareerGraph(Config(database_url=f"sqlite:///{file}")).asgi())
    assert client.get("/readyz").status_code == 503
    assert client.post("/graphql", json={"query": "{ catalog { version } }"}).status_code == 503
    assert not file.exists()
    assert str(file) not in client.get("/readyz").text and "careergraph upgrade" in caplog.text


def test_a_database_that_goes_away_leaves_the_answers_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Reads go on with the last catalog, the past is refused with a code, and nothing of it is a fault."""
    file = tmp_path / "gone.db"
    url = f"sqlite:///{file}"
    upgrade(connect(url))
    client = Client(CareerGraph(Config(database_url=url, poll_seconds=0)).asgi())
    assert client.get("/readyz").json()["status"] == "ready"
    for path in tmp_path.glob("gone.db*"):
        path.unlink()
    assert client.get("/readyz").json()["status"] == "stale"
    assert "errors" not in client.ask("{ catalog { version } }")
    answer = client.ask('{ career(slug: "x", asOf: "2026-01-01T00:00:00Z") { title } }')
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_READY"]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_the_public_names_are_there() -> None:
    """What a host imports stands at the top."""
    assert careergraph.include_name is include_name
    with pytest.raises(AttributeError, match="nope"):
        _ = careergraph.nope
