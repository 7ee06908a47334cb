"""Imports and settings: a file comes in, is tried and applied; tokens, endpoints, previews, the audit, and rights."""

import re

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.worker.worker import Worker
from web.admin.conftest import signed_in
from web.admin.person import OWN, Person
from web.editing import Newsroom, edit, standing

FIGURES = b"""career,attribute,value,unit,source,date
data-scientist,demand-score,9.7,points,editorial-estimate,2026
"""


@pytest.fixture(scope="module")
def admin(newsroom: Newsroom) -> Person:
    """Somebody who is signed in as an administrator."""
    return signed_in(newsroom, Role.ADMIN)


def work(newsroom: Newsroom) -> None:
    """Do what a worker would."""
    Worker(newsroom.engine, imports=newsroom.careergraph.config.imports.parse()).import_due()


@pytest.mark.usefixtures("forked_imports")
def test_a_table_is_tried_and_applied(newsroom: Newsroom, editor: Person) -> None:
    token = {"csrf": editor.csrf}
    assert editor.get("imports").status_code == 200
    refused = editor.upload("imports", token | {"kind": "FIGURES"}, {"tables": ("../x.csv", b"")})
    assert refused.status_code == 422
    started = editor.upload("imports", token | {"kind": "FIGURES"}, {"tables": ("figures.csv", FIGURES)})
    assert started.status_code == 303, started.text
    path = started.headers["location"].partition("?")[0]
    waiting = editor.get(path)
    assert "Waiting" in waiting.text and waiting.headers["refresh"] == "5"
    work(newsroom)
    assert "figures.csv" in editor.get("imports").text
    page = editor.get(path)
    assert "refresh" not in page.headers and 'value="apply"' in page.text, page.text
    counts = dict(re.findall(r'view=(\w+)"[^>]*>[^<]*<span class="n">(\d+)</span>', page.text))
    assert sum(map(int, counts.values())) >= 1
    for view in counts:
        assert editor.get(f"{path}?view={view}", **{"Accept-Language": "de"}).status_code == 200
    applied = editor.post(path, token | {"do": "apply"})
    assert applied.status_code == 303, applied.text
    path = "imports/" + applied.headers["location"].partition("?")[0].rpartition("/")[2]
    work(newsroom)
    release = re.search(r'href="[^"]*(releases/[^"]+)"', editor.get(path).text[editor.get(path).text.index("<main") :])
    assert release is not None and "Data Scientist" in editor.get(release[1]).text
    late = editor.upload("imports", token | {"kind": "FIGURES"}, {"tables": ("figures.csv", FIGURES)})
    path = late.headers["location"].partition("?")[0]
    assert editor.post(path, token | {"do": "cancel"}).status_code == 303
    assert "Cancelled" in editor.get(path).text
    assert standing(newsroom.client(Role.VIEWER), "CAREER", "data-scientist")["draft"]


@pytest.mark.usefixtures("forked_imports")
def test_a_problem_names_its_file_once(newsroom: Newsroom, editor: Person) -> None:
    bad = FIGURES.replace(b"9.7", b"much")
    started = editor.upload("imports", {"csrf": editor.csrf, "kind": "FIGURES"}, {"tables": ("figures.csv", bad)})
    work(newsroom)
    page = editor.get(started.headers["location"].partition("?")[0]).text
    assert "<li><b>figures.csv:2</b>: <b>value</b>: is not a number</li>" in page


def test_forged_and_oversized_uploads_are_refused(newsroom: Newsroom, editor: Person) -> None:
    author = signed_in(newsroom, Role.AUTHOR)
    files = {"tables": ("figures.csv", FIGURES)}
    assert author.get("imports").status_code == 404 and 'imports"' not in author.get("settings/roles").text
    assert author.upload("imports", {"csrf": author.csrf, "kind": "FIGURES"}, files).status_code == 404
    assert Person(newsroom.app).upload("imports", {"kind": "FIGURES"}, files).status_code == 401
    assert editor.upload("imports", {"csrf": "0" * 64, "kind": "FIGURES"}, files).status_code == 403
    assert editor.upload("account", {"csrf": editor.csrf}, files).status_code == 415
    broken = OWN | {"Content-Type": "multipart/form-data; boundary=x"}
    assert editor.post("imports", {"csrf": editor.csrf}, broken).status_code == 400


