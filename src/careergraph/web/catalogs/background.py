"""Background threads of a server: a worker and a listener for new versions."""

import logging
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING
from weakref import WeakMethod, finalize

from careergraph.store.access.sessions import has_editors
from careergraph.store.database.database import DatabaseProblem, connect, reading
from careergraph.store.database.notifications import listen
from careergraph.web.core.config import Config, no_editor

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


class LoadedLater:
    """What readers do not need, loaded in a thread so that no editor waits for it: after the first responses of a
    server where editors are expected, or else once somebody comes who may be one."""

    def __init__(self, load: Callable[[], object], is_expected: Callable[[], bool]) -> None:
        self._load, self._is_expected = load, is_expected
        self._begun = False

    def run(self, stop: Event) -> None:
        """Load it where it is expected, after the first responses: a job."""
        if not stop.wait(HEAD_START) and self._is_expected():
            self._load()

    def come(self) -> None:
        """Begin to load it, without a wait. For any thread."""
        if not self._begun:
            self._begun = True
            Thread(target=self._load, name="careergraph", daemon=True).start()


def expects_editors(config: Config) -> bool:
    """Whether a server has editors, as far as settings and database say: users of the host or of a provider, or access
    tokens, previews and people who are signed in. Blocks."""
    if config.authorize is not no_editor or config.oidc.client_id:
        return True
    try:
        engine = connect(config.database_url)
    except DatabaseProblem:
        return False
    try:
        with reading(engine) as session:
            return has_editors(session)
    except DatabaseProblem:
        return False
    finally:
        engine.dispose()


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
