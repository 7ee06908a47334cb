"""Subscriptions: events as versions are published, in the distinct connections mode of GraphQL over SSE."""

import asyncio
import gc
import json
import tracemalloc
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlencode

import pytest
import strawberry
from graphql import Executor, parse, subscribe
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api import small
from careergraph import CareerGraph, Config
from careergraph.api.base.context import Context, no_news
from careergraph.api.execution.executor import budgeted
from careergraph.api.execution.standard import StandardExecutor
from careergraph.api.limits.execution_budget import Allowance
from careergraph.engine.content import Catalog
from web.client import Client

QUERY = "subscription($since: Int) { catalogChanged(since: $since) { version careers } }"
EVENTS = "text/event-stream"


class Source:
    """A content source whose versions a test publishes."""

    problem = None

    def __init__(self) -> None:
        self.catalog = small.OLD

    def current(self) -> Catalog:
        return self.catalog

    def as_of(self, instant: object) -> Catalog:
        return self.catalog


class Listener:
    """One connection, without a server: what is sent to it is put in a queue."""

    def __init__(self, app: Any, query: str, method: str, accept: str, variables: dict[str, object]) -> None:
        parameters = {"query": query, "variables": variables}
        self._body = json.dumps(parameters).encode() if method == "POST" else b""
        headers = {"accept": accept, **({"content-type": "application/json"} if method == "POST" else {})}
        text = urlencode({"query": query, "variables": json.dumps(variables)}) if method != "POST" else ""
        scope = {
            "type": "http",
            "method": method,
            "path": "/graphql",
            "query_string": text.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        self.hung_up = asyncio.Event()
        self._sent: asyncio.Queue[Any] = asyncio.Queue()
        self.task = asyncio.ensure_future(app(scope, self._receive, self._sent.put))
        self._asked = False

    async def _receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": self._body, "more_body": False}
        await self.hung_up.wait()
        return {"type": "http.disconnect"}

    async def start(self) -> tuple[int, dict[str, str]]:
        """Status and headers."""
        message = await self._sent.get()
        return message["status"], {name.decode(): value.decode() for name, value in message["headers"]}

    async def event(self) -> str:
        """The next event or comment; empty at the end."""
        message = await self._sent.get()
        assert message["more_body"] is bool(message["body"])
        body: bytes = message["body"]
        return body.decode()

    async def result(self) -> Any:
        """The next result, past comments."""
        while (event := await self.event()) == ":\n\n":
            pass
        head, data = event.removesuffix("\n\n").split("\n")
        assert head == "event: next"
        return json.loads(data.removeprefix("data: "))


class App:
    """An app over a source of versions."""

    def __init__(self, **settings: Any) -> None:
        self.source = Source()
        config = Config.of(poll_seconds=0, work=False, **settings)
        self.careergraph = CareerGraph(config, open_catalogs=lambda _: self.source)
        self.asgi = self.careergraph.asgi()

    @asynccontextmanager
    async def listening(
        self, query: str = QUERY, method: str = "POST", accept: str = EVENTS, **variables: object
    ) -> AsyncIterator[Listener]:
        listener = Listener(self.asgi, query, method, accept, variables)
        try:
            yield listener
        finally:
            listener.hung_up.set()
            with suppress(asyncio.CancelledError):
                await listener.task


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_new_version_is_told_once(method: str) -> None:
    async def scene() -> None:
        app = App()
        async with app.listening(method=method) as listener:
            status, headers = await listener.start()
            assert (status, headers["content-type"]) == (200, f"{EVENTS}; charset=utf-8")
            assert (headers["cache-control"], headers["x-accel-buffering"]) == ("no-store", "no")
            assert await listener.event() == ":\n\n"
            app.source.catalog = small.NEW
            result = await listener.result()
            assert result["data"] == {"catalogChanged": {"version": 2, "careers": 3}}
            assert result["extensions"]["cost"]["requested"] > 0
            app.careergraph.version_feed.close()
            assert await listener.event() == "event: complete\ndata:\n\n"
            assert await listener.event() == ""

    asyncio.run(scene())


def test_what_was_missed_is_told_at_once() -> None:
    """A client that lost its connection says what it knows, and misses nothing."""

    async def scene() -> None:
        app = App()
        async with app.listening(since=0) as listener, app.listening(since=1) as other:
            await listener.start()
            assert (await listener.result())["data"]["catalogChanged"]["version"] == 1
            app.source.catalog = small.NEW
            for each in (listener, other):
                await each.start() if each is other else None
                assert (await each.result())["data"]["catalogChanged"]["version"] == 2

    asyncio.run(scene())


def test_each_event_has_an_allowance_of_its_own() -> None:
    """A subscription lasts longer, and shows more in all, than one operation may."""

    async def scene() -> None:
        app = App(operation_seconds=0.5, max_objects=3)
        async with app.listening(since=0) as listener:
            await listener.start()
            assert (await listener.result())["data"]["catalogChanged"]["version"] == 1
            await asyncio.sleep(0.6)
            app.source.catalog = small.NEW
            assert (await listener.result())["data"]["catalogChanged"]["version"] == 2

    asyncio.run(scene())


@strawberry.type
class Event:
    """One of many, with parts."""

    number: int

    @strawberry.field
    def part(self) -> "Event":
        """The same."""
        return self


@strawberry.type
class Counting:
    """Many events."""

    @strawberry.subscription
    async def counted(self) -> AsyncIterator[Event]:
        """1,200 events."""
        for number in range(1200):
            yield Event(number=number)


@strawberry.type
class Nothing:
    """A root that the schema needs."""

    number: int = 0


@pytest.mark.alone
def test_a_subscription_keeps_nothing_of_its_events() -> None:
    """graphql-core alone keeps three kilobytes of each."""

    async def kept(executor_class: type[Executor[Any]]) -> int:
        """How many bytes more there are after 1,200 events than after 200."""
        document = parse("subscription { counted { number part { number part { number } } } }")
        schema = strawberry.Schema(Nothing, subscription=Counting)._schema
        results: Any = subscribe(schema, document, executor_class=executor_class, operation_extensions=None)
        results = await results if isinstance(results, Awaitable) else results
        count, sizes = 0, []
        async for result in results:
            assert not result.errors
            count += 1
            if count in (200, 1200):
                gc.collect()
                sizes.append(tracemalloc.get_traced_memory()[0])
        return sizes[1] - sizes[0]

    tracemalloc.start()
    try:
        for standard in (StrawberryGraphQLCoreExecutionContext, StandardExecutor):
            assert asyncio.run(kept(budgeted(standard, Allowance()))) < 200_000
    finally:
        tracemalloc.stop()


def test_a_silent_subscription_shows_that_it_is_alive() -> None:
    async def scene() -> None:
        async with App(beat_seconds=0.01).listening() as listener:
            await listener.start()
            assert [await listener.event() for _ in range(4)] == [":\n\n"] * 4

    asyncio.run(scene())


def test_a_client_that_hangs_up_leaves_nothing_behind() -> None:
    async def scene() -> None:
        app = App(max_listeners=1)
        for _ in range(3):
            async with app.listening() as listener:
                assert (await listener.start())[0] == 200
        assert app.careergraph.version_feed._listening == 0
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(scene())


def test_only_so_many_listen() -> None:
    async def scene() -> None:
        app = App(max_listeners=2)
        async with app.listening() as one, app.listening() as two:
            assert [(await it.start())[0] for it in (one, two)] == [200, 200]
            async with app.listening() as third:
                status, headers = await third.start()
                assert (status, headers["retry-after"]) == (503, "1")

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("settings", "query", "accept", "status", "code"),
    [
        ({"max_listeners": 0}, QUERY, EVENTS, 403, "SUBSCRIPTIONS_OFF"),
        ({}, QUERY, "application/json", 406, "NOT_ACCEPTABLE"),
        ({}, QUERY, "*/*", 406, "NOT_ACCEPTABLE"),
        ({}, QUERY, f"{EVENTS};q=0, */*", 406, "NOT_ACCEPTABLE"),
        ({}, "subscription { nonsense }", f"{EVENTS}, application/json", 200, "GRAPHQL_VALIDATION_FAILED"),
        ({"max_cost": 1}, QUERY, f"{EVENTS}, application/json", 200, "TOO_COSTLY"),
    ],
)
def test_what_cannot_be_listened_to_is_an_answer(
    settings: dict[str, Any], query: str, accept: str, status: int, code: str
) -> None:
    client = Client(App(**settings).asgi, accept=accept)
    response = client.post("/graphql", json={"query": query})
    assert response.status_code == status
    assert code in response.json()["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize(
    ("settings", "body", "code"),
    [
        ({}, {"query": "subscription { nonsense }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({}, {"query": "subscription { a: catalogChanged { version } b: catalogChanged { version } }"}, ""),
        ({}, {"query": "{ nonsense }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"max_cost": 1}, {"query": QUERY}, "TOO_COSTLY"),
        ({}, {"query": QUERY, "variables": {"since": "x"}}, "BAD_USER_INPUT"),
    ],
)
def test_a_client_of_streams_alone_reads_errors_as_events(
    settings: dict[str, Any], body: dict[str, Any], code: str
) -> None:
    response = Client(App(**settings).asgi, accept=EVENTS).post("/graphql", json=body)
    assert (response.status_code, response.headers["content-type"]) == (200, f"{EVENTS}; charset=utf-8")
    assert code in single(response.text)["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_each_operation_is_answered_as_a_stream(encoding: str) -> None:
    """The distinct connections mode of GraphQL over SSE: queries come this way too, over GET as well, cached or not."""
    query = "{ catalog { version } }"
    app = App()
    client = Client(app.asgi, accept=EVENTS)
    as_json = Client(app.asgi)
    for _ in range(3):
        assert single(client.post("/graphql", json={"query": query}).text)["data"] == {"catalog": {"version": 1}}
        headers = {"If-None-Match": "*", "Accept-Encoding": encoding}
        response = client.get("/graphql", params={"query": query}, headers=headers)
        assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
        assert single(response.text)["data"] == as_json.ask(query)["data"]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_one_connection_for_all_operations_is_refused_by_its_name(method: str) -> None:
    response = Client(App().asgi, accept="*/*").request(method, "/graphql")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert response.json()["errors"][0]["extensions"]["code"] == "SINGLE_CONNECTION_MODE"


def single(text: str) -> dict[str, Any]:
    """The result in a stream that has one."""
    head, data, rest = text.partition("\ndata: ")
    content, end, last = rest.partition("\n\n")
    assert (head, data, end, last) == ("event: next", "\ndata: ", "\n\n", "event: complete\ndata:\n\n")
    result: dict[str, Any] = json.loads(content)
    return result


def test_a_variable_of_the_wrong_type_is_an_answer() -> None:
    client = Client(App().asgi, accept=f"{EVENTS}, application/json")
    response = client.post("/graphql", json={"query": QUERY, "variables": {"since": "x"}})
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_a_client_that_takes_both_is_answered_as_ever() -> None:
    client = Client(App().asgi, accept=f"{EVENTS}, application/json")
    assert client.ask("{ catalog { version } }")["data"] == {"catalog": {"version": 1}}


def test_a_schema_without_subscriptions_says_so() -> None:
    @strawberry.type
    class Query:
        @strawberry.field
        def hello(self) -> str:
            return "there"

    app = CareerGraph(open_catalogs=lambda _: Source(), schema=strawberry.Schema(query=Query)).asgi()
    response = Client(app, accept=EVENTS).post("/graphql", json={"query": "subscription { hello }"})
    assert single(response.text)["errors"]


def test_where_nothing_tells_of_any_there_is_no_news() -> None:
    async def scene() -> list[Catalog]:
        return [it async for it in Context(small.OLD, small.as_of).news(0)] + [it async for it in no_news(1)]

    assert asyncio.run(scene()) == []
