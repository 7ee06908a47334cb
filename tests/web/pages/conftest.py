"""A Chromium and the pages on a real socket, once for all tests that need them."""

import os
from collections.abc import Iterator

import pytest

from web.browser import Browser, chromium, find_chromium
from web.conftest import running
from web.pages.site import site

PROGRAM = find_chromium()

if PROGRAM is None and os.environ.get("CAREERGRAPH_NO_SKIP") == "1":
    pytest.fail("CAREERGRAPH_NO_SKIP is set and there is no Chromium; install Debian's package chromium")


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all tests of pages."""
    if PROGRAM is None:
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


@pytest.fixture(scope="session")
def pages() -> Iterator[str]:
    """The address of the pages."""
    with running(site(cors_origins="http://127.0.0.1:*").asgi()) as address:
        yield address


def window(browser: Browser, width: int, *, scheme: str = "light", media: str = "screen") -> None:
    """Sets the width of the window, the colour scheme, and whether it is a screen or paper."""
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=860, deviceScaleFactor=1, mobile=width < 600)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.call("Emulation.setEmulatedMedia", media=media, features=features)
