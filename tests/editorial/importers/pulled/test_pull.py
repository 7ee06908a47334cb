"""`careergraph pull`: the same careers from four vendors, again and again, and what is refused on the way."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from careergraph.editorial.importers.pulled import fetch, pull
from careergraph.editorial.importers.pulled.flatten import tables_of
from careergraph.editorial.importers.pulled.vendors import VENDORS
from careergraph.store.editing.drafts import drafts
from editorial.importers.pulled.cms import CAREERS, Cms, Query, contentful, directus, payload, serving, strapi
from editorial.importers.sampling import invoke
from editorial.verbs.desk import Desk

SOURCE = {"slug": "our-cms", "title": "Our CMS", "publisher": "We", "kind": "EDITORIAL", "vintage": "1"}
FIGURES = {"unit": "USD/YEAR", "basis": "POSTED"}
ADDRESSES: dict[str, tuple[Callable[[Cms, Query], Any], str]] = {
    "strapi": (strapi, "/api/careers?populate=*&locale=*"),
    "directus": (directus, "/items/careers?fields=*.*.*"),
    "contentful": (contentful, "/spaces/s/environments/master/entries?content_type=career"),
    "payload": (payload, "/api/careers"),
}


def figures(file: str, ident: str, low: str, high: str, **more: Any) -> dict[str, Any]:
    columns = {"occupation": ident, "lowEnd": low, "highEnd": high}
    return {"of": "figures", "file": file, "attribute": "salary", "columns": columns, "constants": FIGURES, **more}


MAPS: dict[str, list[dict[str, Any]]] = {
    "strapi": [
        *(
            {
                "of": "occupations",
                "file": "careers",
                "language": language,
                "where": {"locale": language},
                "columns": {
                    "id": "documentId",
                    "title": "title",
                    "summary": "summary",
                    "category": {"en": "field.name"},
                },
            }
            for language in ("en", "de")
        ),
        {"of": "skills", "file": "careers.skills", "columns": {"id": "documentId", "name": "name"}},
        {
            "of": "occupation-skills",
            "file": "careers.skills",
            "columns": {"occupation": "parent.documentId", "skill": "documentId"},
        },
        figures("careers", "documentId", "low", "high", where={"locale": "en"}),
    ],
    "directus": [
        {"of": "occupations", "file": "careers", "columns": {"id": "id", "category": {"en": "field.name"}}},
        *(
            {
                "of": "occupations",
                "file": "careers.translations",
                "language": code[:2],
                "where": {"languages_code": code},
                "columns": {"id": "parent.id", "title": "title", "summary": "summary"},
            }
            for code in ("en-US", "de-DE")
        ),
        {"of": "skills", "file": "careers.skills", "columns": {"id": "skills_id.id", "name": "skills_id.name"}},
        {
            "of": "occupation-skills",
            "file": "careers.skills",
            "columns": {"occupation": "parent.id", "skill": "skills_id.id"},
        },
        figures("careers", "id", "low", "high"),
    ],
    "contentful": [
        {
            "of": "occupations",
            "file": "career",
            "columns": {
                "id": "id",
                "title": {"en": "title.en-US", "de": "title.de"},
                "summary": {"en": "summary.en-US", "de": "summary.de"},
                "category": {"en": "field.en-US"},
            },
        },
        {"of": "skills", "file": "career.skills.en-US", "columns": {"id": "id", "name": "name.en-US"}},
        {
            "of": "occupation-skills",
            "file": "career.skills.en-US",
            "columns": {"occupation": "parent.id", "skill": "id"},
        },
        figures("career", "id", "low.en-US", "high.en-US"),
    ],
    "payload": [
        {
            "of": "occupations",
            "file": "careers",
            "columns": {
                "id": "id",
                "title": {"en": "title.en", "de": "title.de"},
                "summary": {"en": "summary.en", "de": "summary.de"},
                "category": {"en": "field.name"},
            },
        },
        {"of": "skills", "file": "careers.skills", "columns": {"id": "id", "name": "name"}},
        {"of": "occupation-skills", "file": "careers.skills", "columns": {"occupation": "parent.id", "skill": "id"}},
        figures("careers", "id", "pay.low", "pay.high"),
    ],
}


@pytest.fixture
def mapping(tmp_path: Path) -> Callable[[str], Path]:
    def write(vendor: str) -> Path:
        path = tmp_path / f"{vendor}.json"
        path.write_text(json.dumps({"importer": "our-cms", "source": SOURCE, "tables": MAPS[vendor]}))
        return path

    return write


def run_pull(desk: Desk, vendor: str, source: object, mapping: Path, *options: str) -> Result:
    database = desk.engine.url.render_as_string(hide_password=False)
    return invoke("pull", vendor, source, "--mapping", mapping, *options, "--database", database)


def pulled(*arguments: Any) -> str:
    result = run_pull(*arguments)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.mark.parametrize("vendor", ADDRESSES)
def test_careers_come_over_and_later_what_changed(
    desk: Desk, vendor: str, mapping: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page is read, what is a draft there is not, and a second pull changes nothing but the differences."""
    monkeypatch.setenv("CAREERGRAPH_WEBHOOK_PRIVATE", "127.0.0.1")
    monkeypatch.setenv("CAREERGRAPH_PULL_TOKEN", "the-token")
    answer, path = ADDRESSES[vendor]
    with serving(answer) as cms:
        source = cms.url + path
        text = pulled(desk, vendor, source, mapping(vendor), "--publish")
        assert "career: 2 new" in text and "skill: 1 new" in text
        assert all(of in text for of in ("occupations", "skills", "figures", "occupation skills"))
        career = desk.live(("career", "tide-keeper"))
        assert career["title"] == {"en": "Tide keeper", "de": "Gezeitenwart"}
        assert career["summary"] == {"en": "Watches the tides.", "de": "Achtet auf die Gezeiten."}
        ident = "1" if vendor == "payload" else "c1"
        assert (career["category"], career["externalIds"]) == ("healthcare", [{"scheme": "our-cms", "id": ident}])
        (salary,) = career["values"]
        assert (salary["low"], salary["high"], salary["source"]) == (40_000, 60_000, "our-cms")
        assert career["skills"][0]["concepts"][0]["skill"] == "reading-clouds"
        assert set(cms.tokens) == {"users API-Key the-token" if vendor == "payload" else "Bearer the-token"}
        assert "Nothing changed." in pulled(desk, vendor, source, mapping(vendor))
        cms.careers[1] = (*CAREERS[1][:3], "Bottles morning fog.", *CAREERS[1][4:])
        text = pulled(desk, vendor, source, mapping(vendor))
        assert "career: 1 changed" in text and "holds 1 drafts" in text
        assert [it.key for it in desk.look(drafts)] == [("career", "fog-bottler")]


