"""Addresses of pages: one for each page, in each language, relative unless somebody says where the site is."""

import re
from dataclasses import replace
from urllib.parse import urljoin

import pytest

from careergraph.engine.content import Catalog
from careergraph.web.pages.rendering.addresses import Addresses, safe_url
from truth import seeded
from web.pages.site import EVERY_KIND, PAIR, Page, client


@pytest.mark.parametrize(
    ("path", "status", "target"),
    [
        ("/compare/plumber-vs-actuary", 301, "/compare/actuary-vs-plumber"),
        ("/compare/plumber-vs-electrician-vs-actuary", 301, "/compare/actuary-vs-electrician-vs-plumber"),
        ("/de/compare/plumber-vs-actuary", 301, "/de/compare/actuary-vs-plumber"),
        ("/en/compare/actuary-vs-plumber", 301, "/compare/actuary-vs-plumber"),
        ("/en", 301, "/"),
        ("/en/careers?after=x", 301, "/careers?after=x"),
        ("/de-AT/compare/actuary-vs-plumber?w.salary=3", 302, "/de/compare/actuary-vs-plumber?w.salary=3"),
        ("/DE-at-1996", 302, "/de"),
        ("/en-US/careers/plumber", 302, "/careers/plumber"),
        ("/en-US", 302, "/"),
        ("/de-CH/compare/actuary-vs-plumber.csv", 302, "/de/compare/actuary-vs-plumber.csv"),
        ("/compare/actuary", 301, "/careers/actuary"),
        ("/compare?a=Plumber&b=Actuary", 303, "/compare/actuary-vs-plumber"),
        ("/de/compare?a=Aktuar/in&b=plumber", 303, "/de/compare/actuary-vs-plumber"),
    ],
)
def test_another_spelling_leads_to_the_one_address(path: str, status: int, target: str) -> None:
    """So that search engines and caches see each page once."""
    response = client().get(path)
    assert response.status_code == status
    assert urljoin(path, response.headers["location"]) == target


@pytest.mark.parametrize(
    ("path", "status", "code", "says"),
    [
        ("/compare/plumber-vs-plumber", 400, "SAME_CAREER", "cannot be compared with itself"),
        ("/compare/plumber-vs-actuary-vs-plumber", 400, "SAME_CAREER", "cannot be compared with itself"),
        ("/compare/a-vs-b-vs-c-vs-d-vs-e-vs-f-vs-g", 400, "TOO_MANY", "At most six"),
        ("/compare?a=a&b=b&c=c&d=d&e=e&f=f&with=plumber", 400, "TOO_MANY", "At most six"),
        ("/compare/plumbre-vs-actuary", 404, "UNKNOWN_CAREER", "Plumber"),
        ("/careers/plumbre", 404, "UNKNOWN_CAREER", "Plumber"),
        ("/skills/pyhton", 404, "UNKNOWN_SKILL", "Python"),
        ("/collections/building-with-llm", 404, "UNKNOWN_COLLECTION", "Building with language models"),
        ("/categories/heathcare", 404, "UNKNOWN_CATEGORY", "Healthcare"),
        ("/careers?after=nonsense", 400, "BAD_CURSOR", ""),
        ("/compare?a=%ff", 400, "BAD_REQUEST", "UTF-8"),
    ],
)
def test_what_is_not_there_says_so(path: str, status: int, code: str, says: str) -> None:
    """With the status, the code, and where one may have wanted to go; search engines are told not to list it."""
    response = client().get(path)
    page = Page(response.text)
    assert response.status_code == status
    assert code in page.text and says in page.text
    assert {"name": "robots", "content": "noindex"} in page.all("meta")
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/careers", PAIR, "/skills/python", "/"])
def test_what_others_put_behind_an_address_changes_nothing(path: str) -> None:
    """Links from newsletters carry marks; the page says which address it has."""
    asker = client(public_url="https://careers.example")
    response = asker.get(f"{path}?utm_source=letter&fbclid=1")
    assert response.status_code == 200
    address = "/compare" if path == "/" else path
    assert f'<link rel="canonical" href="https://careers.example{address}">' in response.text


