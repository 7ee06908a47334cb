"""Changes through HTTP, from a database: what the webhook of a publish leads to."""

import json
from typing import Any

import msgspec
from sqlalchemy import Engine

from careergraph import CareerGraph, Config
from careergraph.api.changes.page_documents import CHANGES, text_of
from careergraph.editorial.webhooks.message import body
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import transaction
from careergraph.store.editing.publish import publish
from careergraph.store.events.outbox import Event
from truth.seeded import PUBLISHED, catalog, documents
from web.client import Client


def published(engine: Engine) -> str:
    """Publishes another title of a career, and answers its slug."""
    career = next(it for it in documents() if it.TYPE == "career")
    with transaction(engine) as session:
        publish(session, [msgspec.structs.replace(career, title={"en": "Changed"})], "editor", "")
    return career.ident


def client(engine: Engine) -> Client:
    config = Config(poll_seconds=0.0001, work=False)
    return Client(CareerGraph(config, open_catalogs=lambda _: Catalogs(engine)).asgi())


def test_a_publish_is_told_page_by_page(engine: Engine) -> None:
    app = client(engine)
    before = app.ask("{ catalog { version careers } }")["data"]["catalog"]
    slug = published(engine)
    pages: list[dict[str, Any]] = []
    after = None
    while True:
        variables = {"since": before["version"], "after": after}
        changes = app.ask(text_of(CHANGES), variables=variables)["data"]["changes"]
        pages += changes["pages"]
        after = changes["next"]
        if after is None:
            break
    assert changes["version"] == before["version"] + 1
    assert pages[0] == {"page": "CAREER", "slug": slug, "change": "CHANGED", "newSlug": None}
    pairs = [it["slug"] for it in pages if it["page"] == "COMPARISON"]
    assert len(pairs) == len(set(pairs)) == before["careers"] - 1
    assert all(slug in pair.split("-vs-") for pair in pairs)


def test_the_query_in_a_message_is_answered(engine: Engine) -> None:
    app = client(engine)
    slug = published(engine)
    event = Event(sequence=1, event="catalog.published", payload={}, version=2, created_at=PUBLISHED)
    message = json.loads(body(event))
    assert message["data"]["since"] == 1
    changes = app.ask(message["data"]["changes"])["data"]["changes"]
    assert (changes["version"], changes["everything"]) == (2, False)
    assert {"page": "CAREER", "slug": slug, "change": "CHANGED"} in changes["pages"]


def test_a_source_without_history_says_so() -> None:
    """A host's own content source need not keep versions."""

    class Source:
        problem = None

        def current(self) -> Any:
            return catalog()

        def as_of(self, instant: object) -> Any:
            return catalog()

    app = Client(CareerGraph(open_catalogs=lambda _: Source()).asgi())
    assert app.ask("{ changes(since: 1) { version } }")["errors"][0]["extensions"]["code"] == "BAD_VERSION"
    assert app.ask("{ changes(since: 0) { everything } }")["data"]["changes"]["everything"] is True
