"""Clients for the web layer: at the ASGI level, and a real socket."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.types import ASGIApp

from careergraph import CareerGraph, Config
from careergraph.web.server import listening, settings
from careergraph.web.shortcut import Shortcut
from waiting import CEILING
from web.client import Client
from web.stub import Shelf, stub


@pytest.fixture
def shelf() -> Shelf:
    """The catalogs behind `client`."""
    return Shelf()


@pytest.fixture
def client(shelf: Shelf) -> Client:
    """A client of the stub app, mounted nowhere, whose lifespan does not run."""
    return Client(stub(shelf=shelf).asgi())


@contextmanager
def running(app: ASGIApp, shortcut: Shortcut | None = None, timeout_keep_alive: int = 15) -> Iterator[str]:
    """The address of an app that really listens on this machine."""
    config = settings(app, shortcut)
    config.timeout_keep_alive = timeout_keep_alive
    with listening("127.0.0.1", 0) as listener:
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.01)
            assert thread.is_alive(), "the server did not start"
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(CEILING)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the stub app on a real socket."""
    with running(stub().asgi()) as url:
        yield url


@pytest.fixture
def seeded(sqlite_url: str) -> Iterator[str]:
    """The address of the app itself on a real socket, over a seeded database of the test's own."""
    with running(CareerGraph(Config(database_url=sqlite_url, work=False)).asgi()) as url:
        yield url
