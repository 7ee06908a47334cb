"""The garbage collector's part: catalogs of before are let go, and hosts' processes are left alone."""

import gc
import weakref

import anyio
import pytest

from careergraph.api.warm_up import steps
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
    garbage_collector.settle()
    assert [it() is None for it in gone] == [False, True], "what is set aside is not looked through"


def test_the_content_that_is_set_aside_is_freed_when_another_catalog_has_taken_its_place() -> None:
    """Editions point to their catalog: with that out of the collector's view, both would stay."""
    with garbage_collector.filling():
        first = few.catalog(few.seeded())
    shelf = Shelf(published=first)
    del first
    catalog_holder = CatalogHolder(lambda: shelf, poll_seconds=0)
    catalog_holder.settle = garbage_collector.settle
    anyio.run(catalog_holder.catalog)
    gone = weakref.ref(shelf.published)
    for _ in steps(shelf.published, None):
        pass
    shelf.published = few.catalog(few.seeded(), 2)
    for _ in range(3):
        anyio.run(catalog_holder.catalog)
    assert gone() is None


def test_a_runtime_settles_a_look_after_each_catalog_even_where_each_look_brings_one() -> None:
    shelf, settled = Shelf(), list[int]()
    catalog_holder = CatalogHolder(lambda: shelf, poll_seconds=0)
    catalog_holder.settle = lambda: settled.append(shelf.published.version)

    async def look(version: int) -> None:
        shelf.published = catalog(version) if version != shelf.published.version else shelf.published
        await catalog_holder.catalog()

    for version, count in zip((1, 1, 1, 2, 2, 3, 4, 5), (0, 1, 1, 1, 2, 2, 3, 4), strict=True):
        anyio.run(look, version)
        assert settled == [1, 2, 4, 5][:count]
