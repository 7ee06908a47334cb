"""The ways of editors through the admin, in a real Chromium: from an empty form to what readers see, and back."""

from collections.abc import Iterator

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.worker.worker import Worker
from web.admin.hands import choose, click, drag, field, fill, shows, sign_in
from web.browser import Browser
from web.conftest import running
from web.editing import PUBLISH, TOMORROW, Newsroom, data, edit, key, standing

STAGES = "[...document.querySelectorAll('[name^=roadmap][name$=\"title/en\"]')].map(each => each.value).join()"
FIGURES = "career,attribute,value,unit,source,date\\ndata-scientist,demand-score,9.7,points,editorial-estimate,2026"


@pytest.fixture(scope="module")
def admin(newsroom: Newsroom) -> Iterator[str]:
    """The address of the admin on a real socket."""
    with running(newsroom.app) as address:
        yield f"{address}/admin"


def test_an_author_writes_a_career_from_nothing_and_submits_it(
    browser: Browser, newsroom: Newsroom, admin: str
) -> None:
    """Texts, a figure with its source, a skill that is suggested, and stages that move by keys and by hand."""
    sign_in(browser, admin, newsroom.secret(Role.AUTHOR))
    browser.open(f"{admin}/new/career")
    for name, text in {"slug": "wood-carver", "title/en": "Wood Carver", "summary/en": "Carves wood."}.items():
        fill(browser, name, text)
    choose(browser, "category", "engineering-trades")
    browser.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    for name, text in {"low": "31000", "high": "52000"}.items():
        fill(browser, f"values/salary/{name}", text)
    choose(browser, "values/salary/source", "editorial-estimate")
    for name, text in {"currency": "USD", "period": "YEAR", "basis": "EDITORIAL", "observedOn": "2026-01-01"}.items():
        choose(browser, f"values/salary/{name}", text)
    fill(browser, "values/salary/method/en", "Asked three workshops.")
    click(browser, "[data-save]")
    browser.wait_for(
        "location.pathname.endsWith('/documents/career/wood-carver') && document.readyState === 'complete'"
    )
    click(browser, "button[value='add:part@skills']")
    browser.wait_for(f"{field('skills/0/text/en')} && document.readyState === 'complete'")
    fill(browser, "skills/0/text/en", "Programming in Python")
    click(browser, "button[value='add:skills/0/part@concepts']")
    browser.wait_for(f"{field('skills/0/concepts/0/skill')} && document.readyState === 'complete'")
    browser.evaluate(f"{field('skills/0/concepts/0/skill')}.focus()")
    browser.wait_for("[...document.querySelectorAll('#list-skill option')].some(each => each.value === 'python')")
    fill(browser, "skills/0/concepts/0/skill", "python")
    for place, title in enumerate(("Learn", "Practise", "Show")):
        click(browser, "button[value='add:part@roadmap']")
        browser.wait_for(f"{field(f'roadmap/{place}/title/en')} && document.readyState === 'complete'")
        fill(browser, f"roadmap/{place}/title/en", title)
        fill(browser, f"roadmap/{place}/summary/en", f"{title} it.")
    browser.press("ArrowUp", 38, modifiers=1)
    assert browser.evaluate(STAGES) == "Learn,Show,Practise"
    height = browser.evaluate("document.querySelector('[name=\"roadmap/0/@was\"]').closest('li').offsetHeight")
    drag(browser, "li:has(> .in > [name='roadmap/0/@was']) > .handle", 2 * height)
    browser.wait_for(f"{STAGES} === 'Show,Learn,Practise' || {STAGES} === 'Show,Practise,Learn'")
    stages = browser.evaluate(STAGES).split(",")
    click(browser, "button[value=changes]")
    browser.wait_for("location.pathname.endsWith('/changes') && document.readyState === 'complete'")
    click(browser, "button[formaction$='/submit']")
    shows(browser, "Sent for review.")
    draft = standing(newsroom.client(Role.VIEWER), "CAREER", "wood-carver")["draft"]["document"]
    assert [each["title"]["en"] for each in draft["roadmap"]] == stages
    assert draft["skills"][0]["concepts"][0]["skill"] == "python"


