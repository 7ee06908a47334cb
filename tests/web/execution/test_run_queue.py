"""Turns: over load, a bounded number of requests wait, in order and for a bounded time; the others are told at once."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from functools import partial

import anyio
import pytest

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.execution.run_queue import SLICE, THREADS, RunQueue
from waiting import CEILING, turn_true
from web.client import Client
from web.stub import Shelf, stub


def run(work: Callable[[], Awaitable[None]]) -> None:
    """Runs a test's coroutine."""
    anyio.run(work)


def test_turns_come_in_order_and_the_loop_looks_at_its_sockets_between() -> None:
    """A burst of operations must not keep a health check waiting for all of them."""
    done: list[int] = []
    between = 0

    async def operation(run_queue: RunQueue, number: int) -> None:
        await run_queue.acquire()
        time.sleep(SLICE * 1.2)  # noqa: ASYNC251 - an operation that computes
        done.append(number)

    async def other() -> None:
        nonlocal between
        while len(done) < 10:
            between += 1
            await asyncio.sleep(0)

    async def work() -> None:
        run_queue = RunQueue(100, CEILING)
        await asyncio.gather(*(operation(run_queue, number) for number in range(10)), other())

    run(work)
    assert done == list(range(10))
    assert between > 5


def test_more_than_may_wait_are_refused_at_once() -> None:
    refused: list[Refusal] = []

    async def operation(run_queue: RunQueue) -> None:
        try:
            await run_queue.acquire()
            time.sleep(SLICE * 1.2)  # noqa: ASYNC251
        except Refusal as problem:
            refused.append(problem)

    async def work() -> None:
        run_queue = RunQueue(3, CEILING)
        await asyncio.gather(*(operation(run_queue) for _ in range(10)))
        await run_queue.acquire()  # and afterwards it is as before

    run(work)
    assert len(refused) == 6
    assert {(it.code, it.status, it.headers["Retry-After"]) for it in refused} == {(WebCode.OVERLOADED, 503, "1")}


def test_nobody_waits_for_longer_than_allowed() -> None:
    """What blocks goes aside into a thread; who waits for it is told when it takes too long."""

    async def work() -> None:
        run_queue, gate = RunQueue(2, 0.05), threading.Event()
        try:
            for _ in range(2):
                with pytest.raises(Refusal) as late:
                    await run_queue.run_in_thread(gate.wait)
                assert (late.value.code, late.value.status) == (WebCode.TIMEOUT, 503)
        finally:
            gate.set()
        run_queue._seconds = CEILING
        assert await run_queue.run_in_thread(lambda: 7) == 7

    run(work)


def test_what_has_begun_is_waited_for_to_its_end() -> None:
    """A write that is done after all must not have been answered as one that failed; one that never began may be."""

    async def work() -> None:
        run_queue, gates, done = RunQueue(10, 0.2), [threading.Event() for _ in range(THREADS)], []
        running: list[int] = []

        def write(gate: threading.Event) -> int:
            running.append(1)
            gate.wait()
            done.append(1)
            return 7

        begun = [asyncio.ensure_future(run_queue.run_to_completion(partial(write, gate))) for gate in gates]
        await turn_true(lambda: len(running) == THREADS)
        with pytest.raises(Refusal) as late:
            await run_queue.run_to_completion(partial(write, gates[0]))
        assert late.value.code == WebCode.TIMEOUT
        assert not any(it.done() for it in begun)
        for gate in gates:
            gate.set()
        assert await asyncio.gather(*begun) == [7] * THREADS
        await asyncio.sleep(0.05)
        assert len(done) == THREADS

    run(work)


def test_a_fault_that_is_a_timeout_stays_a_fault() -> None:
    async def work() -> None:
        with pytest.raises(TimeoutError):
            await RunQueue(2, 5).run_in_thread(_times_out)

    run(work)


def _times_out() -> None:
    raise TimeoutError


def test_a_slow_authentication_is_cut_off() -> None:
    """The host's database may hang; requests must not pile up behind it."""

    async def authenticate(connection: object) -> object:
        await asyncio.sleep(60)
        return None

    client = Client(stub(Config.of(authenticate=authenticate, request_seconds=0.05)).asgi())
    response = client.post("/graphql", json={"query": "{ versions }"})
    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"]["code"] == "TIMEOUT"


def test_a_flood_is_shed_and_the_server_stays_up() -> None:
    """Of many requests at once some are answered, the others refused with 503 and when to come again."""
    app = stub(Config.of(max_waiting=2), Shelf()).asgi()

    async def work() -> list[int]:
        client = Client(app)
        options = {"json": {"query": "{ " + " ".join(f"a{n}: versions" for n in range(19)) + " }"}}
        many = [client._request("POST", "/graphql", options) for _ in range(40)]
        statuses = [response.status_code for response in await asyncio.gather(*many)]
        assert (await client._request("POST", "/graphql", options)).status_code == 200
        return statuses

    statuses = anyio.run(work)
    assert set(statuses) <= {200, 503} and 200 in statuses
