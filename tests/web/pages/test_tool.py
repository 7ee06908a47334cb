"""The tool: what a box says is what the form sends, with script and without."""

from dataclasses import replace
from types import MappingProxyType
from urllib.parse import quote

import pytest

from careergraph.engine.content import Catalog
from careergraph.web.pages.rendering.titles import careers_of, label_of, prepare_titles
from truth import seeded
from web.browser import Browser
from web.pages.site import Page, client


def boxes(html: str) -> dict[str, str]:
    """What the boxes of a form say, by name."""
    inputs = [each for each in Page(html).all("input") if each.get("type") == "text"]
    return {str(each["name"]): each.get("value") or "" for each in inputs}


def choices(html: str) -> list[str]:
    """What may be chosen where a box was not clear."""
    return [str(each["value"]) for each in Page(html).all("input") if each.get("type") == "radio"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Plumber", "plumber"),
        ("  pLUMBER ", "plumber"),
        ("Actuarial analyst", "actuary"),
        ("plumber", "plumber"),
        ("AI Model Routing Engineer (ai-model-routing-engineer)", "ai-model-routing-engineer"),
    ],
)
def test_a_title_an_alias_or_a_slug_is_enough(text: str, slug: str) -> None:
    """However it is written, and without any choice having been made in a list."""
    response = client().get(f"/compare?a={quote(text)}&b=Electrician")
    assert response.status_code == 303
    assert slug in response.headers["location"]


def test_two_letters_are_asked_about_and_never_guessed() -> None:
    """Leaving a box after two letters compares nothing that nobody chose."""
    response = client().get("/compare?a=el&b=Plumber")
    assert response.status_code == 200
    assert "Electrician" in choices(response.text) and boxes(response.text) == {"b": "Plumber"}
    assert client().get(f"/compare?a={choices(response.text)[0]}&b=Plumber").status_code == 303


def test_an_emptied_box_is_empty() -> None:
    """What was in it before is not sent."""
    response = client().get("/compare?a=&b=Plumber")
    assert response.status_code == 200 and "Choose at least two careers." in Page(response.text).text


def test_what_matches_nothing_stays_in_its_box() -> None:
    """And the page says that nothing matches."""
    response = client().get("/compare?a=qqqqqq&b=Plumber")
    assert boxes(response.text) == {"a": "qqqqqq", "b": "Plumber"}
    assert "No career matches “qqqqqq”." in Page(response.text).text


def twins() -> Catalog:
    """The seed with two careers of one title."""
    catalog = seeded.catalog()
    other = replace(catalog.careers["electrician"], title=catalog.careers["plumber"].title)
    return replace(catalog, careers=MappingProxyType(dict(catalog.careers) | {"electrician": other}))


def test_of_two_careers_with_one_title_each_can_be_chosen() -> None:
    """What the list puts into the box tells them apart, and so does the form that asks."""
    asker = client(twins())
    offered = [each["value"] for each in asker.get("/titles.json?text=plumb").json()]
    assert offered == ["Plumber (plumber)", "Plumber (electrician)"], "the one whose slug is what was typed first"
    assert sorted(choices(asker.get("/compare?a=Plumber&b=Actuary").text)) == sorted(offered)
    for value, slug in zip(offered, ("plumber", "electrician"), strict=True):
        response = asker.get(f"/compare?a={quote(value)}&b=Actuary")
        assert response.status_code == 303 and slug in response.headers["location"]


def test_an_index_made_from_that_before_is_the_one_made_from_nothing() -> None:
    """Titles are read before somebody waits for them, and those of unchanged careers are not read again."""
    before, after, fresh = replace(seeded.catalog(), version=2), twins(), twins()
    assert len(list(prepare_titles(before, None))) > len(before.locales)
    assert list(prepare_titles(after, before))
    for locale in fresh.locales.values():
        names = [name for career in fresh.careers.values() for name in (locale.read(career.title), career.slug)]
        assert [careers_of(after, locale, name) for name in names] == [
            careers_of(fresh, locale, name) for name in names
        ]
        assert label_of(after, locale, "electrician").endswith(" (electrician)")
    assert list(prepare_titles(after, before)) == []
    back = replace(before, version=3)
    assert list(prepare_titles(back, after))
    for locale in back.locales.values():
        assert label_of(back, locale, "electrician") == label_of(before, locale, "electrician")


