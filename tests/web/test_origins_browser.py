"""Pages of other origins in a real Chromium: what a development server may do, and what a hostile page may not.

The server is our own, as `careergraph serve` starts it on a loopback address; the pages are served by another one.
"""

import os
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from web.browser import Browser, chromium, find_chromium
from web.conftest import running
from web.test_server import lines_of, serving

ASK = """
window.answer = null;
fetch('%s/graphql', { method: 'POST', credentials: '%s', body: JSON.stringify({ query: '{ versions }' }), headers: {
  'content-type': 'application/json', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  tracestate: 'a=b', baggage: 'a=b', 'apollographql-client-name': 'web', 'apollographql-client-version': '1',
  'x-apollo-operation-name': 'Versions' } })
  .then((it) => it.text()).then((it) => { window.answer = it; }, (it) => { window.answer = 'refused: ' + it; });
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The port of our own server."""
    with serving() as process:
        yield lines_of(process, 1)[0].rpartition(":")[2]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The port of another server on this machine, with a page."""

    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>a page</title>")

    with running(Starlette(routes=[Route("/", page)])) as address:
        yield address.rpartition(":")[2]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium for which `evil.example` leads to this machine."""
    program = find_chromium()
    if program is None:
        if os.environ.get("CAREERGRAPH_NO_SKIP") == "1":
            pytest.fail("no Chromium on a machine that should have one")
        pytest.skip("no Chromium on this machine")
    leads_here = "--host-resolver-rules=MAP evil.example 127.0.0.1"
    with chromium(program, tmp_path_factory.mktemp("profile"), leads_here) as page:
        yield page


def answer(page: Browser, origin: str, server: str, credentials: str = "same-origin") -> str:
    """What a page of an origin is told by a server."""
    page.open(f"{origin}/")
    page.evaluate(ASK % (server, credentials))
    return str(page.wait_for("window.answer"))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_development_server_of_this_machine_may_read(page: Browser, server: str, site: str, host: str) -> None:
    """With all that tracing and Apollo add to a request."""
    assert answer(page, f"http://{host}:{site}", f"http://127.0.0.1:{server}") == '{"data":{"versions":[1,1,1]}}'


def test_a_page_of_another_site_may_not(page: Browser, server: str, site: str) -> None:
    """Nor may one of this machine send its visitors' cookies along."""
    assert answer(page, f"http://evil.example:{site}", f"http://127.0.0.1:{server}").startswith("refused")
    with_cookies = answer(page, f"http://localhost:{site}", f"http://127.0.0.1:{server}", "include")
    assert with_cookies.startswith("refused")


def test_a_page_whose_own_name_leads_here_is_told_nothing(page: Browser, server: str) -> None:
    """DNS rebinding: by then the page would be of the very origin that it asks."""
    text = answer(page, f"http://evil.example:{server}", f"http://evil.example:{server}")
    assert "HOST_NOT_ALLOWED" in text and "versions" not in text
