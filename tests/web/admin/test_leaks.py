"""The admin's addresses tell nothing to who may not know, and show what was stored as text, whatever was stored."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from careergraph.editorial.access.actor import Role, Scope
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.verbs.access.tokens import create_token
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.documents.documents import key_of
from careergraph.store.documents.rows import read_all
from careergraph.web.admin.site import SCREENS
from web.admin.conftest import signed_in
from web.admin.person import Person
from web.editing import SAVE, Newsroom, data, key, standing
from web.secretive import EDITOR, MARK, NEW, SECRET, Twins, twins

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7331 * 7 }}javascript:alert(1)"
FILE = "<img src=x onerror=alert(1)>.csv"
SCRIPT = {"X-Careergraph-Admin": "part"}
QUEUES = ("review", "schedules", "drafts", "links", "unsourced", "stale", "undated", "missing", "texts", "deliveries")


@pytest.fixture(scope="module")
def both(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Twins:
    return twins(seeded_file, tmp_path_factory.mktemp("twins"))


def addresses(keys: list[tuple[str, str]]) -> list[str]:
    """Every screen, of documents, releases and imports that there are, and with the secret as a filter."""
    fill = {"queue": "drafts", "number": "1", "type": "career", "slug": NEW, "verb": "publish"}
    plain = [re.sub(r"\{(\w+)\}", lambda match: fill[match[1]], path) for path in SCREENS]
    below = ("", "/changes", "/history?to=1", "/past?number=1", "/actions", "/impact", "/replace", "/preview")
    of_documents = [f"documents/{name}/{slug}{part}" for name, slug in keys for part in below]
    more = [f"queues/{name}" for name in QUEUES]
    more += [f"documents/{name}?text={MARK}" for name in sorted({name for name, _ in keys})]
    more += [f"releases/{SECRET}-release", f"releases/{SECRET}-release/impact", f"find?text={MARK}"]
    return [*plain, *of_documents, *more, f"suggest?type=career&text={MARK}", f"audit?actor={EDITOR.name}"]


def some_of(both: Twins) -> list[tuple[str, str]]:
    """Of each type a document that is live with a secret draft, and one that is a secret itself."""
    chosen = {(name, NEW in slug): (name, slug) for name, slug in both.secrets}
    return sorted(chosen.values())


def test_nobody_learns_of_drafts_without_signing_in(both: Twins) -> None:
    drafted, bare = (Newsroom(connect(url), admin_path="/admin", pages=True) for url in (both.drafted, both.bare))
    for path in addresses(some_of(both)):
        for headers in ({}, SCRIPT):
            answers = [Person(newsroom.app).get(path, **headers) for newsroom in (drafted, bare)]
            seen = [(each.status_code, each.headers.get("location"), each.text) for each in answers]
            assert seen[0] == seen[1] and seen[0][0] in (303, 401), path
    for newsroom in (drafted, bare):
        newsroom.close()


def test_a_scope_holds_on_every_screen(both: Twins) -> None:
    """Who may see pairs alone finds no secret of anything else; who may see everything finds each of them."""
    newsroom = Newsroom(connect(both.drafted), admin_path="/admin", pages=True)
    with transaction(newsroom.engine) as session:
        narrow = create_token(session, EDITOR, "narrow", Role.EDITOR, scope=Scope.of(types=["pair"])).secret
    person, whole = Person(newsroom.app), Person(newsroom.app)
    person.sign_in(narrow)
    whole.sign_in(both.token)
    chosen = some_of(both)
    others = {secret for (name, _), secret in both.secrets.items() if name != "pair"}
    for path in addresses(chosen):
        response = person.get(path)
        assert {secret for secret in others if secret in response.text} == set(), path
        if path.startswith("documents/") and not path.startswith("documents/pair"):
            assert response.status_code == 404, path
    forms = "".join(whole.get(f"documents/{name}/{slug}").text for name, slug in chosen)
    assert {key for key in chosen if both.secrets[key] not in forms} == set()
    newsroom.close()


def test_what_is_stored_stays_text_on_every_screen(newsroom: Newsroom, editor: Person) -> None:
    """A draft of each type has markup in every text, and so have its release, comment, note and preview."""
    author, chief = newsroom.client(Role.AUTHOR), newsroom.client(Role.EDITOR)
    with reading(newsroom.engine) as session:
        live = {key_of(each)[0]: (key_of(each), plain(each)) for each in read_all(session)}
    data(chief, OPEN, slug="hostile", title=HOSTILE)
    paths = [
        "",
        "releases",
        "releases/hostile",
        "releases/hostile/impact",
        "audit",
        "find?text=script",
        "queues/drafts",
    ]
    for (type_name, slug), body in live.values():
        base = standing(author, type_name.upper(), slug)["revision"]
        saved = data(author, SAVE, type=type_name.upper(), document=spoilt(body), base=base, note=HOSTILE)
        assert saved["__typename"] == "SavedDraft", (type_name, saved)
        data(author, COMMENT, type=type_name.upper(), slug=slug, base=saved["revision"], text=HOSTILE)
        data(chief, ADD, release="hostile", documents=[key(type_name.upper(), slug)])
        below = ("", "/changes", "/history?from=1&to=2", "/past?number=2", "/actions", "/replace", "/preview")
        paths += [f"documents/{type_name}", *[f"documents/{type_name}/{slug}{part}" for part in below]]
    admin = signed_in(newsroom, Role.ADMIN)
    own = {"csrf": admin.csrf, "name": HOSTILE[:90]}
    slug = next(slug for name, slug in (each for each, _ in live.values()) if name == "career")
    base = str(standing(author, "CAREER", slug)["revision"])
    verbs = f"documents/career/{slug}/"
    for path, fields in (
        ("settings/tokens", own | {"do": "create", "role": "VIEWER"}),
        ("settings/previews", own | {"do": "create", "type": "career", "slug": slug, "base": base, "days": "1"}),
        ("saved/career", own | {"text": HOSTILE}),
        (verbs + "submit", own | {"base": base, "note": HOSTILE}),
        (verbs + "send-back", own | {"base": base, "note": HOSTILE}),
    ):
        assert admin.post(path, fields).status_code in (200, 303), path
    hostile = {
        "tables": (
            FILE,
            b"career,attribute,value,unit,source\n<script>alert(1)</script>,<script>alert(1)</script>,1,x,y\n",
        )
    }
    assert admin.upload("imports", {"csrf": admin.csrf, "kind": "FIGURES"}, hostile).status_code == 303
    paths += [
        "imports",
        "imports/1",
        "settings/tokens",
        "settings/previews",
        verbs + "impact",
        f"documents/career?text={quote(HOSTILE)}",
    ]
    seen = 0
    for path in paths:
        text = admin.get(path).text
        seen += "alert(1)" in text
        for bad in ("<script>alert", "<img src=x", "51317", 'href="javascript:', "onerror=alert(1)>"):
            assert bad not in text, (path, bad)
    assert seen > len(live) * 2, "the markup did come to the screens"


OPEN = "mutation($slug: String!, $title: String!) { openRelease(slug: $slug, title: $title) { __typename } }"
ADD = """mutation($release: String!, $documents: [DocumentBaseInput!]!) {
  addToRelease(release: $release, documents: $documents) { __typename } }"""
COMMENT = """mutation($type: DocumentType!, $slug: String!, $base: Int!, $text: String!) {
  addComment(type: $type, slug: $slug, base: $base, text: $text) { __typename } }"""


def spoilt(body: Any) -> Any:
    """A document with markup in each of its localized texts."""
    if isinstance(body, list):
        return [spoilt(each) for each in body]
    if not isinstance(body, dict):
        return body
    return {name: HOSTILE if is_text(name, value) else spoilt(value) for name, value in body.items()}


def is_text(name: str, value: Any) -> bool:
    """Whether a field is a text in a language."""
    return name in ("en", "de") and isinstance(value, str)
