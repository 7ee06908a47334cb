"""Signing in with a provider: who it vouches for may do what its claims say; whatever it did not sign is nobody."""

import asyncio
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from hmac import digest
from typing import Any, TypeVar

import httpx
import pytest
from joserfc.jwk import ECKey, OKPKey, RSAKey

from careergraph.editorial.access.actor import Role
from careergraph.editorial.access.oidc.fetch import LARGEST, Unavailable
from careergraph.editorial.access.oidc.keys import (
    FRESH,
    LASTING,
    MOST_UNKNOWN,
    PATIENCE,
    STALE,
    UNKNOWN,
    Fetching,
    Keys,
)
from careergraph.editorial.access.oidc.settings import Settings, roles_of
from careergraph.editorial.access.oidc.verify import Provider as Verifier
from careergraph.store.database.database import connect
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.execution.authentication import MAX_WAITING
from waiting import CEILING, wait_until
from web.client import Client
from web.editing import Newsroom, codes, data
from web.provider import AUDIENCE, DISCOVERY, Provider, running

Result = TypeVar("Result")

ME = "{ editor { me { name role scope { types attributes } } } }"
ROLES = "writers=author, wages=editor, chiefs=admin"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as server:
        yield server


@pytest.fixture
def newsroom(sqlite_url: str, provider: Provider) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    yield Newsroom(engine, oidc_issuer=provider.issuer, oidc_audience=AUDIENCE, oidc_roles=ROLES)
    engine.dispose()


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def waited(ask: Callable[[], Result]) -> Result:
    """What is answered when the keys have been fetched that it needs."""
    for _ in range(3):
        try:
            return ask()
        except Fetching as fetching:
            fetching.done.result(CEILING)
    raise AssertionError("it was fetched again and again")


def settle(keys: Keys) -> None:
    """Returns when nothing is being fetched."""
    if (done := keys._fetching) is not None:
        done.result(CEILING)


def signed_in(newsroom: Newsroom, token: str) -> Client:
    return Client(newsroom.app, Authorization=f"Bearer {token}")


def settings(provider: Provider) -> Settings:
    return Settings(issuer=provider.issuer, audience=AUDIENCE, roles=roles_of(ROLES))


def test_the_highest_role_that_the_provider_gives_counts(newsroom: Newsroom, provider: Provider) -> None:
    token = provider.token(roles=["writers", "chiefs", "staff"])
    me = data(signed_in(newsroom, token), ME)["me"]
    assert me == {"name": "oidc:ann", "role": "ADMIN", "scope": {"types": None, "attributes": None}}
    assert data(signed_in(newsroom, provider.token(roles="staff writers")), ME)["me"]["role"] == "AUTHOR"


def test_a_person_is_shown_by_the_name_that_the_provider_tells(newsroom: Newsroom, provider: Provider) -> None:
    me = "{ editor { me { name displayName } } }"
    for claims, display_name in (({"name": "Ann Smith"}, "Ann Smith"), ({}, "oidc:ann"), ({"name": [1]}, "oidc:ann")):
        client = signed_in(newsroom, provider.token("one", None, **{"roles": ["chiefs"], **claims}))
        assert data(client, me)["me"] == {"name": "oidc:ann", "displayName": display_name}
        assert data(client, "{ editor { people { nodes { name displayName } } } }")["people"]["nodes"] == [
            {"name": "oidc:ann", "displayName": display_name}
        ]


def test_a_scope_of_the_provider_narrows_the_role_down(newsroom: Newsroom, provider: Provider) -> None:
    """One that makes no sense must not widen it: then there is no role at all."""
    token = provider.token(roles=["wages"], careergraph_scope={"types": ["career"], "attributes": ["salary"]})
    assert data(signed_in(newsroom, token), ME)["me"]["scope"] == {"types": ["CAREER"], "attributes": ["salary"]}
    for scope in ("all", ["career"], {"types": "career"}, {"types": [1]}, {"type": ["career"]}):
        token = provider.token(roles=["wages"], careergraph_scope=scope)
        assert codes(signed_in(newsroom, token), ME) == ["FORBIDDEN"]


def test_who_has_no_role_reads_as_everybody_and_is_no_editor(newsroom: Newsroom, provider: Provider) -> None:
    client = signed_in(newsroom, provider.token(roles=["staff"]))
    assert codes(client, ME) == ["FORBIDDEN"]
    response = client.post("/graphql", json={"query": "{ viewer { name } catalog { careers } }"})
    assert response.json()["data"]["viewer"] == {"name": "oidc:ann"}
    assert response.headers["cache-control"] == "no-store"


