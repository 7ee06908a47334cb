"""Several servers over one database: each hears of a new version, and outlives the database."""

import json
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from typing import Any

import anyio
import httpx
import pytest
from sqlalchemy import Engine, text

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.editing.document_state import body_at, newest
from careergraph.editorial.verbs.access.tokens import create_token
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.store.access.tokens import tokens
from careergraph.store.database.database import DatabaseProblem, connect, transaction
from careergraph.store.editing.drafts import state
from careergraph.store.editing.schedules import Action, add
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from durability.asking import ask, fetch, serving, version
from durability.children import Nursery
from durability.publisher import marked
from durability.small import CAREERS
from postgres import Cluster
from waiting import wait_until

WRITER = "durability.racer:rewrite"
KEY = ("career", CAREERS[0])
ADMIN = Actor(name="admin", role=Role.ADMIN)
MARKS = count()
NEVER = 3600.0
"""Who looks so seldom has to be told."""


def publish(children: Nursery, url: str) -> int:
    """Publishes something that was never there, in another process, and answers the version."""
    mark = f"m{next(MARKS)}-"
    messages = children.child(WRITER, url=url, keys=[list(KEY)], times=1, mark=mark).last_words()
    published: int = messages[-2]["published"]
    return published


def both(stack: ExitStack, children: Nursery, url: str, **config: Any) -> tuple[str, str]:
    """Two servers over one database, which have read it."""
    settings = {"database_url": url, "work": False, **config}
    first, second = [stack.enter_context(serving(children, **settings)) for _ in range(2)]
    assert version(first) == version(second)
    return first, second


@pytest.mark.parametrize(
    ("database", "config"),
    [
        ("small_postgres_url", {"poll_seconds": NEVER}),
        ("small_postgres_url", {"poll_seconds": 0.05, "deaf": True}),
        ("small_sqlite_url", {"poll_seconds": 0.05}),
    ],
    ids=["told", "looking", "looking at a file"],
)
def test_a_new_version_reaches_all_servers(
    database: str, config: dict[str, Any], request: pytest.FixtureRequest, children: Nursery
) -> None:
    """PostgreSQL tells them; who is not told looks."""
    url = request.getfixturevalue(database)
    with ExitStack() as stack:
        servers = both(stack, children, url, **config)
        for _ in range(3):
            fresh = publish(children, url)
            start = time.monotonic()
            for server in servers:
                wait_until(lambda at=server, of=fresh: version(at) == of, f"version {fresh}")  # type: ignore[misc]
            print(f"both servers answer from version {fresh} after {(time.monotonic() - start) * 1000:.0f} ms")


def test_what_fell_due_while_all_servers_were_down_is_done_at_start(
    small_url: str, small_engine: Engine, children: Nursery
) -> None:
    with transaction(small_engine) as session:
        last = newest(state(session, KEY))
        saved = save_draft(session, ADMIN, KEY[0], marked(KEY, body_at(session, KEY, last), "start"), last)
        due = datetime(2026, 1, 1, tzinfo=UTC)
        add(session, Action.PUBLISH, KEY, due, zone="UTC", author="editor", revision=saved.revision)
    with ExitStack() as stack:
        settings = {"database_url": small_url, "poll_seconds": 0.05, "work": True}
        servers = [
            stack.enter_context(serving(children, **settings)) for _ in range(2)
        ]  # either may be the first to work
        for server in servers:  # a version that renews neighbours may have followed
            wait_until(lambda at=server: version(at) >= 2, "what was due is live")  # type: ignore[misc]
        assert title(servers[0]) == title(servers[1]) == "The career as of start"


def test_an_app_that_ends_leaves_no_connection(small_postgres_url: str) -> None:
    """A host may start and stop it as often as it likes: readers', editors', workers' and listeners' are closed."""
    engine = connect(small_postgres_url)
    with transaction(engine) as session:
        secret = create_token(session, ADMIN, "program", Role.ADMIN).secret
    careergraph = CareerGraph(Config(database_url=small_postgres_url))
    app, headers = careergraph.asgi(), {"Authorization": f"Bearer {secret}"}

    async def used() -> int:
        async with careergraph.lifespan():
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://host", headers=headers) as client:
                assert (await client.get("/graphql?query=%7B__typename%7D")).status_code == 200
            return others(engine)

    assert anyio.run(used) > 0
    wait_until(lambda: others(engine) == 0, "no connection is left")
    engine.dispose()


