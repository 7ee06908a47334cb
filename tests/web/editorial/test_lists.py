"""The lists of editors: paged both ways by cursors, filtered, sorted and counted, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, update

from careergraph.api.base.page import encode_cursor, fingerprint_of
from careergraph.editorial.access.actor import Role
from careergraph.editorial.worker.worker import Worker
from careergraph.store.access import audit
from careergraph.store.access.saved_filters import put_filter
from careergraph.store.database.database import transaction
from careergraph.store.editing import releases, schedules
from careergraph.store.events import deliveries, endpoints, outbox
from careergraph.store.tables.editing import DeliveryRow, ScheduleRow
from web.client import Client
from web.editing import TOMORROW, Newsroom, codes, data, edit, key

NAMES = ("may", "june", "july", "august", "september")
PAGE = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor }"


@pytest.fixture
def newsroom(engine: Engine) -> Iterator[Newsroom]:
    newsroom = Newsroom(engine)
    yield newsroom
    newsroom.close()


@pytest.fixture
def admin(newsroom: Newsroom) -> Client:
    return newsroom.client(Role.ADMIN)


@pytest.fixture
def opened(newsroom: Newsroom) -> None:
    """Five releases: one published, one discarded."""
    with transaction(newsroom.engine) as session:
        for number, name in enumerate(NAMES):
            releases.open_release(session, name, f"100%{'_' * (number % 2)} {name}", "", f"author {number % 2}")
        releases.finish(session, "june", 1)
        releases.discard(session, "july")


def listed(client: Client, field: str, arguments: str = "", fields: str = "slug", **variables: Any) -> Any:
    """A page of a list."""
    declared = "".join(f"${name}: String, " for name in variables)
    head = f"query({declared})" if declared else "query"
    call = f"{field}({arguments})" if arguments else field
    query = f"{head} {{ editor {{ {call} {{ {PAGE} nodes {{ {fields} }} }} }} }}"
    return data(client, query, **variables)[field]


def values(page: Any, name: str = "slug") -> list[Any]:
    return [it[name] for it in page["nodes"]]


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("order", ["CREATED", "TITLE"])
def test_a_list_is_walked_forward_and_backward_in_its_order(admin: Client, order: str) -> None:
    whole = listed(admin, "releases", f"orderBy: {order}, direction: ASC")
    assert values(whole) == list(NAMES if order == "CREATED" else ("july", "may", "september", "august", "june"))
    for direction, expected in (("ASC", values(whole)), ("DESC", values(whole)[::-1])):
        walked: list[str] = []
        after = None
        while True:
            page = listed(admin, "releases", f"orderBy: {order}, direction: {direction}, first: 2, after: $a", a=after)
            info = page["pageInfo"]
            assert page["totalCount"] == 5
            assert info["hasPreviousPage"] is (after is not None)
            walked += values(page)
            after = info["endCursor"]
            if not info["hasNextPage"]:
                break
        assert walked == expected
        back = listed(admin, "releases", f"orderBy: {order}, direction: {direction}, last: 2, before: $b", b=after)
        assert values(back) == expected[-3:-1]
        assert (back["pageInfo"]["hasNextPage"], back["pageInfo"]["hasPreviousPage"]) == (True, True)
        first = listed(
            admin,
            "releases",
            f"orderBy: {order}, direction: {direction}, last: 9, before: $b",
            b=back["edges"][0]["cursor"],
        )
        assert values(first) == expected[:2]
        assert first["pageInfo"]["hasPreviousPage"] is False
        beyond = listed(admin, "releases", f"orderBy: {order}, direction: {direction}, after: $a", a=after)
        assert (values(beyond), beyond["pageInfo"]["startCursor"]) == ([], None)
        assert (beyond["pageInfo"]["hasNextPage"], beyond["pageInfo"]["hasPreviousPage"]) == (False, True)
        none = listed(admin, "releases", f"orderBy: {order}, direction: {direction}, first: 0")
        assert (none["pageInfo"]["hasNextPage"], none["pageInfo"]["hasPreviousPage"]) == (True, False)


@pytest.mark.usefixtures("opened")
def test_a_page_that_is_none_is_refused(admin: Client) -> None:
    cursor = listed(admin, "releases")["edges"][0]["cursor"]
    ask = "query($a: String) { editor { %s { totalCount nodes { __typename } } } }"
    for call, expected in (
        ("releases(first: 101)", "TOO_MANY"),
        ("releases(first: 1, last: 1)", "BAD_PAGE"),
        ("releases(first: -1)", "BAD_PAGE"),
        ("releases(after: $a, direction: ASC)", "BAD_CURSOR"),
        ("releases(after: $a, orderBy: TITLE)", "BAD_CURSOR"),
        ("schedules(after: $a)", "BAD_CURSOR"),
        ('releases(filter: { since: "2026-01-01T00:00:00" })', "BAD_DATE"),
        ('releases(filter: { until: "0001-01-01T00:00:00+01:00" })', "BAD_DATE"),
    ):
        query = ask.replace("%s", call)
        query = query if "$a" in call else query.replace("($a: String)", "")
        assert codes(admin, query, **({"a": cursor} if "$a" in call else {})) == [expected], call


def test_a_forged_cursor_is_refused(admin: Client, newsroom: Newsroom) -> None:
    """Its mark is no secret: what it holds is checked as any other input."""

    mark = fingerprint_of(("Editor", "releases", "CREATED", True))
    for forged in (
        ("2026-01-01T00:00:00", "may"),
        ("9999-12-31T23:59:59-12:00", "may"),
        (10**30, "may"),
        ("2026-01-01T00:00:00Z",),
        ("2026-01-01T00:00:00Z", "may", 1),
        ("2026-01-01T00:00:00Z", None),
    ):
        query = "query($a: String) { editor { releases(after: $a) { nodes { slug } } } }"
        assert codes(admin, query, a=encode_cursor(mark, forged)) == ["BAD_CURSOR"], forged
    mark = fingerprint_of(("Editor", "events", "", True))
    query = "query($a: String) { editor { events(after: $a) { nodes { number } } } }"
    for number, expected in ((10**30, ["BAD_CURSOR"]), (2**31, ["BAD_CURSOR"]), (2**31 - 1, [])):
        assert codes(admin, query, a=encode_cursor(mark, (number,))) == expected, "as far as columns of integers go"


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("criteria", "slugs"),
    [
        ("status: [OPEN]", ["september", "august", "may"]),
        ("status: [PUBLISHED, DISCARDED]", ["july", "june"]),
        ("status: []", []),
        ('text: "JU"', ["july", "june"]),
        ('text: " ju  ne "', ["june"]),
        ('text: "100%_"', ["august", "june"]),
        ('text: "_"', ["august", "june"]),
        ('createdBy: "author 1"', ["august", "june"]),
        ('createdBy: "author 1", status: OPEN', ["august"]),
        ('until: "2020-01-01T00:00:00Z"', []),
        ('since: "2020-01-01T00:00:00+02:00"', list(NAMES[::-1])),
    ],
)
def test_releases_are_filtered(admin: Client, criteria: str, slugs: list[str]) -> None:
    page = listed(admin, "releases", f"filter: {{ {criteria} }}", "slug status")
    assert (values(page), page["totalCount"]) == (slugs, len(slugs))
    stands = {"june": "PUBLISHED", "july": "DISCARDED"}
    assert all(it["status"] == stands.get(it["slug"], "OPEN") for it in page["nodes"])


def test_schedules_are_filtered_by_how_they_stand(newsroom: Newsroom, admin: Client) -> None:
    """Also by what they are about, by whom, and when; a narrow token reads nothing of other types, nor why a release
    failed, which names what is in it."""
    with transaction(newsroom.engine) as session:
        releases.open_release(session, "may", "May", "", "ann")
        numbers: dict[str, int] = {}
        for name, subject, author in (
            ("PENDING", ("career", "actuary"), "ann"),
            ("HELD", ("skill", "python"), "bob"),
            ("CANCELLED", ("skill", "python"), "ann"),
            ("DONE", ("collection", "careers-in-data"), "ann"),
            ("FAILED", "may", "ann"),
        ):
            day = TOMORROW + timedelta(days=len(numbers))
            schedule = schedules.add(session, schedules.Action.PUBLISH, subject, day, zone="UTC", author=author)
            numbers[name] = schedule.number
        schedules.hold(session, "why", author="bob")
        schedules.cancel(session, numbers["CANCELLED"])
        for name, outcome in (("DONE", "version 7"), ("FAILED", f"{schedules.FAILURE}career 'actuary' lacks a title")):
            row = session.get(ScheduleRow, numbers[name])
            assert row is not None
            row.done_at = datetime.now(UTC)
            schedules.finish(session, numbers[name], outcome)
    assert values(listed(admin, "schedules", fields="number status"), "status") == list(numbers)
    assert (
        values(listed(admin, "schedules", "direction: DESC, orderBy: CREATED", "number"), "number")
        == sorted(numbers.values())[::-1]
    )
    for status, number in numbers.items():
        assert values(listed(admin, "schedules", f"filter: {{ status: {status} }}", "number"), "number") == [number]
    for criteria, names in (
        ("type: SKILL", ["HELD", "CANCELLED"]),
        ('slug: "python", author: "ann"', ["CANCELLED"]),
        ('release: "may"', ["FAILED"]),
        ("action: UNPUBLISH", []),
        (f'until: "{(TOMORROW + timedelta(days=1)).isoformat()}"', ["PENDING"]),
    ):
        assert values(listed(admin, "schedules", f"filter: {{ {criteria} }}", "status"), "status") == names, criteria
    narrow = newsroom.client(Role.EDITOR, types=["skill"])
    page = listed(narrow, "schedules", fields="status outcome")
    assert (page["totalCount"], values(page, "status")) == (3, ["HELD", "CANCELLED", "FAILED"])
    assert values(page, "outcome") == [None, None, "failed"]
    assert "actuary" in listed(admin, "schedules", "filter: { status: FAILED }", "outcome")["nodes"][0]["outcome"]


def test_a_schedule_that_fails_is_among_the_failed(newsroom: Newsroom) -> None:
    editor = newsroom.client(Role.EDITOR)
    edit(editor, "CAREER", "actuary", title={"en": "Reckoner"})
    add = """mutation($at: DateTime!) { schedule(type: CAREER, slug: "actuary", base: 2, action: PUBLISH, at: $at,
      zone: "UTC") { __typename } }"""
    assert data(editor, add, at=TOMORROW.isoformat()) == {"__typename": "Schedule"}
    with transaction(newsroom.engine) as session:  # by no verb, as it would cancel the schedule
        session.execute(update(ScheduleRow).values(revision=99))
    (done,) = Worker(newsroom.engine).publish_due(TOMORROW)
    assert not done.good
    page = listed(editor, "schedules", "filter: { status: [FAILED] }", "outcome document { slug }")
    assert page["nodes"] == [{"outcome": done.outcome, "document": {"slug": "actuary"}}]


def test_tokens_and_previews_are_filtered_and_sorted(newsroom: Newsroom, admin: Client) -> None:
    create = """mutation($n: String!, $e: DateTime) { createToken(name: $n, role: AUTHOR, expiresAt: $e) {
      ... on CreatedToken { token { prefix } } } }"""
    prefixes = [
        data(admin, create, n=name, e=end)["token"]["prefix"]
        for name, end in (("zoe", None), ("ann", TOMORROW.isoformat()))
    ]
    data(admin, "mutation($p: String!) { revokeToken(prefix: $p) { __typename } }", p=prefixes[0])
    page = listed(admin, "tokens", "orderBy: NAME, direction: ASC", "name")
    assert (page["totalCount"], values(page, "name")) == (3, ["admin", "ann", "zoe"])
    assert values(listed(admin, "tokens", "orderBy: EXPIRES, direction: ASC", "name"), "name")[0] == "ann"
    assert values(listed(admin, "tokens", "orderBy: LAST_USED", "name"), "name")[0] == "admin"
    for criteria, names in (
        ("good: false", ["zoe"]),
        ("good: true", ["ann", "admin"]),
        ("role: AUTHOR", ["ann", "zoe"]),
        ('text: "O"', ["zoe"]),
        ('createdBy: "token:admin"', ["ann", "zoe"]),
    ):
        assert values(listed(admin, "tokens", f"filter: {{ {criteria} }}", "name"), "name") == names, criteria
    data(admin, 'mutation { openRelease(slug: "may", title: "May") { __typename } }')
    edit(admin, "CAREER", "actuary", title={"en": "Reckoner"})
    preview = """mutation($n: String!, $d: [DocumentBaseInput!], $r: String, $s: String, $e: DateTime!) {
      createPreview(name: $n, expiresAt: $e, documents: $d, release: $r, state: $s) { __typename } }"""
    add = 'mutation($d: [DocumentBaseInput!]!) { addToRelease(release: "may", documents: $d) { __typename } }'
    data(admin, add, d=[key("CAREER", "actuary")])
    data(admin, preview, n="drafts", d=[key("CAREER", "actuary")], e=TOMORROW.isoformat())
    state = data(admin, '{ editor { release(slug: "may") { state } } }')["release"]["state"]
    data(admin, preview, n="release", r="may", s=state, d=[], e=(TOMORROW + timedelta(days=1)).isoformat())
    assert values(listed(admin, "previews", "orderBy: EXPIRES", "name"), "name") == ["release", "drafts"]
    assert values(listed(admin, "previews", 'filter: { release: "may" }', "name"), "name") == ["release"]
    assert values(listed(admin, "previews", 'filter: { text: "DRA", good: true }', "name"), "name") == ["drafts"]
    author = newsroom.client(Role.AUTHOR)
    assert listed(author, "previews", 'filter: { createdBy: "token:admin" }', "name")["totalCount"] == 0


def test_webhooks_are_filtered(newsroom: Newsroom, admin: Client) -> None:
    with transaction(newsroom.engine) as session:
        every = endpoints.add(session, "https://every.example/", ["*"], "ann").number
        some = endpoints.add(session, "https://some.example/", ["b"], "ann").number
        outbox.enqueue(session, "a", [("career", "actuary")], {}, 7)
        outbox.enqueue(session, "b", [("skill", "actuary")], {}, None)
        endpoints.pause(session, some, "tired")
        row = session.get(DeliveryRow, (every, 1))
        assert row is not None
        row.state = str(deliveries.State.FAILED)
    assert values(listed(admin, "endpoints", fields="number"), "number") == [every, some]
    assert values(listed(admin, "endpoints", "filter: { paused: true }", "number"), "number") == [some]
    assert values(
        listed(admin, "endpoints", 'filter: { paused: false, active: true, text: "EVERY" }', "number"), "number"
    ) == [every]
    for criteria, numbers in (
        ("", [2, 1]),
        ('kind: "a"', [1]),
        ("version: 7", [1]),
        ('slug: "actuary"', [2, 1]),
        ('type: SKILL, slug: "actuary"', [2]),
        ('until: "2020-01-01T00:00:00Z"', []),
    ):
        assert values(listed(admin, "events", f"filter: {{ {criteria} }}", "number"), "number") == numbers, criteria
    for criteria, pairs in (
        ("", [(2, some), (2, every), (1, every)]),
        (f"endpoint: {every}", [(2, every), (1, every)]),
        ("state: FAILED", [(1, every)]),
        ("state: [PENDING], paused: true", [(2, some)]),
        ("paused: false", [(2, every), (1, every)]),
        ('kind: "a"', [(1, every)]),
        ("event: 2", [(2, some), (2, every)]),
    ):
        page = listed(admin, "deliveries", f"filter: {{ {criteria} }}", "event endpoint kind createdAt")
        assert [(it["event"], it["endpoint"]) for it in page["nodes"]] == pairs, criteria
        assert page["totalCount"] == len(pairs)
        assert all(it["kind"] == "ab"[it["event"] - 1] for it in page["nodes"])


def test_a_filter_by_what_there_is_not_is_no_empty_list(newsroom: Newsroom, admin: Client) -> None:
    """Where the values are closed, the answer names them. The log of an earlier version may have others; a name of a
    person is never wrong."""
    with transaction(newsroom.engine) as session:
        number = endpoints.add(session, "https://every.example/", ["*"], "ann").number
        audit.record(session, "ann", "verb-of-old", None, {})
        outbox.enqueue(session, "event.of_old", [], {}, None)
    for call, code, right in (
        ('audit(filter: { verb: "publisch" })', "BAD_USER_INPUT", "publish"),
        ('events(filter: { kind: "catalog" })', "BAD_USER_INPUT", "catalog.published"),
        ('deliveries(filter: { kind: "catalog" })', "BAD_USER_INPUT", "catalog.published"),
        ("deliveries(filter: { endpoint: 99 })", "BAD_USER_INPUT", number),
        ("deliveries(filter: { event: 99 })", "BAD_USER_INPUT", None),
        ('schedules(filter: { release: "none" })', "UNKNOWN", None),
        ('previews(filter: { release: "none" })', "UNKNOWN", None),
        ('audit(filter: { verb: "verb-of-old", actor: "nobody" })', None, None),
        ('audit(filter: { verb: "carry-out" })', None, None),
        ('events(filter: { kind: "event.of_old" })', None, None),
        ('events(filter: { kind: "draft.submitted" })', None, None),
    ):
        response = admin.ask(f"{{ editor {{ {call} {{ totalCount }} }} }}")
        extensions = [it["extensions"] for it in response.get("errors", [])]
        assert [it["code"] for it in extensions] == ([code] if code else []), (call, response)
        assert right is None or right in extensions[0]["right"], call


def test_a_count_reads_no_rows(newsroom: Newsroom, admin: Client) -> None:
    """A dashboard asks for many counts at once."""
    with transaction(newsroom.engine) as session:
        for number in range(3):
            audit.record(session, "ann", "publish", ("career", "actuary"), {"number": number})
    with statements() as run:
        page = data(admin, '{ editor { audit(filter: { actor: "ann" }) { totalCount } } }')["audit"]
    assert page == {"totalCount": 3}
    [read] = [it for it in run if "careergraph_audit" in it]
    assert "count(" in read.lower()
    with statements() as run:  # a page that is all of the list is its count
        page = data(admin, '{ editor { audit(filter: { actor: "ann" }) { totalCount nodes { at } } } }')["audit"]
    assert (page["totalCount"], len(page["nodes"])) == (3, 3)
    assert len([it for it in run if "careergraph_audit" in it]) == 1


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are run meanwhile, by whatever engine."""
    run: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        run.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield run
    event.remove(Engine, "before_cursor_execute", note)


