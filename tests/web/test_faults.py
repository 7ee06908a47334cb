"""Bugs: masked in the answer, found in the log by an id; and what clients get wrong stays out of the log."""

import logging
import re

import pytest

from careergraph.web.core.config import Config
from web.client import Client
from web.stub import Shelf, stub


def test_a_bug_is_masked_and_logged_once_with_its_id(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """The message of an exception can hold secrets: it goes to the log, and only an id goes out."""
    answer = client.ask("query VeryOwnName { sneakyAlias: broken }")
    [error] = answer["errors"]
    assert answer["data"] == {"sneakyAlias": None}
    assert error["extensions"]["code"] == "INTERNAL_ERROR"
    assert "hunter2" not in str(answer)
    [record] = caplog.records
    assert record.levelno == logging.ERROR and record.exc_info is not None
    assert error["extensions"]["id"] in record.getMessage()
    assert "hunter2" in str(record.exc_info[1]) and "field broken" in record.getMessage()
    assert "sneakyAlias" not in caplog.text and "VeryOwnName" not in caplog.text, "the query is never logged"


def test_a_bug_that_repeats_is_logged_once(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """A hundred rows with one bug are one bug: one traceback, one id."""
    errors = client.ask("{ breakages { part } }")["errors"]
    assert len(errors) == 5
    assert len({error["extensions"]["id"] for error in errors}) == 1
    assert len(caplog.records) == 1


def test_a_null_that_may_not_be_is_a_bug(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """The schema's promise was broken by us, and graphql-core's own words for it are ours to read, not the client's."""
    answer = client.ask("{ missing }")
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL_ERROR"
    assert "missing" not in answer["errors"][0]["message"] and len(caplog.records) == 1


def test_a_bug_outside_of_graphql_is_masked_too(caplog: pytest.LogCaptureFixture) -> None:
    """A host's own `authenticate` can fail; the answer is ours all the same."""

    def authenticate(connection: object) -> object:
        raise KeyError("secret")

    client = Client(stub(Config(authenticate=authenticate)).asgi())
    response = client.post("/graphql", json={"query": "{ versions }"})
    assert response.status_code == 500
    [error] = response.json()["errors"]
    assert error["extensions"]["code"] == "INTERNAL_ERROR" and "secret" not in response.text
    [record] = caplog.records
    assert error["extensions"]["id"] in record.getMessage()
    assert response.headers["x-request-id"] in record.getMessage()


def test_what_clients_get_wrong_is_not_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """A typo is no ERROR; a log that strangers can fill is no use."""
    for query in ("{", "{ nope }", '{ comparison(a: "x", b: "y") { title } }', "query($a: Int!) { versions }"):
        client.ask(query)
    client.post("/graphql", content=b"\xff", headers={"Content-Type": "application/json"})
    client.request("BREW", "/graphql")
    client.get("/nowhere")
    assert not caplog.records


def test_no_error_shows_how_we_are_made(client: Client) -> None:
    """Names of exceptions and modules help whoever looks for a way in."""
    queries = [
        '{ day(on: "zz") }',
        "{ day(on: 1) }",
        "{ day }",
        "{ nested(lists: 1) }",
        '{ nested(lists: [["x"]]) }',
        '{ comparison(a: "\\u0000", b: "") { title } }',
    ]
    for query in queries:
        text = str(client.ask(query))
        assert "errors" in text or query == "{ nested(lists: 1) }"
        assert not re.search(r"Traceback|Error\b|site-packages|object has no|not supported between|NoneType", text), (
            text
        )


@pytest.mark.parametrize("attribute", ["fails", "problem"])
def test_a_lost_database_keeps_the_last_catalog(shelf: Shelf, caplog: pytest.LogCaptureFixture, attribute: str) -> None:
    """Reads stay up on what they have, `/readyz` says so without details, and the log says when it began and ended.

    Catalogs may raise what ails them, or hand out the old catalog and note it in `problem`.
    """
    app = stub(Config(poll_seconds=0), shelf)
    client = Client(app.asgi())
    assert client.get("/readyz").json() == {"status": "ready", "version": 1, "problem": None}
    setattr(shelf, attribute, RuntimeError("cannot reach db.internal as hunter2"))
    for _ in range(3):
        assert client.ask("{ versions }") == {"data": {"versions": [1, 1, 1]}}
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "stale", "version": 1, "problem": "The database cannot be read."}
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    setattr(shelf, attribute, None)
    app.catalog_holder._due = 0.0
    assert client.get("/readyz").json()["status"] == "ready"
    assert "can be read again" in caplog.records[-1].getMessage()


def test_without_any_catalog_the_answer_is_not_ready(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    """A database that is not there yet is told as such, asked sparingly, and found as soon as it is there."""
    shelf.fails = RuntimeError("no such table")
    app = stub(Config(poll_seconds=0), shelf)
    client = Client(app.asgi())
    for path in ("/graphql?query={versions}", "/readyz", "/", "/graphql?query={versions}"):
        response = client.get(path)
        assert response.status_code == 503
        assert "no such table" not in response.text
    assert client.get("/graphql?query={versions}").headers["retry-after"] == "1"
    assert client.get("/healthz").status_code == 200
    assert client.get("/graphiql").status_code == 200
    assert shelf.reads == 1, "a database in trouble is not asked at every request"
    shelf.fails = None
    app.catalog_holder._due = 0.0
    assert client.get("/readyz").status_code == 200
    assert client.ask("{ versions }") == {"data": {"versions": [1, 1, 1]}}