def renamed() -> Catalog:
    """The seed after a career and a skill were called otherwise."""
    redirects = {("career", "pipe-fitter"): "plumber", ("skill", "py"): "python"}
    return replace(seeded.catalog(), redirects=redirects)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/careers/pipe-fitter", "/careers/plumber"),
        ("/de/careers/pipe-fitter", "/de/careers/plumber"),
        ("/skills/py", "/skills/python"),
        ("/compare/actuary-vs-pipe-fitter", "/compare/actuary-vs-plumber"),
        ("/compare/actuary-vs-electrician-vs-pipe-fitter", "/compare/actuary-vs-electrician-vs-plumber"),
    ],
)
def test_what_was_renamed_is_at_its_new_address(path: str, target: str) -> None:
    """For good, so that links and search engines follow."""
    response = client(renamed()).get(path)
    assert response.status_code == 301 and urljoin(path, response.headers["location"]) == target


@pytest.mark.parametrize("path", ["/nowhere", "/compare/a/b/c", "/fr/careers", "/careers/plumber/skills"])
def test_people_get_a_page_where_nothing_is(path: str) -> None:
    """And programs a coded answer. The page's links lead on from wherever it is."""
    asker = client()
    response = asker.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 404 and "Nothing is at this address." in Page(response.text).text
    links = {urljoin(path, href) for href in Page(response.text).hrefs()}
    assert {"/compare", "/careers", "/de"} <= links
    assert asker.get(path).json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize("path", ["/careers/", "/compare/actuary-vs-plumber/", "/de/careers/plumber/", "/de/"])
def test_a_slash_too_many(path: str) -> None:
    """Leads to the page."""
    asker = client()
    asker.get("/")
    response = asker.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 308 and urljoin(path, response.headers["location"]) == path.rstrip("/")


def test_suggestions_for_a_comparison_are_comparisons() -> None:
    """Who misspelled one of two careers wants the comparison."""
    links = Page(client().get("/compare/plumbre-vs-actuary").text).hrefs()
    assert "../compare/actuary-vs-plumber" in links


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_link_of_a_page_leads_somewhere(path: str) -> None:
    """Followed as a browser would, from this page's own address."""
    site = client()
    for href in {*Page(site.get(path).text).hrefs()}:
        target = urljoin("http://host" + path, href)
        if not target.startswith("http://host/") or "#" in target:
            continue
        response = site.get(target.removeprefix("http://host"))
        assert response.status_code in (200, 303), href


def test_absolute_addresses_come_from_the_setting_and_never_from_the_request() -> None:
    """Without `public_url` all are relative, whatever the request calls its host."""
    absolute = client(public_url="https://careers.example/x/").get(PAIR).text
    assert f'<link rel="canonical" href="https://careers.example/x{PAIR}">' in absolute
    assert f'hreflang="de" href="https://careers.example/x/de{PAIR}"' in absolute
    assert f'hreflang="x-default" href="https://careers.example/x{PAIR}"' in absolute
    relative = client().get(PAIR, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}).text
    assert "evil.example" not in relative
    assert f'<link rel="canonical" href="..{PAIR}">' in relative
    assert re.search(r'property="og:url" content="\.\./compare', relative)


@pytest.mark.parametrize(
    ("path", "locale", "target", "link"),
    [
        ("/", "en", "/compare", "compare"),
        ("/compare", "en", "/", "./"),
        ("/compare/a-vs-b", "en", "/careers/a", "../careers/a"),
        ("/compare/a-vs-b", "de", "/careers/a", "../../de/careers/a"),
        ("/", "de", "/compare", "de/compare"),
        ("/compare", "de", "/", "../de"),
    ],
)
def test_links_are_relative(path: str, locale: str, target: str, link: str) -> None:
    """They hold below any prefix."""
    assert Addresses(path, locale, "en").link(target) == link


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http:evil", "https://a b", "https://", " https://x"],
)
def test_only_web_addresses_are_linked(url: str) -> None:
    """What content calls an address may be anything."""
    assert safe_url(url) is None
    assert safe_url("https://example.org/a?b=c") == "https://example.org/a?b=c"
