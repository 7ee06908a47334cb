"""The admin in a real Chromium: the first minute, typing that is never lost, shortcuts, every screen for everybody."""

from collections.abc import Iterator

import httpx
import pytest

from careergraph.editorial.access.actor import Role
from web.admin.hands import click, enter, field, fill, leave, sign_in
from web.admin.tour import SCREENS, furnish
from web.axe import violations
from web.browser import Browser
from web.conftest import running, window
from web.editing import Newsroom

LOW = "values/salary/low"
WAGE = '{ career(slug: "plumber") { values { attribute { key } ... on MoneyRange { low } } } }'
STATUS = "document.querySelector('[data-status]').textContent"


@pytest.fixture(scope="module")
def admin(newsroom: Newsroom) -> Iterator[str]:
    """The address of the admin on a real socket."""
    with running(newsroom.app) as address:
        yield f"{address}/admin"


@pytest.fixture(scope="module")
def secret(newsroom: Newsroom) -> str:
    """The access token of an editor."""
    return newsroom.secret(Role.EDITOR)


def low(admin: str) -> object:
    """The live low end of the wage of plumbers."""
    values = httpx.post(admin.replace("/admin", "/graphql"), json={"query": WAGE}).json()["data"]["career"]["values"]
    return next(each["low"] for each in values if each["attribute"]["key"] == "salary")


def test_the_first_minute(browser: Browser, newsroom: Newsroom, admin: str) -> None:
    """The printed address, a wage, the sentences that change, publishing, and the way back."""
    before = low(admin)
    browser.call("Network.clearBrowserCookies")
    assert newsroom.careergraph.admin is not None
    browser.open(newsroom.careergraph.admin.first_address(admin.removesuffix("/admin")))
    click(browser, "form button.main")
    click(browser, "[data-go=c]")
    click(browser, "a[href$='documents/career/plumber']")
    browser.wait_for(f"{field(LOW)} && document.readyState === 'complete'")
    fill(browser, LOW, "61000")
    click(browser, "button[value=changes]")
    browser.wait_for("location.pathname.endsWith('/changes') && document.querySelector('.flip > li')")
    assert low(admin) == before
    click(browser, "button[formaction$='/publish']")
    browser.wait_for("location.pathname.endsWith('/history') && document.querySelector('.past')")
    assert low(admin) == 61000
    click(browser, ".past > li:last-child form[action$='/revert'] button")
    click(browser, "button[formaction$='/publish']")
    browser.wait_for("location.pathname.endsWith('/history') && document.querySelector('.past')")
    assert low(admin) == before


def test_typing_is_never_lost(browser: Browser, admin: str, secret: str) -> None:
    """It saves itself; without a connection and after the session ended it is kept here, and brought back."""
    sign_in(browser, admin, secret)
    browser.open(f"{admin}/documents/career/actuary")
    frame = "document.querySelector('[data-preview]').contentDocument"
    browser.evaluate("document.querySelector('[data-preview]').loading = 'eager'")
    fill(browser, LOW, "61001")
    browser.wait_for(f"{STATUS}.startsWith('Saved')")
    browser.wait_for(f"{frame}?.querySelector('main')?.textContent.includes('$61,001')")
    browser.evaluate("document.getElementById('against').value = 'plumber'")
    browser.evaluate("document.getElementById('against').dispatchEvent(new Event('change'))")
    browser.wait_for(f"{frame}?.querySelector('h1')?.textContent.includes('Plumber')")
    browser.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
    fill(browser, LOW, "61002")
    browser.wait_for(f"{STATUS}.startsWith('No connection')")
    leave(browser, "location.reload()")
    browser.wait_for("!document.querySelector('form')")
    browser.call(
        "Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1
    )
    browser.call("Page.navigate", url=f"{admin}/documents/career/actuary")
    browser.wait_for("document.querySelector('form[data-restored]')")
    assert browser.evaluate(f"{field(LOW)}.value") == "61002"
    click(browser, "[data-save]")
    browser.wait_for("document.querySelector('[data-note]') && document.readyState === 'complete'")
    assert browser.evaluate("localStorage.length") == 0 and not browser.evaluate("location.search.includes('sent')")
    browser.evaluate(
        f"fetch('../../sign-out', {{method: 'POST', body: new URLSearchParams({{csrf: {field('csrf')}.value}})}})"
        ".then(() => window.out = true)"
    )
    browser.wait_for("window.out")
    fill(browser, LOW, "61003")
    browser.wait_for(f"{STATUS}.startsWith('Your session has ended')")
    leave(browser, "location.reload()")
    browser.wait_for("document.getElementById('secret')")
    enter(browser, secret)
    browser.wait_for("document.querySelector('form[data-restored]')")
    assert browser.evaluate(f"{field(LOW)}.value") == "61003"
    click(browser, "[data-save]")
    browser.wait_for("document.querySelector('[data-note]')")


