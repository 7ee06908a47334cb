"""Answers as of an instant, over a real database: reproducible, few at a time, and costed for what they take."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import pytest
from sqlalchemy import Engine, update

from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.store.database.database import transaction
from careergraph.store.tables.editing import CatalogVersion
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from careergraph.web.execution.run_queue import PAST, THREADS, RunQueue
from editorial.verbs.desk import EDITOR, Desk
from web.client import Client

KEY = ("career", "accountant")
PAIR = 'comparison(a: "%s", b: "actuary", asOf: "%s") { catalogVersion a { title slug } }'
CAREER = 'career(slug: "%s", asOf: "%s") { title slug }'
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """Four versions, a day apart: the seed, an edit, a rename, and another rename."""
    desk = Desk(engine)
    desk.edit(KEY, title={"en": "Edited"})
    desk.do(publish, EDITOR, [KEY])
    desk.do(rename, EDITOR, KEY, "second-name")
    desk.do(rename, EDITOR, ("career", "second-name"), "third-name")
    with transaction(engine) as session:
        for version in range(1, 5):
            at = {"published_at": BEFORE + timedelta(days=version)}
            session.execute(update(CatalogVersion).where(CatalogVersion.version == version).values(at))
    return desk


@pytest.fixture
def client(engine: Engine, desk: Desk) -> Iterator[Client]:
    """A client of an app over that database."""
    config = Config(database_url=engine.url.render_as_string(hide_password=False), work=False, poll_seconds=0)
    careergraph = CareerGraph(config)
    yield Client(careergraph.asgi())
    careergraph.background.stop()
    anyio.run(careergraph.catalog_holder.stop)


def on(day: int) -> str:
    """Noon of the day on which a version was published."""
    return (BEFORE + timedelta(days=day, hours=12)).isoformat()


def data(client: Client, *fields: str) -> Any:
    named = " ".join(f"f{number}: {field}" for number, field in enumerate(fields))
    answer = client.ask(f"{{ {named} }}")
    assert "errors" not in answer, answer
    return list(answer["data"].values())


def test_each_day_has_its_own_answer(client: Client) -> None:
    first, second = data(client, CAREER % ("accountant", on(1)), CAREER % ("accountant", on(2)))
    assert first["title"] != "Edited" and second["title"] == "Edited"
    pairs = [data(client, PAIR % ("accountant", on(day)))[0] for day in (1, 2, 3)]
    assert [it["catalogVersion"] for it in pairs] == [1, 2, 3]
    assert [it["a"]["slug"] for it in pairs] == ["accountant", "accountant", "second-name"]
    assert data(client, PAIR % ("accountant", on(4)))[0]["a"]["slug"] == "third-name"


def test_a_name_of_before_leads_where_it_led_that_day(client: Client, desk: Desk) -> None:
    """Whatever the document is called later: what was answered once is answered again."""
    before = data(client, CAREER % ("accountant", on(3)))
    assert before[0]["slug"] == "second-name"
    desk.do(rename, EDITOR, ("career", "third-name"), "fourth-name")
    assert data(client, CAREER % ("accountant", on(3))) == before
    answer = client.ask(f"{{ {CAREER % ('fourth-name', on(3))} }}")
    assert answer["errors"][0]["extensions"]["code"] == "UNKNOWN_CAREER"


def test_the_past_costs_as_much_as_it_may_take(client: Client) -> None:
    def cost(query: str) -> int:
        requested: int = client.ask(query)["extensions"]["cost"]["requested"]
        return requested

    plain = cost('{ career(slug: "actuary") { title } }')
    assert cost(f'{{ career(slug: "actuary", asOf: "{on(2)}") {{ title }} }}') == plain + 500


def test_an_id_of_the_past_costs_as_its_instant_does(client: Client) -> None:
    """Its catalog may have to be read first as well. An id of what is live costs its field."""
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    live, first, second = (
        data(client, f'career(slug: "actuary"{when}) {{ id }}')[0]["id"]
        for when in ("", f', asOf: "{on(1)}"', f', asOf: "{on(2)}"')
    )

    def cost(*ids: str) -> int:
        answer = client.ask(query, variables={"ids": list(ids)})
        assert "errors" not in answer, answer
        requested: int = answer["extensions"]["cost"]["requested"]
        return requested

    assert cost(first) == cost(live) + 500
    assert cost(first, first) == cost(live, live) + 500
    assert cost(live, second, first) == cost(live, live, live) + 1000
    one = "query($id: ID!) { node(id: $id) { id } }"
    costs = [client.ask(one, variables={"id": it})["extensions"]["cost"]["requested"] for it in (live, first)]
    assert costs[1] == costs[0] + 500


def test_what_is_live_waits_for_no_catalog_of_the_past(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only an operation that reads the past with its very values runs beside the event loop, one at a time."""
    beside: list[int] = []

    async def run_in_thread(run_queue: RunQueue, work: Callable[[], Any], most: int = THREADS) -> Any:
        beside.append(most)
        return work()

    monkeypatch.setattr(RunQueue, "run_in_thread", run_in_thread)
    node = "query($id: ID!) { node(id: $id) { id } }"
    career = 'query($at: DateTime) { career(slug: "actuary", asOf: $at) { id } }'
    live = client.ask(career, variables={"at": None})["data"]["career"]["id"]
    assert client.ask(node, variables={"id": live})["data"]["node"]["id"] == live
    assert not beside
    past = client.ask(career, variables={"at": on(2)})["data"]["career"]["id"]
    assert client.ask(node, variables={"id": past})["data"]["node"]["id"] == past
    assert beside == [PAST, PAST]
