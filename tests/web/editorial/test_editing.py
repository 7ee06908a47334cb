"""Editing over GraphQL: every verb, what each answers, and what readers see of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.export import export
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.documents.documents import CareerDocument
from careergraph.store.editing.publish import publish as load
from web.client import Client
from web.editing import PUBLISH, SAVE, STANDING, TOMORROW, Newsroom, codes, data, edit, key, standing

ACCOUNTANT = key("CAREER", "accountant")
TITLE = "query($slug: String!, $locale: String) { career(slug: $slug, locale: $locale) { slug title fallbackFields } }"
PROBLEMS = "__typename ... on Rejected { problems { code path message type slug } }"


@pytest.fixture
def newsroom(sqlite_url: str) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    yield Newsroom(engine)
    engine.dispose()


@pytest.fixture
def editor(newsroom: Newsroom) -> Client:
    return newsroom.client(Role.EDITOR)


@pytest.fixture
def admin(newsroom: Newsroom) -> Client:
    return newsroom.client(Role.ADMIN)


def publish(client: Client, *keys: dict[str, str], **more: Any) -> Any:
    return data(client, PUBLISH, documents=list(keys), **more)


def test_a_draft_is_saved_reviewed_and_published(newsroom: Newsroom, editor: Client) -> None:
    """The way of every change; readers see it with the publish, and then at once."""
    saved = edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    assert saved["document"]["draft"]["author"] == "token:editor"
    assert data(newsroom.public, TITLE, slug="accountant")["title"] == "Accountant"
    submitted = data(
        editor,
        'mutation { submitForReview(type: CAREER, slug: "accountant") { __typename ... on EditorDocument '
        "{ inReview difference { path before after } history(first: 1) { number version note } } } }",
    )
    assert submitted["inReview"] is True
    assert {"path": "title.en", "before": "Accountant", "after": "Bean counter"} in submitted["difference"]
    done = publish(editor, ACCOUNTANT)
    assert done == {"__typename": "Publication", "version": done["version"], "changed": [ACCOUNTANT]}
    assert data(newsroom.public, TITLE, slug="accountant")["title"] == "Bean counter"


def test_a_conflict_has_both_versions_and_loses_neither(newsroom: Newsroom, editor: Client) -> None:
    before = standing(editor, "CAREER", "accountant")
    edit(newsroom.client(Role.AUTHOR), "CAREER", "accountant", title={"en": "Theirs"})
    mine = {**before["live"], "title": {"en": "Mine"}}
    conflict = data(editor, SAVE, type="CAREER", document=mine, base=before["revision"])
    assert conflict["__typename"] == "Conflict"
    assert (conflict["base"]["title"]["en"], conflict["yours"]["title"]["en"], conflict["theirs"]["title"]["en"]) == (
        "Accountant",
        "Mine",
        "Theirs",
    )
    assert conflict["difference"] == [{"path": "title.en", "before": "Theirs", "after": "Mine"}]
    again = data(editor, SAVE, type="CAREER", document=mine, base=conflict["revision"])
    assert again["__typename"] == "SavedDraft"


def test_what_is_wrong_is_said_and_nothing_is_done(newsroom: Newsroom, editor: Client) -> None:
    edit(editor, "CAREER", "accountant", category="nowhere")
    assert publish(editor, ACCOUNTANT)["problems"] == [
        {"code": "UNKNOWN_REFERENCE", "path": "category", "message": "there is no category 'nowhere'"}
    ]
    bad = data(editor, SAVE, type="CAREER", document={"slug": "x"})
    assert bad["__typename"] == "Rejected"
    assert {it["code"] for it in bad["problems"]} == {"BAD_SHAPE"}
    assert codes(editor, 'mutation { saveDraft(type: CAREER, document: "x") { __typename } }') == ["BAD_USER_INPUT"]


def test_what_others_refer_to_stays(newsroom: Newsroom, editor: Client) -> None:
    """A collection would hold a career that is not there; the problem names the collection."""
    [first, *_] = data(newsroom.public, "{ collections { slug careers { slug } } }")
    unpublish = "mutation($slug: String!) { unpublish(type: CAREER, slug: $slug) { " + PROBLEMS + " } }"
    refused = data(editor, unpublish, slug=first["careers"][0]["slug"])
    assert first["slug"] in [it["slug"] for it in refused["problems"]]
    assert {(it["code"], it["type"]) for it in refused["problems"]} == {("IN_USE", "COLLECTION")}


def test_what_was_loaded_meanwhile_is_not_overwritten(newsroom: Newsroom, editor: Client) -> None:
    """A draft that is older than what is live conflicts when it is published, whoever loaded what is live."""
    saved = edit(editor, "CAREER", "accountant", title={"en": "Mine"})
    live = standing(editor, "CAREER", "accountant")["live"]
    with transaction(newsroom.engine) as session:
        load(session, [msgspec.convert({**live, "title": {"en": "Loaded"}}, CareerDocument)], "import", "")
    conflict = publish(editor, ACCOUNTANT)
    assert conflict["__typename"] == "Conflict"
    assert (conflict["yours"]["title"], conflict["theirs"]["title"]) == ({"en": "Mine"}, {"en": "Loaded"})
    assert data(newsroom.public, TITLE, slug="accountant")["title"] == "Loaded"
    again = data(editor, SAVE, type="CAREER", document=conflict["yours"], base=saved["revision"] + 1)
    assert again["__typename"] == "SavedDraft"
    assert publish(editor, ACCOUNTANT)["__typename"] == "Publication"


def test_a_document_has_one_shape_everywhere(newsroom: Newsroom, editor: Client, tmp_path: Path) -> None:
    """Content file, input, revision, what is live: the very same JSON."""
    with reading(newsroom.engine) as session:
        export(session, tmp_path)
    for type_name, folder, slug in (
        ("CAREER", "careers", "accountant"),
        ("SKILL", "skills", "accounting"),
        ("ATTRIBUTE", "attributes", "salary"),
        ("LOCALE", "locales", "de"),
    ):
        file = json.loads((tmp_path / folder / f"{slug}.json").read_text(encoding="utf-8"))
        state = standing(editor, type_name, slug)
        query = """query($type: DocumentType!, $slug: String!, $number: Int!) { editor {
          revision(type: $type, slug: $slug, number: $number) { document } } }"""
        kept = data(editor, query, type=type_name, slug=slug, number=state["revision"])["revision"]
        assert file == state["live"] == kept["document"]
        saved = data(editor, SAVE, type=type_name, document=file, base=state["revision"])
        assert saved["revision"] == state["revision"]  # what is as it was makes no revision


def test_a_document_goes_and_comes_back(newsroom: Newsroom, editor: Client) -> None:
    """Unpublishing leaves a draft, archiving none, and reverting brings it back with everything in it."""
    before = standing(editor, "CAREER", "accountant")
    listing = 'mutation { unpublish(type: COLLECTION, slug: "running-a-business") { ... on Publication { version } } }'
    assert data(editor, listing)["version"] is not None  # what a collection lists stays published
    verb = 'mutation { %s(type: CAREER, slug: "accountant") { ... on Publication { version } } }'
    assert data(editor, verb % "unpublish")["version"] is not None
    assert codes(newsroom.public, TITLE, slug="accountant") == ["UNKNOWN_CAREER"]
    assert standing(editor, "CAREER", "accountant")["draft"]["document"] == before["live"]
    assert data(editor, verb % "archive") == {"version": None}
    assert standing(editor, "CAREER", "accountant")["archived"] is True
    back = data(
        editor,
        'mutation($to: Int!) { revert(type: CAREER, slug: "accountant", revision: $to) '
        "{ __typename ... on SavedDraft { document { draft { document } archived } } } }",
        to=before["revision"],
    )
    assert back["document"] == {"draft": {"document": before["live"]}, "archived": False}
    publish(editor, ACCOUNTANT)
    assert standing(editor, "CAREER", "accountant")["live"] == before["live"]


def test_a_draft_is_discarded_and_stays_in_the_history(editor: Client) -> None:
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    done = data(
        editor,
        'mutation { discardDraft(type: CAREER, slug: "accountant", note: "no") { __typename ... on EditorDocument '
        "{ draft { number } revision history { number document } } } }",
    )
    assert (done["draft"], done["revision"]) == (None, 1)
    assert done["history"][0]["document"]["title"] == {"en": "Bean counter"}


def test_an_old_slug_is_answered_with_the_new_one(newsroom: Newsroom, editor: Client) -> None:
    renamed = data(
        editor,
        'mutation { rename(type: CAREER, slug: "accountant", newSlug: "bean-counter") '
        "{ __typename ... on Publication { changed { type slug } } } }",
    )
    assert key("CAREER", "bean-counter") in renamed["changed"]
    for slug in ("accountant", "bean-counter"):
        assert data(newsroom.public, TITLE, slug=slug)["slug"] == "bean-counter"
    pair = 'query { comparison(a: "accountant", b: "actuary") { slug canonicalSlug } }'
    assert data(newsroom.public, pair)["slug"] == "bean-counter-vs-actuary"


def test_a_release_is_put_together_and_published_as_one_version(newsroom: Newsroom, editor: Client) -> None:
    opened = data(
        editor,
        'mutation { openRelease(slug: "may", title: "wages May 2026", note: "new wages") '
        "{ __typename ... on Release { slug open documents { slug } } } }",
    )
    assert opened == {"__typename": "Release", "slug": "may", "open": True, "documents": []}
    for slug in ("accountant", "actuary"):
        edit(editor, "CAREER", slug, title={"en": slug.upper()})
    add = (
        'mutation($keys: [DocumentKeyInput!]!) { addToRelease(release: "may", documents: $keys) '
        "{ __typename ... on Release { documents { slug release } } } }"
    )
    keys = [key("CAREER", "accountant"), key("CAREER", "actuary")]
    assert data(editor, add, keys=keys)["documents"] == [{"slug": it["slug"], "release": "may"} for it in keys]
    out = (
        "mutation($keys: [DocumentKeyInput!]!) { removeFromRelease(documents: $keys) "
        "{ __typename ... on RemovedFromRelease { documents { slug release } } } }"
    )
    assert data(editor, out, keys=keys[1:])["documents"] == [{"slug": "actuary", "release": None}]
    data(editor, add, keys=keys[1:])
    scheduled = data(
        editor,
        'mutation($at: DateTime!) { scheduleRelease(release: "may", at: $at, zone: "Europe/Berlin") '
        "{ __typename ... on Schedule { number release action zone dueAt } } }",
        at=TOMORROW.isoformat(),
    )
    assert (scheduled["release"], scheduled["action"], scheduled["zone"]) == ("may", "PUBLISH", "Europe/Berlin")
    refused = data(newsroom.client(Role.AUTHOR), add, keys=keys)
    assert refused == {"__typename": "Rejected"}
    agenda = data(editor, '{ editor { schedules { number release } release(slug: "may") { schedules { number } } } }')
    assert agenda["schedules"] == [{"number": scheduled["number"], "release": "may"}]
    assert agenda["release"]["schedules"] == [{"number": scheduled["number"]}]
    cancel = "mutation($n: Int!) { cancelSchedule(number: $n) { " + PROBLEMS + " ... on Schedule { cancelled } } }"
    assert data(editor, cancel, n=scheduled["number"])["cancelled"] is True
    assert [it["code"] for it in data(editor, cancel, n=scheduled["number"])["problems"]] == ["CLOSED"]
    published = data(
        editor,
        'mutation { publishRelease(release: "may") { __typename ... on Publication { version changed { slug } } } }',
    )
    assert [it["slug"] for it in published["changed"]] == ["accountant", "actuary"]
    releases = data(editor, "{ editor { releases(closed: true) { slug open publishedVersion } } }")["releases"]
    assert releases == [{"slug": "may", "open": False, "publishedVersion": published["version"]}]


def test_a_document_is_scheduled_in_the_time_of_a_place(editor: Client) -> None:
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    schedule = (
        'mutation($at: DateTime!, $zone: String!) { schedule(type: CAREER, slug: "accountant", action: PUBLISH, '
        "at: $at, zone: $zone) { " + PROBLEMS + " ... on Schedule { dueAt zone document { slug } } } }"
    )
    noon = TOMORROW.replace(hour=12, minute=0, second=0, tzinfo=None).isoformat()
    scheduled = data(editor, schedule, at=noon, zone="Asia/Tokyo")
    assert scheduled["dueAt"].endswith("T03:00:00Z")
    assert scheduled["document"] == {"slug": "accountant"}
    for at, zone in ((noon, "Mars/Olympus"), ("2020-01-01T00:00:00", "UTC")):
        assert [it["code"] for it in data(editor, schedule, at=at, zone=zone)["problems"]] == ["BAD_TIME"]


def test_what_a_publish_would_change_is_told_before(newsroom: Newsroom, editor: Client) -> None:
    """The facts that flip which sentences, the counts, and the first pages of them."""
    live = standing(editor, "CAREER", "accountant")["live"]
    values = [{**it, "low": it["low"] + 5000} if "low" in it else it for it in live["values"]]
    edit(editor, "CAREER", "accountant", values=values)
    impact = """query($documents: [DocumentKeyInput!]!) { editor { impact(documents: $documents) { __typename
      ... on Impact { careers affected changed complete changes(first: 3) { slug sections statements {
        section before { text } after { text } causes { before { value { display } } after { value { display } } } } } }
      ... on Rejected { problems { code path } } } } }"""
    forecast = data(editor, impact, documents=[ACCOUNTANT])["impact"]
    careers = data(newsroom.public, "{ catalog { careers } }")["careers"]
    assert (forecast["careers"], forecast["affected"], forecast["complete"]) == (["accountant"], careers - 1, True)
    assert 0 < forecast["changed"] <= forecast["affected"]
    assert len(forecast["changes"]) == 3
    for change in forecast["changes"]:
        assert "glance" in change["sections"]
        [cause, *_] = [cause for it in change["statements"] for cause in it["causes"]]
        assert cause["before"]["value"]["display"] != cause["after"]["value"]["display"]
    edit(editor, "CAREER", "accountant", category="nowhere")
    assert data(editor, impact, documents=[ACCOUNTANT])["impact"]["problems"] == [
        {"code": "UNKNOWN_REFERENCE", "path": "category"}
    ]
    assert [it["code"] for it in data(editor, impact, documents=[key("CAREER", "nobody")])["impact"]["problems"]] == [
        "UNKNOWN"
    ]


def test_a_pair_gets_an_editors_own_words(newsroom: Newsroom, editor: Client) -> None:
    """The engine's statements stay as they are; the editor's text is marked as such."""
    page = 'query { comparison(a: "actuary", b: "accountant") { summary { text } editorial { introduction hidden } } }'
    before = data(newsroom.public, page)
    assert before["editorial"] is None
    pair = {"a": "accountant", "b": "actuary", "introduction": {"en": "Both count."}, "hidden": True}
    data(editor, SAVE, type="PAIR", document=pair)
    assert data(newsroom.public, page) == before
    publish(editor, key("PAIR", "accountant-vs-actuary"))
    after = data(newsroom.public, page)
    assert after == {"summary": before["summary"], "editorial": {"introduction": "Both count.", "hidden": True}}


def test_documents_are_listed_page_by_page(editor: Client) -> None:
    pages = """query($after: DocumentKeyInput, $draft: Boolean, $types: [DocumentType!]) { editor {
      documents(first: 7, after: $after, hasDraft: $draft, types: $types) { type slug draft { number } } } }"""
    documents: list[dict[str, Any]] = []
    while page := data(editor, pages, types=["CAREER"], after=documents[-1] if documents else None)["documents"]:
        documents += [{"type": it["type"], "slug": it["slug"]} for it in page]
    slugs = [it["slug"] for it in documents]
    assert slugs == sorted(set(slugs))
    assert len(slugs) > 50
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    assert [it["slug"] for it in data(editor, pages, draft=True)["documents"]] == ["accountant"]
    assert len(data(editor, pages, draft=False)["documents"]) == 7
    assert codes(editor, "{ editor { documents(first: 101) { slug } } }") == ["TOO_MANY"]


def test_a_missing_translation_is_listed_and_a_fallback_is_never_saved(newsroom: Newsroom, editor: Client) -> None:
    """What falls back is marked, listed, and nothing of it gets into a document by saving or publishing."""
    live = standing(editor, "CAREER", "accountant")["live"]
    edit(editor, "CAREER", "accountant", title={"en": "Accountant"}, summary=live["summary"])
    listed = """query($drafts: Boolean!) { editor { missing(locale: "de", types: [CAREER], drafts: $drafts, first: 1) {
      count documents { document { slug } texts { path text } } } } }"""
    [before, after] = [data(editor, listed, drafts=drafts)["missing"] for drafts in (False, True)]
    assert after["count"] == before["count"] + 1
    assert {"path": "title", "text": "Accountant"} in after["documents"][0]["texts"]
    assert {"path": "title", "text": "Accountant"} not in before["documents"][0]["texts"]
    publish(editor, ACCOUNTANT)
    career = data(newsroom.public, TITLE, slug="accountant", locale="de")
    assert career["title"] == "Accountant"
    assert "title" in career["fallbackFields"]
    assert standing(editor, "CAREER", "accountant")["live"]["title"] == {"en": "Accountant"}
    edit(editor, "CAREER", "accountant", summary={"en": "Counts."})
    publish(editor, ACCOUNTANT)
    assert standing(editor, "CAREER", "accountant")["live"]["title"] == {"en": "Accountant"}


def test_looking_through_all_documents_costs_what_it_takes(editor: Client) -> None:
    """A second for a thousand careers: no more than two such fields are answered at once."""
    fields = [f'm{number}: missing(locale: "de") {{ count }}' for number in range(3)]
    assert "errors" not in editor.ask(f"{{ editor {{ {' '.join(fields[:2])} }} }}")
    [error] = editor.ask(f"{{ editor {{ {' '.join(fields)} }} }}")["errors"]
    assert error["extensions"]["code"] == "TOO_COSTLY"


def test_a_locale_is_published_later_than_the_others(newsroom: Newsroom, editor: Client) -> None:
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter", "de": "Erbsenzähler"})
    publish(editor, ACCOUNTANT, without=["de"])
    english, german = (data(newsroom.public, TITLE, slug="accountant", locale=it)["title"] for it in ("en", "de"))
    assert english == "Bean counter"
    assert german not in ("Erbsenzähler", "Bean counter")
    publish(editor, ACCOUNTANT)
    assert data(newsroom.public, TITLE, slug="accountant", locale="de")["title"] == "Erbsenzähler"


def test_tokens_are_shown_once_and_end_at_once(newsroom: Newsroom, admin: Client) -> None:
    created = data(
        admin,
        'mutation { createToken(name: "robot", role: AUTHOR, scope: { types: [SKILL] }) { __typename '
        "... on CreatedToken { secret token { prefix good scope { types } } } } }",
    )
    robot = Client(newsroom.app, Authorization=f"Bearer {created['secret']}")
    assert data(robot, "{ editor { me { name role scope { types } } } }")["me"] == {
        "name": "token:robot",
        "role": "AUTHOR",
        "scope": {"types": ["SKILL"]},
    }
    assert codes(robot, STANDING, type="CAREER", slug="accountant") == ["FORBIDDEN"]
    tokens = data(admin, "{ editor { tokens { prefix name lastUsedAt good } } }")["tokens"]
    assert tokens[0]["prefix"] == created["token"]["prefix"]
    assert tokens[0]["lastUsedAt"] is not None
    assert created["secret"] not in str(tokens)
    revoke = "mutation($prefix: String!) { revokeToken(prefix: $prefix) { __typename ... on Token { good } } }"
    assert data(admin, revoke, prefix=created["token"]["prefix"]) == {"__typename": "Token", "good": False}
    assert robot.post("/graphql", json={"query": "{ catalog { version } }"}).status_code == 401


def test_endpoints_are_looked_after(newsroom: Newsroom, admin: Client, editor: Client) -> None:
    add = (
        "mutation($url: String!) { addEndpoint(url: $url) { "
        + PROBLEMS
        + " ... on EndpointSecret { secret endpoint { number url events } } } }"
    )
    for url in ("https://127.0.0.1/hook", "http://10.0.0.1/", "nonsense"):
        assert [it["code"] for it in data(admin, add, url=url)["problems"]] == ["BAD_URL"]
    created = data(admin, add, url="https://1.1.1.1/hook")
    assert created["secret"].startswith("whsec_")
    number = created["endpoint"]["number"]
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    publish(editor, ACCOUNTANT)
    deliveries = "query($n: Int!) { editor { deliveries(endpoint: $n) { state } events { number kind payload } } }"
    log = data(admin, deliveries, n=number)
    assert [it["state"] for it in log["deliveries"]] == ["PENDING"]
    assert log["events"][-1]["payload"]["documents"] == [{"type": "career", "slug": "accountant", "live": True}]
    again = (
        "mutation($n: Int!, $e: Int!) { redeliver(number: $n, event: $e) { "
        + PROBLEMS
        + " ... on Delivery { event state } } }"
    )
    event = log["events"][-1]["number"]
    assert data(admin, again, n=number, e=event) == {"__typename": "Delivery", "event": event, "state": "PENDING"}
    assert [it["code"] for it in data(admin, again, n=number, e=99)["problems"]] == ["UNKNOWN"]
    rotate = "mutation($n: Int!) { rotateSecret(number: $n) { __typename ... on EndpointSecret { secret } } }"
    assert data(admin, rotate, n=number)["secret"] != created["secret"]
    for verb, reason in (("pauseEndpoint", "paused by hand"), ("resumeEndpoint", None)):
        done = data(
            admin, f"mutation($n: Int!) {{ {verb}(number: $n) {{ ... on Endpoint {{ pausedReason }} }} }}", n=number
        )
        assert done == {"pausedReason": reason}
    data(admin, "mutation($n: Int!) { removeEndpoint(number: $n) { ... on RemovedEndpoint { number } } }", n=number)
    assert data(admin, "{ editor { endpoints { number } } }")["endpoints"] == []


def test_everything_done_is_in_the_audit_log(admin: Client, editor: Client) -> None:
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    publish(editor, ACCOUNTANT)
    audit = data(admin, "{ editor { audit(first: 2) { actor verb document { slug } detail digest } } }")["audit"]
    assert [(it["actor"], it["verb"]) for it in audit] == [
        ("token:editor", "publish"),
        ("token:editor", "save-draft"),
    ]
    one = '{ editor { audit(type: SKILL, slug: "nothing") { verb } } }'
    assert data(admin, one)["audit"] == []


def test_a_user_of_the_host_edits_too(newsroom: Newsroom) -> None:
    """`Config.authenticate` says who asks, `Config.authorize` what that is to the editors."""
    query = "{ editor { me { name role } } }"
    host = Newsroom(
        newsroom.engine,
        authenticate=lambda connection: connection.headers.get("x-user"),
        authorize=lambda user: Actor(name=user, role=Role.EDITOR) if user == "ann" else None,
    )
    assert data(Client(host.app, **{"X-User": "ann"}), query)["me"] == {"name": "ann", "role": "EDITOR"}
    assert codes(Client(host.app, **{"X-User": "bob"}), query) == ["FORBIDDEN"]
    assert codes(host.public, query) == ["UNAUTHENTICATED"]


def test_a_mutation_never_comes_from_a_cache(newsroom: Newsroom, editor: Client) -> None:
    """The same request twice does the same thing twice."""
    query = 'mutation { openRelease(slug: "may", title: "May") { __typename } }'
    for client, expected in ((editor, "Release"), (editor, "Rejected"), (editor, "Rejected")):
        response = client.post("/graphql", json={"query": query})
        assert response.json()["data"]["openRelease"]["__typename"] == expected
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers
    for _ in range(3):
        response = newsroom.public.post("/graphql", json={"query": query})
        assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert response.headers["cache-control"] == "no-store"
    assert newsroom.public.get("/graphql", params={"query": query}).status_code == 405


def test_only_an_editors_mutation_has_the_server_look_for_a_new_version(sqlite_url: str) -> None:
    """Else anybody could have it ask the database as often as there are requests, whatever `poll_seconds` says."""
    engine = connect(sqlite_url)
    room = Newsroom(engine, poll_seconds=600)
    editor = room.client(Role.EDITOR)
    for client, looks in ((room.public, False), (editor, True)):
        client.ask("{ catalog { version } }")
        assert room.careergraph.runtime.at_hand() is not None
        client.ask('mutation { discardDraft(type: CAREER, slug: "accountant") { __typename } }')
        assert (room.careergraph.runtime.at_hand() is None) is looks
    engine.dispose()


def test_a_text_that_the_database_cannot_hold_is_the_clients_fault(engine: Engine) -> None:
    """PostgreSQL holds no NUL. It is said, and nothing is half done."""
    newsroom = Newsroom(engine)
    editor = newsroom.client(Role.EDITOR)
    opened = 'mutation { openRelease(slug: "may", title: "May") { __typename } }'
    assert data(editor, opened) == {"__typename": "Release"}
    query = "query($slug: String!) { editor { release(slug: $slug) { slug } } }"
    answer = editor.ask(query, variables={"slug": "a\x00b"})
    if engine.dialect.name == "postgresql":
        assert [it["extensions"]["code"] for it in answer["errors"]] == ["BAD_USER_INPUT"]
    else:
        assert answer["data"]["editor"] == {"release": None}
    assert data(editor, query, slug="may") == {"release": {"slug": "may"}}
    newsroom.close()


@pytest.mark.parametrize("note", ["\x1b[2J", "a\x00b", "a\u202eb"])
def test_a_note_that_would_spoil_a_log_is_refused(newsroom: Newsroom, note: str) -> None:
    """With its code, and nothing is written; a note may have several lines."""
    editor = newsroom.client(Role.EDITOR)
    save = """mutation { saveDraft(type: PAIR, document: { a: "accountant", b: "actuary" }, note: "two\\nlines") {
        __typename } }"""
    submit = """mutation($note: String!) { submitForReview(type: PAIR, slug: "accountant-vs-actuary", note: $note) {
        __typename ... on Rejected { problems { code path } } } }"""
    assert data(editor, save)["__typename"] == "SavedDraft"
    assert data(editor, submit, note=note)["problems"] == [{"code": "BAD_TEXT", "path": "note"}]
    assert data(editor, submit, note="so\nit is")["__typename"] != "Rejected"


def test_a_database_that_is_away_is_said_and_readers_stay_up(newsroom: Newsroom, sqlite_url: str) -> None:
    """Nobody is told that a token is bad because nobody could look it up."""
    editor = newsroom.client(Role.EDITOR)
    query = "{ catalog { careers } }"
    assert data(editor, query)["careers"] > 50
    newsroom.careergraph._endpoint.close()
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.rename(file.with_suffix(".away"))
    response = editor.post("/graphql", json={"query": query})
    assert (response.status_code, response.json()["errors"][0]["extensions"]) == (503, {"code": "NOT_READY"})
    assert data(newsroom.public, query)["careers"] > 50
    file.with_suffix(".away").rename(file)
    assert data(editor, query)["careers"] > 50