def _compact(*parts: object) -> str:
    return ".".join(urlsafe_b64encode(json.dumps(it).encode()).rstrip(b"=").decode() for it in parts)


def _forged(provider: Provider) -> Iterator[str]:
    now = int(time.time())
    good = provider.token(roles=["chiefs"])
    head, _, signature = good.split(".")
    claims = {"iss": provider.issuer, "aud": AUDIENCE, "sub": "eve", "exp": now + 60, "roles": ["chiefs"]}
    yield f"{head}.{_compact(claims)}.{signature}"  # other claims under a good signature
    yield _compact({"alg": "none"}, claims) + "."
    shared = _compact({"alg": "HS256", "kid": "one"}, claims)
    public = json.dumps(provider.keys["one"].as_dict(private=False)).encode()
    yield f"{shared}.{urlsafe_b64encode(digest(public, shared.encode(), sha256)).rstrip(b'=').decode()}"
    stranger = Provider(provider.issuer)
    stranger.keys["one"] = ECKey.generate_key("P-256")
    yield stranger.token(roles=["chiefs"])  # another's key under the name of a good one
    stranger.keys["two"] = ECKey.generate_key("P-256")
    yield stranger.token("two", roles=["chiefs"])
    yield from (provider.token(roles=["chiefs"], **it) for it in _claims(now))
    yield from ("x", "a.b.c", f"{head}..{signature}", good + "é", good + "." + "x" * 20_000, good[:-4] + "AAAA")


def _claims(now: int) -> Iterator[dict[str, Any]]:
    yield {"iss": "https://elsewhere.example"}
    yield {"aud": "another"}
    yield {"aud": ["another", "third"]}
    yield {"aud": None}
    yield {"exp": now - 60}
    yield {"exp": None}
    yield {"nbf": now + 600}
    yield {"sub": None}
    yield {"sub": ["ann"]}


def test_whatever_the_provider_did_not_sign_for_us_is_nobody(newsroom: Newsroom, provider: Provider) -> None:
    """One answer for all of it, also for what everybody may read: no client shall take itself for signed in."""
    responses = set()
    for token in _forged(provider):
        headers = {"Authorization": f"Bearer {token}".encode()}
        response = newsroom.public.post("/graphql", json={"query": "{ catalog { version } }"}, headers=headers)
        responses.add((response.status_code, response.text))
    assert [(status, json.loads(text)["errors"][0]["extensions"]) for status, text in responses] == [
        (401, {"code": "UNAUTHENTICATED"})
    ]


def test_for_several_audiences_and_within_the_leeway_is_good(newsroom: Newsroom, provider: Provider) -> None:
    now = int(time.time())
    good: list[dict[str, Any]] = [{"aud": ["x", AUDIENCE]}, {"exp": now - 5}, {"nbf": now + 5}]
    for claims in good:
        assert data(signed_in(newsroom, provider.token(roles=["writers"], **claims)), ME)["me"]["role"] == "AUTHOR"


def test_our_own_tokens_work_beside_the_providers(newsroom: Newsroom) -> None:
    assert data(newsroom.client(Role.EDITOR), ME)["me"]["name"] == "token:editor"


def test_a_verified_address_may_be_the_name(sqlite_url: str, provider: Provider) -> None:
    """Nobody can sign with the address of somebody else by claiming it."""
    engine = connect(sqlite_url)
    settings: dict[str, Any] = {"oidc_issuer": provider.issuer, "oidc_audience": AUDIENCE, "oidc_roles": ROLES}
    newsroom = Newsroom(engine, **settings, oidc_name_claim="email", oidc_role_claim="realm.roles")
    claims: dict[str, Any] = {"email": "ann@careers.example", "realm": {"roles": ["writers"]}}
    for verified, name in ((True, "oidc:ann@careers.example"), (False, "oidc:ann"), (None, "oidc:ann")):
        token = provider.token(**claims, email_verified=verified)
        assert data(signed_in(newsroom, token), ME)["me"]["name"] == name
    engine.dispose()


def test_a_provider_that_cannot_be_asked_is_no_refusal(newsroom: Newsroom, provider: Provider) -> None:
    """Whoever has a token is told to come again; readers do not notice."""
    token = provider.token(roles=["writers"])
    provider.pages.clear()
    response = signed_in(newsroom, token).post("/graphql", json={"query": "{ catalog { version } }"})
    assert (response.status_code, response.json()["errors"][0]["extensions"]) == (503, {"code": "NOT_READY"})
    assert response.headers["retry-after"] == "1"
    assert newsroom.public.ask("{ catalog { version } }")["data"]