def test_swap_more_and_same_without_script() -> None:
    """Each button of the form does its work on the server."""
    swapped = client().get("/compare?a=Plumber&b=Actuary&swap=1")
    assert boxes(swapped.text) == {"a": "Actuary", "b": "Plumber"}
    assert list(boxes(client().get("/compare?a=Plumber&b=Actuary&more=1").text)) == ["a", "b", "c"]
    same = client().get("/compare?a=Plumber&b=Plumber")
    assert same.status_code == 200 and "cannot be compared with itself" in Page(same.text).text


def test_adding_to_a_comparison() -> None:
    """The comparison stands in the address, the new career in the box."""
    response = client().get("/compare?with=actuary-vs-plumber&a=Electrician")
    assert response.headers["location"] == "compare/actuary-vs-electrician-vs-plumber"
    assert boxes(client().get("/compare?with=actuary-vs-plumber").text) == {"a": "Actuary", "b": "Plumber"}


BOX = "document.querySelector('#{}')"
ACTIVE = "document.activeElement.getAttribute('aria-activedescendant')"


def opened(browser: Browser, box: str, text: str) -> None:
    """Types into a box, and waits for what it suggests."""
    browser.evaluate(f"{BOX.format(box)}.focus()")
    browser.type(text)
    browser.wait_for(f"{BOX.format(box)}.getAttribute('aria-expanded') === 'true'")


def key(browser: Browser, name: str, code: int) -> None:
    """Presses a key that writes nothing, or Enter."""
    text = {"text": "\r"} if name == "Enter" else {}
    browser.call("Input.dispatchKeyEvent", type="keyDown", key=name, code=name, windowsVirtualKeyCode=code, **text)
    browser.call("Input.dispatchKeyEvent", type="keyUp", key=name, code=name, windowsVirtualKeyCode=code)


DOWN, ENTER, ESCAPE = ("ArrowDown", 40), ("Enter", 13), ("Escape", 27)


def test_the_whole_way_by_keyboard(browser: Browser, pages: str) -> None:
    """Choose, compare, back, swap, add a third, share: no mouse, and no complaint of the browser."""
    browser.open(f"{pages}/")
    opened(browser, "a", "elec")
    key(browser, *DOWN)  # the shortest name that begins so
    browser.wait_for(f"document.getElementById({ACTIVE})?.textContent.startsWith('Electrician')")
    key(browser, *ENTER)
    browser.wait_for(f"{BOX.format('a')}.value === 'Electrician'")
    opened(browser, "b", "plumb")
    key(browser, *DOWN)
    key(browser, *ENTER)
    browser.wait_for(f"{BOX.format('b')}.value === 'Plumber'")
    browser.evaluate("document.querySelector('button[name=swap]').click()")
    assert browser.evaluate(f"{BOX.format('a')}.value + '|' + {BOX.format('b')}.value") == "Plumber|Electrician"
    browser.evaluate(f"{BOX.format('b')}.focus()")
    key(browser, *ENTER)
    browser.wait_for("location.pathname === '/compare/electrician-vs-plumber' && document.readyState === 'complete'")
    assert browser.complaints == []
    browser.evaluate("history.back()")
    browser.wait_for("location.pathname !== '/compare/electrician-vs-plumber' && document.readyState === 'complete'")
    browser.open(f"{pages}/compare/electrician-vs-plumber")
    opened(browser, "a", "solar el")
    key(browser, *DOWN)
    key(browser, *ENTER)
    browser.wait_for(f"{BOX.format('a')}.value === 'Solar Photovoltaic Installer'")
    key(browser, *ENTER)
    three = "/compare/electrician-vs-plumber-vs-solar-installer"
    browser.wait_for(f"location.pathname === '{three}' && document.readyState === 'complete'")
    shared = browser.evaluate("location.href")
    browser.open(shared)
    assert browser.evaluate("document.querySelectorAll('h1 .side').length") == 3
    assert browser.complaints == []


@pytest.mark.parametrize("left", ["overwritten", "emptied", "left"])
def test_the_form_sends_what_the_box_says(browser: Browser, pages: str, left: str) -> None:
    """Also after something was taken from the list: the box is the only thing that is sent."""
    browser.open(f"{pages}/compare")
    opened(browser, "a", "plumb")
    key(browser, *DOWN)
    key(browser, *ENTER)
    browser.wait_for(f"{BOX.format('a')}.value === 'Plumber'")
    browser.evaluate(f"{BOX.format('a')}.select()")
    if left == "overwritten":
        browser.type("Actuary")
    elif left == "emptied":
        key(browser, "Delete", 46)
    else:
        browser.type("el")
    says = browser.evaluate(f"{BOX.format('a')}.value")
    sends = browser.evaluate("new URLSearchParams(new FormData(document.querySelector('form.tool'))).get('a')")
    assert says == sends == {"overwritten": "Actuary", "emptied": "", "left": "el"}[left]


