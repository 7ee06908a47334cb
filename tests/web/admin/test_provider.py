"""Signing in to the admin at an OpenID Connect provider: there and back, and what is forged, late or used."""

import json
import logging
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from hmac import digest
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from joserfc.jwk import ECKey
from sqlalchemy import text

from careergraph.editorial.access.oidc import code_flow
from careergraph.editorial.access.sessions import VOUCHED
from careergraph.store.database.database import connect, transaction
from careergraph.web.core.config import Config, ConfigProblem
from web.admin.person import Person
from web.editing import Newsroom
from web.provider import AUDIENCE, DISCOVERY, Provider, running

HOST = "https://careers.example"
"""As behind a proxy, which says so."""
PUBLIC = f"{HOST}/compare"
SECRET = "not-for-the-log"
ROLES = "writers=author, chiefs=admin"
ANSWER = "sign-in/callback"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running() as server:
        server.client_secret = SECRET
        yield server


@pytest.fixture(scope="module")
def office(seeded_file: Any, tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[Newsroom]:
    """An app whose people sign in at the provider."""
    file = tmp_path_factory.mktemp("office") / "seeded.db"
    file.write_bytes(seeded_file.read_bytes())
    engine = connect(f"sqlite:///{file}")
    newsroom = Newsroom(engine, **settings(provider))
    yield newsroom
    newsroom.close()
    engine.dispose()


def settings(provider: Provider) -> dict[str, Any]:
    named = {"issuer": provider.issuer, "audience": "the-api", "roles": ROLES, "client_id": AUDIENCE}
    oidc = {f"oidc_{name}": value for name, value in (named | {"client_secret": SECRET}).items()}
    return oidc | {"admin_path": "/admin", "public_url": PUBLIC}


@pytest.fixture(autouse=True)
def fresh(provider: Provider) -> Iterator[None]:
    """A provider that behaves, and nobody who tried before."""
    pages = dict(provider.pages)
    yield
    provider.changes.clear()
    provider.pages.update(pages)


@pytest.fixture
def person(office: Newsroom, request: pytest.FixtureRequest) -> Person:
    """Somebody new, at an address of their own: attempts are counted."""
    return Person(office.app, host=HOST, client=f"192.0.2.{abs(hash(request.node.name)) % 250}")


def begin(person: Person, after: str = "") -> str:
    """Goes to the provider, and returns its address."""
    response = person.get("sign-in/provider" + (f"?{urlencode({'next': after})}" if after else ""))
    assert response.status_code == 303, response.text
    return response.headers["location"]


def answer(person: Person, brought: dict[str, str]) -> httpx.Response:
    """Comes back from the provider, as a browser does from another site."""
    return person.get(f"{ANSWER}?{urlencode(brought)}", **{"Sec-Fetch-Site": "cross-site"})


def problem(response: httpx.Response) -> str:
    """The code of what went wrong; nobody is signed in, and the sign-in is over."""
    cookies = response.headers.get_list("set-cookie")
    assert [each.partition("=")[0] for each in cookies] == ["__Host-careergraph-admin-sign-in"], cookies
    assert "Max-Age=0" in cookies[0] and 'role="alert"' in response.text
    return response.text.partition("<code>")[2].partition("</code>")[0]


def test_there_and_back(office: Newsroom, provider: Provider, person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """The way to the provider is not made of what a request says; the session knows who came, and from where."""
    caplog.set_level(logging.DEBUG, "careergraph")
    page = person.get("sign-in?next=documents%2Fskill")
    assert 'href="sign-in/provider?next=documents%2Fskill"' in page.text and "Sign in with 127.0.0.1" in page.text
    address = begin(person, "documents/skill?text=python")
    sent = dict(parse_qsl(urlsplit(address).query))
    assert sent["redirect_uri"] == f"{PUBLIC}/admin/sign-in/callback" and sent["client_id"] == AUDIENCE
    assert len({sent["state"], sent["nonce"], sent["code_challenge"]}) == 3
    provider.changes = {"name": "Ann Smith", "sub": "ann", "groups": ["private"]}
    response = answer(person, provider.authorize(address))
    assert (response.status_code, response.headers["location"]) == (303, "../documents/skill?text=python")
    account = person.get("account").text
    assert "Ann Smith" in account and "oidc:ann" in account and provider.issuer in account
    with office.engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM careergraph_session")).all())
        audit = str(connection.execute(text("SELECT * FROM careergraph_audit WHERE verb = 'sign-in'")).all())
    assert provider.issuer in rows and "private" not in rows, "the session keeps what rights are made of alone"
    assert provider.issuer in audit and "oidc:ann" in audit
    assert SECRET not in caplog.text + repr(office.careergraph.config) and "code-" not in caplog.text
    person.post("sign-out", {"csrf": person.csrf}, {"Sec-Fetch-Site": "same-origin"})
    assert person.get("account").status_code == 303


def test_the_cookie_of_a_sign_in(person: Person) -> None:
    """It is for this host, for no script, for ten minutes, and never sent along with a form of another site."""
    response = person.get("sign-in/provider", Host="evil.example")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-careergraph-admin-sign-in=") and "Max-Age=600" in cookie
    for part in ("HttpOnly", "Secure", "Path=/", "SameSite=lax"):
        assert part in cookie
    assert "evil" not in response.headers["location"] and "domain" not in cookie.lower()
    assert person.get("sign-in/provider", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert person.get(f"{ANSWER}?code=x").headers["cache-control"] == "no-store"


def test_what_was_not_begun_here_is_nobody(office: Newsroom, provider: Provider, person: Person) -> None:
    """A forged state, one of somebody else's, an answer that comes twice, and one that comes late."""
    brought = provider.authorize(begin(person))
    assert problem(answer(person, {**brought, "state": "x" * 43})) == "STALE"
    assert problem(answer(person, brought)) == "STALE", "it is over once it was answered"
    theirs = provider.authorize(begin(Person(office.app)))
    begin(person)
    assert problem(answer(person, theirs)) == "STALE", "who sends a link to somebody signs nobody in"
    brought = provider.authorize(begin(person))
    assert answer(person, brought).status_code == 303
    assert problem(answer(person, brought)) == "STALE"


def test_a_sign_in_takes_ten_minutes_at_most(
    provider: Provider, person: Person, monkeypatch: pytest.MonkeyPatch, office: Newsroom
) -> None:
    """Also where a browser keeps its cookie for longer."""
    brought = provider.authorize(begin(person))
    assert office.careergraph.admin is not None
    flow = office.careergraph.admin.gate.flow
    assert flow is not None
    monkeypatch.setattr(flow, "_clock", lambda: time.time() + code_flow.SECONDS + 2)
    assert problem(answer(person, brought)) == "STALE"


def test_a_code_works_once(provider: Provider, person: Person) -> None:
    """Somebody who copied the cookie too is refused by the provider, and a code of another sign-in has another
    verifier."""
    brought = provider.authorize(begin(person))
    cookies = httpx.Cookies(person.cookies)
    assert answer(person, brought).status_code == 303
    person.cookies = cookies
    assert problem(answer(person, brought)) == "CODE"
    injected = provider.authorize(begin(person))["code"]
    state = provider.authorize(begin(person))["state"]
    assert problem(answer(person, {"code": injected, "state": state})) == "CODE"


def forged(provider: Provider) -> Iterator[dict[str, Any]]:
    """Tokens that the provider did not sign for this sign-in, as changes of good ones."""
    now = int(time.time())
    yield {"nonce": "of-another-sign-in"}
    yield {"nonce": None}
    yield {"aud": "the-api"}
    yield {"aud": [AUDIENCE, "another"]}
    yield {"aud": [AUDIENCE, "another"], "azp": "another"}
    yield {"iss": "https://elsewhere.example"}
    yield {"exp": now - 60}
    yield {"nbf": now + 600}
    yield {"sub": None}
    stranger = Provider(provider.issuer)
    stranger.keys["one"] = ECKey.generate_key("P-256")
    for forge in (unsigned, shared, lambda _, **claims: stranger.token(**claims), lambda *_, **claims: "x"):
        yield {
            "forge": partial(forge, provider),
            "iss": provider.issuer,
            "aud": AUDIENCE,
            "sub": "eve",
            "exp": now + 60,
        }


def unsigned(_: Provider, **claims: Any) -> str:
    return compact({"alg": "none"}, claims) + "."


def shared(provider: Provider, **claims: Any) -> str:
    """Signed with what everybody knows, as if that were a secret."""
    head = compact({"alg": "HS256", "kid": "one"}, claims)
    public = json.dumps(provider.keys["one"].as_dict(private=False)).encode()
    return f"{head}.{encoded(digest(public, head.encode(), sha256))}"


def compact(*parts: object) -> str:
    return ".".join(encoded(json.dumps(each).encode()) for each in parts)


def encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def test_a_token_that_is_not_of_this_sign_in_is_nobody(office: Newsroom, provider: Provider) -> None:
    """One answer for all of it. One for several of whom we are the party is good."""
    for number, changes in enumerate(forged(provider)):
        person = Person(office.app, host=HOST, client=f"198.51.100.{number}")
        address = begin(person)
        provider.changes = changes
        assert problem(answer(person, provider.authorize(address))) == "TOKEN", changes
    person = Person(office.app, host=HOST, client="198.51.100.99")
    provider.changes = {"aud": [AUDIENCE, "another"], "azp": AUDIENCE}
    assert answer(person, provider.authorize(begin(person))).status_code == 303


def test_who_has_no_role_is_told_so(provider: Provider, person: Person) -> None:
    for changes in ({"roles": ["staff"]}, {"careergraph_scope": "all"}):
        provider.changes = changes
        response = answer(person, provider.authorize(begin(person)))
        assert (response.status_code, problem(response)) == (403, "NO_ROLE")


def test_a_provider_that_refuses_or_is_down(provider: Provider, person: Person, office: Newsroom) -> None:
    """What it says of why is for the log, as somebody else may have written it."""
    state = provider.authorize(begin(person))["state"]
    response = answer(person, {"error": "access_denied", "error_description": "Call 555-0100!", "state": state})
    assert (response.status_code, problem(response)) == (401, "REFUSED") and "555" not in response.text
    state = provider.authorize(begin(person))["state"]
    assert problem(answer(person, {"code": "x", "state": state, "iss": "https://evil.example"})) == "TOKEN"
    provider.changes = {"status": 503}
    response = answer(person, provider.authorize(begin(person)))
    assert (response.status_code, problem(response)) == (503, "UNREACHABLE")
    fresh = Newsroom(office.engine, **settings(provider))
    provider.pages[DISCOVERY] = (500, b"", {})
    response = Person(fresh.app).get("sign-in/provider")
    assert (response.status_code, "<code>UNREACHABLE</code>" in response.text) == (503, True)
    assert person.get("sign-in/provider").status_code == 303, "what was described before goes on for a while"
    fresh.close()


def test_nobody_is_sent_elsewhere(provider: Provider, office: Newsroom) -> None:
    """Neither by the parameter, nor by a cookie that somebody wrote."""
    for number, after in enumerate(("//evil.example", "https://evil.example", "a/../../x", "x y", "javascript:x")):
        person = Person(office.app, host=HOST, client=f"203.0.113.{number}")
        address = begin(person, after)
        name, value = next((each.name, each.value) for each in person.cookies.jar)
        assert value is not None
        secret = value.strip('"').partition(" ")[0]
        for cookie in (value, f'"{secret} {after}"'):
            person.cookies.clear()
            person.cookies.set(name, cookie, domain="careers.example", path="/")
            response = answer(person, provider.authorize(address))
            assert response.status_code == 303 and response.headers["location"] == "../", (after, cookie)


def test_a_session_has_the_rights_of_now(office: Newsroom, provider: Provider, person: Person) -> None:
    """Of the roles that the settings give now, at the provider that they name; and for half a day."""
    provider.changes = {"sub": "bob", "roles": ["writers"]}
    assert answer(person, provider.authorize(begin(person))).status_code == 303
    assert "Author" in person.get("account").text
    for changes, status in (({"oidc_roles": "writers=viewer"}, 200), ({"oidc_roles": "chiefs=admin"}, 303)):
        other = Newsroom(office.engine, **settings(provider) | changes)
        later = Person(other.app, host=HOST)
        later.cookies = person.cookies
        response = later.get("account")
        assert response.status_code == status and "Author" not in response.text
        other.close()
    with transaction(office.engine) as session:
        session.execute(text("UPDATE careergraph_session SET created_at = :at"), {"at": f"{long_ago()}"})
    assert person.get("account").status_code == 303


def long_ago() -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S.000000", time.gmtime(time.time() - VOUCHED.total_seconds() - 1))


def test_settings_that_cannot_work_are_refused(provider: Provider) -> None:
    """The address that people are sent back to is fixed, and no token goes over an open line."""
    good = settings(provider)
    for changes in ({"public_url": ""}, {"public_url": "http://careers.example"}, {"oidc_scopes": "profile"}):
        with pytest.raises(ConfigProblem):
            Config.of(**good | changes)
    with pytest.raises(ConfigProblem):
        Config.of(oidc_client_id="x")
    assert SECRET not in repr(Config.of(**good))


def test_without_a_client_there_is_no_such_way(office: Newsroom, provider: Provider) -> None:
    """The provider's bearer tokens are taken all the same."""
    other = Newsroom(office.engine, **settings(provider) | {"oidc_client_id": ""})
    person = Person(other.app)
    assert "sign-in/provider" not in person.get("sign-in").text
    assert person.get("sign-in/provider").status_code == person.get(ANSWER).status_code == 404
    other.close()