def test_keys_are_fetched_once_and_again_for_a_new_one(provider: Provider) -> None:
    """A provider that replaces its keys is followed at once; one that is flooded with unknown names is not."""
    clock = Clock()
    keys = Keys(settings(provider), clock=clock)
    verifier = Verifier(settings(provider), keys)
    for _ in range(3):
        assert waited(lambda: verifier.verify(provider.token(roles=["writers"]))) is not None
    assert provider.requests == [DISCOVERY, "/keys"]
    clock.now += PATIENCE
    provider.add("two", RSAKey.generate_key(2048))
    assert waited(lambda: verifier.verify(provider.token("two", roles=["writers"]))) is not None
    assert len(provider.requests) == 4
    for number in range(20):
        token = provider.token("one", {"kid": f"unknown-{number}"})
        assert verifier.verify(token) is None
    assert len(provider.requests) == 4
    clock.now += FRESH
    assert verifier.verify(provider.token("two")) is not None
    settle(keys)
    assert len(provider.requests) == 6


def test_a_name_that_is_unknown_is_no_reason_to_ask_for_a_while(provider: Provider) -> None:
    """Nor does a flood of names take memory."""
    clock = Clock()
    keys = Keys(settings(provider), clock=clock)
    verifier = Verifier(settings(provider), keys)
    unknown = provider.token("one", {"kid": "unknown"})
    assert waited(lambda: verifier.verify(unknown)) is None
    assert len(provider.requests) == 2
    while clock.now < 1000 + UNKNOWN - PATIENCE:
        clock.now += PATIENCE
        assert verifier.verify(unknown) is None
    assert len(provider.requests) == 2
    clock.now += PATIENCE
    with pytest.raises(Fetching):
        verifier.verify(unknown)
    settle(keys)
    assert waited(lambda: verifier.verify(unknown)) is None
    assert len(provider.requests) == 4
    for number in range(MOST_UNKNOWN + 100):
        keys.look_for(f"unknown-{number}")
    assert len(keys._unknown) == MOST_UNKNOWN
    assert verifier.verify(provider.token("one", {"kid": "x" * 300})) is None
    assert len(provider.requests) == 4


def test_only_one_fetch_is_under_way_and_known_keys_do_not_wait_for_it(provider: Provider) -> None:
    clock = Clock()
    keys = Keys(settings(provider), clock=clock)
    verifier = Verifier(settings(provider), keys)
    assert waited(lambda: verifier.verify(provider.token())) is not None
    clock.now += PATIENCE
    provider.door.clear()
    waiting = []
    for number in range(5):
        with pytest.raises(Fetching) as fetching:
            verifier.verify(provider.token("one", {"kid": f"unknown-{number}"}))
        waiting.append(fetching.value.done)
    assert len(set(waiting)) == 1 and not waiting[0].done()
    assert verifier.verify(provider.token()) is not None
    clock.now += FRESH
    assert verifier.verify(provider.token()) is not None
    assert not waiting[0].done()
    provider.door.set()
    settle(keys)
    assert provider.requests == [DISCOVERY, "/keys"] * 2


def test_a_server_that_starts_does_not_wait_for_the_first_to_sign_in(newsroom: Newsroom, provider: Provider) -> None:
    """It has the keys fetched, and does not wait for them."""
    provider.door.clear()

    async def start() -> None:
        async with newsroom.careergraph.lifespan():
            assert not provider.door.is_set()

    asyncio.run(start())
    wait_until(lambda: provider.requests == [DISCOVERY])
    provider.door.set()
    wait_until(lambda: provider.requests == [DISCOVERY, "/keys"])


def test_who_goes_away_does_not_end_the_fetch_for_others(provider: Provider) -> None:
    keys = Keys(settings(provider))
    provider.door.clear()
    with pytest.raises(Fetching) as fetching:
        keys.current()
    assert not fetching.value.done.cancel()
    provider.door.set()
    assert waited(keys.current)


