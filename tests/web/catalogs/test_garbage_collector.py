"""The garbage collector's part: catalogs of before are let go, and hosts' processes are left alone."""

import gc
import weakref

import anyio
import pytest

from careergraph.api.warm_up import steps
from careergraph.engine.content import Catalog
from careergraph.web.catalogs import garbage_collector
from careergraph.web.catalogs.catalog_holder import CatalogHolder
from truth import few
from web.stub import Shelf, catalog


@pytest.fixture(autouse=True)
def _collector() -> object:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    gc.freeze()  # what was imported is set aside for all tests


class Circle:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_there_from_the_start_is_set_aside_and_what_comes_later_is_collected() -> None:
    with garbage_collector.filling():
        early = Circle()
    late = Circle()
    gone = [weakref.ref(it) for it in (early, late)]
    del early, late
    assert garbage_collector.Settling().settle()
    assert [it() is None for it in gone] == [False, True], "what is set aside is not looked through"


def test_the_content_that_is_set_aside_is_freed_when_another_catalog_has_taken_its_place() -> None:
    """Editions point to their catalog: with that out of the collector's view, both would stay."""
    with garbage_collector.filling():
        first = few.catalog(few.seeded())
    shelf = Shelf(published=first)
    del first
    catalog_holder = CatalogHolder(lambda: shelf, poll_seconds=0)
    catalog_holder.settle = lambda: garbage_collector.Settling().settle()
    anyio.run(catalog_holder.catalog)
    gone = weakref.ref(shelf.published)
    for _ in steps(shelf.published, None):
        pass
    shelf.published = few.catalog(few.seeded(), 2)
    for _ in range(3):
        anyio.run(catalog_holder.catalog)
    assert gone() is None


def test_only_a_retired_catalog_that_is_still_there_is_settled() -> None:
    """A collection makes all requests wait, and most catalogs go without one."""
    shelf, settled, kept = Shelf(), list[int](), list[Catalog]()
    catalog_holder = CatalogHolder(lambda: shelf, poll_seconds=0)

    def settle() -> bool:
        settled.append(shelf.published.version)
        return True

    catalog_holder.settle = settle

    async def look(version: int) -> None:
        shelf.published = catalog(version) if version != shelf.published.version else shelf.published
        await catalog_holder.catalog()

    for version in (1, 2, 2, 2, 3, 4, 5, 5, 5):
        anyio.run(look, version)
    assert settled == []
    kept.append(shelf.published)
    for version in (6, 6, 6, 6, 7, 7, 7):
        anyio.run(look, version)
    assert settled == [6], "once, and not for those that came later"


def test_what_could_not_be_settled_is_at_a_later_poll() -> None:
    shelf, answers, polls = Shelf(), iter([False, False, True]), list[bool]()
    catalog_holder = CatalogHolder(lambda: shelf, poll_seconds=0)

    def settle() -> bool:
        polls.append(next(answers))
        return polls[-1]

    catalog_holder.settle = settle
    anyio.run(catalog_holder.catalog)
    kept, shelf.published = shelf.published, catalog(2)
    for count in (0, 0, 1, 2, 3, 3):
        anyio.run(catalog_holder.catalog)
        assert len(polls) == count
    assert kept is not shelf.published


def test_collections_take_a_small_part_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """All requests wait for each: under constant publishes they took a fifth of it."""
    clock, collections = 100.0, list[float]()

    def collect() -> None:
        nonlocal clock
        collections.append(clock)
        clock += 0.2

    monkeypatch.setattr(gc, "collect", collect)
    monkeypatch.setattr(garbage_collector, "monotonic", lambda: clock)
    settling = garbage_collector.Settling()
    while clock < 200:
        assert settling.settle() == (bool(collections) and collections[-1] == clock - 0.2)
        clock += 0.5
    assert 20 <= len(collections) <= 24
