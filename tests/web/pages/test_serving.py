"""How pages are served: as answers are, charged, kept, tagged and compressed, and under a strict policy."""

import re
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from careergraph import CareerGraph, Config
from careergraph.engine.content import Catalog
from careergraph.web.core.config import ConfigProblem
from careergraph.web.pages.rendering import visit
from truth import seeded
from web.client import Client
from web.pages.site import EVERY_KIND, PAIR, THREE, Page, client, site
from web.stub import Shelf

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"' {{ 7*7 }} &amp; <!--"


@pytest.mark.parametrize("path", EVERY_KIND)
def test_no_page_has_script_or_style_inside(path: str) -> None:
    """The policy allows none, and none is there: data for search engines is no script."""
    response = client().get(path)
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';") and "unsafe" not in policy
    html = re.sub(r'<script type="application/ld\+json">[^<>]*</script>', "", response.text)
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", html)
    assert response.headers["x-content-type-options"] == "nosniff"
    ids = [attributes["id"] for _, attributes in Page(html).elements if "id" in attributes]
    assert len(ids) == len(set(ids)), "an id is there once"


def hostile() -> Catalog:
    """The seed, with each career's title, summary, skills and links in the words of somebody who means harm."""
    catalog = seeded.catalog()
    text = {"en": HOSTILE}
    careers = [
        replace(
            career,
            title={"en": HOSTILE + career.slug},
            summary=text,
            aliases={"en": (HOSTILE,)},
            category=replace(career.category, name=text, summary=text),
            skills=tuple(replace(skill, text=text) for skill in career.skills),
            roadmap=tuple(replace(stage, title=text, summary=text) for stage in career.roadmap),
        )
        for career in catalog.careers.values()
    ]
    return replace(catalog, careers=MappingProxyType({career.slug: career for career in careers}))


@pytest.mark.parametrize("path", [PAIR, "/careers/ai-model-routing-engineer", "/compare", "/compare?a=alert&b=img"])
def test_content_and_addresses_are_escaped(path: str) -> None:
    """Whatever stored text or an address holds, the page has no element of it."""
    html = client(hostile()).get(path).text
    assert "<img" not in html and "<!--" not in html and "49" not in re.findall(r"alert\(1\)(.{0,40})", html)
    assert len(re.findall("<script", html)) == len(re.findall(r'<script (?:src="|type="application/ld\+json">)', html))


def test_what_is_typed_is_escaped() -> None:
    """Boxes and searches repeat what somebody typed."""
    for path in ("/search?text=", "/compare?b=plumber&a="):
        html = client().get(path + "%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
        assert "<script>alert" not in html and "&lt;script&gt;alert" in html


def test_a_page_is_tagged_kept_and_revalidated() -> None:
    """As an answer is: what it follows from, a validator, 304 to who has it, and the same bytes each time."""
    asker = client()
    first = asker.get(PAIR)
    assert first.headers["cache-control"].startswith("public, max-age=")
    tags = first.headers["surrogate-key"].split()
    assert {"career:ai-model-routing-engineer", "attributes", "collections", "locale:en", "locales"} <= set(tags)
    assert "catalog" not in tags and "catalog" not in asker.get(THREE).headers["surrogate-key"].split()
    assert first.headers["cache-tag"].split(",") == tags
    second, third = asker.get(PAIR), asker.get(PAIR)
    assert first.content == second.content == third.content
    assert first.headers["etag"].strip('"').split("-")[0] == third.headers["etag"].strip('"').split("-")[0]
    again = asker.get(PAIR, headers={"If-None-Match": third.headers["etag"]})
    assert again.status_code == 304 and not again.content


def test_another_catalog_makes_other_pages() -> None:
    """What is kept is of one version."""
    shelf = Shelf(seeded.catalog())
    asker = Client(CareerGraph(Config.of(pages=True, poll_seconds=0), open_catalogs=lambda _: shelf).asgi())
    before = [asker.get(PAIR).text for _ in range(3)][-1]
    career = replace(shelf.published.careers["ai-model-routing-engineer"], title={"en": "Router of Models"})
    careers = MappingProxyType(dict(shelf.published.careers) | {career.slug: career})
    shelf.published = replace(shelf.published, version=2, careers=careers)
    assert "Router of Models" not in before and "Router of Models" in asker.get(PAIR).text


def _left(asker: Client, path: str) -> int:
    """What is left of the allowance after a page, as the next one says that no cache may keep."""
    asker.get(path)
    return int(asker.get("/careers/plumbre").headers["ratelimit"].split("r=")[1].split(";")[0])


def test_pages_are_charged_as_their_operations_are() -> None:
    """Whoever has used up the allowance gets a page that says so, and when to come again."""
    asker = client(rate_limit=20_000)
    before, after = (_left(asker, path) for path in ("/careers/plumbre", "/compare/actuary-vs-plumber"))
    assert before - after > 100, "a page costs what its operations cost"
    statuses = [asker.get(f"/careers/{slug}").status_code for slug in [*seeded.catalog().careers] * 3]
    assert statuses[0] == 200 and statuses[-1] == 429
    last = asker.get("/careers/plumber")
    assert last.status_code == 429 and int(last.headers["retry-after"]) > 0 and "RATE_LIMITED" in last.text


def test_an_operation_that_costs_too_much_is_no_fault() -> None:
    """An installation may allow less than a page needs; the page says so with its code."""
    response = client(max_cost=50).get(PAIR)
    assert response.status_code == 400 and "TOO_COSTLY" in response.text


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_only_reading(method: str) -> None:
    """Pages answer GET and HEAD."""
    response = client().request(method, PAIR)
    assert response.status_code == 405 and response.headers["allow"] == "GET, HEAD, OPTIONS"
    head = client().request("HEAD", PAIR)
    assert head.status_code == 200 and not head.content and int(head.headers["content-length"]) > 1000


def test_they_are_off_in_a_mounted_app_unless_it_says_so() -> None:
    """A host has pages of its own."""
    plain = Client(CareerGraph(Config(), open_catalogs=lambda _: Shelf(seeded.catalog())).asgi())
    assert plain.get("/compare").status_code == 404 and plain.get("/").status_code == 200


def test_a_host_overrides_file_by_file(tmp_path: Path) -> None:
    """A template, an operation, the custom properties: what is in the folder stands in for ours, the rest stays."""
    for name in ("templates", "operations", "static"):
        (tmp_path / name).mkdir()
    (tmp_path / "static" / "theme.css").write_text(":root { --mark: #b7e4c7; }")
    (tmp_path / "static" / "logo.svg").write_text("<svg/>")
    (tmp_path / "templates" / "layout.html").write_text(
        '{% extends "ours/layout.html" %}{% block foot %}<p>Run by Example Ltd</p>{% endblock %}'
    )
    asker = client(pages_folder=str(tmp_path))
    html = asker.get("/careers/plumber").text
    assert "Run by Example Ltd" in html and '<h2 id="figures">' in html
    theme = re.search(r'href="\.\./(_careergraph/pages/theme\.css\?v=\w+)"', html)
    assert theme is not None and asker.get("/" + theme[1]).text == ":root { --mark: #b7e4c7; }"
    assert asker.get("/_careergraph/pages/logo.svg").headers["content-type"] == "image/svg+xml"
    assert asker.get("/_careergraph/pages/..%2ftemplates%2flayout.html").status_code == 404


def test_a_folder_that_cannot_be_used_is_named_at_the_start(tmp_path: Path) -> None:
    """One that is not there, which would change nothing; a slip in a template, with its line; another encoding."""
    with pytest.raises(ConfigProblem, match=r"pages_folder is '.*/nowhere', and there is no such folder$"):
        client(pages_folder=str(tmp_path / "nowhere"))
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "layout.html").write_text("{% block foot %}\n{% endblok %}")
    with pytest.raises(ConfigProblem, match=r"templates/layout\.html:2: .*endblok"):
        client(pages_folder=str(tmp_path))
    (tmp_path / "templates" / "layout.html").write_bytes("Übersicht".encode("latin-1"))
    with pytest.raises(ConfigProblem, match=r"templates/layout\.html: it is not in UTF-8$"):
        client(pages_folder=str(tmp_path))