def test_a_slow_provider_holds_up_those_only_whom_it_has_to_vouch_for(newsroom: Newsroom, provider: Provider) -> None:
    """Five tokens of unknown names and more than there are threads; all others are answered before the provider is."""
    token = provider.token(roles=["writers"])
    assert data(signed_in(newsroom, token), ME)["me"]["role"] == "AUTHOR"
    keys: Keys = newsroom.careergraph._endpoint.admission.authentication._provider._keys
    now = keys._clock() + PATIENCE
    keys._clock = lambda: now
    ours = newsroom.secret(Role.EDITOR)
    fetched = len(provider.requests)
    provider.door.clear()

    async def ask(client: httpx.AsyncClient, bearer: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return await client.post("/graphql", json={"query": "{ catalog { version } }"}, headers=headers)

    async def together() -> None:
        transport = httpx.ASGITransport(newsroom.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://host", timeout=CEILING) as client:
            strangers = [provider.token("one", {"kid": f"unknown-{it}"}) for it in range(5)]
            waiting = [asyncio.create_task(ask(client, it)) for it in strangers]
            await asyncio.to_thread(wait_until, lambda: len(provider.requests) > fetched)
            for bearer in (token, ours, "", token):
                assert (await ask(client, bearer)).status_code == 200
            assert not any(it.done() for it in waiting)
            provider.door.set()
            assert [it.status_code for it in await asyncio.gather(*waiting)] == [401] * 5
            assert [(await ask(client, it)).status_code for it in strangers] == [401] * 5

    asyncio.run(together())
    assert provider.requests[fetched:] == [DISCOVERY, "/keys"]


def test_those_who_wait_for_the_provider_are_bounded(newsroom: Newsroom, provider: Provider) -> None:
    provider.door.clear()

    async def together() -> list[int]:
        transport = httpx.ASGITransport(newsroom.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://host", timeout=CEILING) as client:
            headers = {"Authorization": f"Bearer {provider.token()}"}
            request = {"json": {"query": "{ catalog { version } }"}, "headers": headers}
            waiting = [asyncio.create_task(client.post("/graphql", **request)) for _ in range(MAX_WAITING + 5)]  # type: ignore[arg-type]
            await asyncio.to_thread(wait_until, lambda: sum(it.done() for it in waiting) == 5)
            provider.door.set()
            return [it.status_code for it in await asyncio.gather(*waiting)]

    assert sorted(asyncio.run(together())) == [200] * MAX_WAITING + [503] * 5


@pytest.mark.parametrize(
    "key", [RSAKey.generate_key(2048), ECKey.generate_key("P-384"), OKPKey.generate_key("Ed25519")]
)
def test_a_token_without_a_name_is_tried_against_the_keys_of_its_algorithm(provider: Provider, key: Any) -> None:
    """Providers with one key need not name it, and those with several may rotate them."""
    for number in range(3):
        provider.add(f"rsa-{number}", RSAKey.generate_key(2048))
        provider.add(f"ec-{number}", ECKey.generate_key("P-384"))
        provider.add(f"okp-{number}", OKPKey.generate_key("Ed25519"))
    provider.add("last", key)
    verifier = Verifier(settings(provider))
    nameless: dict[str, Any] = {"kid": None}
    assert waited(lambda: verifier.verify(provider.token("last", nameless))) is not None
    assert verifier.verify(provider.token("last")) is not None
    stranger = Provider(provider.issuer)
    stranger.keys["last"] = type(key).generate_key({"RSA": 2048, "EC": "P-384", "OKP": "Ed25519"}[key.key_type])
    for header in (nameless, {}):
        assert verifier.verify(stranger.token("last", header)) is None
    assert provider.requests == [DISCOVERY, "/keys"]


def test_a_key_that_came_without_a_name_is_followed(provider: Provider) -> None:
    """A provider that names no keys replaces its only one."""
    clock = Clock()
    verifier = Verifier(settings(provider), Keys(settings(provider), clock=clock))
    assert waited(lambda: verifier.verify(provider.token(header={"kid": None}))) is not None
    provider.add("one", ECKey.generate_key("P-256"))
    clock.now += PATIENCE
    assert waited(lambda: verifier.verify(provider.token(header={"kid": None}))) is not None


def test_a_key_is_for_its_own_algorithm_only(provider: Provider) -> None:
    """A provider that says what a key is for is taken at its word; a key that makes no sense spoils no other."""
    key = provider.keys["one"].as_dict(private=False)
    listed: list[dict[str, Any]] = [
        {"kty": "EC", "crv": "P-256", "x": "?", "y": "?"},
        {"kty": "RSA", "n": 3, "kid": "one"},
        {**key, "kid": ["one"]},
        {**key, "kid": "other", "alg": ["ES256"]},
        {**key, "kid": "one", "use": "enc"},
        {**key, "kid": "wrong", "alg": "ES384"},
        {**key, "kid": "one", "alg": "ES256"},
    ]
    provider.says("/keys", {"keys": listed})
    verifier = Verifier(settings(provider))
    assert waited(lambda: verifier.verify(provider.token())) is not None
    assert verifier.verify(provider.token(header={"kid": "wrong"})) is None
    assert verifier.verify(provider.token(header={"kid": "other"})) is None


def test_after_a_long_rest_the_provider_is_asked_first(provider: Provider) -> None:
    """It may have taken a key back while nobody signed in."""
    clock = Clock()
    keys = Keys(settings(provider), clock=clock)
    verifier = Verifier(settings(provider), keys)
    leaked = provider.token()
    assert waited(lambda: verifier.verify(leaked)) is not None
    provider.add("one", ECKey.generate_key("P-256"))
    clock.now += STALE
    assert waited(lambda: verifier.verify(leaked)) is None


def test_keys_last_for_a_day_while_the_provider_is_down(provider: Provider) -> None:
    clock = Clock()
    keys = Keys(settings(provider), clock=clock)
    before = waited(keys.current)
    provider.pages.clear()
    clock.now += FRESH
    assert keys.current() == before
    settle(keys)
    assert len(provider.requests) == 3
    assert keys.current() == before
    assert len(provider.requests) == 3
    with pytest.raises(Unavailable):
        keys.look_for("new")
    while clock.now < 1000 + LASTING - FRESH:
        clock.now += FRESH
        assert keys.current() == before
        settle(keys)
    clock.now += FRESH
    with pytest.raises(Unavailable):
        waited(keys.current)


@pytest.mark.parametrize(
    "page",
    [
        {"issuer": "https://elsewhere.example", "jwks_uri": "%s/keys"},
        {"issuer": "%s", "jwks_uri": "http://localhost:%d/keys"},
        {"issuer": "%s", "jwks_uri": "http://169.254.169.254/keys"},
        {"issuer": "%s", "jwks_uri": "file:///keys"},
        {"issuer": "%s", "jwks_uri": 3},
        {"issuer": "%s"},
        ["%s"],
    ],
)
def test_a_provider_is_not_followed_anywhere(provider: Provider, page: Any) -> None:
    """It may be another one, or lead to an inner address: nothing but the issuer itself may be private."""
    port = provider.issuer.rpartition(":")[2]
    provider.pages[DISCOVERY] = 200, json.dumps(page).replace("%s", provider.issuer).replace("%d", port).encode(), {}
    with pytest.raises(Unavailable):
        waited(Keys(settings(provider)).current)
    assert provider.requests == [DISCOVERY]


@pytest.mark.parametrize("content", [{"keys": []}, {"keys": [{}] * 101}, {"keys": "x"}, {}, ["x"]])
def test_a_list_of_keys_that_is_none_is_refused(provider: Provider, content: object) -> None:
    provider.says("/keys", content)
    with pytest.raises(Unavailable):
        waited(Keys(settings(provider)).current)


def test_what_is_too_long_or_leads_elsewhere_is_not_read(provider: Provider) -> None:
    keys = Keys(settings(provider))
    provider.pages[DISCOVERY] = 200, b'{"issuer": "' + b"x" * LARGEST + b'"}', {}
    with pytest.raises(Unavailable):
        waited(keys.current)
    provider.says("/elsewhere", {"issuer": provider.issuer, "jwks_uri": f"{provider.issuer}/keys"})
    provider.says(DISCOVERY, {}, 302, Location=f"{provider.issuer}/elsewhere")
    with pytest.raises(Unavailable):
        waited(Keys(settings(provider)).current)
    assert "/elsewhere" not in provider.requests


@pytest.mark.parametrize(
    "settings",
    [
        {"oidc_issuer": "http://login.example"},
        {"oidc_issuer": "login.example"},
        {"oidc_issuer": "https://user@login.example"},
        {"oidc_audience": ""},
        {"oidc_roles": ""},
        {"oidc_roles": "writers=king"},
        {"oidc_roles": "writers"},
    ],
)
def test_a_setting_that_cannot_be_used_is_named(settings: dict[str, str]) -> None:
    good = {"oidc_issuer": "https://login.example", "oidc_audience": AUDIENCE, "oidc_roles": ROLES}
    assert Config.of(**good).oidc.parse() is not None
    with pytest.raises(ConfigProblem, match="oidc_issuer"):
        Config.of(**{**good, **settings})
