"""Standing aside: background threads let requests go first."""

import asyncio
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from careergraph.web.catalogs.aside import Aside


@pytest.fixture(name="loop")
def running_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    yield loop
    if not loop.is_closed():
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Step:
    """A step in the background, which has `begun` once nobody is in its way."""

    def __init__(self, aside: Aside) -> None:
        self.begun = Event()
        self._thread = Thread(target=self._run, args=(aside,))
        self._thread.start()

    def _run(self, aside: Aside) -> None:
        aside.wait()
        self.begun.set()

    def joins(self) -> bool:
        self._thread.join(10)
        return self.begun.is_set()


def test_a_step_waits_for_the_event_loop(loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the loop works on, such as the index that a search needs, gets the interpreter alone."""
    monkeypatch.setattr("careergraph.web.catalogs.aside.LONGEST", 60.0)
    aside, works, done = Aside(), Event(), Event()
    aside.open(loop, lambda: False)

    def respond() -> None:
        works.set()
        done.wait(10)

    loop.call_soon_threadsafe(respond)
    assert works.wait(10)
    step = Step(aside)
    assert not step.begun.wait(0.1)
    done.set()
    assert step.joins()


def test_a_step_waits_for_threads_of_requests(loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careergraph.web.catalogs.aside.LONGEST", 60.0)
    aside, busy = Aside(), [True]
    aside.open(loop, lambda: busy[0])
    step = Step(aside)
    assert not step.begun.wait(0.1)
    busy[0] = False
    assert step.joins()


def test_a_load_that_never_ends_holds_no_step_up_for_ever(
    loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careergraph.web.catalogs.aside.LONGEST", 0.01)
    aside = Aside()
    aside.open(loop, lambda: True)
    assert Step(aside).joins()


def test_no_step_waits_for_a_loop_that_has_ended(loop: asyncio.AbstractEventLoop) -> None:
    aside = Aside()
    assert Step(aside).joins(), "it is open to none"
    aside.open(loop, lambda: False)
    aside.close()
    assert Step(aside).joins()
    ended = asyncio.new_event_loop()
    ended.close()
    aside.open(ended, lambda: False)
    assert Step(aside).joins()


def test_a_load_that_never_ends_holds_up_all_steps_together_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the first catalog would not be prepared for minutes, and no later version taken meanwhile."""
    monkeypatch.setattr("careergraph.web.catalogs.aside.LONGEST", 0.01)
    monkeypatch.setattr("careergraph.web.catalogs.aside.TOTAL", 0.03)
    loop, looks, aside = asyncio.new_event_loop(), list[bool](), Aside()  # the loop never comes round

    def is_busy() -> bool:
        looks.append(True)
        return True

    aside.open(loop, is_busy)
    for _ in range(5):
        aside.wait()
    before = len(looks)
    for _ in range(5):
        aside.wait()
    assert len(looks) == before + 5  # each looks once, and goes on
    loop.close()
