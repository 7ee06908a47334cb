"""Judging a screen of the admin in a browser: whether it fits, whether fingers reach it, and what axe says of it."""

from web.admin.tour import SCREENS
from web.axe import violations
from web.browser import Browser
from web.conftest import window

NOWHERE = SCREENS[-1]
ALIKE = """document.querySelectorAll(
  ':is(tbody, ol, ul) > :nth-child(n+11), option:nth-child(n+11):not(:checked)').forEach(each => each.remove())"""
"""Takes away what is as the ten before it, so that axe need not look at it."""
REACHED = """[...document.querySelectorAll('details.menu nav a')].every(each => each.checkVisibility())
  && [...document.querySelectorAll('.tools button, .bar :is(button, a), .nav a')].filter(each => each.checkVisibility())
    .every(each => each.offsetHeight >= 39 && each.offsetWidth >= 44)"""
"""On a phone the navigation is in the menu, which is open, and buttons are large enough to be touched."""


def judge(browser: Browser, address: str, axe: str, scheme: str) -> None:
    """Judges one screen: whether it fits, and what axe says of it, if there is one."""
    browser.open(address)
    browser.wait_for("!document.querySelector('[data-part*=impact]') || document.querySelector('.flip > li')")
    unexpected = [each for each in browser.complaints if not (address.endswith(NOWHERE) and "404" in each)]
    assert unexpected == [], address
    assert browser.hosts() == {"127.0.0.1"}
    browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width in (1280, 390):
        window(browser, width, scheme=scheme)
        assert browser.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    assert browser.evaluate(REACHED), f"what a phone needs is not there, or too small for a finger: {address}"
    if axe:
        browser.evaluate(ALIKE)
        browser.evaluate(axe)
        assert violations(browser) == [], (address, scheme)
    window(browser, 1280)