SAVE_FILTER = """mutation($s: String!, $n: String!, $f: Json!) { saveFilter(screen: $s, name: $n, filter: $f) {
  ... on SavedFilter { screen name filter } ... on Rejected { problems { code path } } } }"""
DELETE_FILTER = """mutation($s: String!, $n: String!) { deleteFilter(screen: $s, name: $n) {
  ... on SavedFilter { name } ... on Rejected { problems { code } } } }"""


def test_a_saved_filter_belongs_to_a_person(newsroom: Newsroom, admin: Client) -> None:
    viewer = newsroom.client(Role.VIEWER)
    mine = {"screen": "documents", "name": "my drafts", "filter": {"hasDraft": True, "text": "ä"}}
    for client, content in ((viewer, {"old": 1}), (viewer, mine["filter"]), (admin, {"x": [1, None]})):
        saved = data(client, SAVE_FILTER, s="documents", n="my drafts", f=content)
        assert saved == {**mine, "filter": content}
    data(viewer, SAVE_FILTER, s="audit", n="today", f={})
    page = listed(viewer, "savedFilters", fields="screen name filter")
    assert (page["totalCount"], page["nodes"][1]) == (2, mine)
    assert values(listed(viewer, "savedFilters", 'filter: { screen: "audit" }', "name"), "name") == ["today"]
    assert values(listed(admin, "savedFilters", fields="filter"), "filter") == [{"x": [1, None]}]
    assert data(viewer, DELETE_FILTER, s="documents", n="my drafts") == {"name": "my drafts"}
    assert data(viewer, DELETE_FILTER, s="documents", n="my drafts") == {"problems": [{"code": "UNKNOWN"}]}
    assert listed(admin, "savedFilters", fields="name")["totalCount"] == 1
    assert listed(admin, "audit", 'filter: { verb: "save-filter" }', "verb")["totalCount"] == 0


