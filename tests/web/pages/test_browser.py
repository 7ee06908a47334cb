"""Every kind of page in a real Chromium: no complaint, no sideways scrolling, no violation that axe knows of."""

import json
from collections.abc import Iterator
from itertools import pairwise

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from web.axe import OF_COLOURS, violations
from web.browser import Browser
from web.conftest import running, window
from web.pages.site import EVERY_KIND, PAIR, PROBLEMS, THREE

pytestmark = pytest.mark.long


@pytest.mark.parametrize(("scheme", "media"), [("dark", "screen"), ("light", "print")])
def test_dark_and_print(browser: Browser, pages: str, scheme: str, media: str) -> None:
    """The same page on a dark screen and on paper, where navigation and forms are gone."""
    window(browser, 1280, scheme=scheme, media=media)
    browser.open(pages + PAIR)
    ground = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(20, 23, 26)" if scheme == "dark" else "rgb(255, 255, 255)")
    form = browser.evaluate("getComputedStyle(document.querySelector('form')).display")
    assert (form == "none") == (media == "print")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", EVERY_KIND + PROBLEMS)
def test_every_page_on_a_phone_and_on_a_desk_in_light_and_dark(
    browser: Browser, pages: str, axe: str, path: str, width: int
) -> None:
    """It loads its own files alone, complains of nothing, does not scroll sideways, and axe knows of no violation, also
    with everything unfolded."""
    window(browser, width)
    browser.open(pages + path)
    assert [each for each in browser.complaints if path not in PROBLEMS or "the server responded" not in each] == []
    assert browser.hosts() == {"127.0.0.1"}
    assert browser.evaluate("getComputedStyle(document.querySelector('.page')).maxWidth") != "none"
    browser.evaluate(axe)
    for unfolded in (False, True):
        browser.evaluate(f"document.querySelectorAll('details').forEach(each => each.open = {json.dumps(unfolded)})")
        assert browser.evaluate("document.documentElement.scrollWidth") <= width, "it scrolls sideways"
    assert violations(browser) == []
    window(browser, width, scheme="dark")
    assert violations(browser, *OF_COLOURS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_graphiql_has_no_violation(browser: Browser, pages: str, axe: str, width: int, scheme: str) -> None:
    """With the schema loaded, and with an answer beside the query."""
    window(browser, width, scheme=scheme)
    browser.open(f"{pages}/graphiql")
    browser.wait_for("document.activeElement?.closest('.graphiql-query-editor')")
    browser.evaluate("document.querySelector('.graphiql-execute-button').click()")
    browser.wait_for("document.querySelector('.result-window')?.textContent.includes('comparison')")
    browser.evaluate(axe)
    assert violations(browser, *(OF_COLOURS if scheme == "dark" else ())) == []


@pytest.fixture(scope="module")
def elsewhere(pages: str) -> Iterator[str]:
    """A page of another origin, under a policy of its own, with the component on it."""

    async def page(request: Request) -> HTMLResponse:
        policy = f"default-src 'none'; script-src {pages}; connect-src {pages}; style-src 'none'; img-src data:"
        html = (
            f'<!doctype html><html lang="en"><title>x</title><link rel="icon" href="data:,">'
            f'<meta name="viewport" content="width=device-width">'
            f'<script src="{pages}/embed.js" defer></script>'
            f'<career-comparison a="plumber" b="electrician"></career-comparison>'
            f'<career-comparison a="plumber" b="actuary" locale="de"></career-comparison>'
            f'<career-comparison a="plumbre" b="actuary"></career-comparison>'
            f'<career-comparison a="plumber" b="ai-data-engineer" region="United States"></career-comparison>'
        )
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    with running(Starlette(routes=[Route("/", page)])) as address:
        yield address


def test_the_component_works_on_a_page_of_another_origin(browser: Browser, elsewhere: str, pages: str) -> None:
    """Across origins and under a strict policy: the comparison, the language, the way to the whole page, a problem."""
    browser.open(elsewhere)
    roots = "[...document.querySelectorAll('career-comparison')].map(each => each.shadowRoot)"
    browser.wait_for(f"{roots}.every(root => root.textContent)")
    english, german, wrong = (browser.evaluate(f"{roots}[{n}].textContent") for n in range(3))
    assert "Plumber vs Electrician" in english and "$44,150–$108,420/yr" in english and "Different" in english
    assert "Gehaltsspanne" in german
    assert "No published career" in wrong
    link = browser.evaluate(f"{roots}[1].querySelector('h2 a').href")
    assert link == f"{pages}/de/compare/actuary-vs-plumber"
    link = browser.evaluate(f"{roots}[3].querySelector('h2 a').href")
    assert link == f"{pages}/compare/ai-data-engineer-vs-plumber?region=United+States"
    assert browser.complaints == []
    browser.evaluate("document.querySelector('career-comparison').setAttribute('region', 'Atlantis')")
    browser.wait_for(f"{roots}[0].textContent.includes('No figure was observed in this region')")
    browser.evaluate("document.querySelector('career-comparison').removeAttribute('region')")
    browser.evaluate("document.querySelector('career-comparison').setAttribute('b', 'actuary')")
    browser.wait_for(f"{roots}[0].textContent.includes('Plumber vs Actuary')")
    mark = f"getComputedStyle({roots}[0].querySelector('.leads')).backgroundColor"
    before = browser.evaluate(mark)
    browser.evaluate(
        "document.querySelector('career-comparison').attributeStyleMap.set('--career-comparison-mark', 'rgb(1, 2, 3)')"
    )
    assert browser.evaluate(mark) == "rgb(1, 2, 3)" != before


def test_the_component_has_no_violation(browser: Browser, elsewhere: str, axe: str) -> None:
    """Inside of its shadow too; the page around it has no landmark and no heading of its own."""
    browser.open(elsewhere)
    roots = "[...document.querySelectorAll('career-comparison')].map(each => each.shadowRoot)"
    browser.wait_for(f"{roots}.every(root => root.textContent)")
    browser.evaluate(axe)
    around = {"landmark-one-main", "page-has-heading-one", "region"}
    assert [each for each in violations(browser) if each[0] not in around] == []


def test_the_component_is_read_on_a_light_page_by_whoever_prefers_dark_ones(browser: Browser, elsewhere: str) -> None:
    """It has no ground of its own: so its text has the colour of the text around it. Narrow, it does not scroll."""
    root = "document.querySelector('career-comparison').shadowRoot"
    for width in (320, 390, 1280):
        window(browser, width, scheme="dark")
        browser.open(elsewhere)
        browser.wait_for(f"{root}.querySelector('tbody')")
        ink = f"getComputedStyle({root}.querySelector('h2 a')).color"
        assert browser.evaluate(ink) == browser.evaluate("getComputedStyle(document.body).color")
        assert browser.evaluate("document.documentElement.scrollWidth") <= width


def test_headings_are_in_order(browser: Browser, pages: str) -> None:
    """One h1, and no level that is skipped: how screen readers get about."""
    for path in (PAIR, THREE, "/careers/plumber"):
        browser.open(pages + path)
        levels = browser.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(each => each.tagName[1]).join('')")
        assert levels[0] == "1" and levels.count("1") == 1
        assert all(int(after) - int(before) <= 1 for before, after in pairwise(levels))
