"""Editing over GraphQL: every verb, what each answers, and what readers see of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from sqlalchemy import Engine

from careergraph.api.limits import execution_budget
from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.content_folder import export
from careergraph.editorial.preview import impact as preview_impact
from careergraph.editorial.worker.worker import Worker
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.documents.documents import BY_TYPE, CareerDocument
from careergraph.store.editing.publish import publish as load
from web.client import Client
from web.editing import PUBLISH, SAVE, STANDING, TOMORROW, Newsroom, codes, data, edit, key, newest, standing

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


def release_state(client: Client) -> str:
    """The state of the release `may`."""
    return str(data(client, '{ editor { release(slug: "may") { state } } }')["release"]["state"])


def test_nothing_goes_live_that_nobody_saw(newsroom: Newsroom, editor: Client) -> None:
    """An editor reads revision 2, and an author saves revision 3: each verb on 2 is a conflict that has both."""
    author = newsroom.client(Role.AUTHOR)
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    edit(author, "CAREER", "accountant", title={"en": "Bean counter, by an author"})
    opened = 'mutation { openRelease(slug: "may", title: "May") { __typename } }'
    assert data(editor, opened)["__typename"] == "Release"
    of = 'type: CAREER, slug: "accountant", base: 2'
    verbs = [
        f"publish(documents: [{{ {of} }}])",
        f'addToRelease(release: "may", documents: [{{ {of} }}])',
        f'schedule({of}, action: PUBLISH, at: "{TOMORROW.isoformat()}", zone: "UTC")',
        *[f"{verb}({of})" for verb in ("submitForReview", "discardDraft", "unpublish", "archive")],
        f"revert({of}, revision: 1)",
        f'rename({of}, newSlug: "bean-counter")',
    ]
    conflict = "__typename ... on Conflict { revision yours theirs difference { path before after } }"
    for verb in verbs:
        answer = data(editor, f"mutation {{ {verb} {{ {conflict} }} }}")
        assert (answer["__typename"], answer["revision"]) == ("Conflict", 3), verb
        assert answer["difference"] == [
            {"path": "title.en", "before": "Bean counter, by an author", "after": "Bean counter"}
        ], verb
    assert data(newsroom.public, TITLE, slug="accountant")["title"] == "Accountant"
    assert standing(editor, "CAREER", "accountant")["draft"]["number"] == 3


def test_a_release_and_a_schedule_hold_what_they_were_made_with(newsroom: Newsroom, editor: Client) -> None:
    """What is saved later is a newer draft, which both tell of, and which stays one."""
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    edit(editor, "CAREER", "actuary", title={"en": "Risk counter"})
    data(editor, 'mutation { openRelease(slug: "may", title: "May") { __typename } }')
    add = 'mutation($keys: [DocumentBaseInput!]!) { addToRelease(release: "may", documents: $keys) { __typename } }'
    data(editor, add, keys=[ACCOUNTANT])
    before = release_state(editor)
    edit(newsroom.client(Role.AUTHOR), "CAREER", "accountant", title={"en": "Sneaked in"})
    query = '{ editor { release(slug: "may") { documents { revision releaseRevision } } } }'
    assert data(editor, query)["release"]["documents"] == [{"revision": 3, "releaseRevision": 2}]
    data(editor, add, keys=[key("CAREER", "actuary")])
    publish_release = """mutation($base: String!) { publishRelease(release: "may", state: $base) { __typename
        ... on Rejected { problems { code path } } } }"""
    refused = data(editor, publish_release, base=before)
    assert refused == {"__typename": "Rejected", "problems": [{"code": "CHANGED", "path": "state"}]}
    assert data(editor, publish_release, base=release_state(editor)) == {"__typename": "Publication"}
    assert data(newsroom.public, TITLE, slug="accountant")["title"] == "Bean counter"
    edit(editor, "CAREER", "plumber", title={"en": "Not in it"})
    listed = '{ editor { release(slug: "may") { documents { slug } } } }'
    assert data(editor, listed)["release"]["documents"] == [{"slug": "accountant"}, {"slug": "actuary"}]
    state = standing(editor, "CAREER", "accountant")
    assert state["draft"]["document"]["title"] == {"en": "Sneaked in"}
    schedule = """mutation($at: DateTime!, $base: Int!) { schedule(type: CAREER, slug: "accountant", action: PUBLISH,
        base: $base, at: $at, zone: "UTC") { ... on Schedule { documentRevision } } }"""
    scheduled = data(editor, schedule, at=TOMORROW.isoformat(), base=state["revision"])
    edit(editor, "CAREER", "accountant", title={"en": "Later"})
    assert scheduled["documentRevision"] == state["revision"]
    Worker(newsroom.engine).publish_due(TOMORROW)
    assert data(editor, TITLE, slug="accountant")["title"] == "Sneaked in"
    assert standing(editor, "CAREER", "accountant")["draft"]["document"]["title"] == {"en": "Later"}


def test_a_draft_is_saved_reviewed_and_published(newsroom: Newsroom, editor: Client) -> None:
    """The way of every change; readers see it with the publish, and then at once."""
    saved = edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    assert saved["document"]["draft"]["author"] == "token:editor"
    assert data(newsroom.public, TITLE, slug="accountant")["title"] == "Accountant"
    submitted = data(
        editor,
        'mutation { submitForReview(type: CAREER, slug: "accountant", base: 2) { __typename ... on ChangedDocument '
        "{ document { inReview difference { path before after } history(first: 1) { number version note } } } } }",
    )["document"]
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
    bad = data(editor, SAVE, type="CAREER", document={"slug": "x", "title": 7})
    assert bad["__typename"] == "Rejected"
    assert {it["code"] for it in bad["problems"]} == {"BAD_SHAPE"}
    assert codes(editor, 'mutation { saveDraft(type: CAREER, document: "x") { __typename } }') == ["BAD_USER_INPUT"]


TYPED = "mutation($content: DocumentInput, $base: Int) { saveDraft(content: $content, base: $base) { ...Ends } }"
ENDS = "fragment Ends on SaveDraftResult { __typename ... on SavedDraft { revision } " + PROBLEMS + " }"


def test_a_typed_document_is_the_same_as_one_in_json(editor: Client) -> None:
    """A live document of each type, sent as its input, changes nothing; its problems are the same, too."""
    listed = "query($type: DocumentType!) { editor { documents(first: 2, filter: { types: [$type], live: true }) {"
    seen = set()
    for name in BY_TYPE:
        page = data(editor, listed + " nodes { slug live revision } } } }", type=name.upper())["documents"]["nodes"]
        for node in page:
            saved = data(editor, SAVE, type=name.upper(), document=node["live"], base=node["revision"])
            again = data(editor, TYPED + ENDS, content={name: node["live"]}, base=saved["revision"])
            assert again == {"__typename": "SavedDraft", "revision": saved["revision"]}, node["slug"]
            seen.add(name)
    assert seen >= {"locale", "source", "attribute", "category", "skill", "career", "collection"}
    bad = data(editor, TYPED + ENDS, content={"pair": {"a": "b", "b": "a", "introduction": None}})
    assert [(it["code"], it["path"]) for it in bad["problems"]] == [("BAD_IDENT", "b")]


@pytest.mark.parametrize(
    "arguments",
    [
        "base: 1",
        'type: PAIR, content: { pair: { a: "a", b: "b" } }',
        'content: { pair: { a: "a", b: "b" }, skill: { slug: "a" } }',
        'content: { pair: { a: "a", b: "b", introduktion: {} } }',
        'content: { source: { slug: "a", kind: GUESSED } }',
        'content: { skill: { slug: "a", name: "Sums" } }',
        'content: { skill: { slug: "a", aliases: { en: "Sums" } } }',
    ],
)
def test_a_document_is_given_once_and_by_its_input(editor: Client, arguments: str) -> None:
    assert set(codes(editor, f"mutation {{ saveDraft({arguments}) {{ __typename }} }}")) <= {
        "BAD_USER_INPUT",
        "GRAPHQL_VALIDATION_FAILED",
    }


def test_what_others_refer_to_stays(newsroom: Newsroom, editor: Client) -> None:
    """A collection would hold a career that is not there; the problem names the collection."""
    [first, *_] = data(newsroom.public, "{ collections { slug careers { slug } } }")
    unpublish = "mutation($slug: String!) { unpublish(type: CAREER, slug: $slug, base: 1) { " + PROBLEMS + " } }"
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
    listing = """mutation { unpublish(type: COLLECTION, slug: "running-a-business", base: 1) {
        ... on Publication { version } } }"""
    assert data(editor, listing)["version"] is not None  # what a collection lists stays published
    verb = """mutation($base: Int!) { %s(type: CAREER, slug: "accountant", base: $base) {
        ... on Publication { version } } }"""
    assert data(editor, verb % "unpublish", base=before["revision"])["version"] is not None
    assert codes(newsroom.public, TITLE, slug="accountant") == ["UNKNOWN_CAREER"]
    assert standing(editor, "CAREER", "accountant")["draft"]["document"] == before["live"]
    assert data(editor, verb % "archive", base=newest(editor, ACCOUNTANT)) == {"version": None}
    assert standing(editor, "CAREER", "accountant")["archived"] is True
    back = data(
        editor,
        'mutation($to: Int!) { revert(type: CAREER, slug: "accountant", revision: $to, base: 2) '
        "{ __typename ... on SavedDraft { document { draft { document } archived } } } }",
        to=before["revision"],
    )
    assert back["document"] == {"draft": {"document": before["live"]}, "archived": False}
    publish(editor, ACCOUNTANT)
    assert standing(editor, "CAREER", "accountant")["live"] == before["live"]


def test_history_tells_what_made_each_revision_and_what_it_changed(editor: Client) -> None:
    for title in ("Bean", "Bean counter"):
        edit(editor, "CAREER", "accountant", title={"en": title})
    entries = '{ editor { document(type: CAREER, slug: "accountant") { history(first: 5) { number cause change saves '
    history = data(
        editor,
        entries + "firstNumber } } revision(type: CAREER, slug: " + '"accountant", number: 2) '
        "{ number change saves } } }",
    )
    assert history["document"]["history"] == [
        {
            "number": 3,
            "cause": "SAVED",
            "change": "title (en): Accountant -> Bean counter; title (de): removed Buchhalter/in und Prüfer/in",
            "saves": 2,
            "firstNumber": 2,
        },
        {"number": 1, "cause": "LOADED", "change": "new", "saves": 1, "firstNumber": 1},
    ]
    change = "title (en): Accountant -> Bean; title (de): removed Buchhalter/in und Prüfer/in"
    assert history["revision"] == {"number": 2, "change": change, "saves": 1}


def test_a_draft_is_discarded_and_stays_in_the_history(editor: Client) -> None:
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    done = data(
        editor,
        'mutation { discardDraft(type: CAREER, slug: "accountant", base: 2, note: "no") { __typename '
        "... on ChangedDocument { document { draft { number } revision history { number document } } } } }",
    )["document"]
    assert (done["draft"], done["revision"]) == (None, 1)
    assert done["history"][0]["document"]["title"] == {"en": "Bean counter"}


def test_an_old_slug_is_answered_with_the_new_one(newsroom: Newsroom, editor: Client) -> None:
    renamed = data(
        editor,
        'mutation { rename(type: CAREER, slug: "accountant", newSlug: "bean-counter", base: 1) '
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
        'mutation($keys: [DocumentBaseInput!]!) { addToRelease(release: "may", documents: $keys) '
        "{ __typename ... on Release { documents { slug release } } } }"
    )
    keys = [key("CAREER", "accountant"), key("CAREER", "actuary")]
    assert data(editor, add, keys=keys)["documents"] == [{"slug": it["slug"], "release": "may"} for it in keys]
    page = """query($after: DocumentKeyInput) { editor { release(slug: "may") {
        documents(first: 1, after: $after) { slug difference { path } } } } }"""
    for after, slugs in ((None, ["accountant"]), (keys[0], ["actuary"]), (keys[1], [])):
        documents = data(editor, page, after=after)["release"]["documents"]
        assert [it["slug"] for it in documents] == slugs
        assert all({"path": "title.en"} in it["difference"] for it in documents)
    out = (
        "mutation($keys: [DocumentKeyInput!]!) { removeFromRelease(documents: $keys) "
        "{ __typename ... on RemovedFromRelease { documents { slug release } } } }"
    )
    assert data(editor, out, keys=keys[1:])["documents"] == [{"slug": "actuary", "release": None}]
    partly = add.replace("documents: $keys", 'documents: $keys, without: ["de"]').replace(
        "release }", "releaseDifference { path } }"
    )
    changed = data(editor, partly, keys=keys[1:])["documents"][1]
    assert changed == {"slug": "actuary", "releaseDifference": [{"path": "title.en"}]}
    scheduled = data(
        editor,
        'mutation($at: DateTime!, $base: String!) { scheduleRelease(release: "may", state: $base, at: $at, '
        'zone: "Europe/Berlin") { __typename ... on Schedule { number release action zone dueAt } } }',
        at=TOMORROW.astimezone(ZoneInfo("Europe/Berlin")).isoformat(),
        base=release_state(editor),
    )
    assert (scheduled["release"], scheduled["action"], scheduled["zone"]) == ("may", "PUBLISH", "Europe/Berlin")
    refused = data(newsroom.client(Role.AUTHOR), add, keys=keys)
    assert refused == {"__typename": "Rejected"}
    listed = """{ editor { schedules { nodes { number release } } release(slug: "may") { schedules { number } } } }"""
    agenda = data(editor, listed)
    assert agenda["schedules"]["nodes"] == [{"number": scheduled["number"], "release": "may"}]
    assert agenda["release"]["schedules"] == [{"number": scheduled["number"]}]
    cancel = "mutation($n: Int!) { cancelSchedule(number: $n) { " + PROBLEMS + " ... on Schedule { cancelled } } }"
    assert data(editor, cancel, n=scheduled["number"])["cancelled"] is True
    assert [it["code"] for it in data(editor, cancel, n=scheduled["number"])["problems"]] == ["CLOSED"]
    published = data(
        editor,
        'mutation($base: String!) { publishRelease(release: "may", state: $base) { __typename '
        "... on Publication { version changed { slug } } } }",
        base=release_state(editor),
    )
    assert [it["slug"] for it in published["changed"]] == ["accountant", "actuary"]
    releases = data(editor, "{ editor { releases { nodes { slug open publishedVersion } } } }")["releases"]["nodes"]
    assert releases == [{"slug": "may", "open": False, "publishedVersion": published["version"]}]


def test_a_document_is_scheduled_in_the_time_of_a_place(editor: Client) -> None:
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    schedule = (
        'mutation($at: DateTime!, $zone: String!) { schedule(type: CAREER, slug: "accountant", action: PUBLISH, '
        "base: 2, at: $at, zone: $zone) { " + PROBLEMS + " ... on Schedule { dueAt zone document { slug } } } }"
    )
    noon = TOMORROW.replace(hour=12, minute=0, second=0, tzinfo=None).isoformat()
    scheduled = data(editor, schedule, at=noon, zone="Asia/Tokyo")
    assert scheduled["dueAt"].endswith("T03:00:00Z")
    assert scheduled["document"] == {"slug": "accountant"}
    for at, zone in ((noon, "Mars/Olympus"), ("2020-01-01T00:00:00", "UTC")):
        assert [it["code"] for it in data(editor, schedule, at=at, zone=zone)["problems"]] == ["BAD_TIME"]


def test_what_a_publish_would_change_is_told_before(
    newsroom: Newsroom, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The facts that flip which sentences, the counts, and the first pages of them; also where it takes long, as right
    after a start, when all careers are measured first."""
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
    waits = [0]
    with monkeypatch.context() as slow:
        measure = preview_impact.impact

        def measure_slowly(*catalogs: Any) -> Any:
            waits.append(60)
            return measure(*catalogs)

        slow.setattr(execution_budget, "perf_counter", lambda: perf_counter() + sum(waits))
        slow.setattr(preview_impact, "impact", measure_slowly)
        assert data(editor, impact, documents=[ACCOUNTANT])["impact"] == forecast
    assert waits == [0, 60], "seconds, of which an operation has five"
    edit(editor, "CAREER", "accountant", category="nowhere")
    assert data(editor, impact, documents=[ACCOUNTANT])["impact"]["problems"] == [
        {"code": "UNKNOWN_REFERENCE", "path": "category"}
    ]
    assert [it["code"] for it in data(editor, impact, documents=[key("CAREER", "nobody")])["impact"]["problems"]] == [
        "UNKNOWN"
    ]