def test_saved_filters_are_bounded(newsroom: Newsroom) -> None:
    viewer = newsroom.client(Role.VIEWER)
    for screen, name, content, code in (
        ("Documents!", "x", {}, "BAD_IDENT"),
        ("documents", " ", {}, "EMPTY"),
        ("documents", "x" * 101, {}, "TOO_LONG"),
        ("documents", "a\x00b", {}, "BAD_TEXT"),
        ("documents", "x", {"a": "\x00"}, "BAD_TEXT"),
        ("documents", "x", {"a": "x" * 4000}, "TOO_LONG"),
        ("documents", "x", [], "BAD_SHAPE"),
    ):
        [problem] = data(viewer, SAVE_FILTER, s=screen, n=name, f=content)["problems"]
        assert problem["code"] == code, (screen, name)
    with transaction(newsroom.engine) as session:
        for number in range(100):
            put_filter(session, "token:viewer", "documents", f"filter {number}", {})
    assert data(viewer, SAVE_FILTER, s="documents", n="filter 1", f={"a": 1})["name"] == "filter 1"
    [problem] = data(viewer, SAVE_FILTER, s="documents", n="one more", f={})["problems"]
    assert problem["code"] == "TOO_MANY"
    assert listed(viewer, "savedFilters", fields="name")["totalCount"] == 100
