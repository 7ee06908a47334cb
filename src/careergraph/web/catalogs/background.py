"""Background threads of a server: a worker and a listener for new versions."""

import logging
import sys
from collections.abc import Callable
from functools import partial
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any
from weakref import WeakMethod, finalize

from careergraph.store.database.database_problem import DatabaseProblem
from careergraph.web.core.config import Config, no_editor
from careergraph.web.core.loading import load

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from careergraph.editorial.worker.worker import Worker

LOG = logging.getLogger("careergraph.web")
FAREWELL = 2.0
"""How long the end of an app waits for its threads, in seconds. Interrupted work is done again later."""

HEAD_START = 0.5
"""How long what is loaded later waits for the first responses of a server that starts, in seconds."""
PREPARED = 30.0
"""How long it waits for the catalog to be prepared, which searches and lists may need, in seconds."""
LATER = 1.5
"""How much later a worker is loaded, in seconds: it follows what requests may need."""
STEP = 0.1
"""How often it looks whether the catalog is, in seconds."""
WORKER = "careergraph.editorial.worker.worker"

Job = Callable[[Event], None]
"""The work of a thread, until the event is set."""


def _always() -> bool:
    return True


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


def jobs(config: Config, heard: Callable[[], None], live: Callable[[], Any]) -> tuple[Job, ...]:
    """The jobs of an app over the store; `heard`, a method, is called at each new version, and `live`, another, returns
    the catalog for the worker."""
    working = scheduled_work(config, live)
    tells = config.database_url.startswith("postgresql")
    return (*working, partial(_listen, config, WeakMethod(heard))) if tells else working


class LoadedLater:
    """What readers do not need, loaded in a thread so that no editor waits for it: after the first responses of a
    server where editors are expected, once it `is_ready` for that, or else once somebody comes who may be one."""

    def __init__(
        self,
        load_all: Callable[[], object],
        is_expected: Callable[[], bool] = _always,
        is_ready: Callable[[], bool] = _always,
    ) -> None:
        self._load, self._is_expected, self._is_ready = load_all, is_expected, is_ready
        self._begun = False

    def run(self, stop: Event) -> None:
        """Load it where it is expected, after the first responses: a job."""
        until, ended = monotonic() + PREPARED, stop.wait(HEAD_START)
        while not (ended or self._is_ready() or monotonic() > until):
            ended = stop.wait(STEP)
        if not ended and self._is_expected():
            self._load()

    def come(self) -> None:
        """Begin to load it, without a wait. For any thread."""
        if not self._begun:
            self._begun = True
            Thread(target=self._load, name="careergraph", daemon=True).start()


def expects_editors(config: Config) -> bool:
    """Return whether a server has editors, as far as settings and database say: users of the host or of a provider, or
    access tokens, previews and people who are signed in. Blocks."""
    if config.authorize is not no_editor or config.oidc.client_id:
        return True
    try:
        engine = _connect(config)
    except DatabaseProblem:
        return False
    try:
        with load("careergraph.store.database.database").reading(engine) as session:
            return bool(load("careergraph.store.access.sessions").has_editors(session))
    except DatabaseProblem:
        return False
    finally:
        engine.dispose()


def scheduled_work(config: Config, live: Callable[[], Any] | None = None) -> tuple[Job, ...]:
    """The job that runs schedules and sends the events of the outbox; none if another process does. `live` is a method
    that returns the catalog of the process, where it has one."""
    return (partial(_work, config, live and WeakMethod(live)),) if config.work else ()


def _work(config: Config, live: WeakMethod[Callable[[], Any]] | None, stop: Event) -> None:
    """Work until `stop` is set. Hold no reference to the app, which ends without others."""

    def catalog() -> Any:
        method = live and live()
        return method and method()

    make: type[Worker] = _load_worker(stop)
    try:
        engine = _connect(config)
    except DatabaseProblem as problem:
        LOG.warning("nothing scheduled is done: %s", problem)
        return
    try:
        worker = make(
            engine, config.webhooks.parse(), imports=config.imports.parse(), workflow=config.workflow(), live=catalog
        )
        worker.run(stop)
    finally:
        engine.dispose()


def _load_worker(stop: Event) -> "type[Worker]":
    """Load all that a worker may have to do, where that is not loaded yet: after the first response of a server."""
    if WORKER not in sys.modules:
        stop.wait(HEAD_START + LATER)
    worker: type[Worker] = load(WORKER).Worker
    return worker


def _listen(config: Config, heard: WeakMethod[Callable[[], None]], stop: Event) -> None:
    """Call `heard` at each new version. Hold no reference to the app, which ends without others."""

    def tell() -> None:
        if (method := heard()) is not None:
            method()

    try:
        engine = _connect(config)
    except DatabaseProblem as problem:
        LOG.warning("there is no news of versions: %s", problem)
        return
    try:
        load("careergraph.store.database.notifications").listen(engine, tell, stop)
    finally:
        engine.dispose()


def _connect(config: Config) -> "Engine":
    """Open the database of an app. Raises DatabaseProblem."""
    engine: Engine = load("careergraph.store.database.database").connect(config.database_url)
    return engine
