"""The catalog behind the app: looked after in a thread, by one request at a time, and never in the event loop."""

import gc
import threading
import time
from collections.abc import Iterator
from weakref import WeakMethod

import anyio
import pytest

from careergraph.engine.content import Catalog
from careergraph.engine.search.search import NAME, index_of
from careergraph.engine.text.localized_catalog import localize
from careergraph.web.catalogs import catalog_holder as module
from careergraph.web.catalogs.catalog_holder import BUSY, CatalogHolder
from careergraph.web.catalogs.polling import poll
from waiting import CEILING, turn_true, wait_until
from web.stub import Shelf, catalog


class Slow(Shelf):
    """A shelf that answers when a test lets it, and notes who asks."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()
        self.looks = 0
        self.answers = threading.Event()
        self.answers.set()

    def current(self) -> Catalog:
        """The catalog, once it answers."""
        self.threads.add(threading.get_ident())
        self.looks += 1
        assert self.answers.wait(CEILING)
        return super().current()


def test_looking_never_blocks_the_event_loop() -> None:
    """A slow database must not stop requests that can be answered from the catalog at hand."""
    shelf = Slow()
    catalog_holder = CatalogHolder(lambda: shelf, poll_seconds=0)

    async def run() -> None:
        await catalog_holder.catalog()
        shelf.published = catalog(version=2)
        shelf.answers.clear()
        async with anyio.create_task_group() as group:
            group.start_soon(catalog_holder.catalog)
            await turn_true(lambda: shelf.looks == 2)
            for _ in range(100):
                assert (await catalog_holder.catalog()).version == 1
            shelf.answers.set()
        assert catalog_holder.last is shelf.published

    anyio.run(run)
    assert threading.get_ident() not in shelf.threads
    assert shelf.reads == 2


def test_many_first_requests_load_the_catalog_once() -> None:
    """A herd at the start waits for one load instead of starting its own."""
    shelf = Slow()
    shelf.answers.clear()
    catalog_holder = CatalogHolder(lambda: shelf, poll_seconds=60)

    async def run() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(50):
                group.start_soon(catalog_holder.catalog)
            await turn_true(lambda: shelf.looks == 1)
            shelf.answers.set()

    anyio.run(run)
    assert shelf.reads == 1


def test_a_new_catalog_is_ready_before_it_takes_the_place_of_the_one_before() -> None:
    """Whoever asks first must not pay for what everybody needs."""
    shelf = Shelf(published=catalog(version=1))
    catalog_holder = CatalogHolder(lambda: shelf, poll_seconds=0)

    async def run() -> Catalog:
        await catalog_holder.catalog()
        shelf.published = catalog(version=2)
        return await catalog_holder.catalog()

    newest = anyio.run(run)
    assert newest.version == 2
    assert NAME in localize(newest).memo


def test_a_version_that_comes_while_the_first_is_prepared_does_not_wait_for_that() -> None:
    """Under load that takes seconds, in which what was published was not to be seen."""
    shelf, served, prepared = Shelf(), list[int](), list[tuple[int, int | None]]()
    first = shelf.published
    catalog_holder = CatalogHolder(lambda: shelf, poll_seconds=BUSY)
    catalog_holder.load()

    def preparing(one: Catalog, before: Catalog | None) -> Iterator[None]:
        prepared.append((one.version, None if before is None else before.version))
        if before is None:
            for version in (2, 3):
                shelf.published = catalog(version)
                catalog_holder.expire()
                yield
                yield
                assert catalog_holder.last is not None
                served.append(catalog_holder.last.version)
                index_of(localize(catalog_holder.last))
                assert not catalog_holder.is_prepared
        yield

    catalog_holder.preparations.append(preparing)
    catalog_holder.look(threading.Event())
    assert served == [2, 3]
    assert prepared == [(1, None), (3, 1)]
    assert catalog_holder.is_prepared and catalog_holder.last is shelf.published
    assert not first.localized, "it is retired as every other is"


def test_a_catalog_that_cannot_be_made_ready_is_served_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(catalog: Catalog, before: Catalog | None) -> Iterator[None]:
        yield
        raise RuntimeError("a bug")

    monkeypatch.setattr(module, "steps", broken)
    shelf = Shelf(published=catalog(version=1))
    catalog_holder = CatalogHolder(lambda: shelf, poll_seconds=0)
    anyio.run(catalog_holder.catalog)
    shelf.published = catalog(version=2)
    assert anyio.run(catalog_holder.catalog).version == 2
    assert "the catalog of version 2 is not ready" in caplog.text


class Polled:
    """A catalog_holder with the thread that looks for new versions."""

    def __init__(self, shelf: Shelf, seconds: float) -> None:
        self.catalog_holder = CatalogHolder(lambda: shelf, seconds)
        self.stop = threading.Event()
        self.thread = threading.Thread(target=poll, args=(WeakMethod(self.catalog_holder.look), self.stop))

    def __enter__(self) -> CatalogHolder:
        anyio.run(self.catalog_holder.start)
        self.thread.start()
        wait_until(
            lambda: self.catalog_holder.at_hand() is not None and NAME in localize(self.catalog_holder.load()).memo
        )
        return self.catalog_holder

    def __exit__(self, *error: object) -> None:
        self.stop.set()
        self.thread.join(CEILING)
        assert not self.thread.is_alive()


def test_nobody_waits_for_a_new_catalog_where_a_thread_looks() -> None:
    """Neither for the database, nor for what is derived: the catalog at hand answers until the new one is ready."""
    shelf = Slow()
    with Polled(shelf, 0.05) as catalog_holder:
        wait_until(lambda: catalog_holder.is_prepared)  # a new one does not wait for the first
        shelf.answers.clear()
        shelf.published = catalog(version=2)
        looks_before = shelf.looks
        wait_until(lambda: shelf.looks > looks_before)
        assert {anyio.run(catalog_holder.catalog).version for _ in range(100)} == {1}
        shelf.answers.set()
        wait_until(lambda: catalog_holder.last is shelf.published)
        assert NAME in localize(shelf.published).memo


def test_whoever_may_have_published_gets_what_was_published() -> None:
    shelf = Shelf(published=catalog(version=1))
    with Polled(shelf, 600) as catalog_holder:
        shelf.published = catalog(version=2)
        assert anyio.run(catalog_holder.newest).version == 1  # nothing was told of
        catalog_holder.expire()
        assert anyio.run(catalog_holder.newest).version == 2


def test_a_database_that_does_not_answer_is_told_though_no_request_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "SILENCE", 0.05)
    shelf = Slow()
    with Polled(shelf, 0.01) as catalog_holder:
        shelf.answers.clear()
        wait_until(lambda: anyio.run(catalog_holder.catalog) is not None and catalog_holder.problem is not None)
        shelf.answers.set()
        wait_until(lambda: catalog_holder.problem is None)


def test_a_look_that_hangs_is_told_where_two_threads_would_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store lets one look at a time, and gives the others what is at hand: to them it seems that all is well."""
    monkeypatch.setattr(module, "SILENCE", 0.05)
    shelf = Slow()
    catalog_holder = CatalogHolder(lambda: shelf, 600)
    catalog_holder.load()
    shelf.answers.clear()
    hanging = threading.Thread(target=catalog_holder._look)
    hanging.start()
    wait_until(lambda: len(shelf.threads) > 1)
    time.sleep(0.1)
    catalog_holder._look()
    assert catalog_holder.problem is not None and "does not answer" in catalog_holder.problem
    shelf.answers.set()
    hanging.join(CEILING)
    assert catalog_holder.problem is None


def test_the_thread_ends_when_nobody_holds_the_runtime_any_longer() -> None:
    polled = Polled(Shelf(), 0.01)
    with polled as catalog_holder:
        thread = polled.thread
        del catalog_holder, polled.catalog_holder
        gc.collect()
        thread.join(CEILING)
        assert not thread.is_alive()


def test_a_runtime_that_was_stopped_opens_anew() -> None:
    shelf = Shelf(published=catalog(version=1))
    with Polled(shelf, 0.05) as catalog_holder:
        anyio.run(catalog_holder.stop)
        shelf.published = catalog(version=2)
        assert anyio.run(catalog_holder.catalog).version == 2