def others(engine: Engine) -> int:
    """The number of other connections to a database."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with transaction(engine) as session:
        connections: int = session.execute(text(query)).scalar_one()
    return connections


def title(server: str) -> str:
    current: str = ask(server, f'{{ career(slug: "{KEY[1]}") {{ title }} }}')["career"]["title"]
    return current


class TestLostDatabase:
    """A PostgreSQL that goes and comes back."""

    @pytest.mark.parametrize("how", ["fast", "immediate"])
    def test_reads_stay_up_and_writes_fail_clearly_until_it_is_back(
        self, how: str, cluster_url: str, cluster: Cluster, children: Nursery
    ) -> None:
        url, engine = cluster_url, connect(cluster_url)
        with transaction(engine) as session:
            secret = create_token(session, ADMIN, "program", Role.ADMIN).secret
        with ExitStack() as stack:
            servers = both(stack, children, url, poll_seconds=0.05)
            cluster.stop(how)
            try:
                for server in servers:
                    wait_until(lambda at=server: ready(at) == (200, "stale"), "it says so")  # type: ignore[misc]
                    assert version(server) == 1
                    assert ask_as(server, secret) == (503, "NOT_READY")
                    assert write_as(server, secret) == (503, "NOT_READY")
                with pytest.raises(DatabaseProblem, match="cannot be reached"), transaction(engine) as session:
                    tokens(session)
            finally:
                cluster.start()
            for server in servers:
                wait_until(lambda at=server: ready(at) == (200, "ready"), "it can be read again")  # type: ignore[misc]
                assert ask_as(server, secret) == (200, None)
            # no release ever had the slug, so what was told to have failed has left nothing
            assert [write_as(server, secret) for server in servers] == [(200, "Release"), (200, "Rejected")]
            with transaction(engine) as session:
                assert [it.grant.name for it in tokens(session)] == ["program"]
            fresh = publish(children, url)
            for server in servers:
                wait_until(lambda at=server: version(at) >= fresh, "the next version")  # type: ignore[misc]
        engine.dispose()

    def test_a_server_that_was_told_is_told_again_once_it_is_back(
        self, cluster_url: str, cluster: Cluster, children: Nursery
    ) -> None:
        """Also of what was published before it listened again."""
        with ExitStack() as stack:
            servers = both(stack, children, cluster_url, poll_seconds=NEVER)
            cluster.stop("immediate")
            cluster.start()
            fresh = publish(children, cluster_url)
            for server in servers:
                wait_until(lambda at=server: version(at) >= fresh, "the next version")  # type: ignore[misc]

    def test_a_database_that_hangs_holds_up_no_read(
        self, cluster_url: str, cluster: Cluster, children: Nursery
    ) -> None:
        config = {"database_url": cluster_url, "work": False, "poll_seconds": 0.05, "request_seconds": 0.5}
        with serving(children, silence=0.3, **config) as server:
            assert version(server) == 1
            with cluster.frozen():
                wait_until(lambda: ready(server) == (200, "stale"), "it says so")
                assert version(server) == 1
                assert ask_as(server, "cg_at_unknown") == (503, "TIMEOUT")
            wait_until(lambda: ready(server) == (200, "ready"), "it can be read again")
            fresh = publish(children, cluster_url)
            wait_until(lambda: version(server) >= fresh, "the next version")


def ready(server: str) -> tuple[int, str]:
    """The status code of /readyz, and the status in its body."""
    status, content = fetch(server, "/readyz")
    return status, content["status"]


def ask_as(server: str, secret: str) -> tuple[int, str | None]:
    """The status code of a query with an access token, which needs the database, and the code of its error, if any."""
    path = "/graphql?query=%7B__typename%7D"
    status, content = fetch(server, path, headers={"Authorization": f"Bearer {secret}"})
    return status, content["errors"][0]["extensions"]["code"] if "errors" in content else None


def write_as(server: str, secret: str) -> tuple[int, str]:
    """The status code of a mutation with an access token, and the code of its error or the type of its result."""
    query = 'mutation { openRelease(slug: "spring", title: "Spring") { __typename } }'
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    status, content = fetch(server, "/graphql", headers=headers, body=json.dumps({"query": query}))
    if "errors" in content:
        return status, content["errors"][0]["extensions"]["code"]
    return status, content["data"]["openRelease"]["__typename"]
