"""GraphiQL in a real Chromium: that it works under our policy and without a network, nothing but a browser shows."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from truth import seeded
from web.browser import Browser, chromium, find_chromium
from web.conftest import running
from web.stub import Shelf

PROGRAM = find_chromium()

if PROGRAM is None and os.environ.get("CAREERGRAPH_NO_SKIP") == "1":
    pytest.fail("CAREERGRAPH_NO_SKIP is set and there is no Chromium; install Debian's package chromium")

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium here; install Debian's package chromium")


class Recorder:
    """An app, and the headers of every POST to it. Tokens go no further: there are no editors behind it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.headers: list[dict[str, str]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST":
            self.headers.append({name.decode(): value.decode() for name, value in scope["headers"]})
            scope["headers"] = [header for header in scope["headers"] if header[0] != b"authorization"]
        await self._app(scope, receive, send)


def app(config: Config | None = None) -> ASGIApp:
    """The public schema over the seeded catalog."""
    return CareerGraph(config, open_catalogs=lambda _: Shelf(seeded.catalog())).asgi()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for the tests of this file."""
    with chromium(PROGRAM or "", tmp_path_factory.mktemp("profile")) as program:
        yield program


@pytest.fixture(scope="module")
def recorder() -> Recorder:
    """The app behind `address`."""
    return Recorder(app())


@pytest.fixture(scope="module")
def address(recorder: Recorder) -> Iterator[str]:
    """The app's address on a real socket."""
    with running(recorder) as base:
        yield base


@pytest.fixture
def graphiql(browser: Browser, address: str) -> Browser:
    """GraphiQL as somebody finds it who was never there, with the schema loaded."""
    browser.open(f"{address}/")
    browser.evaluate("localStorage.clear()")
    browser.open(f"{address}/graphiql")
    ready(browser)
    return browser


@contextmanager
def serving(browser: Browser, served: ASGIApp) -> Iterator[str]:
    """The address of another app; the browser leaves it before it ends, as a page may load more at any time."""
    with running(served) as base:
        yield base
        browser.open("about:blank")


def ready(browser: Browser) -> None:
    """Waits for the editor and the schema."""
    browser.wait_for("document.activeElement?.closest('.graphiql-query-editor')")
    browser.wait_for("!document.querySelector('[aria-label^=\"Re-fetch\"]').disabled")


def clean(browser: Browser) -> None:
    """The page complained of nothing (error, warning, breach of the policy) and asked nobody but this machine."""
    assert browser.complaints == []
    assert browser.hosts() == {"127.0.0.1"}


def model(name: str) -> str:
    """The JavaScript for the text of an editor, by the end of its name."""
    return f"__MONACO.editor.getModels().find(({{ uri }}) => uri.path.endsWith('{name}')).getValue()"


def write(browser: Browser, query: str) -> None:
    """Puts another query into the active tab."""
    browser.evaluate(QUERY.replace("getValue()", f"setValue({json.dumps(query)})"))


QUERY = model("operation.graphql")
ANSWER = model("response.json")
RUN = "document.querySelector('.graphiql-execute-button').click()"
TITLES = "[...document.querySelectorAll('.graphiql-tab-button')].map((tab) => tab.textContent).join()"
STORED = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + location.href + document.cookie"


def answer(browser: Browser) -> dict[str, dict[str, object]]:
    """The data that is shown once it is whole, with no error beside it."""
    response = json.loads(browser.wait_for(f"{ANSWER}.endsWith('}}') && {ANSWER}"))
    assert "errors" not in response, response
    data: dict[str, dict[str, object]] = response["data"]
    return data


def test_the_key_for_run_runs_the_first_query_at_once(graphiql: Browser) -> None:
    """A newcomer presses Ctrl and Enter, and sees a comparison of two careers that the catalog has."""
    assert graphiql.evaluate(QUERY).startswith("{\n  comparison(")
    graphiql.press("Enter", 13, modifiers=2)
    comparison = answer(graphiql)["comparison"]
    assert " vs " in str(comparison["title"])
    assert comparison["verdict"]["conclusion"][0]["text"]  # type: ignore[index]
    clean(graphiql)


def test_five_tabs_of_examples_run(graphiql: Browser) -> None:
    """Each tab holds a query that answers, run as soon as it is there; after a reload the same tab is open."""
    assert graphiql.evaluate(TITLES) == "<untitled>,Careers,Search,Path,Several"
    for number, field in enumerate(("comparison", "careers", "search", "transitionPath", "multiComparison")):
        graphiql.evaluate(f"document.querySelectorAll('.graphiql-tab-button')[{number}].click()")
        graphiql.wait_for(f"{QUERY}.includes('{field}(')")
        graphiql.evaluate(RUN)
        graphiql.wait_for(f"{ANSWER}.includes('\"{field}\"')")
        assert answer(graphiql)[field]
    time.sleep(0.6)  # GraphiQL stores its tabs half a second after the last change
    graphiql.open(graphiql.evaluate("location.href"))
    ready(graphiql)
    assert graphiql.evaluate(TITLES) == "<untitled>,Careers,Search,Path,Several"
    assert "multiComparison(" in graphiql.evaluate(QUERY)
    clean(graphiql)


def test_typing_completes_from_the_schema(graphiql: Browser) -> None:
    """Completion is the reason to use GraphiQL at all. It comes from a worker, which the policy has to allow."""
    write(graphiql, "{ }")
    graphiql.evaluate("__MONACO.editor.getEditors()[0].setPosition({ lineNumber: 1, column: 3 })")
    graphiql.type("comp")
    hints = graphiql.wait_for("document.querySelector('.suggest-widget.visible .monaco-list-row')?.ariaLabel")
    assert hints.startswith("comparison")
    clean(graphiql)


def test_the_editor_marks_what_the_schema_has_not(graphiql: Browser) -> None:
    """A misspelled field is underlined before it is sent."""
    write(graphiql, "{ comparisn }")
    message = graphiql.wait_for("__MONACO.editor.getModelMarkers({}).map(({ message }) => message).join()")
    assert "comparisn" in message
    clean(graphiql)


def test_pointing_at_a_field_shows_its_description(graphiql: Browser) -> None:
    """Descriptions are Markdown, which the editor renders and DOMPurify cleans."""
    graphiql.evaluate("__MONACO.editor.getEditors()[0].setPosition({ lineNumber: 2, column: 5 })")
    graphiql.evaluate("__MONACO.editor.getEditors()[0].trigger('test', 'editor.action.showHover')")
    assert "Two careers compared" in graphiql.wait_for("document.querySelector('.monaco-hover-content')?.innerText")
    clean(graphiql)


def test_the_explorer_shows_the_schema(graphiql: Browser) -> None:
    """The explorer lists the root types and their descriptions."""
    graphiql.evaluate("document.querySelector('[aria-label=\"Show Documentation Explorer\"]').click()")
    text = graphiql.wait_for("document.querySelector('.graphiql-doc-explorer-content')?.innerText")
    assert "Query" in text
    graphiql.evaluate("document.querySelector('.graphiql-doc-explorer-type-name').click()")
    graphiql.wait_for("document.querySelector('.graphiql-doc-explorer-content')?.innerText.includes('comparison')")
    clean(graphiql)


def test_a_token_reaches_the_server_and_is_kept_nowhere(graphiql: Browser, recorder: Recorder) -> None:
    """An editor pastes a token beside a query; nobody who opens the browser later finds it."""
    graphiql.evaluate("document.querySelector('[data-name=\"headers\"]').click()")
    graphiql.evaluate("__MONACO.editor.getEditors()[2].focus()")
    graphiql.wait_for("document.activeElement?.closest('.graphiql-editor-tool')")
    graphiql.insert('{"Authorization": "Bearer secret-4711"}')
    graphiql.wait_for(f"{model('request-headers.json')}.includes('4711')")
    recorder.headers.clear()
    graphiql.evaluate(RUN)
    assert answer(graphiql)["comparison"]
    assert recorder.headers[-1]["authorization"] == "Bearer secret-4711"
    time.sleep(0.7)  # longer than GraphiQL waits before it stores
    assert "comparison" in graphiql.evaluate(STORED), "nothing is stored at all; the next line proves nothing"
    assert "4711" not in graphiql.evaluate(STORED)
    graphiql.open(graphiql.evaluate("location.href"))
    ready(graphiql)
    assert graphiql.evaluate(model("request-headers.json")) == ""
    clean(graphiql)


def test_a_subscription_is_listened_to(graphiql: Browser) -> None:
    """The schema has one; it comes as an event stream and can be stopped."""
    write(graphiql, "subscription { catalogChanged(since: 0) { version } }")
    graphiql.evaluate(RUN)
    version = seeded.catalog().version
    assert answer(graphiql) == {"catalogChanged": {"version": version}}
    assert graphiql.evaluate("document.querySelector('.graphiql-execute-button').ariaLabel").startswith("Stop")
    graphiql.evaluate(RUN)
    graphiql.wait_for("document.querySelector('.graphiql-execute-button').ariaLabel.startsWith('Execute')")
    clean(graphiql)


def test_a_screen_reader_finds_its_way(graphiql: Browser) -> None:
    """The page has a heading, and nothing that can be pressed stands inside of a tab, where it could not be reached."""
    assert graphiql.evaluate("document.querySelector('main h1').textContent") == "GraphiQL"
    assert graphiql.evaluate("document.querySelectorAll('[role=tab] button, [role=tablist] button').length") == 0
    assert graphiql.evaluate("document.querySelectorAll('[aria-current=true] .graphiql-tab-button').length") == 1


def test_prettify_works_offline(graphiql: Browser) -> None:
    """The formatter is loaded when it is first asked for, from here."""
    write(graphiql, "{catalog{version}}")
    graphiql.evaluate("document.querySelector('[aria-label^=\"Prettify\"]').click()")
    graphiql.wait_for(f"{QUERY}.startsWith('{{\\n  catalog {{')")
    clean(graphiql)


def test_a_link_opens_its_query(browser: Browser, address: str) -> None:
    """The front page and the docs link to queries, with variables; opening one does not run it."""
    browser.open(f"{address}/")
    browser.evaluate("localStorage.clear()")
    browser.open(f"{address}/graphiql?query=%7B%20__typename%20%7D&variables=%7B%22x%22%3A1%7D")
    ready(browser)
    assert browser.evaluate(QUERY) == "{ __typename }"
    assert browser.evaluate(model("variables.json")) == '{"x":1}'
    assert browser.evaluate(TITLES) == "<untitled>,<untitled>,Careers,Search,Path,Several"
    assert browser.evaluate(ANSWER) == ""
    clean(browser)


def test_the_address_shows_the_query(graphiql: Browser) -> None:
    """What one looks at can be copied and sent."""
    graphiql.evaluate("document.querySelectorAll('.graphiql-tab-button')[2].click()")
    graphiql.wait_for("location.search.includes('Search')")
    parameters = parse_qs(urlsplit(graphiql.evaluate("location.href")).query)
    assert parameters["query"] == [graphiql.evaluate(QUERY)]
    assert json.loads(parameters["variables"][0])["text"]


@pytest.mark.parametrize(("scheme", "lighter"), [("light", "background"), ("dark", "text")])
def test_it_follows_the_system_s_colours(graphiql: Browser, scheme: str, lighter: str) -> None:
    """Who reads in the dark is not blinded."""
    graphiql.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    try:
        colours = """(() => {
            const { backgroundColor, color } = getComputedStyle(document.querySelector('.graphiql-container'));
            const sum = (text) => text.match(/\\d+/g).slice(0, 3).reduce((all, part) => all + Number(part), 0);
            return sum(backgroundColor) > sum(color) ? 'background' : 'text';
        })()"""
        assert graphiql.evaluate(colours) == lighter
    finally:
        graphiql.call("Emulation.setEmulatedMedia", features=[])
    clean(graphiql)


def test_it_is_usable_on_a_phone(graphiql: Browser) -> None:
    """At 390 pixels nothing is cut off, and the answer has a place of its own below the query."""
    graphiql.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    try:
        graphiql.open(graphiql.evaluate("location.href"))
        ready(graphiql)
        graphiql.evaluate(RUN)
        assert answer(graphiql)["comparison"]
        assert graphiql.evaluate("document.documentElement.scrollWidth") == 390
        places = """JSON.stringify(['.graphiql-query-editor', '.graphiql-execute-button', '.graphiql-response',
            '[data-name="headers"]', '[aria-label="Show Documentation Explorer"]', '[aria-label="Open settings dialog"]'
            ].map((name) => document.querySelector(name).getBoundingClientRect()))"""
        query, run, response, *buttons = json.loads(graphiql.evaluate(places))
        for place in (query, run, response, *buttons):
            assert place["left"] >= 0 and place["right"] <= 390 and place["bottom"] <= 844, place
        assert query["width"] >= 350 and query["height"] >= 250
        assert response["width"] >= 350 and response["height"] >= 250 and response["top"] >= query["bottom"]
    finally:
        graphiql.call("Emulation.clearDeviceMetricsOverride")
    clean(graphiql)


def test_it_works_below_a_prefix(browser: Browser) -> None:
    """Its files, its workers and the endpoint are found under whatever prefix a host chose."""
    with serving(browser, Starlette(routes=[Mount("/x/y", app())])) as base:
        browser.open(f"{base}/x/y/graphiql")
        ready(browser)
        browser.press("Enter", 13, modifiers=2)
        assert answer(browser)["comparison"]
        addresses = [url for url in browser.requests if url.startswith(base)]  # others are of the page before
        assert len(addresses) > 3
        assert [url for url in addresses if not urlsplit(url).path.startswith("/x/y/")] == []
        clean(browser)


def test_without_introspection_it_asks_for_no_schema(browser: Browser) -> None:
    """Where the schema may not be asked for, queries still run, and the page does not begin with an error."""
    quiet = Recorder(app(Config.of(introspection=False)))
    with serving(browser, quiet) as base:
        browser.open(f"{base}/graphiql")
        ready(browser)
        browser.press("Enter", 13, modifiers=2)
        assert answer(browser)["comparison"]
        assert len(quiet.headers) == 1
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
