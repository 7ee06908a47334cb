"""Background threads: what a server loads when its first responses are out."""

from threading import Event

import pytest

from careergraph.web.catalogs import background
from careergraph.web.catalogs.background import Background, loaded_later


def test_what_no_first_response_needs_is_loaded_without_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "HEAD_START", 0)
    loaded = Event()
    threads = Background(loaded_later(loaded.set))
    threads.start()
    assert loaded.wait(10)
    threads.stop()


def test_a_server_that_stops_at_once_loads_nothing_more() -> None:
    loaded, stop = Event(), Event()
    stop.set()
    loaded_later(loaded.set)(stop)
    assert not loaded.is_set()
