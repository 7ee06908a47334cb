"""GraphiQL in a real Chromium: that it works under our policy and without a network, nothing but a browser shows."""

import json
import os
from collections.abc import Iterator

import pytest

from careergraph.web.app import CareerGraph
from truth import seeded
from web.browser import Browser, chromium, find_chromium
from web.conftest import running
from web.stub import Shelf

PROGRAM = find_chromium()

if PROGRAM is None and os.environ.get("CAREERGRAPH_NO_SKIP") == "1":
    pytest.fail("CAREERGRAPH_NO_SKIP is set and there is no Chromium; install Debian's package chromium")

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium here; install Debian's package chromium")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for the tests of this file."""
    with chromium(PROGRAM or "", tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of the public schema over the seeded catalog, on a real socket."""
    with running(CareerGraph(open_catalogs=lambda _: Shelf(seeded.catalog())).asgi()) as found:
        yield found


@pytest.fixture
def graphiql(browser: Browser, address: str) -> Browser:
    """GraphiQL, freshly opened and with the schema loaded."""
    browser.open(f"{address}/")
    browser.evaluate("localStorage.clear()")
    browser.open(f"{address}/graphiql")
    browser.wait_for("document.querySelector('.graphiql-execute-button')")
    browser.wait_for("document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror.options.lint.schema")
    return browser


def clean(browser: Browser) -> None:
    """The page complained of nothing (error, warning, breach of the policy) and asked nobody but this machine."""
    assert browser.complaints == []
    assert browser.hosts() == {"127.0.0.1"}


QUERY = "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror"
ANSWER = "document.querySelector('.result-window .CodeMirror').CodeMirror.getValue()"


def test_the_default_query_runs(graphiql: Browser) -> None:
    """A newcomer presses one button and sees a comparison of two careers that the catalog has."""
    assert graphiql.evaluate(f"{QUERY}.getValue()").startswith("query Comparison {")
    graphiql.evaluate("document.querySelector('.graphiql-execute-button').click()")
    answer = json.loads(graphiql.wait_for(f"{ANSWER}.includes('conclusion') && {ANSWER}"))
    assert "errors" not in answer
    comparison = answer["data"]["comparison"]
    assert " vs " in comparison["title"]
    assert len(comparison["glance"]["rows"]) >= 5
    assert all(statement["text"] for statement in comparison["verdict"]["conclusion"])
    clean(graphiql)


def test_typing_completes_from_the_schema(graphiql: Browser) -> None:
    """Completion is the reason to use GraphiQL at all."""
    graphiql.evaluate(f"{QUERY}.setValue('{{ }}'); {QUERY}.focus(); {QUERY}.setCursor(0, 2)")
    graphiql.type("comp")
    hints = graphiql.wait_for("document.querySelector('.CodeMirror-hints')?.textContent")
    assert "comparison" in hints
    clean(graphiql)


def test_the_explorer_shows_the_schema(graphiql: Browser) -> None:
    """The explorer lists the root types and their descriptions."""
    graphiql.evaluate("document.querySelector('[aria-label=\"Show Documentation Explorer\"]').click()")
    text = graphiql.wait_for("document.querySelector('.graphiql-doc-explorer-content')?.innerText")
    assert "Query" in text
    graphiql.evaluate("[...document.querySelectorAll('.graphiql-doc-explorer-type-name')].at(0).click()")
    assert "comparison" in graphiql.wait_for("document.querySelector('.graphiql-doc-explorer-content')?.innerText")
    clean(graphiql)


def test_a_link_opens_its_query(browser: Browser, address: str) -> None:
    """The front page and the docs link to queries; opening one does not run it."""
    browser.open(f"{address}/graphiql?query=%7B%20__typename%20%7D")
    assert (
        browser.wait_for(f"document.querySelector('.graphiql-query-editor .CodeMirror') && {QUERY}.getValue()")
        == "{ __typename }"
    )
    assert not any("__typename" in url for url in browser.requests if "/graphiql" not in url)
    assert browser.evaluate(ANSWER) == ""
    clean(browser)


def test_the_home_page_leads_to_graphiql(browser: Browser, address: str) -> None:
    """The links of the front page are relative; a browser has to find its way by them."""
    browser.open(f"{address}/")
    assert browser.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none", (
        "the style sheet is missing"
    )
    browser.evaluate("document.querySelector('a.button').click()")
    browser.wait_for("location.pathname === '/graphiql' && document.querySelector('.graphiql-execute-button')")
    clean(browser)
