"""Clients for the web layer: at the ASGI level, a real socket, and a Chromium."""

import os
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
from web.axe import axe
from web.browser import Browser, chromium, find_chromium
from web.client import Client
from web.stub import Shelf, stub

__all__ = ["axe"]

PROGRAM = find_chromium()


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


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all tests that need one."""
    if PROGRAM is None:
        if os.environ.get("CAREERGRAPH_NO_SKIP") == "1":
            pytest.fail("CAREERGRAPH_NO_SKIP is set and there is no Chromium; install Debian's package chromium")
        pytest.skip("no Chromium here; install Debian's package chromium")
    with chromium(PROGRAM, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(chrome: Browser) -> Iterator[Browser]:
    """That Chromium as somebody has it who set nothing: with script, on a desk, in the light."""
    chrome.call("Emulation.setScriptExecutionDisabled", value=False)
    window(chrome, 1280)
    yield chrome
    chrome.call("Emulation.setScriptExecutionDisabled", value=False)


def window(browser: Browser, width: int, *, scheme: str = "light", media: str = "screen") -> None:
    """Sets the width of the window, the colour scheme, and whether it is a screen or paper."""
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=860, deviceScaleFactor=1, mobile=width < 600)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.call("Emulation.setEmulatedMedia", media=media, features=features)
