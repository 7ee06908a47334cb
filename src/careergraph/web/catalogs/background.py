"""Background threads of a server: a worker and a listener for new versions."""

import logging
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING
from weakref import WeakMethod, finalize

from careergraph.store.database.database import DatabaseProblem, connect
from careergraph.store.database.notifications import listen
from careergraph.web.core.config import Config

if TYPE_CHECKING:
    from careergraph.editorial.worker.worker import Worker

LOG = logging.getLogger("careergraph.web")
FAREWELL = 2.0
"""How long the end of an app waits for its threads, in seconds. Interrupted work is done again later."""

HEAD_START = 2.0
"""How long what is loaded later waits for the catalog and the first responses of a server that starts, in seconds."""
WORKER = "careergraph.editorial.worker.worker"

Job = Callable[[Event], None]
"""The work of a thread, until the event is set."""


class Background:
    """The threads of one app. They start with its lifespan, or without one with its first request."""

    def __init__(self, *jobs: Job) -> None:
        self._jobs = jobs
        self._lock = Lock()
        self._stop: Event | None = None
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Start all threads, unless they run."""
        with self._lock:
            if self._stop is None:
                self._stop = stop = Event()
                finalize(self, stop.set)  # the threads end with the app
                self._threads = [
                    Thread(target=job, args=(stop,), name="careergraph", daemon=True) for job in self._jobs
                ]
                for thread in self._threads:
                    thread.start()

    def stop(self) -> None:
        """Stop all threads."""
        with self._lock:
            if self._stop is not None:
                self._stop.set()
                for thread in self._threads:
                    thread.join(FAREWELL)
                self._stop, self._threads = None, []


def jobs(config: Config, heard: Callable[[], None]) -> tuple[Job, ...]:
    """The jobs of an app over the store; `heard`, a method, is called at each new version."""
    working = scheduled_work(config)
    tells = config.database_url.startswith("postgresql")
    return (*working, partial(_listen, config, WeakMethod(heard))) if tells else working


def loaded_later(load: Callable[[], object]) -> Job:
    """The job that loads what no first response needs, so that no later request waits for it."""

    def run(stop: Event) -> None:
        if not stop.wait(HEAD_START):
            load()

    return run


def scheduled_work(config: Config) -> tuple[Job, ...]:
    """The job that runs schedules and sends the events of the outbox; none if another process does."""
    return (partial(_work, config),) if config.work else ()


def _work(config: Config, stop: Event) -> None:
    try:
        engine = connect(config.database_url)
    except DatabaseProblem as problem:
        LOG.warning("nothing scheduled is done: %s", problem)
        return
    try:
        make: type[Worker] = _load_worker(stop)

        worker = make(engine, config.webhooks.parse(), imports=config.imports.parse(), workflow=config.workflow())
        worker.run(stop)
    finally:
        engine.dispose()


def _load_worker(stop: Event) -> "type[Worker]":
    """Load all that a worker may have to do, where that is not loaded yet: after the first response of a server."""
    if WORKER not in sys.modules:
        stop.wait(HEAD_START)
    worker: type[Worker] = import_module(WORKER).Worker
    return worker


def _listen(config: Config, heard: WeakMethod[Callable[[], None]], stop: Event) -> None:
    """Call `heard` at each new version. Hold no reference to the app, which ends without others."""

    def tell() -> None:
        if (method := heard()) is not None:
            method()

    try:
        engine = connect(config.database_url)
    except DatabaseProblem as problem:
        LOG.warning("there is no news of versions: %s", problem)
        return
    try:
        listen(engine, tell, stop)
    finally:
        engine.dispose()