def test_drafts_that_refer_to_what_would_go_are_told_before(newsroom: Newsroom, editor: Client) -> None:
    """Also where a release publishes an older revision of one, and only to those who may see them."""
    data(editor, SAVE, type="SKILL", document={"slug": "whittling", "name": {"en": "Whittling"}})
    skill = key("SKILL", "whittling")
    publish(editor, skill)
    collection = {"slug": "whittlers", "title": {"en": "Whittlers"}, "careers": ["actuary"]}
    career = standing(editor, "CAREER", "actuary")["live"]
    skills = [*career["skills"], {"text": {"en": "Whittling"}, "concepts": [{"skill": "whittling"}]}]
    edit(editor, "CAREER", "actuary", skills=skills)
    data(editor, 'mutation { openRelease(slug: "wood", title: "Wood") { __typename } }')
    add = 'mutation($d: [DocumentBaseInput!]!) { addToRelease(release: "wood", documents: $d) { __typename } }'
    revision = standing(editor, "CAREER", "actuary")["revision"]
    data(editor, add, d=[{**key("CAREER", "actuary"), "base": revision}])
    edit(editor, "CAREER", "actuary", skills=career["skills"])
    data(editor, SAVE, type="COLLECTION", document=collection)
    impact = """query($d: [DocumentKeyInput!], $action: ImpactAction!) { editor {
      document(type: SKILL, slug: "whittling") { referringDrafts { slug release } }
      impact(documents: $d, action: $action) { __typename
        ... on Impact { referringDrafts { slug release revision } } } } }"""
    for action in ("ARCHIVE", "UNPUBLISH"):
        answer = data(editor, impact, d=[skill], action=action)
        assert answer["document"]["referringDrafts"] == [{"slug": "actuary", "release": "wood"}]
        assert answer["impact"]["referringDrafts"] == [{"slug": "actuary", "release": "wood", "revision": revision + 1}]
    nobody = newsroom.client(Role.EDITOR, types=["skill"])
    assert data(nobody, impact, d=[skill], action="ARCHIVE")["impact"]["referringDrafts"] == []
    renamed = 'query($d: [DocumentKeyInput!]) { editor { impact(documents: $d, action: RENAME, newSlug: "carving") {'
    renamed += " ... on Impact { referringDrafts { slug } } } } }"
    assert data(editor, renamed, d=[skill])["impact"]["referringDrafts"] == [], "they follow"