def test_keys_that_come_before_the_list_are_meant_for_it(browser: Browser, pages: str) -> None:
    """Whoever types fast presses the arrow and Enter before the server has answered."""
    browser.open(f"{pages}/compare")
    browser.evaluate(f"{BOX.format('a')}.focus()")
    browser.type("plumb")
    key(browser, *DOWN)
    key(browser, *ENTER)
    browser.wait_for(f"{BOX.format('a')}.value === 'Plumber'")
    assert browser.evaluate("location.pathname + location.search") == "/compare"


def test_escape_closes_the_list_and_keeps_the_text(browser: Browser, pages: str) -> None:
    """And says to screen readers that it is closed."""
    browser.open(f"{pages}/compare")
    opened(browser, "a", "elec")
    assert "3 careers found" in browser.evaluate("document.querySelector('[role=status]').textContent")
    key(browser, *ESCAPE)
    assert browser.evaluate(f"{BOX.format('a')}.getAttribute('aria-expanded')") == "false"
    assert browser.evaluate(f"{BOX.format('a')}.value") == "elec"


def test_a_third_box_is_added_in_the_page(browser: Browser, pages: str) -> None:
    """Up to six; each one suggests as the first does."""
    browser.open(f"{pages}/compare")
    for _ in range(4):
        browser.evaluate("document.querySelector('button[name=more]').click()")
    assert browser.evaluate("[...document.querySelectorAll('form.tool input')].map(e => e.name).join('')") == "abcdef"
    assert not browser.evaluate("document.querySelector('button[name=more]')")
    opened(browser, "f", "plumb")


def test_the_address_of_a_comparison_is_copied(browser: Browser, pages: str) -> None:
    """By a button that is there only where it works."""
    browser.call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    browser.open(f"{pages}/compare/electrician-vs-plumber#choose")
    assert not browser.evaluate("document.querySelector('[data-copy]').hidden")
    browser.evaluate("window.focus(); document.querySelector('[data-copy]').click()")
    browser.wait_for("document.querySelector('.share [role=status]').textContent === 'Address copied'")
    browser.evaluate("navigator.clipboard.readText().then(text => window.copied = text)")
    assert browser.wait_for("window.copied") == f"{pages}/compare/electrician-vs-plumber"


def test_it_works_without_script(browser: Browser, pages: str) -> None:
    """The form alone: it sends, asks where it is not clear, and compares."""
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{pages}/compare?a=el&b=Plumber")
    page = browser.call("Runtime.evaluate", expression="document.querySelectorAll('input[type=radio]').length")
    assert page["result"]["value"] > 1
    browser.call("Runtime.evaluate", expression="document.querySelector('input[value=Electrician]').checked = true")
    browser.call("Runtime.evaluate", expression="document.querySelector('form.tool').requestSubmit()")
    browser.wait_for("location.pathname === '/compare/electrician-vs-plumber'")


def test_who_has_to_choose_goes_on_there() -> None:
    """The page is the one before, so the focus is on what is asked; a box that matches nothing says so by itself."""
    for query, tag, name in (
        ("a=el&b=Plumber", "input", "a"),
        ("a=Plumber&b=el", "input", "b"),
        ("a=Plumber&b=qqqq", "input", "b"),
        ("a=Plumber&b=Plumber", "p", None),
        ("a=Plumber&b=Actuary&swap=1", "button", "swap"),
        ("a=Plumber&b=Actuary&more=1", "input", "c"),
    ):
        html = client().get(f"/compare?{query}").text
        assert [(tag, each.get("name")) for tag, each in Page(html).elements if "autofocus" in each] == [(tag, name)]
    html = client().get("/compare?a=Plumber&b=qqqq").text
    [box] = [each for each in Page(html).all("input") if each.get("name") == "b"]
    assert box["aria-invalid"] == "true" and f'<p class="hint" id="{box["aria-describedby"]}">No career' in html
    for path in ("/", "/compare", "/compare?with=plumber"):
        assert " autofocus" not in client().get(path).text