def test_a_token_is_shown_once_and_revoked(newsroom: Newsroom, admin: Person) -> None:
    fields = {"csrf": admin.csrf, "do": "create", "name": "site <b>", "role": "AUTHOR", "types": "skill"}
    created = admin.post("settings/tokens", fields)
    secret = re.search(r'id="secret"[^>]*value="([^"]+)"', created.text)
    assert created.status_code == 200 and secret is not None and "site &lt;b&gt;" in created.text
    listed = admin.get("settings/tokens?text=site").text
    assert secret[1] not in listed and "site &lt;b&gt;" in listed and "<b>…" not in listed
    person = Person(newsroom.app)
    person.sign_in(secret[1])
    assert "documents/career" not in person.get("").text
    prefix = re.search(r'name="prefix" value="([^"]+)"', listed)
    assert prefix is not None
    revoked = admin.post("settings/tokens", {"csrf": admin.csrf, "do": "revoke", "prefix": prefix[1]})
    assert revoked.status_code == 303 and person.get("account").status_code == 303
    assert admin.post("settings/tokens", {**fields, "csrf": admin.csrf, "name": ""}).status_code == 422


def test_endpoints_previews_roles_and_the_audit(newsroom: Newsroom, admin: Person) -> None:
    token = {"csrf": admin.csrf}
    bad = admin.post("settings/endpoints", token | {"url": "http://127.0.0.1:1/hook", "events": "draft.approved"})
    assert bad.status_code == 422 and 'value="draft.approved" checked> A draft was approved' in bad.text
    added = admin.post("settings/endpoints", token | {"url": "https://192.0.2.1/hook"})
    if added.status_code == 200:
        assert 'id="secret"' in added.text
        path = re.search(r'href="[^"]*(settings/endpoints/\d+)"', added.text)
        assert path is not None
        for do in ("pause", "resume"):
            assert admin.post(path[1], token | {"do": do}).status_code == 303, do
        edit(newsroom.client(Role.AUTHOR), "CAREER", "musician", category="data")
        base = str(standing(newsroom.client(Role.VIEWER), "CAREER", "musician")["revision"])
        admin.post("documents/career/musician/comment", token | {"base": base, "note": "Sure?"})
        assert "A comment was added" in admin.get(path[1]).text
        assert admin.post(path[1], token | {"do": "rotate"}).status_code == 200
        assert admin.post(path[1], token | {"do": "redeliver", "event": "999999"}).status_code == 422
        assert admin.post(path[1], token | {"do": "remove"}).status_code == 303
    for path_of_screen in ("settings/endpoints", "settings/previews", "settings/roles", "audit"):
        for language in ("en", "de"):
            assert admin.get(path_of_screen, **{"Accept-Language": language}).status_code == 200
    assert admin.post("settings/previews", token | {"prefix": "none"}).status_code == 422
    entries = admin.get("audit?verb=create-token&since=2020-01-01&until=nonsense").text
    assert "create-token" in entries and "Nothing matches" not in entries
    assert "Nothing matches" in admin.get("audit?actor=nobody").text


def test_settings_are_for_administrators(newsroom: Newsroom, editor: Person) -> None:
    home = editor.get("settings/roles").text
    for path in ("settings/tokens", "settings/endpoints", "audit"):
        assert f'{path}"' not in home and editor.get(path).status_code == 404, path
        assert editor.post(path, {"csrf": editor.csrf, "name": "x", "role": "ADMIN", "do": "create"}).status_code == 404
    assert signed_in(newsroom, Role.VIEWER).get("settings/previews").status_code == 404
