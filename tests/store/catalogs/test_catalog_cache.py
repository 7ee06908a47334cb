"""The shelf of catalogs of the past: each built once, one at a time, not at all for those who went away, few kept."""

import weakref
from collections.abc import Callable
from contextvars import copy_context
from datetime import UTC, datetime
from threading import Event, Thread

import pytest

from careergraph.engine.content import Catalog
from careergraph.engine.text.localized_career import localize_career
from careergraph.engine.text.localized_catalog import localize
from careergraph.store.catalogs.catalog_cache import Built, CatalogCache, Check
from careergraph.store.catalogs.lease import LEASE, Abandoned, Lease
from truth import few
from waiting import CEILING

WAIT = CEILING


def catalog(mark: int) -> Catalog:
    return Catalog.of(version=mark, published_at=datetime(2026, 1, 1, tzinfo=UTC))


class Builder:
    """Builds when it is let, and lists the catalogs that it built and gave up."""

    def __init__(self, size: int = 0) -> None:
        self.begun, self.go = Event(), Event()
        self.built: list[int] = []
        self.given_up: list[int] = []
        self.at_once = self.most_at_once = 0
        self.size = size

    def __call__(self, mark: int, check: Check) -> Built:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.begun.set()
        try:
            while not self.go.wait(0.005):
                check()
        except Abandoned:
            self.given_up.append(mark)
            raise
        finally:
            self.at_once -= 1
        self.built.append(mark)
        return Built(catalog(mark), self.size)


class Asker:
    """A thread that asks for one catalog, with a lease of its own."""

    def __init__(self, shelf: CatalogCache[int], mark: int, build: Callable[[int, Check], Built]) -> None:
        self.lease = Lease()
        self.catalog: Catalog | None = None
        self.problem: Exception | None = None
        self._thread = Thread(target=copy_context().run, args=(self._ask, shelf, mark, build))
        self._thread.start()

    def _ask(self, shelf: CatalogCache[int], mark: int, build: Callable[[int, Check], Built]) -> None:
        LEASE.set(self.lease)
        try:
            self.catalog = shelf.get(mark, build)
        except Exception as problem:
            self.problem = problem

    def join(self) -> "Asker":
        self._thread.join(WAIT)
        assert not self._thread.is_alive()
        return self


def test_those_who_ask_for_the_same_at_once_share_one_build() -> None:
    shelf, build = CatalogCache[int](4), Builder()
    askers = [Asker(shelf, 1, build) for _ in range(6)]
    assert build.begun.wait(WAIT)
    build.go.set()
    assert len({id(it.join().catalog) for it in askers}) == 1
    assert build.built == [1]


def test_one_is_built_at_a_time() -> None:
    shelf, build = CatalogCache[int](4), Builder()
    askers = [Asker(shelf, mark, build) for mark in range(4)]
    assert build.begun.wait(WAIT)
    build.go.set()
    assert [it.join().problem for it in askers] == [None] * 4
    assert (sorted(build.built), build.most_at_once) == ([0, 1, 2, 3], 1)


def test_what_nobody_waits_for_is_given_up_and_built_for_whoever_asks_next() -> None:
    shelf, build = CatalogCache[int](4), Builder()
    first, queued = Asker(shelf, 1, build), Asker(shelf, 2, build)
    assert build.begun.wait(WAIT)
    for asker in (first, queued):
        asker.lease.abandon()
    assert isinstance(first.join().problem, Abandoned)
    assert isinstance(queued.join().problem, Abandoned)
    assert build.built == []
    build.go.set()
    assert shelf.get(1, build).version == 1


def test_a_build_goes_on_for_those_who_still_wait() -> None:
    """Whoever asked first went away; the one that waits with it gets the catalog all the same."""
    shelf, build = CatalogCache[int](4), Builder()
    first = Asker(shelf, 1, build)
    assert build.begun.wait(WAIT)
    second, third = Asker(shelf, 1, build), Asker(shelf, 1, build)
    third.lease.abandon()
    assert isinstance(third.join().problem, Abandoned)
    first.lease.abandon()
    build.go.set()
    assert second.join().catalog is not None
    assert build.built == [1] and build.given_up == []


def test_a_fault_is_told_to_all_who_wait_and_not_kept() -> None:
    shelf, go = CatalogCache[int](4), Event()

    def fail(mark: int, check: Check) -> Built:
        go.wait(WAIT)
        raise KeyError("broken")

    askers = [Asker(shelf, 1, fail) for _ in range(3)]
    go.set()
    assert [type(it.join().problem) for it in askers] == [KeyError] * 3
    build = Builder()
    build.go.set()
    assert shelf.get(1, build).version == 1


@pytest.mark.parametrize(("most", "size", "kept"), [(3, 1, [7, 8, 9]), (9, 40, [8, 9]), (9, 1000, [9])])
def test_few_are_kept_by_number_and_by_size_and_the_last_in_any_case(most: int, size: int, kept: list[int]) -> None:
    shelf, build = CatalogCache[int](most, 100), Builder(size)
    build.go.set()
    for mark in range(10):
        shelf.get(mark, build)
    build.built.clear()
    for mark in kept:
        shelf.get(mark, build)
    assert build.built == []
    shelf.get(kept[0] - 1, build)
    assert build.built == [kept[0] - 1]


def test_what_somebody_still_reads_is_not_built_again() -> None:
    shelf, build = CatalogCache[int](1), Builder()
    build.go.set()
    first = shelf.get(1, build)
    shelf.get(2, build)
    assert shelf.get(1, build) is first


def test_a_lease_that_ends_frees_what_it_lent_without_the_garbage_collector() -> None:
    catalog = few.catalog(few.seeded())
    lease = Lease()
    lent = lease.lend(catalog)
    for code in lent.locales:
        for career in lent.careers.values():
            localize_career(localize(lent, code), career)
    assert catalog.localized == {}
    assert lent.careers is catalog.careers and lent.memo is catalog.memo
    gone = weakref.ref(lent)
    del lent, career
    assert gone() is not None
    lease.end()
    assert gone() is None


def test_what_nobody_asks_for_any_longer_is_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last one, too: at rest a server holds its live catalog and no other."""
    shelf: CatalogCache[int] = CatalogCache(4)
    build = Builder()
    build.go.set()
    gone = weakref.ref(shelf.get(1, build))
    assert not shelf.drop_idle() and gone() is not None
    monkeypatch.setattr("careergraph.store.catalogs.catalog_cache.IDLE_SECONDS", -1.0)
    assert shelf.drop_idle() and gone() is None and not shelf.drop_idle()
    shelf.get(1, build)
    assert build.built == [1, 1]
