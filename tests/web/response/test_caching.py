"""Caching: what may be kept by whom and for how long, and how an answer is known again."""

import json
from datetime import UTC, datetime
from urllib.parse import quote

import httpx
import pytest
from starlette.requests import HTTPConnection

from careergraph.web.core.config import Config
from careergraph.web.response.response_cache import CachedResponse, ResponseCache
from web.client import Client
from web.stub import Shelf, catalog, stub

PAIR = '{ comparison(a: "career-0", b: "career-1") { title } }'
RESPONSE = "application/graphql-response+json"


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def client(shelf: Shelf) -> Client:
    """A client of an app whose answers are functions of the catalog and the request."""
    return Client(stub(Config(poll_seconds=0), shelf, pure=True).asgi())


def get(client: Client, query: str, **headers: str):  # type: ignore[no-untyped-def]
    """The response to a query over GET."""
    return client.get(f"/graphql?query={quote(query)}", headers=headers)


def test_an_answer_may_be_kept_and_is_known_again(client: Client) -> None:
    """A strong validator: who has the answer is told so, and gets no body."""
    first = get(client, PAIR)
    assert first.headers["cache-control"] == "public, max-age=30, stale-while-revalidate=60"
    assert first.headers["vary"] == "Accept, Accept-Encoding, Authorization, X-Careergraph-Preview"
    tag = first.headers["etag"]
    assert tag.startswith('"')
    for validators in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = get(client, PAIR, **{"If-None-Match": validators})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag and again.headers["surrogate-key"] == first.headers["surrogate-key"]
        assert "content-type" not in again.headers
    assert get(client, PAIR, **{"If-None-Match": '"other"'}).status_code == 200


