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
from web.editing import PREVIEW, PUBLISH, SAVE, TOMORROW, Newsroom, codes, data, edit, key, standing

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
    add = """mutation($keys: [DocumentKeyInput!]!) {
      addToRelease(release: "may", documents: $keys) { ... on Rejected { problems { code } } } }"""
    data(author, add, keys=[key("CAREER", "beekeeper"), key("CATEGORY", "bees")])
    assert data(preview, beekeeper) == {"title": "Accountant", "category": {"slug": "bees"}}
    assert codes(newsroom.public, beekeeper) == ["UNKNOWN_CAREER"]
    out = "mutation($keys: [DocumentKeyInput!]!) { removeFromRelease(documents: $keys) { __typename } }"
    data(author, out, keys=[key("CATEGORY", "bees")])
    response = ask_for_page(preview)
    assert (response.status_code, response.json()["errors"][0]["extensions"]) == (403, {"code": "BAD_PREVIEW"})


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
    add = 'mutation($keys: [DocumentKeyInput!]!) { addToRelease(release: "may", documents: $keys) { __typename } }'
    data(editor, add, keys=[ACCOUNTANT])
    assert data(preview, '{ career(slug: "accountant") { title } }') == {"title": "Accountant"}
    whole = newsroom.previewing(given_out(editor, release="may")["secret"])
    assert data(whole, '{ career(slug: "accountant") { title } }') == {"title": "Bean counter"}


def test_old_slugs_redirect_in_a_preview_too(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    data(editor, 'mutation { rename(type: CAREER, slug: "accountant", newSlug: "bean-counter") { __typename } }')
    edit(editor, "CAREER", "bean-counter", title={"en": "Bean counter"})
    preview = newsroom.previewing(given_out(editor, documents=[key("CAREER", "bean-counter")])["secret"])
    career = data(preview, '{ career(slug: "accountant") { slug title } }')
    assert career == {"slug": "bean-counter", "title": "Bean counter"}


def test_a_page_of_a_named_origin_may_ask_for_a_preview(newsroom: Newsroom) -> None:
    """Front ends show previews in the browser too."""
    app = Newsroom(newsroom.engine, cors_origins="https://careers.example").public
    ask = {"Origin": "https://careers.example", "Access-Control-Request-Method": "POST"}
    for header in ("x-careergraph-preview", "authorization"):
        response = app.request("OPTIONS", "/graphql", headers={**ask, "Access-Control-Request-Headers": header})
        assert response.status_code == 200
        assert header in response.headers["access-control-allow-headers"].lower()
