"""In the background of a server: a worker, in a thread that ends with the app."""

import logging
from threading import Event, Lock, Thread
from weakref import finalize

from careergraph.editorial.worker import Worker
from careergraph.store.database import DatabaseProblem, connect
from careergraph.web.config import Config

LOG = logging.getLogger("careergraph.web")
FAREWELL = 2.0
"""How long the end of an app waits for what the worker is at, in seconds. What is cut off is done again later."""


class Background:
    """The worker of one app. It starts with the app's lifespan or, where a host runs none, with its first request."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = Lock()
        self._working: tuple[Thread, Event] | None = None

    def start(self) -> None:
        """Starts working, unless that is switched off or done already."""
        with self._lock:
            if not self._config.work or (self._working is not None and self._working[0].is_alive()):
                return
            stop = Event()
            finalize(self, stop.set)  # an app that nobody holds any longer works no longer
            thread = Thread(target=_work, args=(self._config, stop), name="careergraph-worker", daemon=True)
            thread.start()
            self._working = thread, stop

    def stop(self) -> None:
        """Stops working."""
        with self._lock:
            if self._working is None:
                return
            thread, stop = self._working
            stop.set()
            thread.join(FAREWELL)
            self._working = None


def _work(config: Config, stop: Event) -> None:
    try:
        engine = connect(config.database_url)
    except DatabaseProblem as problem:
        LOG.warning("nothing scheduled is done: %s", problem)
        return
    try:
        Worker(engine, config.webhooks()).run(stop)
    finally:
        engine.dispose()