def test_the_impact_of_other_verbs_is_told_before_too(newsroom: Newsroom, editor: Client) -> None:
    """Unpublishing takes a career's pages, a rename moves them; what the verb would be refused for is told as there."""
    impact = """query($d: [DocumentKeyInput!], $action: ImpactAction!, $slug: String, $after: String) { editor {
      impact(documents: $d, action: $action, newSlug: $slug) { __typename
      ... on Impact { changed vanish counts { kind count } changes(first: 2, after: $after) { slug kind movesTo } }
      ... on Rejected { problems { code type slug path } } } } }"""
    pages = data(newsroom.public, "{ catalog { careers } }")["careers"]
    body = standing(editor, "CAREER", "accountant")["live"]
    data(editor, SAVE, type="CAREER", document={**body, "slug": "adder"})
    edit(editor, "COLLECTION", "careers-in-data", careers=["actuary"])
    adder = key("CAREER", "adder")
    publish(editor, key("COLLECTION", "careers-in-data"), adder)
    used = data(editor, impact, d=[key("CAREER", "actuary")], action="ARCHIVE")["impact"]
    assert used["problems"] == [
        {"code": "IN_USE", "type": "COLLECTION", "slug": "careers-in-data", "path": "careers[0]"}
    ]
    gone = data(editor, impact, d=[adder], action="UNPUBLISH")["impact"]
    assert (gone["vanish"], gone["counts"][0]) == (pages, {"kind": "VANISHES", "count": pages})
    assert gone["changed"] == sum(it["count"] for it in gone["counts"])  # with those that name its skills as rarer now
    moved = data(editor, impact, d=[adder], action="RENAME", slug="zymurgist")["impact"]
    assert moved["counts"] == [{"kind": "MOVES", "count": pages}]
    first = moved["changes"]
    assert first[0] == {"slug": "accountant-vs-adder", "kind": "MOVES", "movesTo": "accountant-vs-zymurgist"}
    page = data(editor, impact, d=[adder], action="RENAME", slug="zymurgist", after=first[0]["slug"])["impact"]
    assert page["changes"][0] == first[1]
    assert codes(editor, impact, d=[adder], action="RENAME", slug="zymurgist", after="a-vs-b") == ["BAD_CURSOR"]
    others = data(editor, impact, d=[key("CATEGORY", "business-finance")], action="REPLACE", slug="data")["impact"]
    assert others["changed"] > pages and {"kind": "VANISHES", "count": 1} not in others["counts"]
    assert data(editor, impact, d=[adder], action="REPLACE", slug="actuary")["impact"]["changed"] == 0
    for action, slug, document, code in (
        ("REPLACE", None, ACCOUNTANT, "BAD_SHAPE"),
        ("REPLACE", "nobody", ACCOUNTANT, "UNKNOWN"),
        ("REPLACE", "wages", key("ATTRIBUTE", "salary"), "FIXED"),
        ("RENAME", "actuary", ACCOUNTANT, "TAKEN"),
        ("RENAME", "No Slug", ACCOUNTANT, "BAD_IDENT"),
        ("RENAME", None, ACCOUNTANT, "BAD_SHAPE"),
        ("RENAME", "fr", key("LOCALE", "de"), "FIXED"),
        ("UNPUBLISH", None, key("CAREER", "nobody"), "UNKNOWN"),
    ):
        refused = data(editor, impact, d=[document], action=action, slug=slug)["impact"]
        assert [it["code"] for it in refused["problems"]] == [code]


