"""Giving up: what reads the past stops when its request timed out or its client went away, and holds its place until
then, so that nothing runs for nobody."""

import asyncio
import json
import threading
import time
from datetime import datetime
from typing import Any

import anyio
import httpx
import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from careergraph.engine.content import Catalog
from careergraph.store.catalogs.lease import LEASE
from careergraph.web.app import CareerGraph
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.execution.run_queue import PAST, RunQueue
from careergraph.web.request.disconnect import cancel_on_disconnect
from truth import few
from waiting import turn_true
from web.stub import Shelf

QUERY = f'{{ career(slug: "{few.A}", asOf: "2026-01-01T12:00:00Z") {{ title }} }}'


class Work:
    """Work in a thread that never ends, unless it is told to."""

    def __init__(self) -> None:
        self.begun = self.ended = self.running = self.most = 0
        self._lock = threading.Lock()

    def __call__(self) -> None:
        lease = LEASE.get()
        assert lease is not None
        with self._lock:
            self.begun += 1
            self.running += 1
            self.most = max(self.most, self.running)
        while not lease.abandoned:
            time.sleep(0.002)
        time.sleep(0.02)  # to its next step
        with self._lock:
            self.ended += 1
            self.running -= 1


def test_a_thread_is_told_that_its_request_timed_out_and_keeps_its_place_until_it_ends() -> None:
    work = Work()

    async def ask(run_queue: RunQueue) -> None:
        with pytest.raises(Refusal) as refused:
            await run_queue.run_in_thread(work, PAST)
        assert refused.value.code is WebCode.TIMEOUT

    async def run() -> None:
        run_queue = RunQueue(100, 0.05)
        for _ in range(5):
            await asyncio.gather(*[ask(run_queue) for _ in range(6)])
        await turn_true(lambda: work.running == 0)

    anyio.run(run)
    assert 0 < work.begun == work.ended
    assert work.most <= PAST


def test_what_waits_for_a_thread_never_begins_when_it_is_given_up() -> None:
    work = Work()

    async def run() -> None:
        run_queue = RunQueue(100, 60)
        tasks = [asyncio.ensure_future(run_queue.run_in_thread(work, PAST)) for _ in range(6)]
        await turn_true(lambda: work.begun == PAST)
        for task in reversed(tasks):
            task.cancel()
            await asyncio.sleep(0)
        await asyncio.gather(*tasks, return_exceptions=True)
        await turn_true(lambda: work.running == 0)

    anyio.run(run)
    assert work.begun == work.ended == PAST


class Slow(Shelf):
    """Catalogs whose past takes as long as somebody waits for it."""

    def __init__(self) -> None:
        super().__init__(published=few.catalog(few.seeded()))
        self.work = Work()

    def as_of(self, instant: datetime) -> Catalog:
        self.work()
        return self.published


class Gone(Exception):
    """Nothing was to be sent."""


async def disconnect(shelf: Slow, method: str) -> None:
    """Asks, and goes away while the answer is worked on."""
    app = CareerGraph(Config(poll_seconds=0, work=False), open_catalogs=lambda _: shelf).asgi()
    body = json.dumps({"query": QUERY}).encode() if method == "POST" else b""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop(0)
        await turn_true(lambda: shelf.work.begun > 0)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise Gone(message)

    query = b"" if method == "POST" else httpx_query(QUERY)
    headers = [(b"content-type", b"application/json"), (b"host", b"host")]
    scope: dict[str, Any] = {"type": "http", "method": method, "path": "/graphql", "root_path": ""}
    await app({**scope, "query_string": query, "headers": headers}, receive, send)


def httpx_query(query: str) -> bytes:
    return str(httpx.QueryParams({"query": query})).encode()


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_client_that_goes_away_leaves_nothing_running(method: str) -> None:
    shelf = Slow()

    async def run() -> None:
        await disconnect(shelf, method)
        await turn_true(lambda: shelf.work.running == 0)

    anyio.run(run)
    assert shelf.work.begun == shelf.work.ended == 1


def test_work_is_awaited_where_nobody_says_that_the_client_went_away() -> None:
    """Some servers and harnesses answer with the body again, or not at all."""

    async def again() -> Message:
        return {"type": "http.request", "body": b""}

    async def broken() -> Message:
        raise RuntimeError("received already")

    async def work() -> int:
        await anyio.sleep(0.01)
        return 7

    async def run() -> None:
        for receive in (again, broken):
            assert await cancel_on_disconnect(receive, work()) == 7

    anyio.run(run)


def test_a_fault_of_the_work_is_its_own() -> None:
    async def silent() -> Message:
        await anyio.sleep(60)
        return {"type": "http.disconnect"}

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def fails() -> None:
        raise KeyError("broken")

    async def long() -> None:
        await anyio.sleep(60)

    async def run() -> None:
        with pytest.raises(KeyError):
            await cancel_on_disconnect(silent, fails())
        with pytest.raises(ClientDisconnect):
            await cancel_on_disconnect(gone, long())

    anyio.run(run)
