"""Signing in: by token, as the first administrator, as a user of the host; sessions, and forged requests."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from starlette.types import ASGIApp, Receive, Scope, Send

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.verbs.access.tokens import revoke_token
from careergraph.editorial.webhooks.kinds import KINDS
from careergraph.store.database.database import connect, transaction
from careergraph.store.documents.documents import BY_TYPE
from careergraph.web.admin import gate
from careergraph.web.admin.forms.definition import VALUES, fields_of
from careergraph.web.admin.site import SCREENS
from careergraph.web.admin.words import read_problems
from web.admin.conftest import signed_in
from web.admin.person import HOST, OWN, Fields, Person
from web.editing import ROOT, Newsroom


def test_a_token_signs_in_and_out(newsroom: Newsroom) -> None:
    """The cookie is for this host and no script, the id is stored as a hash, and signing out ends the session."""
    person = Person(newsroom.app)
    assert person.get("documents/career").headers["location"] == "../sign-in?next=documents%2Fcareer"
    secret = newsroom.secret(Role.EDITOR)
    response = person.post("sign-in", {"secret": f" {secret} ", "next": "documents/skill?text=python"})
    assert (response.status_code, response.headers["location"]) == (303, "documents/skill?text=python")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("careergraph-admin=") and "HttpOnly" in cookie and "samesite=lax" in cookie.lower()
    assert "Secure" not in cookie and secret not in cookie
    ident = person.cookies["careergraph-admin"]
    with newsroom.engine.connect() as connection:
        assert ident not in str(connection.execute(text("SELECT * FROM careergraph_session")).all())
    page = person.get("documents/career")
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert person.post("sign-out", {"csrf": person.csrf}).headers["location"] == "sign-in?note=signed_out"
    person.cookies.set("careergraph-admin", ident)
    assert person.get("documents/career").status_code == 303


def test_over_https_the_cookie_is_of_this_host_alone(newsroom: Newsroom) -> None:
    person = Person(newsroom.app, host="https://careers.example")
    response = person.post("sign-in", {"secret": newsroom.secret(Role.EDITOR)}, {"Sec-Fetch-Site": "same-origin"})
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-careergraph-admin=") and "Secure" in cookie and "Path=/" in cookie
    assert "domain" not in cookie.lower()


def test_signing_in_makes_a_new_session(newsroom: Newsroom) -> None:
    """An id that somebody else put into the browser is worth nothing, before and after."""
    person, other = Person(newsroom.app), signed_in(newsroom, Role.AUTHOR)
    planted = other.cookies["careergraph-admin"]
    person.cookies.set("careergraph-admin", planted, domain="127.0.0.1", path="/")
    person.sign_in(newsroom.secret(Role.EDITOR))
    mine = [cookie.value for cookie in person.cookies.jar]
    assert planted not in mine and len(mine) == 1
    assert other.get("account").status_code == 303, "the planted session ended"


def test_everywhere_means_everywhere(newsroom: Newsroom) -> None:
    secret = newsroom.secret(Role.VIEWER)
    here, there = Person(newsroom.app), Person(newsroom.app)
    for person in (here, there):
        person.sign_in(secret)
    here.post("sign-out", {"csrf": here.csrf, "which": "all"})
    assert there.get("account").status_code == 303


def test_a_session_ends_with_its_token_and_when_it_is_idle(newsroom: Newsroom) -> None:
    secret = newsroom.secret(Role.EDITOR)
    person = Person(newsroom.app)
    person.sign_in(secret)
    assert person.get("account").status_code == 200
    with transaction(newsroom.engine) as session:
        revoke_token(session, ROOT, secret.split("_")[1])
    assert person.get("account").status_code == 303
    idle = signed_in(newsroom, Role.EDITOR)
    with transaction(newsroom.engine) as session:
        session.execute(text("UPDATE careergraph_session SET seen_at = '2020-01-01 00:00:00'"))
    assert idle.get("account").status_code == 303


def test_forged_forms_are_refused(newsroom: Newsroom) -> None:
    """Pages of other sites and other ports, programs without an origin, and forms of another session."""
    person, other = signed_in(newsroom, Role.EDITOR), signed_in(newsroom, Role.EDITOR)
    csrf = person.csrf
    forged: list[dict[str, str]] = [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": HOST + ":8080"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HOST},
        {"Sec-Fetch-Site": "same-site", "Origin": HOST + ":8080"},
    ]
    for headers in forged:
        for path in ("sign-out", "sign-in"):
            response = person.post(path, {"csrf": csrf}, headers)
            assert response.status_code == 403, (path, headers)
            assert "set-cookie" not in response.headers
    for token in ("", "0" * 64, other.csrf, "é"):
        assert person.post("sign-out", {"csrf": token}).status_code == 403
    for path in SCREENS:  # refused before it is looked at what it leads to
        for bad, headers in (({"csrf": other.csrf}, OWN), ({"csrf": csrf}, forged[4])):
            assert person.post(path, bad | {"do": "publish"}, headers).status_code == 403, path
    assert person.upload("imports", {"csrf": other.csrf}, {"tables": ("x.csv", b"x")}).status_code in (403, 404)
    assert person.get("account").status_code == 200
    assert person.post("sign-out", {"csrf": csrf}, {"Origin": HOST}).status_code == 303, "a browser without Sec-Fetch"


def test_cookies_of_other_ports_are_nothing_to_it(newsroom: Newsroom) -> None:
    """A browser sends them along, as cookies know no ports: rubbish, another session on a longer path, and one that
    was planted. Whoever signs in has a session of their own, and the form of another one is refused in it."""
    person, other = signed_in(newsroom, Role.EDITOR), signed_in(newsroom, Role.AUTHOR)
    mine, planted = (each.cookies["careergraph-admin"] for each in (person, other))
    browser = Person(newsroom.app)
    for cookies, status in (
        (f'a; b="; =; x={"y" * 4000}; careergraph-admin={mine}', 200),
        (f"careergraph-admin={planted}; careergraph-admin={mine}", 200),
        (f"careergraph-admin=; __Host-careergraph-admin={mine}", 303),
        ("careergraph-admin=" + "0" * 43, 303),
        (f"careergraph-admin={mine}x", 303),
        (f"careergraph-admin-language={mine}", 303),
    ):
        page = browser.get("account", Cookie=cookies)
        assert page.status_code == status and "token:author" not in page.text, cookies
    assert (
        browser.post("sign-out", {"csrf": person.csrf}, OWN | {"Cookie": f"careergraph-admin={planted}"}).status_code
        == 403
    )
    assert other.get("account").status_code == person.get("account").status_code == 200


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "..//evil.example", "\\evil", "a/../../x", "javascript:1"]
)
def test_nobody_is_sent_elsewhere(newsroom: Newsroom, address: str) -> None:
    person = Person(newsroom.app)
    response = person.post("sign-in", {"secret": newsroom.secret(Role.VIEWER), "next": address})
    assert response.headers["location"] == "./"
    assert person.post("language", {"language": "de", "next": address}).headers["location"] == "./"


def test_attempts_are_limited(newsroom: Newsroom) -> None:
    person = Person(newsroom.app, client="192.0.2.7")
    statuses = [person.post("sign-in", {"secret": "cg_wrong"}).status_code for _ in range(gate.ATTEMPTS + 1)]
    assert statuses == [401] * gate.ATTEMPTS + [429]
    assert Person(newsroom.app, client="192.0.2.8").post("sign-in", {"secret": "cg_wrong"}).status_code == 401


def test_the_first_administrator(sqlite_url: str) -> None:
    """The printed address works once, from this machine, and only while nobody else could sign in as one."""
    newsroom = Newsroom(connect(sqlite_url), admin_path="/admin")
    admin = newsroom.careergraph.admin
    assert admin is not None
    address = admin.first_address(HOST)
    assert address is not None
    key = re.fullmatch(re.escape(HOST) + r"/admin/sign-in\?key=([\w-]+)", address)
    assert key is not None
    afar = Person(newsroom.app, client="192.0.2.7")
    assert 'name="key"' not in afar.get(f"sign-in?key={key[1]}").text
    assert afar.post("sign-in", {"key": key[1]}).status_code == 401
    rebound = Person(newsroom.app, host="http://evil.example")
    assert rebound.post("sign-in", {"key": key[1]}, {"Sec-Fetch-Site": "same-origin"}).status_code == 401
    person = Person(newsroom.app)
    assert f'name="key" value="{key[1]}"' in person.get(f"sign-in?key={key[1]}").text
    assert person.post("sign-in", {"key": key[1]}).status_code == 303
    assert "first-administrator" in person.get("account").text
    assert Person(newsroom.app).post("sign-in", {"key": key[1]}).status_code == 401, "it was used"
    assert admin.first_address(HOST) is None, "there is an administrator"
    person.post("sign-out", {"csrf": person.csrf})
    address = admin.first_address(HOST)
    assert address is not None
    again = address.rpartition("=")[2]
    newsroom.secret(Role.ADMIN)
    assert Person(newsroom.app).post("sign-in", {"key": again}).status_code == 401, "an administrator has come since"
    newsroom.close()


class Host:
    """An application with users of its own, in front of ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.name = app, "ann"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        user = type("User", (), {"is_authenticated": bool(self.name), "display_name": self.name})()
        await self.app({**scope, "user": user}, receive, send)


