"""Signing in with a provider: who it vouches for may do what its claims say; whatever it did not sign is nobody."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from hmac import digest
from typing import Any

import pytest
from joserfc.jwk import ECKey, RSAKey

from careergraph.editorial.actor import Role
from careergraph.editorial.oidc.fetch import LARGEST, Unavailable
from careergraph.editorial.oidc.keys import FRESH, LASTING, PATIENCE, Keys
from careergraph.editorial.oidc.settings import Settings, roles_of
from careergraph.editorial.oidc.verify import Provider as Verifier
from careergraph.store.database import connect
from careergraph.web.config import Config, ConfigProblem
from web.client import Client
from web.editing import Newsroom, codes, data
from web.provider import AUDIENCE, DISCOVERY, Provider, running

ME = "{ editor { me { name role scope { types attributes } } } }"
ROLES = "writers=author, wages=editor, chiefs=admin"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as found:
        yield found


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


def signed_in(newsroom: Newsroom, token: str) -> Client:
    return Client(newsroom.app, Authorization=f"Bearer {token}")


def settings(provider: Provider) -> Settings:
    return Settings(issuer=provider.issuer, audience=AUDIENCE, roles=roles_of(ROLES))


def test_the_highest_role_that_the_provider_gives_counts(newsroom: Newsroom, provider: Provider) -> None:
    token = provider.token(roles=["writers", "chiefs", "staff"])
    me = data(signed_in(newsroom, token), ME)["me"]
    assert me == {"name": "oidc:ann", "role": "ADMIN", "scope": {"types": None, "attributes": None}}
    assert data(signed_in(newsroom, provider.token(roles="staff writers")), ME)["me"]["role"] == "AUTHOR"


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
    told = set()
    for token in _forged(provider):
        headers = {"Authorization": f"Bearer {token}".encode()}
        response = newsroom.public.post("/graphql", json={"query": "{ catalog { version } }"}, headers=headers)
        told.add((response.status_code, response.text))
    assert [(status, json.loads(text)["errors"][0]["extensions"]) for status, text in told] == [
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
    given: dict[str, Any] = {"oidc_issuer": provider.issuer, "oidc_audience": AUDIENCE, "oidc_roles": ROLES}
    newsroom = Newsroom(engine, **given, oidc_name_claim="email", oidc_role_claim="realm.roles")
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
    verifier = Verifier(settings(provider), Keys(settings(provider), clock=clock))
    for _ in range(3):
        assert verifier.verify(provider.token(roles=["writers"])) is not None
    assert provider.asked == [DISCOVERY, "/keys"]
    clock.now += PATIENCE
    provider.add("two", RSAKey.generate_key(2048))
    assert verifier.verify(provider.token("two", roles=["writers"])) is not None
    assert len(provider.asked) == 4
    for number in range(20):
        assert verifier.verify(provider.token("one", {"kid": f"unknown-{number}"})) is None
    assert len(provider.asked) == 4
    clock.now += FRESH
    assert verifier.verify(provider.token("two")) is not None
    assert len(provider.asked) == 6


def test_keys_last_for_a_day_while_the_provider_is_down(provider: Provider) -> None:
    clock = Clock()
    keys = Keys(settings(provider), clock=clock)
    held = keys.current()
    provider.pages.clear()
    clock.now += FRESH
    assert keys.current() == held
    asked = len(provider.asked)
    assert keys.current() == held
    assert len(provider.asked) == asked
    clock.now += LASTING
    with pytest.raises(Unavailable):
        keys.current()


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
        Keys(settings(provider)).current()
    assert provider.asked == [DISCOVERY]


@pytest.mark.parametrize("content", [{"keys": []}, {"keys": [{}] * 101}, {"keys": "x"}, {}, ["x"]])
def test_a_list_of_keys_that_is_none_is_refused(provider: Provider, content: object) -> None:
    provider.says("/keys", content)
    with pytest.raises(Unavailable):
        Keys(settings(provider)).current()


def test_what_is_too_long_or_leads_elsewhere_is_not_read(provider: Provider) -> None:
    keys = Keys(settings(provider))
    provider.pages[DISCOVERY] = 200, b'{"issuer": "' + b"x" * LARGEST + b'"}', {}
    with pytest.raises(Unavailable):
        keys.current()
    provider.says("/elsewhere", {"issuer": provider.issuer, "jwks_uri": f"{provider.issuer}/keys"})
    provider.says(DISCOVERY, {}, 302, Location=f"{provider.issuer}/elsewhere")
    with pytest.raises(Unavailable):
        Keys(settings(provider)).current()
    assert "/elsewhere" not in provider.asked


@pytest.mark.parametrize(
    "given",
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
def test_a_setting_that_cannot_be_used_is_named(given: dict[str, str]) -> None:
    good = {"oidc_issuer": "https://login.example", "oidc_audience": AUDIENCE, "oidc_roles": ROLES}
    assert Config(**good).oidc() is not None  # type: ignore[arg-type] # all of them are texts
    with pytest.raises(ConfigProblem, match="oidc_issuer"):
        Config(**{**good, **given})  # type: ignore[arg-type] # the same
