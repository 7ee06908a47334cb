"""The pages by keys alone, and in the colours of a system: what has the focus or is chosen is to be seen."""

import pytest

from web.browser import Browser
from web.conftest import window
from web.pages.site import PAIR

ACTIVE = "document.activeElement"
SEEN = f"""(box => {ACTIVE}.contains(document.elementFromPoint(box.left + 4, box.top + box.height / 2)))(
  {ACTIVE}.getClientRects()[0])"""
"""Whether nothing lies over what has the focus."""


@pytest.mark.parametrize("width", [390, 1280])
def test_the_head_of_the_table_covers_nothing_that_has_the_focus(browser: Browser, pages: str, width: int) -> None:
    """It stays at the top of the window, so going back with Shift and Tab must stop below it."""
    window(browser, width)
    browser.open(pages + PAIR)
    browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    browser.evaluate("document.querySelector('.glance + .legend').scrollIntoView({block: 'start'})")
    last = "[...document.querySelectorAll('.glance :is(a, summary)')]"
    browser.evaluate(f"{last}.at(-1).focus({{preventScroll: true}})")
    for _ in range(browser.evaluate(f"{last}.length") - 3):
        browser.press("Tab", 9, modifiers=8)
        assert browser.evaluate(SEEN), browser.evaluate(f"{ACTIVE}.outerHTML")


def test_a_choice_is_seen_in_the_colours_of_a_system(browser: Browser, pages: str) -> None:
    """Grounds and shadows are taken away there: the option that Enter takes has an outline, charts keep shapes."""
    features = [{"name": "forced-colors", "value": "active"}]
    browser.call("Emulation.setEmulatedMedia", media="screen", features=features)
    browser.open(pages + "/compare")
    browser.evaluate("document.getElementById('a').focus()")
    browser.type("plu")
    browser.wait_for("document.querySelector('.options:not([hidden]) li')")
    browser.press("ArrowDown", 40)
    chosen = browser.wait_for("getComputedStyle(document.querySelector('[aria-selected=true]')).outlineStyle")
    assert chosen == "solid"
    browser.open(pages + PAIR)
    colours = "[...document.querySelectorAll('.g-bar, .g-full')].map(each => getComputedStyle(each).fill)"
    ink = browser.evaluate("getComputedStyle(document.body).color")
    assert browser.evaluate(f"{colours}.length") and browser.evaluate(f"[...new Set({colours})].join()") == ink