def test_what_an_export_has(desk: Desk, tmp_path: Path, mapping: Callable[[str], Path]) -> None:
    """A file: what an address answers, an export of Contentful with its drafts, lines of `strapi export`."""
    entries = contentful(Cms(), {"skip": "0"})["items"] + contentful(Cms(), {"skip": "1"})["items"]
    draft = {**entries[1], "sys": {**entries[1]["sys"], "id": "c3", "version": 3}}
    skill = {
        "sys": {"id": "s1", "contentType": {"sys": {"id": "skill"}}},
        "fields": {"name": {"en-US": "Reading clouds"}},
    }
    export = tmp_path / "export.json"
    export.write_text(json.dumps({"contentTypes": [], "entries": [*entries, draft, skill], "assets": []}))
    assert "career: 2 new" in pulled(desk, "contentful", export, mapping("contentful"), "--dry-run")
    lines = tables_of(
        (kind or "", entry)
        for kind, entry in VENDORS["strapi"].read(
            [{"type": "api::career.career", "id": 4, "data": {"title": "A", "publishedAt": "2026"}}], {}
        )
    )
    assert lines == {"career": [{"id": "4", "title": "A", "publishedAt": "2026"}]}


def test_relations_of_strapi_4_are_read_as_those_of_5() -> None:
    relation = {"data": [{"id": 7, "attributes": {"name": "Reading clouds", "icon": {"data": None}}}]}
    ((_, entry),) = VENDORS["strapi"].read([{"id": 1, "attributes": {"title": "A", "skills": relation}}], {})
    assert entry == {"id": 1, "title": "A", "skills": [{"id": 7, "name": "Reading clouds", "icon": None}]}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (302, "answered 302; redirects are not followed"),
        (401, "answered 401; is the token in CAREERGRAPH_PULL_TOKEN one that may read it?"),
        (b"<html>", "the answer is no JSON"),
        (b"[" * 100_000, "the answer is no JSON"),
        ({"items": []}, "the answer has no list docs"),
        ({"docs": []}, "there is no published entry"),
        ({"docs": [{"id": 1}], "hasNextPage": True}, "there are more than 3 pages"),
        (b" " * 2000, "more than"),
    ],
)
def test_a_bad_answer_is_refused(
    desk: Desk, mapping: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, answer: Any, words: str
) -> None:
    """One line says what was wrong, without the token; nothing is saved."""
    monkeypatch.setenv("CAREERGRAPH_WEBHOOK_PRIVATE", "127.0.0.1")
    monkeypatch.setenv("CAREERGRAPH_PULL_TOKEN", "the-token")
    monkeypatch.setattr(pull, "MAX_PAGES", 3)
    monkeypatch.setattr(fetch, "MAX_PAGE_BYTES", 1000 if answer == b" " * 2000 else fetch.MAX_PAGE_BYTES)
    with serving(lambda cms, query: answer) as cms:
        result = run_pull(desk, "payload", f"{cms.url}/api/careers?access_token=in-the-address", mapping("payload"))
    text = " ".join(result.stderr.split())
    assert result.exit_code == 1 and words in text, result.output
    assert "the-token" not in result.output and "in-the-address" not in result.output
    assert desk.look(drafts) == ()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("http://127.0.0.1:1/api/careers", "127.0.0.1 is a private address"),
        ("https://169.254.169.254/api/careers", "169.254.169.254 is a private address"),
        ("https://user:secret@cms.example/api/careers", "must hold no user, no password"),
        ("nowhere.json", "cannot be read"),
    ],
)
def test_a_bad_source_is_refused(desk: Desk, mapping: Callable[[str], Path], source: str, words: str) -> None:
    """Addresses are under the rules of webhooks."""
    result = run_pull(desk, "payload", source, mapping("payload"))
    assert result.exit_code == 1 and words in " ".join(result.stderr.split()), result.output
    assert "secret" not in result.output


def test_a_field_that_is_not_there_is_named(desk: Desk, tmp_path: Path, mapping: Callable[[str], Path]) -> None:
    file = tmp_path / "careers.json"
    file.write_text(json.dumps(payload(Cms(), {"page": "1"})))
    path = mapping("payload")
    path.write_text(path.read_text().replace("summary.de", "sumary.de"))
    result = run_pull(desk, "payload", file, path)
    assert "has no column 'sumary.de'; did you mean 'summary.de'?" in " ".join(result.stderr.split())
