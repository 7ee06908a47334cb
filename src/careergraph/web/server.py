"""Our own server: uvicorn on this machine, with settings of ours."""

import logging
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import uvicorn
from starlette.types import ASGIApp

from careergraph.web.app import CareerGraph
from careergraph.web.catalogs.garbage_collector import filling, settle
from careergraph.web.core.config import Config
from careergraph.web.core.hosts import LOOPBACK, is_loopback
from careergraph.web.core.origins import LOOPBACK_ORIGINS
from careergraph.web.developer.sample import SHORT, sample_pair, sample_query
from careergraph.web.observability.logs import log_json

try:
    from careergraph.web import protocol
except ImportError:  # there is no httptools for this Python
    protocol = None  # type: ignore[assignment]

LOCAL = "127.0.0.1"


class ServeProblem(RuntimeError):
    """The server cannot listen where it was asked to. The message is one line."""


def serve(config: Config, host: str = LOCAL, port: int = 8000, say: Callable[[str], None] = print) -> None:
    """Serves until SIGINT or SIGTERM. Says where GraphiQL is once it listens.

    Raises ServeProblem where the port is not free, and whatever the store raises where the catalog cannot be loaded.
    """
    if config.log_json:
        log_json()
    with listening(host, port) as listener:
        careergraph = CareerGraph(local(config, listener.getsockname()[0]))
        with filling():
            careergraph.runtime.load()
        careergraph.runtime.settle = settle  # the process is ours, and so is its garbage
        address = f"http://{_shown(host)}:{listener.getsockname()[1]}"
        server = _Server(careergraph, lambda: say(welcome(careergraph, address)))
        with _stopping_quietly():
            server.run(sockets=[listener])


def local(config: Config, address: str) -> Config:
    """The settings of a server that listens on an address.

    Where only this machine reaches it, and nothing says that it is for others (`allowed_hosts`, of a proxy's), requests
    have to be for this machine, and all pages of this machine may read answers.
    """
    if config.allowed_hosts or not is_loopback(address):
        return config
    return replace(config, allowed_hosts=LOOPBACK, cors_origins=f"{config.cors_origins},{LOOPBACK_ORIGINS}")


def settings(app: ASGIApp) -> uvicorn.Config:
    """How uvicorn runs our app: no name of its own in answers, no WebSocket, a bounded wait at the end."""
    return uvicorn.Config(
        app,
        http="h11" if protocol is None else protocol.HttpTools,
        lifespan="on",
        ws="none",
        server_header=False,
        access_log=False,
        log_config=None,  # what it logs goes where everything is logged
        log_level=logging.ERROR,  # what uvicorn warns of is what clients get wrong
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
    )


def welcome(careergraph: CareerGraph, address: str) -> str:
    """Where to go, and a first query to try."""
    config = careergraph.config
    query = sample_query(sample_pair(careergraph.runtime.load()), SHORT).strip()
    lines = [f"careergraph is listening on {address}"]
    if config.pages:
        lines.append(f"  Pages     {address}/")
    if config.graphiql:
        lines.append(f"  GraphiQL  {address}{config.graphiql_path}")
    lines.append(f"  GraphQL   {address}{config.graphql_path}")
    lines.append("A first query to try:")
    lines.append(f"  curl -s --get {address}{config.graphql_path} --data-urlencode 'query={query}'")
    return "\n".join(lines)


class _Server(uvicorn.Server):
    """uvicorn, with a word once it really listens, and an end to what is listened to before it waits for all to end."""

    def __init__(self, careergraph: CareerGraph, when_listening: Callable[[], None]) -> None:
        super().__init__(settings(careergraph.asgi()))
        self._careergraph = careergraph
        self._when_listening = when_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts listening, then says so."""
        await super().startup(sockets)
        self._when_listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops listening, and waits for the answers that are under way."""
        self._careergraph.news.close()
        await super().shutdown(sockets)


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens. Raises ServeProblem."""
    if not host.strip():  # sockets take it for every address of the machine
        raise ServeProblem("Cannot listen on no address: name one, or 0.0.0.0 for all of this machine.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small packets at once (TCP_NODELAY) only where the protocol is named: without it, the body of an
    # answer waits until the client has acknowledged the headers, which it does 40 ms later
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(1)  # a second server on the port fails here and now, not after the catalog is loaded
        except (OSError, OverflowError, TypeError, ValueError) as problem:  # the last two for what can be no host
            reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
            raise ServeProblem(f"Cannot listen on {host} port {port}: {reason}.") from None
        yield listener


@contextmanager
def _stopping_quietly(signals: Sequence[signal.Signals] = (signal.SIGINT, signal.SIGTERM)) -> Iterator[None]:
    """uvicorn stops at these signals and raises them again when it is done; by then there is nothing left to stop."""
    before = {number: signal.signal(number, lambda *_: None) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
