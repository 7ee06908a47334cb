"""The admin in a real Chromium: the first minute, typing that is never lost, shortcuts, every screen for everybody."""

from collections.abc import Iterator

import httpx
import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.worker.worker import Worker
from depth import depth
from web.admin.hands import choose, click, drag, enter, field, fill, leave, shows, sign_in
from web.admin.judging import judge
from web.admin.tour import FURTHER, LIKE_OTHERS, SCREENS, furnish
from web.browser import Browser
from web.conftest import running
from web.editing import TOMORROW, Newsroom, edit, standing

LOW = "values/salary/low"
WAGE = '{ career(slug: "plumber") { values { attribute { key } ... on MoneyRange { low } } } }'
STATUS = "document.querySelector('[data-status]').textContent"
FRAME = "document.querySelector('[data-preview]').contentDocument"
STAGES = "[...document.querySelectorAll('[name^=roadmap][name$=\"title/en\"]')].map(each => each.value).join()"
FIGURES = "career,attribute,value,unit,source,date\\ndata-scientist,demand-score,9.7,points,editorial-estimate,2026"
COLLECTION = "careers-in-data"


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
    """The printed address, a wage, its preview, the sentences that change, publishing, and the way back."""
    before = low(admin)
    browser.call("Network.clearBrowserCookies")
    assert newsroom.careergraph.admin is not None
    address = newsroom.careergraph.admin.first_address(admin.removesuffix("/admin"))
    assert address is not None
    browser.open(address)
    click(browser, "form button.main")
    click(browser, "[data-go=c]")
    click(browser, "a[href$='documents/career/plumber']")
    browser.wait_for(f"{field(LOW)} && document.readyState === 'complete'")
    browser.evaluate("document.querySelector('[data-preview]').loading = 'eager'")
    fill(browser, LOW, "61000")
    browser.wait_for(f"{STATUS}.startsWith('Saved')")
    browser.wait_for(f"{FRAME}?.querySelector('main')?.textContent.includes('$61,000')")
    browser.evaluate("document.getElementById('against').value = 'actuary'")
    browser.evaluate("document.getElementById('against').dispatchEvent(new Event('change'))")
    browser.wait_for(f"{FRAME}?.querySelector('h1')?.textContent.includes('Actuary')")
    click(browser, "#locale-1 + label")
    browser.wait_for(f"{FRAME}?.documentElement?.lang === 'de' && {FRAME}.querySelector('h1')?.textContent")
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
    fill(browser, LOW, "61001")
    browser.wait_for(f"{STATUS}.startsWith('Saved')")
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


def test_what_is_too_long_or_no_number_is_not_cut_and_not_saved(browser: Browser, admin: str, secret: str) -> None:
    sign_in(browser, admin, secret)
    browser.open(f"{admin}/documents/career/actuary")
    browser.evaluate(f"{field('title/en')}.select()")
    browser.insert("L" * 400)
    fill(browser, LOW, "61,000")
    browser.wait_for(f"{STATUS}.startsWith('Not saved yet')")
    click(browser, "[data-save]")
    shows(browser, "without separators of thousands")
    assert browser.evaluate(f"{field('title/en')}.value.length") == 400
    leave(browser, "location.href = '../../account'")
    browser.wait_for("location.pathname.endsWith('/account') && document.readyState === 'complete'")
    browser.evaluate("localStorage.clear()")


def test_leaving_a_changed_form_asks(browser: Browser, newsroom: Newsroom, admin: str, secret: str) -> None:
    """Who stays on a new document still has what they typed, and who leaves gets it back; nobody else does."""
    sign_in(browser, admin, secret)
    browser.open(f"{admin}/new/skill")
    fill(browser, "name/en", "Welding")
    leave(browser, "location.href = '../account'", accept=False)
    assert browser.evaluate(f"{field('name/en')}.value") == "Welding"
    leave(browser, "location.href = '../account'")
    browser.wait_for("location.pathname.endsWith('/account') && document.readyState === 'complete'")
    for another, typed in ((newsroom.secret(Role.ADMIN), ""), (secret, "Welding")):
        sign_in(browser, admin, another)
        browser.open(f"{admin}/new/skill")
        browser.wait_for(f"document.readyState === 'complete' && {field('name/en')}?.value === '{typed}'")
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


def test_the_foot_of_the_sidebar_covers_what_is_behind_it(browser: Browser, newsroom: Newsroom, admin: str) -> None:
    """An administrator has more screens than a low window is high: two words on one place are neither."""
    sign_in(browser, admin, newsroom.secret(Role.ADMIN))
    browser.open(f"{admin}/audit")
    foot = "document.querySelector('.side .foot')"
    assert browser.evaluate(f"getComputedStyle({foot}).position") == "sticky"
    assert browser.evaluate(f"getComputedStyle({foot}).backgroundColor") == browser.evaluate(
        "getComputedStyle(document.querySelector('.side')).backgroundColor"
    )
    assert browser.evaluate(f"Math.round({foot}.getBoundingClientRect().bottom - innerHeight)") == 0


def test_a_release_is_scheduled_in_a_time_zone(browser: Browser, newsroom: Newsroom, admin: str) -> None:
    edit(newsroom.client(Role.AUTHOR), "CAREER", "radiologist", category="data")
    sign_in(browser, admin, newsroom.secret(Role.EDITOR))
    browser.open(f"{admin}/releases")
    fill(browser, "title", "Easter figures")
    fill(browser, "slug", "easter")
    click(browser, "form:has(#slug) button.main")
    browser.wait_for("location.pathname.endsWith('/releases/easter')")
    browser.open(f"{admin}/documents/career?view=drafts&text=radiologist")
    click(browser, "tbody .pick input")
    click(browser, "button[value=add]")
    click(browser, ".verbs button[value=add]")
    shows(browser, "Done to 1 document.")
    browser.open(f"{admin}/releases/easter")
    click(browser, "a[data-more]")
    browser.wait_for("document.querySelector('.flip > li')")
    choose(browser, "zone", "Asia/Tokyo")
    choose(browser, "at", f"{TOMORROW.date()}T09:00")
    click(browser, "button[value=schedule]")
    shows(browser, f"{TOMORROW.date()} 09:00 Asia/Tokyo (00:00 UTC)")


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
    shows(browser, "Data Scientist")
    assert browser.evaluate("document.querySelector('button[value=publish]') !== null")


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


def test_every_screen_is_for_everybody(browser: Browser, newsroom: Newsroom, admin: str, axe: str) -> None:
    """On a phone and a desk, in light and dark, in two languages: it loads its own files alone, complains of nothing,
    does not scroll sideways, and axe knows of no violation."""
    furnish(newsroom)
    browser.call("Network.clearBrowserCookies")
    judge(browser, f"{admin}/sign-in", axe, "dark")
    sign_in(browser, admin, newsroom.secret(Role.ADMIN))
    for number, path in enumerate(SCREENS + depth((), FURTHER)):
        language, scheme = ("en", "de")[number % 2], ("light", "dark")[number // 2 % 2]
        browser.call("Network.setCookie", name="careergraph-admin-language", value=language, url=admin)
        judge(browser, f"{admin}/{path}", "" if path in depth(LIKE_OTHERS, ()) else axe, scheme)
