"""The garbage collector's part: catalogs of before are let go, and hosts' processes are left alone."""

import gc
import weakref

import anyio
import pytest

from careergraph.web import heap
from careergraph.web.runtime import Runtime
from web.stub import Shelf, catalog


@pytest.fixture(autouse=True)
def _collector() -> object:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_was_set_aside_is_collected_when_it_is_settled_anew() -> None:
    class Circle:
        itself: "Circle"

    circle = Circle()
    circle.itself = circle
    gone = weakref.ref(circle)
    heap.settle()
    del circle
    gc.collect()
    assert gone() is not None, "what is set aside is not looked through"
    heap.settle()
    assert gone() is None


def test_a_runtime_settles_once_for_each_catalog_and_not_before_the_one_before_is_done_with() -> None:
    shelf, settled = Shelf(), list[int]()
    runtime = Runtime(lambda: shelf, poll_seconds=0)
    runtime.settle = lambda: settled.append(shelf.held.version)

    async def look(version: int) -> None:
        shelf.held = catalog(version) if version != shelf.held.version else shelf.held
        await runtime.catalog()

    for version, so_far in ((1, []), (1, [1]), (1, [1]), (2, [1]), (2, [1, 2]), (2, [1, 2])):
        anyio.run(look, version)
        assert settled == so_far