def test_files_are_kept_for_ever_by_their_digest() -> None:
    """And never under a wrong one."""
    asker = client()
    address = re.search(r'href="(_careergraph/pages/site\.css\?v=\w+)"', asker.get("/").text)
    assert address is not None
    assert "immutable" in asker.get("/" + address[1]).headers["cache-control"]
    assert asker.get("/_careergraph/pages/site.css?v=0").headers["cache-control"] == "no-cache"


def test_below_a_prefix() -> None:
    """Mounted, or as routes of a host: links are relative, so all of them hold."""

    app = Starlette(routes=[Mount("/jobs", site().asgi())])
    html = Client(app).get("/jobs" + PAIR).text
    assert 'href="../_careergraph/pages/site.css' in html
    assert Client(app).get("/jobs/_careergraph/pages/site.css").status_code == 200

    async def own(request: object) -> PlainTextResponse:
        return PlainTextResponse("the host's own")

    host = Client(Starlette(routes=[*site().routes(), Route("/api/careers", own)]))
    assert host.get("/careers").status_code == 200
    assert host.get("/api/careers").text == "the host's own", "a word of three letters is no language"


def test_a_preview_is_for_who_has_its_token() -> None:
    """A page with the header of a preview is never kept; a wrong token is refused."""
    response = client().get(PAIR, headers={"X-Careergraph-Preview": "cgp_nope"})
    assert response.status_code in (403, 503) and response.headers["cache-control"] == "no-store"
    assert "X-Careergraph-Preview" in client().get(PAIR).headers["vary"]


def test_no_page_waits_for_what_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the pairs of a large catalog are ranked, pages come without what follows from it, and are not kept."""
    careergraph = site()
    asker = Client(careergraph.asgi())
    paths = ("/", PAIR, "/compare/actuary-vs-plumber", "/careers/plumber", "/categories/healthcare")
    whole = {path: asker.get(path) for path in paths}
    monkeypatch.setattr(careergraph.catalog_holder, "is_preparing", lambda catalog: True)
    monkeypatch.setattr(visit, "SMALL", 0)
    fresh = Client(careergraph.asgi())
    monkeypatch.setattr(careergraph.catalog_holder, "_poll_seconds", 0)
    for path in paths:
        page = fresh.get(path + "?x=1" if path == "/" else path + "?")
        assert page.status_code == 200
        if page.content != whole[path].content:
            assert page.headers["cache-control"] == "no-store"
    brief = fresh.get("/compare/actuary-vs-librarian")
    assert brief.headers["cache-control"] == "no-store" and '<h2 id="conclusion">' in brief.text
    monkeypatch.undo()
    assert "public" in fresh.get("/compare/actuary-vs-librarian").headers["cache-control"]
