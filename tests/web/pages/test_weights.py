"""Sliders of a reader's own weights: in the address, on the page, with script and without."""

import re

import pytest

from web.browser import Browser
from web.conftest import window
from web.pages.site import PAIR, Page, client

BY = "?w.salary=8&w.learning-curve=3"
SAID = "By your weights AI Model Routing Engineer is ahead, 3 to 0: learning curve."


def labels(html: str) -> list[str]:
    """The attributes of the table at a glance, in order."""
    return re.findall(r'<th scope="row"[^>]*>(.*?)</th>', html)


def test_each_attribute_with_a_value_has_a_slider_and_no_weight() -> None:
    page = Page(client().get(PAIR).text)
    sliders = [each for each in page.all("input") if each.get("type") == "range"]
    assert [each["name"] for each in sliders][:3] == ["w.salary", "w.demand-score", "w.ai-replacement-risk"]
    assert len(sliders) == len(labels(client().get(PAIR).text))
    assert {each["value"] for each in sliders} == {"0"}
    assert "By your weights" not in page.text


def test_weights_in_the_address_order_the_rows_and_say_who_is_ahead() -> None:
    plain, weighed = client().get(PAIR).text, client().get(PAIR + BY).text
    assert SAID in Page(weighed).text
    assert labels(weighed)[:2] == ["Salary range", "Learning curve"]
    assert sorted(labels(weighed)) == sorted(labels(plain))
    sliders = {each["name"]: each["value"] for each in Page(weighed).all("input") if each.get("type") == "range"}
    assert (sliders["w.salary"], sliders["w.learning-curve"], sliders["w.difficulty"]) == ("8", "3", "0")
    assert list(sliders) == [each["name"] for each in Page(plain).all("input") if each.get("type") == "range"]
    german = Page(client().get(f"/de{PAIR}{BY}").text).text
    assert "Nach deiner Gewichtung liegt" in german


def test_weights_stay_in_the_address_and_out_of_search_engines() -> None:
    """In another language, and in the one order that has an address; the page without them is the canonical one."""
    html = client(public_url="https://example.org").get(PAIR + BY).text
    page = Page(html)
    assert f"../de{PAIR}?w.salary=8&w.learning-curve=3" in page.hrefs()
    assert f'<link rel="canonical" href="https://example.org{PAIR}">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'hreflang="x-default"' not in html
    a, b = PAIR.rpartition("/")[2].split("-vs-")
    moved = client().get(f"/compare/{b}-vs-{a}{BY}")
    assert (moved.status_code, moved.headers["location"]) == (301, f"..{PAIR}{BY}")


@pytest.mark.parametrize("nothing", ["?w.salary=0", "?w.salary=", "?utm_source=x", "?weights=3"])
def test_without_weights_the_page_is_the_same(nothing: str) -> None:
    assert client().get(PAIR + nothing).content == client().get(PAIR).content


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?w.salary=11", "BAD_WEIGHT"),
        ("?w.salary=-1", "BAD_WEIGHT"),
        ("?w.salary=1.5", "BAD_WEIGHT"),
        ("?w.salary=%C2%B2", "BAD_WEIGHT"),
        ("?w.salary=1&w.salary=1", "BAD_WEIGHT"),
        ("?" + "&".join(f"w.a{place}=1" for place in range(21)), "BAD_WEIGHT"),
        ("?w.salaries=1", "UNKNOWN_ATTRIBUTE"),
        ("?w.=1", "UNKNOWN_ATTRIBUTE"),
        ("?w.%3Cscript%3E=1", "UNKNOWN_ATTRIBUTE"),
    ],
)
def test_what_is_no_weight_is_refused(query: str, code: str) -> None:
    refused = client().get(PAIR + query)
    assert refused.status_code == 400
    assert f"<code>{code}</code>" in refused.text
    assert "<script>" not in refused.text
    assert refused.headers["cache-control"] == "no-store"


def test_pages_of_other_weights_have_other_validators_and_the_same_tags() -> None:
    """Whoever caches keeps each apart, and forgets all of them when a career is published."""
    plain, weighed, other = (client().get(PAIR + query).headers for query in ("", BY, "?w.salary=1"))
    assert len({it["etag"] for it in (plain, weighed, other)}) == 3
    assert plain["surrogate-key"] == weighed["surrogate-key"] == other["surrogate-key"]


SET = "(() => { const s = document.querySelector('[name=\"w.learning-curve\"]'); s.focus(); s.value = '3'; %s })()"


def test_a_slider_changes_the_page_at_once_and_keeps_the_focus(browser: Browser, pages: str) -> None:
    browser.open(pages + PAIR)
    browser.complaints.clear()
    first = browser.evaluate("document.querySelector('.glance tbody th').textContent")
    assert browser.evaluate("document.querySelector('.weights button').hidden")
    browser.evaluate(SET % "s.dispatchEvent(new Event('input', {bubbles: true}))")
    browser.wait_for("document.querySelector('[data-weighed=statement]').textContent.includes('is ahead, 3 to 0')")
    assert browser.evaluate("location.search") == "?w.learning-curve=3"
    assert browser.evaluate("document.querySelector('.glance tbody th').textContent") == "Learning curve" != first
    assert browser.evaluate("document.activeElement.name") == "w.learning-curve"
    assert browser.evaluate("document.querySelector('[lang=de]').search") == "?w.learning-curve=3"
    assert browser.complaints == []


def test_without_script_the_button_sends_the_form(browser: Browser, pages: str) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(pages + PAIR)
    browser.evaluate(SET % "s.form.querySelector('button').click()")
    browser.wait_for("location.search.includes('w.learning-curve=3')")
    browser.wait_for("document.querySelector('[data-weighed=statement]')?.textContent.includes('is ahead, 3 to 0')")


def test_the_sliders_fit_a_phone(browser: Browser, pages: str) -> None:
    window(browser, 390)
    browser.open(pages + PAIR + BY)
    assert browser.evaluate("document.documentElement.scrollWidth") <= 390
    lefts = "[...document.querySelectorAll('.weights input')].map((each) => each.getBoundingClientRect())"
    assert browser.evaluate(f"{lefts}.every((box) => box.left >= 0 && box.right <= 390 && box.height >= 24)")