def test_a_conflict_is_resolved_field_by_field(browser: Browser, newsroom: Newsroom, admin: str) -> None:
    sign_in(browser, admin, newsroom.secret(Role.EDITOR))
    browser.open(f"{admin}/documents/skill/python")
    edit(newsroom.client(Role.AUTHOR), "SKILL", "python", name={"en": "Python", "de": "Python 3"})
    fill(browser, "name/en", "Python programming")
    click(browser, "[data-save]")
    shows(browser, "Two people changed this")
    assert browser.evaluate("document.querySelectorAll('.sides > li').length") == 2
    click(browser, "button[value=merge]")
    browser.wait_for("location.pathname.endsWith('/documents/skill/python') && document.querySelector('[data-note]')")
    draft = standing(newsroom.client(Role.VIEWER), "SKILL", "python")["draft"]["document"]
    assert draft["name"] == {"en": "Python programming", "de": "Python 3"}


def test_a_release_is_scheduled_in_a_time_zone(browser: Browser, newsroom: Newsroom, admin: str) -> None:
    edit(newsroom.client(Role.AUTHOR), "CAREER", "actuary", category="data")
    sign_in(browser, admin, newsroom.secret(Role.EDITOR))
    browser.open(f"{admin}/releases")
    fill(browser, "title", "Spring figures")
    fill(browser, "slug", "spring")
    click(browser, "form:has(#slug) button.main")
    browser.wait_for("location.pathname.endsWith('/releases/spring')")
    browser.open(f"{admin}/documents/career?view=drafts&text=actuary")
    click(browser, "tbody .pick input")
    click(browser, "button[value=add]")
    click(browser, "button[name=do][value=add]")
    shows(browser, "Done to 1 document.")
    browser.open(f"{admin}/releases/spring")
    click(browser, "a[data-more]")
    browser.wait_for("document.querySelector('.flip > li')")
    choose(browser, "zone", "Asia/Tokyo")
    choose(browser, "at", f"{TOMORROW.date()}T09:00")
    click(browser, "button[value=schedule]")
    shows(browser, f"{TOMORROW.date()} 00:00 UTC Asia/Tokyo")


def test_an_import_is_run_left_and_found_again(browser: Browser, newsroom: Newsroom, admin: str) -> None:
    sign_in(browser, admin, newsroom.secret(Role.EDITOR))
    browser.open(f"{admin}/imports")
    choose(browser, "kind", "FIGURES")
    browser.evaluate(
        f"files = new DataTransfer(); files.items.add(new File(['{FIGURES}'], 'figures.csv'));"
        f"{field('tables')}.files = files.files"
    )
    click(browser, "form[enctype] button.main")
    shows(browser, "You may leave this page")
    browser.open(f"{admin}/account")
    Worker(newsroom.engine, imports=newsroom.careergraph.config.imports.parse()).import_due()
    click(browser, "a[href$='imports']")
    click(browser, "tbody [data-row]")
    shows(browser, "data-scientist")
    assert browser.evaluate("document.querySelector('button[value=publish]') !== null")


def test_a_career_is_reverted(browser: Browser, newsroom: Newsroom, admin: str) -> None:
    editor = newsroom.client(Role.EDITOR)
    before = standing(editor, "CAREER", "plumber")["live"]
    edit(editor, "CAREER", "plumber", category="data")
    data(editor, PUBLISH, documents=[key("CAREER", "plumber")])
    sign_in(browser, admin, newsroom.secret(Role.EDITOR))
    browser.open(f"{admin}/documents/career/plumber/history")
    click(browser, ".past > li:last-child form[action$='/revert'] button")
    click(browser, "button[formaction$='/publish']")
    browser.wait_for("location.pathname.endsWith('/history') && document.querySelector('.past')")
    assert standing(editor, "CAREER", "plumber")["live"] == before


def test_a_narrow_role_sees_neither_button_nor_data(browser: Browser, newsroom: Newsroom, admin: str) -> None:
    edit(newsroom.client(Role.AUTHOR), "CAREER", "electrician", title={"en": "Sparks of tomorrow"})
    sign_in(browser, admin, newsroom.secret(Role.AUTHOR, types=["skill"]))
    for path in ("", "documents/skill", "documents/skill/sql", "documents/skill/sql/actions", "find?text=sparks"):
        browser.open(f"{admin}/{path}")
        text = browser.evaluate("document.documentElement.outerHTML")
        assert "Sparks of tomorrow" not in text and "documents/career" not in text.replace("link-career", ""), path
        assert (
            browser.evaluate("document.querySelector('[value=publish], [action$=archive], [action$=rename]')") is None
        )
    browser.open(f"{admin}/documents/career/electrician")
    shows(browser, "There is nothing here")
