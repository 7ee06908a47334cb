"""The server of `careergraph serve`: uvicorn with its own settings."""

import logging
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from threading import Lock
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from careergraph.store.database.memory import share_one_heap
from careergraph.web.app import CareerGraph
from careergraph.web.catalogs.garbage_collector import Settling, filling
from careergraph.web.core.config import Config
from careergraph.web.core.hosts import LOOPBACK, is_loopback
from careergraph.web.core.origins import LOOPBACK_ORIGINS
from careergraph.web.developer.sample import SHORT, sample_pair, sample_query
from careergraph.web.observability.logs import log_json
from careergraph.web.shortcut import Shortcut
from careergraph.web.workers import Worker, serve_workers

try:
    from careergraph.web import protocol
except ImportError:  # there is no httptools for this Python
    protocol = None  # type: ignore[assignment]

LOCAL = "127.0.0.1"
AT_ONCE = 16
"""The connections of a burst that a server takes each time its event loop comes round. uvloop takes one from each
listening socket, so the last of many would wait for as many rounds, in each of which others get another answer. Of
several workers each takes one: a busy one comes round less often, and leaves the rest to others."""


class ServeProblem(RuntimeError):
    """The server cannot listen at an address. The message is one line."""


def serve(
    config: Config, host: str = LOCAL, port: int = 8000, say: Callable[[str], None] = print, workers: int = 1
) -> None:
    """Serve until SIGINT or SIGTERM. Calls `say` with a welcome once the server listens.

    With several `workers`, each is a process that answers at the port; this one restarts those that end, and does what
    is scheduled. Raises ServeProblem if the port is not free, and DatabaseProblem if the catalog cannot be loaded.
    """
    with listening(host, port) as listener:
        # the key of the first sign-in is in the memory of one process: another worker would refuse it
        alone = workers == 1
        welcomes = alone and not config.allowed_hosts and is_loopback(listener.getsockname()[0])
        # a lock of several processes starts one more process
        welcome_lock: Any = Lock() if alone else get_context("spawn").Lock()
        worker = Worker(local(config, listener.getsockname()[0]), host, say, welcome_lock, welcomes, alone)
        if alone:
            serve_worker(worker, listener)
        elif not serve_workers(worker, listener, workers, serve_worker):
            raise ServeProblem("No worker could start: what it said stands above.")


def serve_worker(worker: Worker, listener: socket.socket) -> None:
    """Serve in this process until SIGINT or SIGTERM."""
    share_one_heap()
    if worker.config.observability.log_json:
        log_json()
    careergraph = CareerGraph(worker.config)
    with filling():
        careergraph.load()
    careergraph.catalog_holder.settle = Settling().settle  # no other code runs in this process
    address = f"http://{_bracketed(worker.host)}:{listener.getsockname()[1]}"

    def say_once() -> None:
        if worker.welcome_lock.acquire(False):
            admin = careergraph.admin if worker.welcomes else None
            worker.say(welcome(careergraph, address, admin.first_address(address) if admin is not None else None))

    with _stop_quietly():
        _Server(careergraph, say_once).run(sockets=doubled(listener) if worker.alone else [listener])


def doubled(listener: socket.socket) -> list[socket.socket]:
    """A listening socket as often as uvloop has to have it, to take `AT_ONCE` connections in a round. asyncio takes all
    that there are from one."""
    return [listener, *[listener.dup() for _ in range(1, AT_ONCE if find_spec("uvloop") is not None else 1)]]


def local(config: Config, address: str) -> Config:
    """The settings of a server that listens on an address.

    On a loopback address without `allowed_hosts`, which a proxy needs, only requests for this machine are allowed, and
    all pages of this machine may read responses.
    """
    if config.allowed_hosts or not is_loopback(address):
        return config
    return config.replace(allowed_hosts=LOOPBACK, cors_origins=f"{config.cors.origins},{LOOPBACK_ORIGINS}")


def settings(app: ASGIApp, shortcut: Shortcut | None = None) -> uvicorn.Config:
    """Return how uvicorn runs our app: no name of its own in answers, no WebSocket, a bounded wait at the end."""
    return uvicorn.Config(
        app,
        http=_protocol(shortcut),
        lifespan="on",
        ws="none",
        server_header=False,
        access_log=False,
        log_config=None,  # its logs go to the handlers of the process
        log_level=logging.ERROR,  # uvicorn's warnings are mistakes of clients
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
    )


def _protocol(shortcut: Shortcut | None) -> Any:
    """The protocol of connections; without httptools uvicorn's own over h11, which knows no short cut."""
    return "h11" if protocol is None else partial(protocol.HttpTools, shortcut=shortcut)


def welcome(careergraph: CareerGraph, address: str, first_address: str | None = None) -> str:
    """The addresses, with the one at which the first administrator signs in, and a first query to try."""
    config = careergraph.config
    query = sample_query(sample_pair(careergraph.catalog_holder.load()), SHORT).strip()
    lines = [f"careergraph is listening on {address}"]
    if config.pages.enabled:
        lines.append(f"  Pages     {address}/")
    if config.admin.path:
        lines.append(f"  Admin     {first_address or address + config.admin.path + '/'}")
    if first_address is not None:
        lines.append("            signs in the first administrator: once, from this machine, within an hour")
    if config.graphql.graphiql:
        lines.append(f"  GraphiQL  {address}{config.graphql.graphiql_path}")
    lines.append(f"  GraphQL   {address}{config.graphql.path}")
    lines.append("A first query to try:")
    lines.append(f"  curl -s --get {address}{config.graphql.path} --data-urlencode 'query={query}'")
    return "\n".join(lines)


class _Server(uvicorn.Server):
    """uvicorn, with a callback once it listens; it ends subscriptions before it waits for open requests."""

    def __init__(self, careergraph: CareerGraph, when_listening: Callable[[], None]) -> None:
        super().__init__(settings(careergraph.asgi(), careergraph.shortcut()))
        self._careergraph = careergraph
        self._when_listening = when_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then call back."""
        await super().startup(sockets)
        self._when_listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, and wait for open requests."""
        self._careergraph.version_feed.close()
        await super().shutdown(sockets)


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens. Raises ServeProblem."""
    if not host.strip():  # sockets take it as every address of the machine
        raise ServeProblem("Cannot listen on an empty host: name one, or 0.0.0.0 for all addresses of this machine.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small packets at once (TCP_NODELAY) only where the protocol is named: without it, the body of an
    # answer waits until the client has acknowledged the headers, which it does 40 ms later
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(1)  # a second server on the port fails here and now, not after the catalog is loaded
        except (OSError, OverflowError, TypeError, ValueError) as problem:  # the last two for names that can be no host
            reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
            raise ServeProblem(f"Cannot listen on {host} port {port}: {reason}.") from None
        yield listener


@contextmanager
def _stop_quietly(signals: Sequence[signal.Signals] = (signal.SIGINT, signal.SIGTERM)) -> Iterator[None]:
    """Ignore these signals once uvicorn is done: it raises them again after it stopped."""
    before = {number: signal.signal(number, lambda *_: None) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