def test_leaving_a_changed_form_asks(browser: Browser, admin: str, secret: str) -> None:
    """A new document is not saved by itself: who stays still has what they typed, and who leaves gets it back."""
    sign_in(browser, admin, secret)
    browser.open(f"{admin}/new/skill")
    fill(browser, "name/en", "Welding")
    leave(browser, "location.href = '../account'", accept=False)
    assert browser.evaluate(f"{field('name/en')}.value") == "Welding"
    leave(browser, "location.href = '../account'")
    browser.wait_for("location.pathname.endsWith('/account') && document.readyState === 'complete'")
    browser.open(f"{admin}/new/skill")
    browser.wait_for("document.querySelector('form[data-restored]')")
    assert browser.evaluate(f"{field('name/en')}.value") == "Welding"
    fill(browser, "slug", "welding")
    click(browser, "[data-save]")
    browser.wait_for("location.pathname.endsWith('/documents/skill/welding') && document.readyState === 'complete'")
    assert browser.evaluate("localStorage.length") == 0


def test_shortcuts_and_suggestions(browser: Browser, admin: str, secret: str) -> None:
    """A list and a form by keyboard alone."""
    sign_in(browser, admin, secret)
    browser.open(f"{admin}/documents/career")
    browser.type("?")
    assert browser.evaluate("document.getElementById('shortcuts').open")
    browser.press("Escape", 27)
    browser.wait_for("!document.querySelector('dialog[open]')")
    browser.type("jjk")
    assert browser.evaluate("document.activeElement === document.querySelector('[data-row]')")
    browser.type("/")
    assert browser.evaluate("document.activeElement.id") == "text"
    browser.type("n")  # a letter like any other in a field
    assert browser.evaluate("document.activeElement.value") == "n"
    browser.evaluate("document.activeElement.blur()")
    browser.type("n")
    browser.wait_for("location.pathname.endsWith('/new/career') && document.readyState === 'complete'")
    browser.open(f"{admin}/documents/collection/{COLLECTION}")
    fill(browser, "careers/0", "plumb")
    browser.wait_for("[...document.querySelectorAll('#list-career option')].some(each => each.value === 'plumber')")
    leave(browser, "location.href = '../../account'")
    browser.wait_for("location.pathname.endsWith('/account') && document.readyState === 'complete'")
    browser.evaluate("localStorage.clear()")


COLLECTION = "careers-in-data"


def test_every_screen_is_for_everybody(browser: Browser, newsroom: Newsroom, admin: str, axe: str) -> None:
    """On a phone and a desk, in light and dark, in two languages: it loads its own files alone, complains of nothing,
    does not scroll sideways, and axe knows of no violation."""
    furnish(newsroom)
    browser.call("Network.clearBrowserCookies")
    judge(browser, f"{admin}/sign-in", axe, "dark")
    sign_in(browser, admin, newsroom.secret(Role.ADMIN))
    for number, path in enumerate(SCREENS):
        language, scheme = ("en", "de")[number % 2], ("light", "dark")[number // 2 % 2]
        browser.call("Network.setCookie", name="careergraph-admin-language", value=language, url=admin)
        judge(browser, f"{admin}/{path}", axe, scheme)


def judge(browser: Browser, address: str, axe: str, scheme: str) -> None:
    """Judges one screen: whether it fits, and what axe says of it."""
    browser.open(address)
    browser.wait_for("!document.querySelector('[data-part*=impact]') || document.querySelector('.flip > li')")
    unexpected = [each for each in browser.complaints if not (address.endswith(NOWHERE) and "404" in each)]
    assert unexpected == [], address
    assert browser.hosts() == {"127.0.0.1"}
    browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    browser.evaluate(axe)
    for width in (1280, 390):
        window(browser, width, scheme=scheme)
        assert browser.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    assert violations(browser) == [], (address, scheme)
    window(browser, 1280)


NOWHERE = SCREENS[-1]