def test_a_reference_is_replaced_once_it_was_looked_at(newsroom: Newsroom, editor: Client) -> None:
    """First which documents refer to a category, then all of them as they were seen; a save in between stops it."""
    replace = """mutation($d: [DocumentBaseInput!]) {
      replaceReference(type: CATEGORY, slug: "business-finance", by: "data", documents: $d) { __typename
        ... on Replacement { done version documents { key { type slug } base places live drafted } }
        ... on Rejected { problems { code } } ... on Conflict { key { slug } difference { path } } } }"""
    uses = data(editor, replace, d=None)
    assert (uses["done"], uses["version"]) == (False, None)
    assert {it["key"]["type"] for it in uses["documents"]} == {"CAREER"}
    seen = [{**it["key"], "base": it["base"]} for it in uses["documents"]]
    edit(editor, "CAREER", "accountant", aliases={"en": ["Counter"]})
    conflict = editor.ask(replace, variables={"d": seen})["data"]["replaceReference"]
    assert (conflict["__typename"], conflict["key"]["slug"]) == ("Conflict", "accountant")
    assert {it["path"].partition(".")[0] for it in conflict["difference"]} == {"aliases"}
    again = [{**it["key"], "base": it["base"]} for it in data(editor, replace, d=None)["documents"]]
    done = editor.ask(replace, variables={"d": again})["data"]["replaceReference"]
    assert (done["__typename"], done["done"]) == ("Replacement", True)
    assert standing(editor, "CAREER", "accountant")["live"]["category"] == "data"


