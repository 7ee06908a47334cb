"""The admin by keys alone in a real Chromium: where the focus goes, what is read aloud, keys that are switched off."""

from collections.abc import Iterator

import pytest

from careergraph.editorial.access.actor import Role
from web.admin.hands import click, fill, leave, sign_in
from web.admin.tour import furnish
from web.browser import Browser
from web.conftest import running
from web.editing import Newsroom

ACTIVE = "document.activeElement"
LIVE = "[...document.querySelectorAll('[role=status], [role=alert], [aria-live]')]"
TAB, ENTER, SHIFT = 9, 13, 8


@pytest.fixture(scope="module")
def admin(newsroom: Newsroom) -> Iterator[str]:
    """The address of the admin on a real socket, over a desk on which something lies everywhere."""
    furnish(newsroom)
    with running(newsroom.app) as address:
        yield f"{address}/admin"


@pytest.fixture
def editor(browser: Browser, newsroom: Newsroom, admin: str) -> Browser:
    """A browser in which an editor is signed in."""
    sign_in(browser, admin, newsroom.secret(Role.EDITOR))
    browser.evaluate("localStorage.clear()")
    return browser


def enter(browser: Browser) -> None:
    """Press Enter, which follows a link or presses a button."""
    for kind in ("keyDown", "keyUp"):
        browser.call("Input.dispatchKeyEvent", type=kind, key="Enter", text="\r", windowsVirtualKeyCode=ENTER)


def close(browser: Browser) -> None:
    """Close a dialog."""
    browser.press("Escape", 27)
    browser.wait_for(f"!document.querySelector('dialog[open]') && !{ACTIVE}.closest('dialog')")


def test_who_saves_goes_on_in_the_same_field(editor: Browser, admin: str) -> None:
    """Also in one that is folded away at first; and that it is saved is put into the page once more, to be read."""
    editor.open(f"{admin}/documents/career/actuary")
    editor.evaluate("document.querySelector('#f-values-salary-region').closest('details').open = true")
    fill(editor, "values/salary/region", "Ireland")
    editor.evaluate("window.old = true")
    for kind in ("rawKeyDown", "keyUp"):
        editor.call("Input.dispatchKeyEvent", type=kind, key="s", windowsVirtualKeyCode=83, modifiers=2)
    editor.wait_for("!window.old && document.readyState === 'complete' && document.querySelector('[data-note]')")
    assert editor.wait_for(f"{ACTIVE}.id") == "f-values-salary-region"
    editor.evaluate("window.note = document.querySelector('[data-note]').firstChild")
    editor.wait_for("document.querySelector('[data-note]').firstChild !== window.note")


def test_who_is_refused_goes_on_at_the_list_of_mistakes(editor: Browser, admin: str) -> None:
    editor.open(f"{admin}/documents/career/actuary")
    fill(editor, "values/salary/low", "much")
    click(editor, "[data-save]")
    editor.wait_for(f"document.readyState === 'complete' && {ACTIVE}.matches('.note[role=alert]')")
    editor.press("Tab", TAB)
    enter(editor)
    editor.wait_for(f"{ACTIVE}.id === 'f-values-salary-low'")
    leave(editor, "location.href = '../../account'")
    editor.wait_for("location.pathname.endsWith('/account') && document.readyState === 'complete'")


def test_an_item_that_is_added_has_the_focus(editor: Browser, admin: str) -> None:
    """And what names an item names the one that it is, after it moved."""
    editor.open(f"{admin}/documents/career/biostatistician")
    count = editor.evaluate("document.querySelectorAll('#f-skills > ol > li').length")
    editor.evaluate("document.querySelector(\"[value='add:part@skills']\").focus()")
    enter(editor)
    editor.wait_for(f"document.readyState === 'complete' && {ACTIVE}.id === 'f-skills-{count}-text-en'")
    editor.evaluate("document.querySelector(\"[value='down:skills/0']\").focus()")
    enter(editor)
    item = "document.querySelectorAll('#f-skills > ol > li')[1]"
    assert editor.evaluate(f"{item}.contains({ACTIVE})")
    assert editor.evaluate(f"{ACTIVE}.ariaLabel") == "Move item 2 down"
    assert editor.evaluate(f"{item}.querySelector('.in').ariaLabel").endswith(" 2")
    assert editor.evaluate("document.querySelector('[data-moved]').textContent") == f"Now item 2 of {count + 1}"
    leave(editor, "location.href = '../../account'")
    editor.wait_for("location.pathname.endsWith('/account') && document.readyState === 'complete'")


def test_the_next_changes_have_the_focus_and_are_not_all_read_aloud(editor: Browser, admin: str) -> None:
    editor.open(f"{admin}/documents/career/plumber/changes")
    editor.wait_for("document.querySelector('.flip > li')")
    assert editor.evaluate(f"{LIVE}.every(each => !each.querySelector('li'))")
    assert "comparisons change" in editor.evaluate(f"{LIVE}.map(each => each.textContent).join()")
    editor.evaluate("document.querySelector('a[data-more]').focus()")
    enter(editor)
    editor.wait_for("document.querySelectorAll('.flip').length === 2")
    assert editor.evaluate(f"{ACTIVE} === document.querySelectorAll('.flip')[1].firstElementChild")
    assert editor.evaluate(f"{ACTIVE}.querySelector('[lang=en]') !== null")


def test_what_is_found_is_counted_aloud(editor: Browser, admin: str) -> None:
    editor.open(f"{admin}/account")
    editor.evaluate("document.querySelector('[data-open=find]').focus()")
    enter(editor)
    for text, count in (("actuary", "1 result"), ("zzzz", "Nothing is found.")):
        editor.evaluate(f"{ACTIVE}.select()")
        editor.type(text)
        editor.wait_for(f"document.querySelector('#find [role=status]').textContent === '{count}'")
    assert editor.evaluate("document.querySelectorAll('#find [role=status]').length") == 1
    close(editor)
    assert editor.evaluate(f"{ACTIVE}.dataset.open") == "find"


def test_single_keys_can_be_switched_off(editor: Browser, admin: str) -> None:
    """For who dictates to a computer; it stays so, and the keys with Ctrl still act."""
    editor.open(f"{admin}/documents/career")
    editor.type("?")
    click(editor, "[data-keys]")
    close(editor)
    for _ in range(2):
        editor.type("n/j")
        assert editor.evaluate(f"{ACTIVE} === document.body && location.pathname.endsWith('/documents/career')")
        editor.open(f"{admin}/documents/career")
    editor.evaluate("document.querySelector('[data-open=shortcuts]').click()")
    click(editor, "[data-keys]")
    close(editor)
    editor.type("/")
    assert editor.evaluate(f"{ACTIVE}.id") == "text"
    assert editor.evaluate("localStorage.length") == 0


def test_colours_of_the_system_leave_what_is_current_to_be_seen(editor: Browser, admin: str) -> None:
    """An outline says so where grounds are taken away."""
    features = [{"name": "forced-colors", "value": "active"}]
    editor.call("Emulation.setEmulatedMedia", media="screen", features=features)
    for path, selector in (("documents/career", ".nav, .views"), ("documents/career/actuary", ".tabs")):
        editor.open(f"{admin}/{path}")
        for place in selector.split(", "):
            style = f"getComputedStyle(document.querySelector('{place} [aria-current]'))"
            assert editor.evaluate(f"{style}.outlineStyle") == "solid", place
