"""Workers: several server processes on one port, watched by the process that was started, which does the work once."""

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Lock
from socket import socket
from typing import NamedTuple

from careergraph.web.catalogs.background import Background, scheduled_work
from careergraph.web.core.config import Config

LOG = logging.getLogger("careergraph.web")
PAUSE = 1.0
"""Seconds before another worker takes the place of one: it may fail for the same reason."""
SECONDS_TO_STOP = 15.0
"""How long the workers have to finish their requests, before they are killed; they take ten at most."""

_SPAWN = get_context("spawn")  # a fork would share connections of the database, and locks that threads hold


class Worker(NamedTuple):
    """The parts that a server process gets. `welcome_lock` is free until a worker has said that it listens. One that
    `welcomes` prints the address of the first administrator's sign-in: it is `alone`, the only process, and only this
    machine asks."""

    config: Config
    host: str
    say: Callable[[str], None]
    welcome_lock: Lock
    welcomes: bool
    alone: bool


Serve = Callable[[Worker, socket], None]


def serve_workers(worker: Worker, listener: socket, count: int, serve: Serve) -> bool:
    """Run server processes until SIGINT or SIGTERM, and a new one in the place of each that dies. Return False if one
    fails before any has begun to listen; all of them have ended then."""
    config = worker.config
    workers = _Workers(worker._replace(config=config.replace(work=False)), listener, serve)
    background = Background(*scheduled_work(config))
    with _stopping(workers.stopped):
        background.start()
        try:
            return workers.run(count)
        finally:
            background.stop()
            workers.end()


class _Workers:
    def __init__(self, worker: Worker, listener: socket, serve: Serve) -> None:
        self._arguments, self._serve = (worker, listener), serve
        self._processes: list[SpawnProcess] = []
        self.stopped = threading.Event()

    def run(self, count: int) -> bool:
        self._processes = [self._start() for _ in range(count)]
        while not self.stopped.is_set():
            wait([process.sentinel for process in self._processes], timeout=0.5)
            for place, process in enumerate(self._processes):
                if process.is_alive() or self.stopped.is_set():
                    continue
                if self._none_listens():
                    return False  # the next one would fail likewise
                LOG.error("worker %s ended (%s); another one takes its place", process.pid, process.exitcode)
                self.stopped.wait(PAUSE)
                self._processes[place] = self._start()
        return True

    def end(self) -> None:
        """Let the workers finish their requests; kill those that do not end."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join(SECONDS_TO_STOP)
            process.kill()
            process.join()

    def _start(self) -> SpawnProcess:
        process = _SPAWN.Process(target=_run, args=(self._serve, *self._arguments), name="careergraph")
        process.start()
        return process

    def _none_listens(self) -> bool:
        lock = self._arguments[0].welcome_lock
        if free := lock.acquire(block=False):
            lock.release()
        return free


def _run(serve: Serve, worker: Worker, listener: socket) -> None:
    """Be one server process; end with the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the first process passes SIGTERM on
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    serve(worker, listener)


def _end_with_parent(parent: int) -> None:
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(1)
    os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _stopping(event: threading.Event) -> Iterator[None]:
    """Set an event at SIGINT and SIGTERM."""
    before = {it: signal.signal(it, lambda *_: event.set()) for it in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
