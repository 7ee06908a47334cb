"""The figures of a region on pages: in the address, chosen by a form that is there only where there is a choice."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from api.regions import A, B, regional_catalog
from careergraph.web.pages.rendering.visit import Visit
from web.browser import Browser
from web.client import Client
from web.conftest import running, window
from web.pages.site import PAIR, Page, client, site

SEVERAL = f"/compare/{A}-vs-{B}"
IRELAND, UK = "?region=Ireland", "?region=United%20Kingdom"


def regional() -> Client:
    """A client of pages over careers with figures of several regions."""
    return client(regional_catalog())


def options(html: str) -> list[str]:
    """What the form of a page offers."""
    form = re.search(r'<form class="region.*?</form>', html, re.DOTALL)
    return re.findall(r"<option[^>]*>(.*?)</option>", form[0]) if form else []


def test_a_page_without_a_choice_has_no_form() -> None:
    for path in (PAIR, "/careers/plumber", f"/compare/{A}-vs-{B}-vs-plumber"):
        assert options(client().get(path).text) == []


@pytest.mark.parametrize("path", [SEVERAL, f"/careers/{B}", f"/compare/{A}-vs-{B}-vs-plumber"])
def test_the_form_offers_the_regions_and_the_address_chooses(path: str) -> None:
    plain = regional().get(path).text
    assert "Ireland" in options(plain)[1:]
    assert options(plain)[0] == "Not chosen"
    chosen = regional().get(path + IRELAND).text
    assert '<option value="Ireland" selected>Ireland</option>' in chosen
    assert "£40,000" in chosen
    assert "£40,000" not in plain
    assert "Region: Ireland. What was observed elsewhere" in Page(chosen).text
    assert '<meta name="robots" content="noindex">' in chosen
    assert f"../de{path}?region=Ireland" in Page(chosen).hrefs()
    assert "Region: Ireland. Was anderswo" in Page(regional().get(f"/de{path}{IRELAND}").text).text


def test_an_empty_region_is_none() -> None:
    assert regional().get(SEVERAL + "?region=").content == regional().get(SEVERAL).content


def test_an_unknown_region_is_refused() -> None:
    for path in (SEVERAL, f"/careers/{A}", f"{SEVERAL}.csv"):
        refused = regional().get(path + "?region=%3Cscript%3E")
        assert refused.status_code == 400
        assert "UNKNOWN_REGION" in refused.text
        assert "<script>" not in refused.text


def test_an_unknown_region_leads_to_those_there_are() -> None:
    """To this page in each region that its careers have figures of, and without one; weights stay."""
    for prefix, without in (("", "This page without a region"), ("/de", "Diese Seite ohne Region")):
        refused = regional().get(f"{prefix}{SEVERAL}?w.salary=8&region=Atlantis")
        links = [href for href in Page(refused.text).hrefs() if "w.salary=8" in href]
        names = [re.search("region=(.*)", href) for href in links]
        assert [name and name[1] for name in names] == ["Ireland", "United%20Kingdom", None]
        assert without in Page(refused.text).text
        for href in links:
            address = f"{prefix}/compare/{href.rpartition('/')[2]}"
            assert regional().get(address).status_code == 200
    plain = regional().get("/careers/plumber?region=Atlantis").text
    assert "United States" in plain and "Ireland" not in plain


def test_region_and_weights_stay_together() -> None:
    html = regional().get(f"{SEVERAL}?w.salary=8&region=Ireland").text
    hidden = [(each["name"], each["value"]) for each in Page(html).all("input") if each.get("type") == "hidden"]
    assert {("w.salary", "8"), ("region", "Ireland")} <= set(hidden)
    assert f"../de{SEVERAL}?w.salary=8&region=Ireland" in Page(html).hrefs()
    moved = regional().get(f"/compare/{B}-vs-{A}{UK}")
    assert (moved.status_code, moved.headers["location"]) == (301, f"..{SEVERAL}{UK}")


def test_a_download_has_the_figures_of_the_region() -> None:
    assert f"..{SEVERAL}.csv{UK}" in Page(regional().get(SEVERAL + UK).text).hrefs()
    rows = regional().get(f"{SEVERAL}.csv{UK}").text
    assert "60000" in rows and "United Kingdom" in rows
    assert "$" not in rows


def test_downloads_of_lists_have_the_figures_of_the_region() -> None:
    for path in ("/careers", "/categories/data", "/skills/data-annotation", "/collections/careers-in-data"):
        plain, rows = (regional().get(f"{path}.csv{region}").text for region in ("", UK))
        assert "60000" in rows and "60000" not in plain
        assert "United States" not in rows
        assert regional().get(f"{path}.csv?region=Atlantis").status_code == 400


def test_the_way_over_other_careers_is_looked_for_in_the_region(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page must not show the months of a way by figures of other regions than its own."""
    regions: list[str | None] = []
    suggest = Visit.suggest

    async def spy(visit: Visit, name: str, **variables: Any) -> Any:
        if name == "path":
            regions.append(variables["region"])
        return await suggest(visit, name, **variables)

    monkeypatch.setattr(Visit, "suggest", spy)
    for region in ("", UK):
        assert regional().get(f"/compare/{A}-vs-plumber{region}").status_code == 200
    assert regions == [None, None, "United Kingdom", "United Kingdom"]


@pytest.fixture
def pages() -> Iterator[str]:
    """The address of such pages on a real socket."""
    with running(site(regional_catalog()).asgi()) as address:
        yield address


def test_a_slider_keeps_the_region_and_the_form_fits_a_phone(browser: Browser, pages: str) -> None:
    window(browser, 390)
    browser.open(pages + SEVERAL + UK)
    assert browser.evaluate("document.documentElement.scrollWidth") <= 390
    slide = "const s = document.querySelector('[name=\"w.salary\"]'); s.value = '3';"
    browser.evaluate(f"(() => {{ {slide} s.dispatchEvent(new Event('input', {{bubbles: true}})) }})()")
    browser.wait_for("location.search === '?w.salary=3&region=United+Kingdom'")
    browser.wait_for("document.querySelector('.region [name=\"w.salary\"]')?.value === '3'")
    assert browser.evaluate("document.querySelector('.glance').textContent.includes('£60,000')")
