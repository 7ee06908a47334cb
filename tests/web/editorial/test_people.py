"""People over GraphQL: whoever signs in is listed with a name to read, which changes and goes while the log stays."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.access.editing_database import Desk
from careergraph.store.access.audit import verify
from careergraph.store.database.database import connect, reading
from web.client import Client
from web.editing import SAVE, Newsroom, codes, data, edit

PEOPLE = """query($filter: PersonFilter, $first: Int, $after: String) { editor {
  people(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { endCursor } nodes { name displayName role types erasedAt } } } }"""
NAMES = """{ editor { document(type: CAREER, slug: "accountant") { history(first: 1) { author authorName } }
  audit(first: 1, filter: { actor: "user-7" }) { nodes { actor actorName } } } }"""
ERASE = """mutation { erasePerson(name: "user-7") { __typename
  ... on Person { name displayName } ... on Rejected { problems { code } } } }"""
ANN = Actor(name="user-7", role=Role.EDITOR, display_name="Ann Smith")


class Host:
    """A host whose users may change."""

    def __init__(self) -> None:
        self.users = {"7": ANN}

    def settings(self) -> dict[str, Any]:
        return {"authenticate": lambda it: it.headers.get("x-user"), "authorize": self.users.get}


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def newsroom(sqlite_url: str, host: Host) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    yield Newsroom(engine, **host.settings())
    engine.dispose()


def ann(newsroom: Newsroom) -> Client:
    return Client(newsroom.app, **{"X-User": "7"})


def test_a_user_of_the_host_is_shown_by_name(newsroom: Newsroom, host: Host) -> None:
    edit(ann(newsroom), "CAREER", "accountant", title={"en": "Bean counter"})
    admin = newsroom.client(Role.ADMIN)
    answer = data(admin, NAMES)
    assert answer["document"]["history"] == [{"author": "user-7", "authorName": "Ann Smith"}]
    assert answer["audit"]["nodes"][0] == {"actor": "user-7", "actorName": "Ann Smith"}
    assert data(ann(newsroom), "{ editor { me { name displayName } } }")["me"] == {
        "name": "user-7",
        "displayName": "Ann Smith",
    }
    host.users["7"] = Actor(name="user-7", role=Role.EDITOR, display_name="Ann Jones")
    data(ann(newsroom), "{ editor { me { name } } }")
    assert data(admin, NAMES)["audit"]["nodes"][0]["actorName"] == "Ann Jones"


def test_people_are_searched_and_paged_for_who_assigns(newsroom: Newsroom, host: Host) -> None:
    """With the document types that they may see."""
    host.users["8"] = Actor(
        name="user-8", role=Role.AUTHOR, scope=Scope.of(types=["skill", "planet"]), display_name="Bob"
    )
    for user in ("7", "8"):
        data(Client(newsroom.app, **{"X-User": user}), "{ editor { me { name } } }")
    author = newsroom.client(Role.AUTHOR)
    smith = {"name": "user-7", "displayName": "Ann Smith", "role": "EDITOR", "types": None, "erasedAt": None}
    bob = {"name": "user-8", "displayName": "Bob", "role": "AUTHOR", "types": ["SKILL"], "erasedAt": None}
    token = {**bob, "name": "token:author", "displayName": "token:author", "types": None}
    every = data(author, PEOPLE)["people"]
    assert (every["totalCount"], every["nodes"]) == (3, [smith, bob, token])
    first = data(author, PEOPLE, first=1)["people"]
    rest = data(author, PEOPLE, after=first["pageInfo"]["endCursor"])["people"]
    assert [first["nodes"], rest["nodes"]] == [[smith], [bob, token]]
    assert data(author, PEOPLE, filter={"text": "SMITH"})["people"]["nodes"] == [smith]
    assert data(author, PEOPLE, filter={"role": "AUTHOR"})["people"]["totalCount"] == 2
    assert codes(newsroom.client(Role.VIEWER), PEOPLE) == ["FORBIDDEN"]


def test_a_name_is_erased_and_the_log_stays_valid(newsroom: Newsroom) -> None:
    edit(ann(newsroom), "CAREER", "accountant", title={"en": "Bean counter"})
    admin = newsroom.client(Role.ADMIN)
    assert data(admin, ERASE) == {"__typename": "Person", "name": "user-7", "displayName": "user-7"}
    assert data(admin, NAMES)["document"]["history"] == [{"author": "user-7", "authorName": "user-7"}]
    with reading(newsroom.engine) as session:
        assert verify(session).fault is None
        for table in ("person", "audit", "revision", "outbox"):
            rows = session.execute(text(f"SELECT * FROM careergraph_{table}")).all()
            assert "Ann Smith" not in str(rows), table
    missing = data(admin, ERASE.replace("user-7", "user-9"))
    assert missing == {"__typename": "Rejected", "problems": [{"code": "UNKNOWN"}]}


def test_nobody_is_written_down_with_each_request(engine: Engine) -> None:
    """Only whom a process does not know yet, or with other names or rights: writers queue."""
    desk = Desk(lambda: engine)
    assert not desk.has_noted(ANN)
    desk.note(ANN)
    assert desk.has_noted(ANN)
    assert not desk.has_noted(Actor(name="user-7", role=Role.ADMIN, display_name="Ann Smith"))


def test_a_name_that_nobody_can_read_is_not_noted(newsroom: Newsroom, host: Host) -> None:
    """The request goes on: what would write it down refuses it."""
    for name in ("a\x00b", "a\nb"):
        host.users["9"] = Actor(name=name, role=Role.EDITOR)
        client = Client(newsroom.app, **{"X-User": "9"})
        assert codes(client, "{ editor { me { role } } }") == []
        saved = data(client, SAVE, type="CATEGORY", document={"slug": "x", "name": {"en": "X"}})
        assert saved["problems"][0]["code"] == "BAD_TEXT"
    assert data(newsroom.client(Role.ADMIN), PEOPLE)["people"]["totalCount"] == 1
