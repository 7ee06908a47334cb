"""What search engines read: sitemaps, robots, and structured data in schema.org's terms."""

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from careergraph.engine.content import PairNotes
from careergraph.web.pages import sitemap
from truth import seeded
from web.pages.site import INDEXED, PAIR, Page, client
from web.pages.test_serving import hostile

SITE = "https://careers.example"
TYPES = {
    "Occupation": {
        *("name", "url", "description", "occupationalCategory", "estimatedSalary", "occupationLocation", "skills"),
    },
    "AdministrativeArea": {"name"},
    "MonetaryAmount": {"name", "currency", "minValue", "maxValue"},
    "MonetaryAmountDistribution": {
        *("name", "currency", "duration", "percentile10", "percentile25", "median", "percentile75", "percentile90"),
    },
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}
"""The types that pages use, with those properties that schema.org gives them."""


def locations(text: str) -> list[str]:
    """The addresses of a sitemap, which is well-formed XML."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return [str(each.text) for each in ElementTree.fromstring(text).iter(f"{space}loc")]  # noqa: S314 - our own


def structured(html: str) -> dict[str, Any]:
    """The structured data of a page."""
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert text is not None
    assert not set(text[1]) & set("<>&"), "nothing in it can end the element"
    data: dict[str, Any] = json.loads(text[1])
    return data


def check(item: Any) -> None:
    """Each object has a type, and only properties that the type has."""
    if isinstance(item, list):
        for each in item:
            check(each)
    elif isinstance(item, dict):
        assert set(item) - {"@type"} <= TYPES[item["@type"]], item
        for each in item.values():
            check(each)


@pytest.mark.parametrize("path", INDEXED)
def test_structured_data_is_of_its_types(path: str) -> None:
    """The usual checkers pass nearly anything; a property that a type has not is read by nobody."""
    data = structured(client(public_url=SITE).get(path).text)
    assert data["@context"] == "https://schema.org"
    check(data["@graph"])
    trail = next(item for item in data["@graph"] if item["@type"] == "BreadcrumbList")["itemListElement"]
    assert [item["position"] for item in trail] == list(range(1, len(trail) + 1))
    assert all(item["item"].startswith(SITE) for item in trail)


def test_pay_is_the_pay_of_the_page() -> None:
    """With its currency and both ends."""
    a, b, _ = structured(client(public_url=SITE).get(PAIR).text)["@graph"]
    assert (a["name"], a["estimatedSalary"][0]["minValue"], a["estimatedSalary"][0]["maxValue"]) == (
        "AI Model Routing Engineer",
        135_000,
        210_000,
    )
    assert b["estimatedSalary"][0]["currency"] == "USD"


@pytest.mark.parametrize("path", ["/careers/plumber", "/de/careers/plumber"])
def test_percentiles_are_a_distribution(path: str) -> None:
    """Where a source publishes percentiles, each is named; nothing is made of those it does not publish."""
    plumber = structured(client(public_url=SITE).get(path).text)["@graph"][0]
    assert plumber["estimatedSalary"] == [
        {
            "@type": "MonetaryAmountDistribution",
            "name": "base",
            "currency": "USD",
            "duration": "P1Y",
            "percentile10": 44_150,
            "percentile90": 108_420,
        }
    ]
    assert plumber["occupationLocation"] == [{"@type": "AdministrativeArea", "name": "United States"}]
    assert plumber["occupationalCategory"] == "47-2152"


def test_stored_text_cannot_end_the_data() -> None:
    """Whatever a title holds."""
    data = structured(client(hostile()).get("/careers/plumber").text)
    assert "</script>" in data["@graph"][0]["name"]


def test_the_sitemap_lists_every_page_once() -> None:
    """In each language, all of them below the public address and there when they are asked for."""
    asker = client(public_url=SITE)
    index = locations(asker.get("/sitemap.xml").text)
    catalog = seeded.catalog()
    listed = [url for each in index for url in locations(asker.get(each.removeprefix(SITE)).text)]
    others = 5 + len(catalog.careers) + len(catalog.skills) + len(catalog.categories) + len(catalog.collections)
    assert len(listed) == len(set(listed)) == 2 * (catalog.pairs + others)
    for url in listed[:: len(listed) // 40]:
        response = asker.get(url.removeprefix(SITE))
        assert response.status_code == 200
        assert f'<link rel="canonical" href="{url}">' in response.text


def test_a_sitemap_is_not_sent_twice() -> None:
    """Robots ask again and again."""
    asker = client(public_url=SITE)
    for path in ("/sitemap.xml", "/sitemap/compare-en-1.xml"):
        etag = asker.get(path).headers["etag"]
        again = asker.get(path, headers={"If-None-Match": etag})
        assert again.status_code == 304 and not again.content


def test_a_sitemap_costs_what_it_takes_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of thousands of addresses is no cheaper than pages of as many comparisons. Whoever has a whole allowance
    gets the file, also where the file costs more; who only looks whether it is there writes none of it."""
    written: list[str] = []

    def entry(address: str, changed: datetime) -> str:
        written.append(address)
        return ""

    monkeypatch.setattr(sitemap, "_entry", entry)
    path, pairs = "/sitemap/compare-en-1.xml", seeded.catalog().pairs
    asker = client(rate_limit=pairs // 3 + 10)
    assert [asker.request(method, path).status_code for method in ("HEAD", "HEAD")] == [200, 200]
    assert not written
    assert [asker.get(path).status_code for _ in range(2)] == [200, 429]
    assert len(written) == pairs
    asker = client(rate_limit=pairs // 6)
    assert [asker.get(path).status_code for _ in range(2)] == [200, 429]


def test_the_sitemap_says_when_pages_changed() -> None:
    """A comparison when the later of its careers did."""
    career = seeded.catalog().careers["actuary"]
    asker = client(public_url=SITE)
    text = asker.get("/sitemap/compare-en-1.xml").text
    entry = re.search(rf"<url><loc>{SITE}/compare/actuary-vs-plumber</loc><lastmod>(.*?)</lastmod></url>", text)
    assert entry is not None and entry[1] == career.published_at.isoformat(timespec="seconds")


def test_hidden_comparisons_are_not_listed() -> None:
    """Those that editors hide are on no list, and search engines are told so on the page."""
    catalog = seeded.catalog()
    notes = PairNotes(a="actuary", b="plumber", hidden=True)
    hidden = replace(catalog, pairs_notes={"actuary-vs-plumber": notes})
    asker = client(hidden, public_url=SITE)
    assert "/compare/actuary-vs-plumber<" not in asker.get("/sitemap/compare-en-1.xml").text
    assert {"name": "robots", "content": "noindex"} in Page(asker.get("/compare/actuary-vs-plumber").text).all("meta")


@pytest.mark.parametrize(
    "name", ["compare-en-2", "compare-en-01", "compare-fr-1", "compare-en-0", "compare-en--1", "x-en", "compare-en"]
)
def test_there_are_no_other_files(name: str) -> None:
    """A number too high, a language that there is not."""
    assert client().get(f"/sitemap/{name}.xml").status_code == 404


def test_robots_are_told_where_the_sitemap_is() -> None:
    """Where the site knows its address; never from what a request calls its host."""
    assert f"Sitemap: {SITE}/sitemap.xml" in client(public_url=SITE).get("/robots.txt").text
    assert "Sitemap" not in client().get("/robots.txt", headers={"Host": "evil.example"}).text


def test_every_page_has_a_title_and_a_description_of_its_own() -> None:
    """What is shown of it elsewhere."""
    asker = client(public_url=SITE)
    heads = [asker.get(path).text.split("</head>")[0] for path in INDEXED if path != "/"]
    titles = [re.findall(r"<title>(.*?)</title>", head)[0] for head in heads]
    assert len(set(titles)) >= len(titles) - 1, "one is in German and may read alike"
    for head, title in zip(heads, titles, strict=True):
        description = re.findall(r'<meta name="description" content="(.*?)">', head)[0]
        assert 0 < len(description) <= 310 and description != title
