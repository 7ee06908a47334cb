"""Hands at a keyboard and a mouse, before the admin in a real Chromium."""

import json

from web.browser import Browser


def sign_in(browser: Browser, admin: str, secret: str) -> None:
    """Signs in with a token."""
    browser.call("Network.clearBrowserCookies")
    browser.open(f"{admin}/sign-in")
    enter(browser, secret)


def enter(browser: Browser, secret: str) -> None:
    """Sends the form of the sign-in."""
    browser.evaluate("document.getElementById('secret').focus()")
    browser.insert(secret)
    browser.press("Enter", 13)
    click(browser, "form:has(#secret) button")
    browser.wait_for("document.querySelector('.frame') && document.readyState === 'complete'")


def click(browser: Browser, selector: str) -> None:
    """Clicks an element, as soon as it is there: in one go, as another page may come in between."""
    place = f"document.readyState === 'complete' && document.querySelector({json.dumps(selector)})"
    browser.wait_for(f"(each => each && (each.click(), true))({place})")


def field(name: str) -> str:
    """A field of the form, as an expression."""
    return f"document.querySelector('[name=\"{name}\"]')"


def fill(browser: Browser, name: str, text: str) -> None:
    """Types a text in the place of what a field holds."""
    browser.evaluate(f"{field(name)}.focus(); {field(name)}.select()")
    browser.type(text)


def leave(browser: Browser, action: str, *, accept: bool = True) -> None:
    """Leaves a form that was changed, which asks first."""
    browser.evaluate(f"setTimeout(() => {{ {action} }})")
    assert browser.answer(accept=accept) == "beforeunload"


def drag(browser: Browser, selector: str, by: int) -> None:
    """Drags an element up or down, by so many pixels."""
    place = f"document.querySelector({json.dumps(selector)})"
    browser.evaluate(f"{place}.scrollIntoView({{block: 'center'}})")
    x, y = (browser.evaluate(f"(r => r.{edge} + 8)({place}.getBoundingClientRect())") for edge in ("left", "top"))
    for kind, down, to in (
        ("mousePressed", 1, 0),
        ("mouseMoved", 1, by // 2),
        ("mouseMoved", 1, by),
        ("mouseReleased", 0, by),
    ):
        browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y + to, button="left", buttons=down, clickCount=1)


def choose(browser: Browser, name: str, value: str) -> None:
    """Chooses an option of a list."""
    browser.evaluate(f"{field(name)}.value = {json.dumps(value)}")
    browser.evaluate(f"{field(name)}.dispatchEvent(new Event('input', {{bubbles: true}}))")


def shows(browser: Browser, text: str) -> None:
    """Waits for a text in the page."""
    browser.wait_for(f"document.readyState === 'complete' && document.body?.innerText.includes({json.dumps(text)})")
