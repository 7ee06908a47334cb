"""The catalog behind the app: looked after in a thread, by one request at a time, and never in the event loop."""

import threading
import time

import anyio

from careergraph.engine.content import Catalog
from careergraph.engine.edition import edition_of
from careergraph.engine.search import NAME, search
from careergraph.web.runtime import Runtime
from web.stub import Shelf, catalog


class Slow(Shelf):
    """A shelf that takes its time, and notes who asks."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()
        self.seconds = 0.0

    def current(self) -> Catalog:
        """The catalog, after a while."""
        self.threads.add(threading.get_ident())
        time.sleep(self.seconds)
        return super().current()


def test_looking_never_blocks_the_event_loop() -> None:
    """A slow database must not stop requests that can be answered from the catalog at hand."""
    shelf = Slow()
    runtime = Runtime(lambda: shelf, poll_seconds=0.05)

    async def run() -> None:
        await runtime.catalog()
        shelf.held, shelf.seconds = catalog(version=2), 0.3
        await anyio.sleep(0.06)
        async with anyio.create_task_group() as group:
            group.start_soon(runtime.catalog)
            await anyio.sleep(0.02)
            start = time.monotonic()
            for _ in range(100):
                assert (await runtime.catalog()).version == 1
            assert time.monotonic() - start < 0.1
        assert (await runtime.catalog()).version == 2

    anyio.run(run)
    assert threading.get_ident() not in shelf.threads
    assert shelf.asked == 2


def test_many_first_requests_load_the_catalog_once() -> None:
    """A herd at the start waits for one load instead of starting its own."""
    shelf = Slow()
    shelf.seconds = 0.05
    runtime = Runtime(lambda: shelf, poll_seconds=60)

    async def run() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(50):
                group.start_soon(runtime.catalog)

    anyio.run(run)
    assert shelf.asked == 1


def test_a_new_catalog_is_made_ready_beside_the_event_loop() -> None:
    """What takes long to derive, and was asked of the catalog before, must not hold up whoever asks for it first."""
    shelf = Shelf(held=catalog(version=1))
    runtime = Runtime(lambda: shelf, poll_seconds=0)

    async def run() -> Catalog:
        search(edition_of(await runtime.catalog()), "data", 1)
        shelf.held = catalog(version=2)
        return await runtime.catalog()

    found = anyio.run(run)
    for thread in threading.enumerate():
        if thread.name == "careergraph-ready":
            thread.join(5)
    assert found.version == 2
    assert NAME in edition_of(found).memo