def test_many_documents_are_published_with_one_report(newsroom: Newsroom, editor: Client) -> None:
    """A dry run, all or nothing, and what can be: each document says whether it was done, or why not."""
    edit(editor, "CAREER", "accountant", title={"en": "Counter"})
    edit(editor, "CAREER", "actuary", title={"en": "Reckoner"})
    late = key("CAREER", "actuary") | {"base": standing(editor, "CAREER", "actuary")["revision"]}
    edit(editor, "CAREER", "actuary", title={"en": "Somebody else's"})
    bulk = """mutation($d: [DocumentBaseInput!]!, $partly: Boolean!, $dry: Boolean!) {
      bulk(action: PUBLISH, documents: $d, partly: $partly, dryRun: $dry) { ... on BulkReport {
        done accepted refused version documents { key { slug } accepted problems { code }
        conflict { revision difference { path before after } } document { isLive draft { number } } } } } }"""
    documents = [ACCOUNTANT, late, key("CATEGORY", "data")]
    for partly, dry in ((True, True), (False, False)):
        report = data(editor, bulk, d=documents, partly=partly, dry=dry)
        assert (report["done"], report["version"]) == (False, None)
    report = data(editor, bulk, d=documents, partly=True, dry=False)
    assert (report["done"], report["accepted"], report["refused"]) == (True, 1, 2)
    refused, absent, done = report["documents"]
    assert refused["key"]["slug"] == "actuary"
    assert refused["conflict"]["difference"] == [{"path": "title.en", "before": "Somebody else's", "after": "Reckoner"}]
    assert absent["problems"] == [{"code": "NO_DRAFT"}]
    assert (done["key"]["slug"], done["accepted"], done["document"]["draft"]) == ("accountant", True, None)
    assert standing(editor, "CAREER", "accountant")["live"]["title"] == {"en": "Counter"}
    assert data(newsroom.public, TITLE, slug="accountant", locale="en")["title"] == "Counter"


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
    pages = """query($after: String, $draft: Boolean, $types: [DocumentType!]) { editor {
      documents(first: 7, after: $after, filter: { hasDraft: $draft, types: $types }) {
        totalCount pageInfo { endCursor } nodes { slug draft { number } } } } }"""
    slugs: list[str] = []
    after = None
    while (page := data(editor, pages, types=["CAREER"], after=after)["documents"])["nodes"]:
        slugs += [it["slug"] for it in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert page["totalCount"] == len(slugs)
    assert slugs == sorted(set(slugs))
    assert len(slugs) > 50
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    assert [it["slug"] for it in data(editor, pages, draft=True)["documents"]["nodes"]] == ["accountant"]
    assert len(data(editor, pages, draft=False)["documents"]["nodes"]) == 7
    assert codes(editor, "{ editor { documents(first: 101) { totalCount } } }") == ["TOO_MANY"]


def test_a_missing_translation_is_listed_and_a_fallback_is_never_saved(newsroom: Newsroom, editor: Client) -> None:
    """What falls back is marked, listed, and nothing of it gets into a document by saving or publishing."""
    live = standing(editor, "CAREER", "accountant")["live"]
    edit(editor, "CAREER", "accountant", title={"en": "Accountant"}, summary=live["summary"])
    listed = """query($drafts: Boolean!) { editor { queues { missing(locale: "de", types: [CAREER], drafts: $drafts) {
      count documents(first: 1) { totalCount nodes { count document { slug } texts { path text } } } } } } }"""
    [before, after] = [data(editor, listed, drafts=drafts)["queues"]["missing"] for drafts in (False, True)]
    assert after["count"] == before["count"] + 1
    [lacking] = after["documents"]["nodes"]
    assert (lacking["document"]["slug"], lacking["count"]) == ("accountant", len(lacking["texts"]))
    assert {"path": "title", "text": "Accountant"} in lacking["texts"]
    assert {"path": "title", "text": "Accountant"} not in before["documents"]["nodes"][0]["texts"]
    publish(editor, ACCOUNTANT)
    career = data(newsroom.public, TITLE, slug="accountant", locale="de")
    assert career["title"] == "Accountant"
    assert "title" in career["fallbackFields"]
    assert standing(editor, "CAREER", "accountant")["live"]["title"] == {"en": "Accountant"}
    edit(editor, "CAREER", "accountant", summary={"en": "Counts."})
    publish(editor, ACCOUNTANT)
    assert standing(editor, "CAREER", "accountant")["live"]["title"] == {"en": "Accountant"}


def test_the_phrases_that_a_locale_lacks_are_listed_with_the_locale(newsroom: Newsroom, editor: Client) -> None:
    """What is counted is in the list: as many texts as its documents have."""
    listed = """query($locale: String!, $types: [DocumentType!]) { editor { queues {
      missing(locale: $locale, types: $types) { count phrases { path } documents(first: 100) {
        totalCount nodes { count document { type slug } texts { path } } } } } } }"""
    phrases = dict(standing(editor, "LOCALE", "de")["live"]["phrases"])
    gone = "tie"  # without forms for one and several
    del phrases[gone]
    before = data(editor, listed, locale="de", types=["LOCALE"])["queues"]["missing"]
    edit(editor, "LOCALE", "de", phrases=phrases)
    after = data(editor, listed, locale="de", types=["LOCALE"])["queues"]["missing"]
    assert after["count"] == before["count"] + 1
    [own] = after["documents"]["nodes"]
    assert own == {"count": after["count"], "document": key("LOCALE", "de"), "texts": after["phrases"]}
    assert after["documents"]["totalCount"] == 1
    assert {"path": f"phrases.{gone}"} in own["texts"]
    both = data(editor, listed, locale="de", types=["LOCALE", "CATEGORY"])["queues"]["missing"]
    assert both["count"] == sum(it["count"] for it in both["documents"]["nodes"])
    assert own in both["documents"]["nodes"]
    english = data(editor, listed, locale="en", types=["LOCALE"])["queues"]["missing"]
    assert english["count"] == len(english["phrases"]) == sum(it["count"] for it in english["documents"]["nodes"])
    skills = data(editor, listed, locale="de", types=["SKILL"])["queues"]["missing"]
    assert {it["document"]["type"] for it in skills["documents"]["nodes"]} <= {"SKILL"}


def test_a_locale_is_published_later_than_the_others(newsroom: Newsroom, editor: Client) -> None:
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter", "de": "Erbsenzähler"})
    publish(editor, ACCOUNTANT, without=["de"])
    english, german = (data(newsroom.public, TITLE, slug="accountant", locale=it)["title"] for it in ("en", "de"))
    assert english == "Bean counter"
    assert german not in ("Erbsenzähler", "Bean counter")
    publish(editor, ACCOUNTANT)
    assert data(newsroom.public, TITLE, slug="accountant", locale="de")["title"] == "Erbsenzähler"


def test_a_translator_publishes_and_schedules_one_locale(newsroom: Newsroom, editor: Client) -> None:
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter", "de": "Erbsenzähler"})
    translator = newsroom.client(Role.EDITOR, locales=["de"])
    assert codes(translator, PUBLISH, documents=[{**ACCOUNTANT, "base": 2}]) == ["FORBIDDEN"]
    when = """mutation($at: DateTime!, $base: Int!) {
      schedule(type: CAREER, slug: "accountant", base: $base, action: PUBLISH, at: $at, zone: "UTC", locales: ["de"]
      ) { ... on Schedule { locales without documentRevision cancelled } } }"""
    scheduled = data(translator, when, at=TOMORROW.isoformat(), base=2)
    assert scheduled == {"locales": ["de"], "without": [], "documentRevision": 2, "cancelled": False}
    published = data(translator, PUBLISH, documents=[ACCOUNTANT], without=["en"])
    assert published["changed"] == [ACCOUNTANT]
    titles = [data(newsroom.public, TITLE, slug="accountant", locale=it)["title"] for it in ("en", "de")]
    assert titles == ["Accountant", "Erbsenzähler"]
    waiting = (
        """{ editor { document(type: CAREER, slug: "accountant") { revision difference { path before after } } } }"""
    )
    difference = [{"path": "title.en", "before": "Accountant", "after": "Bean counter"}]
    assert data(editor, waiting)["document"] == {"revision": 4, "difference": difference}


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
    tokens = data(admin, "{ editor { tokens { nodes { prefix name lastUsedAt good } } } }")["tokens"]["nodes"]
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
    listed = """query($n: Int!) { editor { deliveries(filter: { endpoint: $n }) { nodes { state kind event } }
      events { nodes { number kind payload } } } }"""
    log = data(admin, listed, n=number)
    event = log["events"]["nodes"][0]["number"]
    assert log["deliveries"]["nodes"] == [{"state": "PENDING", "kind": "catalog.published", "event": event}]
    assert log["events"]["nodes"][0]["payload"]["documents"] == [{"type": "career", "slug": "accountant", "live": True}]
    again = (
        "mutation($n: Int!, $e: Int!) { redeliver(number: $n, event: $e) { "
        + PROBLEMS
        + " ... on Delivery { event state } } }"
    )
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
    assert data(admin, "{ editor { endpoints { nodes { number } } } }")["endpoints"]["nodes"] == []


def test_everything_done_is_in_the_audit_log(admin: Client, editor: Client) -> None:
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    publish(editor, ACCOUNTANT)
    listed = "{ editor { audit(first: 2) { nodes { actor verb document { slug } detail digest } } } }"
    assert [(it["actor"], it["verb"]) for it in data(admin, listed)["audit"]["nodes"]] == [
        ("token:editor", "publish"),
        ("token:editor", "save-draft"),
    ]
    counts = {
        'type: SKILL, slug: "nothing"': 0,
        "type: SKILL": 0,
        "type: CAREER": 2,
        'slug: "accountant"': 2,
        'slug: "actuary"': 0,
        'actor: "token:editor"': 2,
        'actor: "nobody"': 0,
        'slug: "accountant", until: "2020-01-01T00:00:00Z"': 0,
        'slug: "accountant", since: "2020-01-01T00:00:00Z"': 2,
        'verb: "publish"': 1,
        'verb: "publish", type: CAREER, actor: "token:editor"': 1,
    }
    for arguments, count in counts.items():
        listed = f"{{ editor {{ audit(filter: {{ {arguments} }}) {{ totalCount nodes {{ verb }} }} }} }}"
        page = data(admin, listed)["audit"]
        assert (page["totalCount"], len(page["nodes"])) == (count, count), arguments


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
        assert room.careergraph.catalog_holder.at_hand() is not None
        client.ask('mutation { discardDraft(type: CAREER, slug: "accountant", base: 1) { __typename } }')
        assert (room.careergraph.catalog_holder.at_hand() is None) is looks
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
    submit = """mutation($note: String!) {
        submitForReview(type: PAIR, slug: "accountant-vs-actuary", base: 1, note: $note) { __typename
        ... on Rejected { problems { code path } } } }"""
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


def test_what_a_revoked_token_scheduled_waits_until_somebody_confirms_it(newsroom: Newsroom, admin: Client) -> None:
    create = (
        'mutation { createToken(name: "builder", role: EDITOR) { ... on CreatedToken { secret token { prefix } } } }'
    )
    created = data(admin, create)
    program = Client(newsroom.app, Authorization=f"Bearer {created['secret']}")
    edit(program, "CAREER", "accountant", title={"en": "Bean counter"})
    schedule = """mutation($at: DateTime!) { schedule(type: CAREER, slug: "accountant", base: 2, action: PUBLISH,
        at: $at, zone: "UTC") { ... on Schedule { number author heldReason } } }"""
    scheduled = data(program, schedule, at=TOMORROW.isoformat())
    assert (scheduled["author"], scheduled["heldReason"]) == ("token:builder", None)
    revoke = "mutation($prefix: String!) { revokeToken(prefix: $prefix) { ... on Token { good } } }"
    assert data(admin, revoke, prefix=created["token"]["prefix"]) == {"good": False}
    [waiting] = data(admin, "{ editor { schedules { nodes { number heldReason } } } }")["schedules"]["nodes"]
    assert waiting == {"number": scheduled["number"], "heldReason": "the token 'builder' of its author was revoked"}
    assert Worker(newsroom.engine).publish_due(TOMORROW) == ()
    confirm = "mutation($n: Int!) { confirmSchedule(number: $n) { ... on Schedule { author heldReason } } }"
    assert data(admin, confirm, n=scheduled["number"]) == {"author": "token:admin", "heldReason": None}
    (done,) = Worker(newsroom.engine).publish_due(TOMORROW)
    assert done.good


def test_what_is_refused_says_what_would_be_right(newsroom: Newsroom, editor: Client) -> None:
    both = """{ editor { impact(documents: [{ type: CAREER, slug: "actuary" }], release: "may") {
      ... on Rejected { problems { code path message } } } } }"""
    [problem] = data(editor, both)["impact"]["problems"]
    assert (problem["code"], problem["path"]) == ("BAD_SHAPE", "release")
    body = {"slug": "numbers", "title": "Numbers", "careers": {}}
    refused = data(editor, SAVE, type="COLLECTION", document=body)
    assert {(it["path"], it["message"]) for it in refused["problems"]} == {
        ("title", "must be an object, not a string"),
        ("careers", "must be a list, not an object"),
    }
    name = """mutation { saveFilter(screen: "documents", name: " ", filter: {}) {
      ... on Rejected { problems { code path } } } }"""
    assert data(editor, name)["problems"] == [{"code": "EMPTY", "path": "name"}]
    attribute = """mutation { rename(type: LOCALE, slug: "de", newSlug: "dd", base: 1) {
      ... on Rejected { problems { message } } } }"""
    assert "a locale" in data(editor, attribute)["problems"][0]["message"]
    replaced = """mutation { replaceReference(type: ATTRIBUTE, slug: "salary", by: "wages") {
      ... on Rejected { problems { message } } } }"""
    assert data(editor, replaced)["problems"][0]["message"].startswith("an attribute cannot")
    translator = newsroom.client(Role.EDITOR, locales=["de"])
    [error] = translator.ask(SAVE, variables={"type": "CAREER", "document": _renamed(editor), "base": 1})["errors"]
    assert error["extensions"] == {"code": "FORBIDDEN", "field": "title.en"}


def _renamed(client: Client) -> dict[str, Any]:
    state = standing(client, "CAREER", "actuary")
    return {**state["live"], "title": {**state["live"]["title"], "en": "Reckoner"}}


def test_a_note_is_no_longer_than_a_log_should_hold(editor: Client) -> None:
    publish = """mutation($note: String!) {
      publish(documents: [{ type: CAREER, slug: "actuary", base: 1 }], note: $note) {
        ... on Rejected { problems { code } } } }"""
    assert data(editor, publish, note="x" * 2_000)["problems"] == [{"code": "NO_DRAFT"}]
    [error] = editor.ask(publish, variables={"note": "x" * 2_001})["errors"]
    assert (error["extensions"]["code"], error["extensions"]["maximum"]) == ("TEXT_TOO_LONG", 2_000)
    release = 'mutation($n: String!) { openRelease(slug: "may", title: "May", note: $n) { __typename } }'
    assert codes(editor, release, n="x" * 2_001) == ["TEXT_TOO_LONG"]