def test_a_user_of_the_host(sqlite_url: str) -> None:
    """Signs in with one click, and has the session for as long as the host knows the same user."""

    def authorize(user: Any) -> Actor | None:
        return Actor(name=f"user-{user.display_name}", role=Role.EDITOR) if user.display_name == "ann" else None

    newsroom = Newsroom(connect(sqlite_url), admin_path="/admin", authorize=authorize)
    host = Host(newsroom.app)
    person = Person(host)
    assert "Continue as user-ann" in person.get("sign-in").text
    assert person.get("account").status_code == 303, "a form proves more than a cookie of the host"
    assert person.post("sign-in", {"host": "1"}).status_code == 303
    assert "user-ann" in person.get("account").text
    host.name = "bob"
    assert person.get("account").status_code == 303
    newsroom.close()


def test_both_languages_have_the_same_words() -> None:
    """And each word that a template names is there."""
    folder = files("careergraph.web.admin")
    english, german = (json.loads(folder.joinpath("words", f"{code}.json").read_text("utf-8")) for code in ("en", "de"))
    assert english.keys() == german.keys()
    slots = re.compile(r"\{(\w+)\}")
    assert [name for name in english if set(slots.findall(english[name])) != set(slots.findall(german[name]))] == []
    templates = Path(str(folder.joinpath("templates"))).rglob("*.html")
    named = {name for file in templates for name in re.findall(r'\bw\("([\w.-]+)"\s*[,)]', file.read_text("utf-8"))}
    assert len(named) > 20 and named - english.keys() == set()
    assert {f"event.{kind}" for kind in KINDS} - english.keys() == set()
    every = [field for name in BY_TYPE for field in fields_of(name)] + list(VALUES.values())
    while every:
        field = every.pop()
        needed = {f"field.{field.name}", *[f"choice.{choice}" for choice in field.choices]}
        assert needed - english.keys() == set(), "a field of a definition has no word"
        every += [*field.fields, *([field.item] if field.item else [])]


def test_a_problem_is_said_in_the_language_of_the_interface(editor: Person) -> None:
    """By its code, with the message of the API, which is in English; every code has words."""
    assert read_problems("de").keys() == {code.value for code in ProblemCode}
    fields = {**dict(Fields(editor.get("new/category").text).fields), "slug": "No Slug", "do": "save"}
    for language, is_worded in (("de", True), ("en", False)):
        refused = editor.post("new/category", fields, {"Accept-Language": language, **OWN})
        assert refused.status_code == 422
        assert (read_problems("de")["BAD_IDENT"] in refused.text) is is_worded


def test_the_language_is_chosen_or_accepted(editor: Person) -> None:
    assert "Berufe" in editor.get("documents/career", **{"Accept-Language": "fr, de-CH;q=0.8"}).text
    editor.post("language", {"language": "de", "next": "account"})
    assert "Ihr Konto" in editor.get("account").text
    editor.post("language", {"language": "xx"})
    editor.post("language", {"language": "en"})
    assert "Your account" in editor.get("account").text


def test_it_is_off_unless_asked_for(sqlite_url: str) -> None:
    newsroom = Newsroom(connect(sqlite_url))
    assert newsroom.public.get("/admin/sign-in").status_code == 404
    newsroom.close()
