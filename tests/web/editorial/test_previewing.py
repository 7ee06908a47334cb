"""Previews over HTTP: every public query reads as if the drafts were published, for the bearer of the token only."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect, transaction
from careergraph.store.tables.editing import TokenRow
from web.client import Client
from web.editing import PREVIEW, PUBLISH, RELEASE_STATE, SAVE, TOMORROW, Newsroom, codes, data, edit, key, standing

ACCOUNTANT = key("CAREER", "accountant")
PAGE = """{ career(slug: "accountant") { id title } comparison(a: "actuary", b: "accountant") { id title }
  search(text: "bean counter", first: 3) { matched } careers(first: 100) { totalCount edges { node { title } } }
  catalog { version careers preview { expiresAt } } }"""


@pytest.fixture
def newsroom(sqlite_url: str) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    yield Newsroom(engine, poll_seconds=30)
    engine.dispose()


@pytest.fixture
def author(newsroom: Newsroom) -> Client:
    return newsroom.client(Role.AUTHOR)


def given_out(client: Client, **selection: Any) -> Any:
    if "release" in selection:
        selection["state"] = data(client, RELEASE_STATE, slug=selection["release"])["release"]["state"]
    preview = data(client, PREVIEW, expires=TOMORROW.isoformat(), **selection)
    assert preview["__typename"] == "CreatedPreview", preview
    return preview


def ask_for_page(client: Client, query: str = PAGE, **headers: str) -> httpx.Response:
    return client.post("/graphql", json={"query": query}, headers=headers)


def test_a_preview_shows_the_drafts_in_every_part_and_is_marked(newsroom: Newsroom, author: Client) -> None:
    before = ask_for_page(newsroom.public).json()["data"]
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"})
    created = given_out(author, documents=[ACCOUNTANT])
    response = ask_for_page(newsroom.previewing(created["secret"]))
    answer = response.json()["data"]
    assert answer["career"]["title"] == "Bean counter"
    assert answer["comparison"]["title"] == "Actuary vs Bean counter"
    assert answer["search"][0]["matched"] == "Bean counter"
    assert "Bean counter" in [it["node"]["title"] for it in answer["careers"]["edges"]]
    assert answer["catalog"]["preview"] == {"expiresAt": TOMORROW.isoformat().replace("+00:00", "Z")}
    assert response.headers["x-careergraph-preview"] == created["preview"]["prefix"]
    assert response.headers["cache-control"] == "no-store"
    assert "X-Careergraph-Preview" in response.headers["vary"]
    assert not {"etag", "surrogate-key", "cache-tag"} & set(response.headers)
    assert ask_for_page(newsroom.public).json()["data"] == before


def test_public_answers_and_those_of_a_preview_never_mix(newsroom: Newsroom, author: Client) -> None:
    """In any order, kept or not, over GET and POST, with the validator of one given for the other."""
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"})
    preview = newsroom.previewing(given_out(author, documents=[ACCOUNTANT])["secret"])
    query = '{ career(slug: "accountant") { title } }'
    public = [ask_for_page(newsroom.public, query) for _ in range(3)]
    for _ in range(3):
        for client, title in ((preview, "Bean counter"), (newsroom.public, "Accountant")):
            for response in (ask_for_page(client, query), client.get("/graphql", params={"query": query})):
                assert response.json() == {"data": {"career": {"title": title}}}
    validator = {"If-None-Match": public[-1].headers["etag"]}
    assert newsroom.public.get("/graphql", params={"query": query}, headers=validator).status_code == 304
    assert preview.get("/graphql", params={"query": query}, headers=validator).status_code == 200


def test_an_id_of_a_preview_is_good_in_it_alone(newsroom: Newsroom, author: Client) -> None:
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"})
    preview = newsroom.previewing(given_out(author, documents=[ACCOUNTANT])["secret"])
    other = newsroom.previewing(given_out(author, documents=[ACCOUNTANT])["secret"])
    ids = [data(it, '{ career(slug: "accountant") { id } }')["id"] for it in (preview, newsroom.public)]
    fetch = "query($id: ID!) { node(id: $id) { ... on Career { title } } }"
    assert data(preview, fetch, id=ids[0]) == {"title": "Bean counter"}
    assert data(newsroom.public, fetch, id=ids[1]) == {"title": "Accountant"}
    for client, id in ((newsroom.public, ids[0]), (other, ids[0]), (preview, ids[1])):
        assert codes(client, fetch, id=id) == ["BAD_ID"]


def test_a_preview_has_no_past(newsroom: Newsroom, author: Client) -> None:
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"})
    preview = newsroom.previewing(given_out(author, documents=[ACCOUNTANT])["secret"])
    query = 'query($at: DateTime!) { career(slug: "accountant", asOf: $at) { title } }'
    assert codes(preview, query, at=datetime.now(UTC).isoformat()) == ["AS_OF_IN_PREVIEW"]


def test_a_release_is_previewed_as_it_stands(newsroom: Newsroom, author: Client) -> None:
    """With whatever it holds when it is looked at, also what is new, and what refers to what is new."""
    editor = newsroom.client(Role.EDITOR)
    data(editor, 'mutation { openRelease(slug: "may", title: "May") { __typename } }')
    preview = newsroom.previewing(given_out(author, release="may")["secret"])
    beekeeper = 'query { career(slug: "beekeeper") { title category { slug } } }'
    assert codes(preview, beekeeper) == ["UNKNOWN_CAREER"]
    live = standing(author, "CAREER", "accountant")["live"]
    data(author, SAVE, type="CATEGORY", document={"slug": "bees", "name": {"en": "Bees"}})
    data(author, SAVE, type="CAREER", document={**live, "slug": "beekeeper", "category": "bees"})
    add = """mutation($keys: [DocumentBaseInput!]!) {
      addToRelease(release: "may", documents: $keys) { ... on Rejected { problems { code } } } }"""
    data(author, add, keys=[key("CAREER", "beekeeper"), key("CATEGORY", "bees")])
    assert data(preview, beekeeper) == {"title": "Accountant", "category": {"slug": "bees"}}
    assert codes(newsroom.public, beekeeper) == ["UNKNOWN_CAREER"]
    out = "mutation($keys: [DocumentKeyInput!]!) { removeFromRelease(documents: $keys) { __typename } }"
    data(author, out, keys=[key("CATEGORY", "bees")])
    assert data(preview, 'query { career(slug: "beekeeper") { title category { name } } }') == {
        "title": "Accountant",
        "category": {"name": "[category]"},
    }


MARKS = """{ catalog { preview { mode newer { type slug } omitted { type slug }
  problems { code path message document { type slug } } } } }"""


def test_a_preview_names_what_is_missing_and_what_it_leaves_out(newsroom: Newsroom, author: Client) -> None:
    edit(author, "CAREER", "accountant", title={"de": "Zähler"}, category="nowhere")
    edit(author, "ATTRIBUTE", "salary", kind="NONE")
    documents = [ACCOUNTANT, key("ATTRIBUTE", "salary")]
    preview = newsroom.previewing(given_out(author, documents=documents)["secret"])
    marks = data(preview, MARKS)["preview"]
    assert [(it["code"], it["path"]) for it in marks["problems"]] == [
        ("BAD_CHOICE", "kind"),
        ("MISSING_TEXT", "title"),
        ("UNKNOWN_REFERENCE", "category"),
    ]
    assert marks["problems"][1]["document"] == ACCOUNTANT
    assert (marks["mode"], marks["omitted"], marks["newer"]) == ("FOLLOWING", [key("ATTRIBUTE", "salary")], [])
    assert data(preview, '{ career(slug: "accountant") { title } }') == {"title": "[title]"}
    assert data(newsroom.public, "{ catalog { preview { mode } } }") == {"preview": None}


def test_a_pinned_preview_stays_as_it_was_and_says_so(newsroom: Newsroom, author: Client) -> None:
    edit(author, "CAREER", "accountant", title={"en": "One"})
    created = given_out(author, documents=[ACCOUNTANT], mode="PINNED")
    assert created["preview"]["mode"] == "PINNED"
    pinned = newsroom.previewing(created["secret"])
    following = newsroom.previewing(given_out(author, documents=[ACCOUNTANT])["secret"])
    edit(author, "CAREER", "accountant", title={"en": "Two"})
    title = '{ career(slug: "accountant") { title } }'
    assert [data(it, title)["title"] for it in (pinned, following, newsroom.public)] == ["One", "Two", "Accountant"]
    marks = data(pinned, MARKS)["preview"]
    assert marks == {"mode": "PINNED", "newer": [ACCOUNTANT], "omitted": [], "problems": []}
    conflict = data(author, PREVIEW, documents=[{**ACCOUNTANT, "base": 2}], expires=TOMORROW.isoformat())
    assert conflict == {"__typename": "Conflict", "revision": 3}


def test_a_preview_has_an_address_on_each_site(newsroom: Newsroom) -> None:
    """With the path of its first document, or any other; the secret is in none without such a site."""
    sites = "web=https://site.example/api/draft?secret={token}&path={path} app=http://localhost:3000/?token={token}"
    room = Newsroom(newsroom.engine, preview_sites=sites)
    author = room.client(Role.AUTHOR)
    edit(author, "CAREER", "accountant", title={"en": "One"})
    web, app, none = (given_out(author, documents=[ACCOUNTANT], site=it) for it in (None, "app", "nowhere"))
    assert web["previewUrl"] == f"https://site.example/api/draft?secret={web['secret']}&path=%2Fcareers%2Faccountant"
    assert app["previewUrl"] == f"http://localhost:3000/?token={app['secret']}"
    assert none["previewUrl"] is None
    other = given_out(author, documents=[ACCOUNTANT], path="/de/x?y=1")
    assert other["previewUrl"].endswith("&path=%2Fde%2Fx%3Fy%3D1")
    of: dict[str, Any] = {"documents": [{**ACCOUNTANT, "base": 2}], "expires": TOMORROW.isoformat()}
    for path in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert codes(author, PREVIEW, path=path, **of) == ["BAD_USER_INPUT"]


def test_a_preview_ends_at_once(newsroom: Newsroom, author: Client) -> None:
    """Revoked, expired, made up, or a token for something else: one answer for all."""
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"})
    created, short = (given_out(author, documents=[ACCOUNTANT]) for _ in range(2))
    assert ask_for_page(newsroom.previewing(created["secret"])).status_code == 200
    revoke = "mutation($prefix: String!) { revokePreview(prefix: $prefix) { ... on PreviewToken { good } } }"
    assert data(author, revoke, prefix=created["preview"]["prefix"]) == {"good": False}
    with transaction(newsroom.engine) as session:
        past = datetime.now(UTC) - timedelta(seconds=1)
        session.execute(update(TokenRow).where(TokenRow.prefix == short["preview"]["prefix"]).values(expires_at=past))
    made_up = f"cg_{created['preview']['prefix']}_{64 * '0'}"
    access = newsroom.secret(Role.ADMIN)
    refused = [
        ask_for_page(newsroom.previewing(secret))
        for secret in (created["secret"], short["secret"], made_up, "x", access)
    ]
    assert {(it.status_code, it.text) for it in refused} == {(403, refused[0].text)}
    assert refused[0].json()["errors"][0]["extensions"] == {"code": "BAD_PREVIEW"}
    assert refused[0].headers["cache-control"] == "no-store"


def test_a_preview_follows_what_is_published_and_saved_meanwhile(newsroom: Newsroom, author: Client) -> None:
    """It is never of a moment before: neither of an older draft, nor over an older version."""
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"})
    preview = newsroom.previewing(given_out(author, documents=[ACCOUNTANT])["secret"])

    def titles() -> list[str]:
        careers = data(preview, "{ careers(first: 2) { edges { node { title } } } }")
        return [it["node"]["title"] for it in careers["edges"]]

    assert titles()[0] == "Actuary"
    edit(author, "CAREER", "accountant", title={"en": "Aaa counter"})
    assert titles() == ["Aaa counter", "Actuary"]
    editor = newsroom.client(Role.EDITOR)
    edit(editor, "CAREER", "actuary", title={"en": "Aab"})
    data(editor, PUBLISH, documents=[key("CAREER", "actuary")])
    assert titles() == ["Aaa counter", "Aab"]
    data(editor, PUBLISH, documents=[ACCOUNTANT])
    assert titles() == ["Aaa counter", "Aab"]


def test_what_a_preview_shows_is_bounded_by_who_gave_it_out(newsroom: Newsroom, author: Client) -> None:
    """Somebody within a scope gives out a release; what others put into it later is not theirs to show."""
    editor = newsroom.client(Role.EDITOR)
    data(editor, 'mutation { openRelease(slug: "may", title: "May") { __typename } }')
    preview = newsroom.previewing(given_out(newsroom.client(Role.AUTHOR, types=["skill"]), release="may")["secret"])
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    add = 'mutation($keys: [DocumentBaseInput!]!) { addToRelease(release: "may", documents: $keys) { __typename } }'
    data(editor, add, keys=[ACCOUNTANT])
    assert data(preview, '{ career(slug: "accountant") { title } }') == {"title": "Accountant"}
    whole = newsroom.previewing(given_out(editor, release="may")["secret"])
    assert data(whole, '{ career(slug: "accountant") { title } }') == {"title": "Bean counter"}


def test_old_slugs_redirect_in_a_preview_too(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    data(
        editor, 'mutation { rename(type: CAREER, slug: "accountant", newSlug: "bean-counter", base: 1) { __typename } }'
    )
    edit(editor, "CAREER", "bean-counter", title={"en": "Bean counter"})
    preview = newsroom.previewing(given_out(editor, documents=[key("CAREER", "bean-counter")])["secret"])
    career = data(preview, '{ career(slug: "accountant") { slug title } }')
    assert career == {"slug": "bean-counter", "title": "Bean counter"}


RENAME = """mutation($slug: String!, $new: String!, $base: Int!) {
  rename(type: CAREER, slug: $slug, newSlug: $new, base: $base) { __typename } }"""


@pytest.mark.parametrize("live", [False, True])
def test_a_preview_stays_with_its_document_when_others_take_the_slug(newsroom: Newsroom, live: bool) -> None:
    editor = newsroom.client(Role.EDITOR)
    old, new = key("CAREER", "w1"), key("CAREER", "w2")
    body = {**standing(editor, "CAREER", "accountant")["live"], "slug": "w1"}
    base = data(editor, SAVE, type="CAREER", document={**body, "title": {"en": "Mine"}})["revision"]
    if live:
        data(editor, PUBLISH, documents=[old])
        base = edit(editor, "CAREER", "w1", title={"en": "Mine, drafted"})["revision"]
    preview = newsroom.previewing(given_out(editor, documents=[old])["secret"])
    data(editor, RENAME, slug="w1", new="w2", base=base)
    data(editor, SAVE, type="CAREER", document={**body, "title": {"en": "A stranger's"}})
    title = "query($slug: String!) { career(slug: $slug) { title } }"
    drafted = {"title": "Mine, drafted" if live else "Mine"}
    assert data(preview, title, slug="w2") == drafted
    if live:
        assert data(preview, title, slug="w1") == drafted  # the redirect of the live document
    else:
        assert codes(preview, title, slug="w1") == ["UNKNOWN_CAREER"]
    listed = data(editor, "{ editor { previews { nodes { documents { type slug } } } } }")["previews"]["nodes"]
    assert listed == [{"documents": [new]}]


def test_a_page_of_a_named_origin_may_ask_for_a_preview(newsroom: Newsroom) -> None:
    """Front ends show previews in the browser too."""
    app = Newsroom(newsroom.engine, cors_origins="https://careers.example").public
    ask = {"Origin": "https://careers.example", "Access-Control-Request-Method": "POST"}
    for header in ("x-careergraph-preview", "authorization"):
        response = app.request("OPTIONS", "/graphql", headers={**ask, "Access-Control-Request-Headers": header})
        assert response.status_code == 200
        assert header in response.headers["access-control-allow-headers"].lower()


def test_a_preview_is_made_of_the_live_catalog_and_reads_no_other_documents(
    newsroom: Newsroom, author: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are a thousand careers, each save would make its preview wait for seconds otherwise."""
    assert ask_for_page(newsroom.public).status_code == 200
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"}, summary={})
    edit(author, "SKILL", "python", name={"en": "Snake"})
    previewing = newsroom.previewing(given_out(author, documents=[ACCOUNTANT, key("SKILL", "python")])["secret"])
    for place in ("editing.validation", "preview.draft_catalog"):
        monkeypatch.setattr(f"careergraph.editorial.{place}.live_documents", lambda _: pytest.fail("all are read"))
    assert ask_for_page(previewing).json()["data"]["career"]["title"] == "Bean counter"
    edit(author, "CAREER", "accountant", title={"en": "Counter of beans"})
    query = """{ career(slug: "accountant") { title } skill(slug: "python") { name }
      catalog { preview { omitted { slug } } } }"""
    answer = ask_for_page(previewing, query).json()["data"]
    assert (answer["career"]["title"], answer["skill"]["name"]) == ("Counter of beans", "Snake")
    assert answer["catalog"]["preview"]["omitted"] == []
