"""Polling: the thread that looks for new versions of the catalog."""

from collections.abc import Callable
from threading import Event
from weakref import WeakMethod


def poll(look: WeakMethod[Callable[[Event | None], float]], stop: Event) -> None:
    """Poll for new versions until `stop` is set, or the holder is garbage."""
    wake = Event()
    try:
        while not stop.is_set() and (method := look()) is not None:
            seconds = method(wake)
            del method
            wake.wait(seconds)
            wake.clear()
    finally:
        if (method := look()) is not None:
            method(None)