def test_only_a_cdn_may_keep_what_only_a_cdn_can_be_made_to_forget(shelf: Shelf) -> None:
    """A browser that keeps a page for an hour shows it for an hour, whoever is purged meanwhile."""
    usual = get(Client(stub(Config(), shelf, pure=True).asgi()), PAIR)
    assert {"cdn-cache-control", "surrogate-control"}.isdisjoint(usual.headers)
    client = Client(stub(Config.of(cdn_seconds=3600), shelf, pure=True).asgi())
    first = get(client, PAIR)
    assert first.headers["cache-control"] == usual.headers["cache-control"]
    expected = {"cdn-cache-control": "public, max-age=3600", "surrogate-control": "max-age=3600"}
    again = get(client, PAIR, **{"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    for response in (first, again):
        assert expected.items() <= dict(response.headers).items()
    assert expected.keys().isdisjoint(get(client, "{ nothing }").headers)


def test_a_publish_that_leaves_an_answer_leaves_its_validator(client: Client, shelf: Shelf) -> None:
    """Front ends ask again after each publish; only what really changed is to cost them anything."""
    tags = [get(client, query).headers["etag"] for query in (PAIR, "{ versions }")]
    shelf.published = catalog(version=2)
    after = [get(client, query).headers["etag"] for query in (PAIR, "{ versions }")]
    assert after[0] == tags[0]
    assert after[1] != tags[1]


def test_a_new_version_leaves_no_byte_of_an_old_one(client: Client, shelf: Shelf) -> None:
    """An answer is kept on the second time that it is asked for, and forgotten with its catalog."""
    for version in (1, 2, 3):
        shelf.published = catalog(version=version)
        for _ in range(4):
            assert get(client, "{ versions }").json() == {"data": {"versions": [version] * 3}}
            assert client.ask("{ versions }") == {"data": {"versions": [version] * 3}}


def test_both_media_types_have_a_validator_of_their_own(client: Client) -> None:
    """The bytes are the same, but a cache must not give one for the other."""
    for _ in range(3):
        plain, new = get(client, PAIR), get(client, PAIR, Accept=RESPONSE)
        assert plain.content == new.content
        assert plain.headers["etag"] != new.headers["etag"]
        assert get(client, PAIR, **{"Accept": RESPONSE, "If-None-Match": plain.headers["etag"]}).status_code == 200


def test_a_post_has_a_validator_and_never_a_304(client: Client) -> None:
    """If-None-Match is for GET; an answer without a body to a POST would break clients."""
    response = client.post("/graphql", json={"query": PAIR}, headers={"If-None-Match": "*"})
    assert response.status_code == 200 and response.headers["etag"] == get(client, PAIR).headers["etag"]


def test_head_has_the_headers_and_no_body(client: Client) -> None:
    full = get(client, PAIR)
    head = client.request("HEAD", f"/graphql?query={quote(PAIR)}")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", full.headers["etag"])
    assert head.headers["content-length"] == str(len(full.content))


@pytest.mark.parametrize("query", ['{ comparison(a: "x", b: "y") { title } }', "{ broken }", "{ nope }", "{"])
def test_what_has_errors_is_kept_by_nobody(client: Client, query: str) -> None:
    """An error may be gone in a second."""
    for _ in range(3):
        response = get(client, query)
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers and response.json()["errors"]


def test_a_mutation_is_kept_by_nobody(client: Client) -> None:
    for _ in range(3):
        assert client.post("/graphql", json={"query": "mutation { touch }"}).headers["cache-control"] == "no-store"


def test_who_is_signed_in_neither_fills_nor_reads_what_is_kept(shelf: Shelf) -> None:
    """What a user sees must never reach somebody else, nor the public answer a user."""

    def authenticate(connection: HTTPConnection) -> str | None:
        return connection.headers.get("x-who")

    client = Client(stub(Config(authenticate=authenticate), shelf, pure=True).asgi())
    for _ in range(3):
        for who in ("ada", "grace"):
            response = get(client, "{ who }", **{"X-Who": who})
            assert response.json() == {"data": {"who": who}}
            assert response.headers["cache-control"] == "no-store"
        assert get(client, "{ who }").json() == {"data": {"who": None}}


def test_a_hosts_own_schema_is_not_kept_unless_it_says_so(shelf: Shelf) -> None:
    """Nobody but the host knows whether its resolvers depend on the time or on who asks."""
    response = get(Client(stub(shelf=shelf).asgi()), PAIR)
    assert response.headers["cache-control"] == "no-store" and "etag" not in response.headers


def test_the_documents_behind_an_answer_are_named(client: Client) -> None:
    """A cache in front forgets exactly what a publish touched."""
    response = get(client, PAIR)
    names = response.headers["surrogate-key"].split(" ")
    assert response.headers["cache-tag"].split(",") == names
    assert {"career:career-0", "career:career-1", "category:trade", "pair:career-0-vs-career-1"} <= set(names)
    assert "catalog" not in names
    assert get(client, "{ versions }").headers["surrogate-key"] == "catalog"


def test_a_variable_that_is_left_to_its_default_names_its_document(client: Client) -> None:
    query = """query($a: String! = "career-0", $b: String! = "career-1") { comparison(a: $a, b: $b) { title } }"""
    for variables, slugs in (({}, {"career-0", "career-1"}), ({"b": "career-2"}, {"career-0", "career-2"})):
        response = client.get("/graphql", params={"query": query, "variables": json.dumps(variables)})
        names = response.headers["surrogate-key"].split(" ")
        assert {f"career:{slug}" for slug in slugs} <= set(names)
        assert "catalog" not in names


def test_variables_are_part_of_the_question(client: Client) -> None:
    """However they are spelt: the same question has the same answer, another one another."""
    query = 'query($a: String!, $b: String = "career-1") { comparison(a: $a, b: $b) { title } }'
    for _ in range(3):
        for a, b in (("0", "1"), ("2", "1"), ("0", "2")):
            spelt = json.dumps({"b": f"career-{b}", "a": f"career-{a}"})
            response = client.get(f"/graphql?query={quote(query)}&variables={quote(spelt)}")
            assert response.json()["data"]["comparison"]["title"] == f"Career <{a}> vs Career <{b}>"
            assert f"career:career-{a}" in response.headers["surrogate-key"]


def test_a_body_is_not_taken_for_a_query_string(client: Client) -> None:
    """What is kept for an address must not answer a body of the same bytes, which is no JSON."""
    query_string = f"query={quote('{ categories { slug } }')}"
    for _ in range(4):
        assert client.get(f"/graphql?{query_string}").status_code == 200
    for body in (query_string, f"?{query_string}"):
        response = client.post("/graphql", content=body, headers={"Content-Type": "application/json"})
        assert response.status_code == 400, response.text


def kept(key: str, size: int) -> CachedResponse:
    """An answer that takes so many bytes."""
    return CachedResponse((key,), b"{}", b"", size)


def test_kept_answers_stay_in_their_bounds() -> None:
    """The oldest goes that nobody asked for again; spellings count too, and go with their answer."""
    answers, live = ResponseCache(1000), catalog()
    of_live = answers.for_catalog(live)
    for number in range(30):
        of_live.store(live, kept(f"k{number}", 100))
        assert of_live.bytes <= 1000
    assert len(of_live) == 10 and of_live.get(("k0",), b"s0", 5) is None
    assert of_live.get(("k20",), b"s20", 60) is not None
    assert of_live.by_spelling(live, b"s20") is not None
    assert of_live.bytes <= 1000
    of_live.store(live, kept("k30", 100))
    assert of_live.bytes <= 1000
    assert of_live.get(("k21",), b"s21", 5) is None
    assert of_live.by_spelling(live, b"s20") is not None, "it was asked for, so others go ahead of it"
    for number in range(31, 60):
        of_live.store(live, kept(f"k{number}", 100))
    assert of_live.by_spelling(live, b"s20") is None
    of_live.store(live, kept("huge", 500))
    assert of_live.get(("huge",), b"h", 1) is None, "one answer must not drive out all others"


def test_an_answer_of_another_catalog_is_not_kept() -> None:
    """A request that took long must not put an old answer among the new ones."""
    answers, old, new = ResponseCache(1000), catalog(), catalog(version=2)
    answers.for_catalog(old).store(old, kept("k", 10))
    assert answers.get(("k",), b"k", 1) is not None
    assert answers.by_spelling(old, b"k") is not None
    assert answers.by_spelling(new, b"k") is None
    answers.for_catalog(new).store(old, kept("k", 10))
    assert len(answers) == 0


def test_an_answer_is_wanted_the_second_time() -> None:
    """What comes once would only drive out what comes again."""
    answers = ResponseCache(1000)
    assert [answers.should_store(("k",)) for _ in range(3)] == [False, True, True]


def test_a_locale_that_is_answered_by_another_has_its_tags_and_its_validator(seeded: str) -> None:
    """A publish that changes the German wording must purge what Austrians were given."""
    query = 'query($l: String) { comparison(a: "actuary", b: "accountant", locale: $l) { locale title } }'
    answers = {}
    for locale in ("de", "de-AT", "DE", "en"):
        parameters = {"query": query, "variables": json.dumps({"l": locale})}
        answers[locale] = httpx.get(f"{seeded}/graphql", params=parameters)
    for locale in ("de-AT", "DE"):
        assert answers[locale].json() == answers["de"].json()
        for header in ("etag", "surrogate-key"):
            assert answers[locale].headers[header] == answers["de"].headers[header] != answers["en"].headers[header]
    assert answers["de-AT"].json()["data"]["comparison"]["locale"] == "de"
    assert "locale:de" in answers["de-AT"].headers["surrogate-key"].split(" ")


def test_figures_of_a_region_that_neither_career_has_follow_from_others(seeded: str) -> None:
    """A region that no figure is of any longer is refused, so what was kept by it must be forgotten then."""
    query = "query($a: String!, $b: String!, $r: String) { comparison(a: $a, b: $b, region: $r) { title } }"
    tags = {}
    for a, b, region in (("plumber", "lawyer", "United States"), ("ai-data-engineer", "nlp-engineer", "United States")):
        parameters = {"query": query, "variables": json.dumps({"a": a, "b": b, "r": region})}
        response = httpx.get(f"{seeded}/graphql", params=parameters)
        assert "errors" not in response.json()
        tags[a] = response.headers["surrogate-key"].split(" ")
    assert "catalog" not in tags["plumber"]
    assert "catalog" in tags["ai-data-engineer"]
    for arguments, named in (('slug: "data"', False), ('slug: "data", region: "United States"', True)):
        shelf = httpx.get(f"{seeded}/graphql", params={"query": f"{{ category({arguments}) {{ name }} }}"})
        assert ("catalog" in shelf.headers["surrogate-key"].split(" ")) is named


def test_each_tag_is_there_once(seeded: str) -> None:
    now = datetime.now(UTC).isoformat()
    for query in (
        f'{{ transitionPath(from: "actuary", to: "lawyer", asOf: "{now}") {{ __typename }} }}',
        '{ one: comparison(a: "actuary", b: "lawyer") { slug } two: comparison(a: "actuary", b: "plumber") { slug } }',
    ):
        response = httpx.get(f"{seeded}/graphql", params={"query": query})
        assert "errors" not in response.json(), response.json()
        tags = response.headers["surrogate-key"].split(" ")
        assert len(tags) == len(set(tags))
