"""The catalog behind the app: looked after in a thread, by one request at a time, and never in the event loop."""

import threading
import time

import anyio

from careergraph.engine.content import Catalog
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
