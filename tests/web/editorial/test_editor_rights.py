"""Rights over GraphQL: each mutation and each field of the editors asks for the right that the table of roles says."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_required_argument,
)

from careergraph.api.schema import schema
from careergraph.editorial.access.actor import Role
from careergraph.editorial.access.roles import ROLES, Verb
from careergraph.store.database.database import connect
from web.client import Client
from web.editing import TOMORROW, Newsroom, codes, data, edit, key

MUTATIONS: Mapping[str, Verb] = {
    "saveDraft": Verb.SAVE_DRAFT,
    "discardDraft": Verb.DISCARD_DRAFT,
    "submitForReview": Verb.SUBMIT_FOR_REVIEW,
    "assign": Verb.ASSIGN,
    "sendBack": Verb.SEND_BACK,
    "approve": Verb.APPROVE,
    "addComment": Verb.COMMENT,
    "resolveComment": Verb.COMMENT,
    "reopenComment": Verb.COMMENT,
    "revert": Verb.REVERT,
    "publish": Verb.PUBLISH,
    "unpublish": Verb.UNPUBLISH,
    "archive": Verb.ARCHIVE,
    "rename": Verb.RENAME,
    "bulk": Verb.PUBLISH,
    "bulkMatching": Verb.PUBLISH,
    "replaceReference": Verb.REPLACE_REFERENCE,
    "schedule": Verb.SCHEDULE,
    "cancelSchedule": Verb.SCHEDULE,
    "confirmSchedule": Verb.SCHEDULE,
    "proposeLinks": Verb.SAVE_DRAFT,
    "acceptLinks": Verb.SAVE_DRAFT,
    "openRelease": Verb.OPEN_RELEASE,
    "addToRelease": Verb.ADD_TO_RELEASE,
    "removeFromRelease": Verb.ADD_TO_RELEASE,
    "publishRelease": Verb.PUBLISH_RELEASE,
    "undoRelease": Verb.OPEN_RELEASE,
    "scheduleRelease": Verb.SCHEDULE,
    "discardRelease": Verb.DISCARD_RELEASE,
    "createPreview": Verb.CREATE_PREVIEW,
    "revokePreview": Verb.REVOKE_PREVIEW,
    "createToken": Verb.CREATE_TOKEN,
    "revokeToken": Verb.REVOKE_TOKEN,
    "erasePerson": Verb.ERASE_PERSON,
    "saveFilter": Verb.SAVE_FILTER,
    "deleteFilter": Verb.SAVE_FILTER,
    "addEndpoint": Verb.MANAGE_ENDPOINTS,
    "rotateSecret": Verb.MANAGE_ENDPOINTS,
    "pauseEndpoint": Verb.MANAGE_ENDPOINTS,
    "resumeEndpoint": Verb.MANAGE_ENDPOINTS,
    "removeEndpoint": Verb.MANAGE_ENDPOINTS,
    "redeliver": Verb.MANAGE_ENDPOINTS,
    "startImport": Verb.IMPORT,
    "cancelImport": Verb.IMPORT,
    "applyImport": Verb.IMPORT,
}
FIELDS: Mapping[str, Verb] = {
    "me": Verb.VIEW,
    "document": Verb.VIEW,
    "documents": Verb.VIEW,
    "revision": Verb.VIEW,
    "releases": Verb.VIEW,
    "release": Verb.VIEW,
    "schedules": Verb.VIEW,
    "impact": Verb.VIEW,
    "queues": Verb.VIEW,
    "usedBy": Verb.VIEW,
    "suggest": Verb.VIEW,
    "previews": Verb.CREATE_PREVIEW,
    "people": Verb.VIEW_PEOPLE,
    "tokens": Verb.VIEW_TOKENS,
    "savedFilters": Verb.SAVE_FILTER,
    "endpoints": Verb.MANAGE_ENDPOINTS,
    "deliveries": Verb.MANAGE_ENDPOINTS,
    "events": Verb.MANAGE_ENDPOINTS,
    "audit": Verb.VIEW_AUDIT,
    "importJobs": Verb.IMPORT,
    "importJob": Verb.IMPORT,
}
"""Which right each asks for. What is not in these tables fails a test: nobody forgets to ask for one."""

OF_DOCUMENTS = (
    *(
        "saveDraft",
        "discardDraft",
        "submitForReview",
        "revert",
        "publish",
        "unpublish",
        "archive",
        "rename",
        "bulk",
        "replaceReference",
    ),
    *("assign", "sendBack", "approve", "addComment"),
    *("schedule", "addToRelease", "removeFromRelease", "createPreview", "document", "revision", "usedBy", "impact"),
)
"""Those that name documents, whose types may be outside of a scope."""

EXISTS, NOT_THERE = "accountant", "nobody"


def typed(name: str) -> GraphQLObjectType:
    type_ = schema._schema.get_type(name)
    assert isinstance(type_, GraphQLObjectType)
    return type_


def written(name: str, argument: GraphQLArgument, slug: str) -> str:
    """Something to give for an argument."""
    base = ", base: 1" if get_named_type(argument.type).name == "DocumentBaseInput" else ""
    keys = f'[{{ type: CAREER, slug: "{slug}"{base} }}]'
    if name == "document":
        return f'{{ slug: "{slug}", title: {{}}, summary: {{}}, category: "data" }}'
    if name == "tables":
        return '["may"]'
    if is_list_type(get_nullable_type(argument.type)) and name != "links":
        return keys
    by_name = {"slug": f'"{slug}"', "url": '"https://1.1.1.1/"', "at": f'"{TOMORROW.isoformat()}"'}
    by_name |= {"career": f'"{slug}"', "links": '[{ position: 1, skill: "sql" }]'}
    by_name |= {"expiresAt": f'"{TOMORROW.isoformat()}"', "zone": '"UTC"', "documents": keys}
    by_type = {
        "DocumentFilter": "{ types: [CATEGORY], hasDraft: false }",
        "Int": "1",
        "DocumentType": "CAREER",
        "Role": "VIEWER",
        "ScheduleAction": "UNPUBLISH",
        "BulkAction": "PUBLISH",
        "Importer": "FIGURES",
        "String": '"may"',
        "Json": "{}",
    }
    return by_name.get(name) or by_type[get_named_type(argument.type).name]


def call(parent: str, name: str, slug: str) -> str:
    """An operation that calls one mutation, or one field of the editors."""
    field = typed(parent).fields[name]
    optional = ("documents", "document", *(["type"] if "document" in field.args else []))  # each names the document
    needed = {it: arg for it, arg in field.args.items() if is_required_argument(arg) or it in optional}
    arguments = ", ".join(f"{it}: {written(it, arg, slug)}" for it, arg in needed.items())
    text = f"{name}({arguments}) {{ __typename }}" if arguments else f"{name} {{ __typename }}"
    return f"mutation {{ {text} }}" if parent == "Mutation" else f"{{ editor {{ {text} }} }}"


@pytest.fixture
def newsroom(sqlite_url: str) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    yield Newsroom(engine)
    engine.dispose()


UPLOADS = (Verb.UPLOAD_IMAGE,)
"""What is done by a PUT; tests/web/media has its rights."""


def test_every_mutation_and_every_field_is_in_the_tables() -> None:
    assert sorted(MUTATIONS) == sorted(typed("Mutation").fields)
    assert sorted(FIELDS) == sorted(typed("Editor").fields)
    assert {*MUTATIONS.values(), *FIELDS.values(), *UPLOADS} == set(Verb)


@pytest.mark.parametrize("role", Role)
def test_who_lacks_a_right_is_refused_alike_for_what_is_there_and_what_is_not(newsroom: Newsroom, role: Role) -> None:
    """What has a right is not refused for want of it, whatever else is wrong; what lacks it learns nothing."""
    client = newsroom.client(role)
    for parent, table in (("Mutation", MUTATIONS), ("Editor", FIELDS)):
        for name, verb in table.items():
            outcomes = [codes(client, call(parent, name, slug)) for slug in (EXISTS, NOT_THERE)]
            denied = ["FORBIDDEN"] in outcomes
            assert denied == (verb not in ROLES[role]), (name, outcomes)
            assert not denied or outcomes == [["FORBIDDEN"], ["FORBIDDEN"]], name
            assert denied or all(it in ([], ["UNKNOWN"]) for it in outcomes), (name, outcomes)


def test_nobody_is_refused_alike_everywhere(newsroom: Newsroom) -> None:
    """One answer, byte for byte, for each field, whatever it is asked about."""
    for parent, table in (("Mutation", MUTATIONS), ("Editor", FIELDS)):
        for name in table:
            texts = {
                newsroom.public.post("/graphql", json={"query": call(parent, name, slug)}).text
                for slug in (EXISTS, NOT_THERE)
            }
            [answer] = [_without_place(json.loads(it)) for it in {it.replace(EXISTS, NOT_THERE) for it in texts}]
            assert answer["errors"] == [
                {
                    "message": "Only editors may do this: sign in, or send an access token.",
                    "extensions": {"code": "UNAUTHENTICATED"},
                }
            ]


def _without_place(answer: Any) -> Any:
    for error in answer["errors"]:
        error.pop("locations")
        error.pop("path")
    return answer


def test_a_token_that_proves_nothing_is_refused_before_anything_is_done(newsroom: Newsroom) -> None:
    """Unknown, malformed, and one for a preview: alike, and also for what everybody may read."""
    editor = newsroom.client(Role.EDITOR)
    edit(editor, "CAREER", EXISTS, title={"en": "Bean counter"})
    preview = data(
        editor,
        'mutation($d: [DocumentBaseInput!], $e: DateTime!) { createPreview(name: "x", expiresAt: $e, documents: $d) '
        "{ ... on CreatedPreview { secret } } }",
        d=[key("CAREER", EXISTS)],
        e=TOMORROW.isoformat(),
    )["secret"]
    answers = set()
    for secret in ("cg_", "cg_0123456789_" + 64 * "0", preview, newsroom.secret(Role.ADMIN)[:-1] + "x"):
        client = Client(newsroom.app, Authorization=f"Bearer {secret}")
        response = client.post("/graphql", json={"query": "{ catalog { version } }"})
        answers.add((response.status_code, response.text, response.headers["www-authenticate"]))
    assert len(answers) == 1
    [(status, text, _)] = answers
    assert (status, json.loads(text)["errors"][0]["extensions"]) == (401, {"code": "UNAUTHENTICATED"})


def test_what_is_outside_of_a_scope_is_as_good_as_not_there(newsroom: Newsroom) -> None:
    client = newsroom.client(Role.ADMIN, types=["skill"])
    for name in OF_DOCUMENTS:
        parent = "Mutation" if name in MUTATIONS else "Editor"
        for slug in (EXISTS, NOT_THERE):
            assert codes(client, call(parent, name, slug)) == ["FORBIDDEN"], name


def test_lists_hold_only_what_is_within_the_scope(newsroom: Newsroom) -> None:
    """Neither shown nor counted: documents, releases, schedules, what is missing, the audit log."""
    editor, skills = newsroom.client(Role.EDITOR), newsroom.client(Role.ADMIN, types=["skill"])
    edit(editor, "CAREER", EXISTS, title={"en": "Bean counter"})
    data(editor, 'mutation { openRelease(slug: "may", title: "May") { __typename } }')
    data(
        editor,
        'mutation($d: [DocumentBaseInput!]!) { addToRelease(release: "may", documents: $d) { __typename } }',
        d=[key("CAREER", EXISTS)],
    )
    schedule = """mutation($at: DateTime!) {
      schedule(type: COLLECTION, slug: "careers-in-data", base: 1, action: UNPUBLISH, at: $at, zone: "UTC") {
        __typename } }"""
    assert data(editor, schedule, at=TOMORROW.isoformat()) == {"__typename": "Schedule"}
    lists = data(
        skills,
        """{ editor { documents(filter: { hasDraft: true }) { nodes { slug } }
        all: documents(filter: { types: [CAREER] }) { totalCount }
        release(slug: "may") { documents { slug } } schedules { totalCount nodes { number } }
        queues { missing(locale: "de") { documents { nodes { document { type } } } }
          missingFigures { totalCount } staleFigures(olderThan: "2100-01-01") { totalCount nodes { title } } }
        audit(first: 100) { totalCount nodes { document { type } } } } }""",
    )
    assert (lists["documents"], lists["all"]) == ({"nodes": []}, {"totalCount": 0})
    assert lists["schedules"] == {"totalCount": 0, "nodes": []}
    assert lists["release"] == {"documents": []}
    assert {it["document"]["type"] for it in lists["queues"]["missing"]["documents"]["nodes"]} == {"SKILL"}
    assert lists["queues"]["missingFigures"] == {"totalCount": 0}
    assert lists["queues"]["staleFigures"] == {"totalCount": 0, "nodes": []}
    assert {(it["document"] or {}).get("type") for it in lists["audit"]["nodes"]} <= {None, "SKILL"}
    assert lists["audit"]["totalCount"] == len(lists["audit"]["nodes"])


def test_a_preview_tells_nothing_of_drafts_outside_of_a_scope(newsroom: Newsroom) -> None:
    """It is not listed, and the log names no more of it than is within the scope."""
    editor = newsroom.client(Role.EDITOR)
    edit(editor, "CAREER", EXISTS, title={"en": "Bean counter"})
    edit(editor, "SKILL", "python", name={"en": "Snake"})
    create = """mutation($d: [DocumentBaseInput!], $e: DateTime!) {
      createPreview(name: "x", expiresAt: $e, documents: $d, mode: PINNED) { __typename } }"""
    data(editor, create, d=[key("CAREER", EXISTS), key("SKILL", "python")], e=TOMORROW.isoformat())
    for scope, visible in (({"types": ["skill"]}, {"python"}), ({}, {"python", EXISTS})):
        query = "{ editor { previews { nodes { documents { slug } } } audit(first: 100) { nodes { verb detail } } } }"
        answer = data(newsroom.client(Role.ADMIN, **scope), query)
        listed_documents = {it["slug"] for preview in answer["previews"]["nodes"] for it in preview["documents"]}
        assert listed_documents == (set() if scope else visible)
        detail = next(it["detail"] for it in answer["audit"]["nodes"] if it["verb"] == "create-preview")
        assert {slug for _, slug in detail["keys"]} == visible


def test_who_edits_wages_edits_nothing_else(newsroom: Newsroom) -> None:
    """A scope by attribute, over the wire: the same draft is taken with a wage changed, and refused with a title."""
    wages = newsroom.client(Role.EDITOR, attributes=["salary"])
    live = data(wages, '{ editor { document(type: CAREER, slug: "accountant") { live revision } } }')["document"]
    values = [{**it, "low": it["low"] + 1} if it["attribute"] == "salary" else it for it in live["live"]["values"]]
    save = "mutation($d: Document!, $b: Int) { saveDraft(type: CAREER, document: $d, base: $b) { __typename } }"
    assert codes(wages, save, d={**live["live"], "title": {"en": "x"}}, b=live["revision"]) == ["FORBIDDEN"]
    assert data(wages, save, d={**live["live"], "values": values}, b=live["revision"]) == {"__typename": "SavedDraft"}


def test_previews_of_others_are_seen_by_who_may_end_them(newsroom: Newsroom) -> None:
    author, editor = newsroom.client(Role.AUTHOR), newsroom.client(Role.EDITOR)
    edit(author, "CAREER", EXISTS, title={"en": "Bean counter"})
    create = """mutation($d: [DocumentBaseInput!], $e: DateTime!) {
      createPreview(name: "x", expiresAt: $e, documents: $d) { __typename } }"""
    for client in (author, editor):
        data(client, create, d=[key("CAREER", EXISTS)], e=TOMORROW.isoformat())
    query = "{ editor { previews { totalCount nodes { createdBy } } } }"
    mine, every = (data(it, query)["previews"]["nodes"] for it in (author, editor))
    assert [it["createdBy"] for it in mine] == ["token:author"]
    assert [it["createdBy"] for it in every] == ["token:editor", "token:author"]


@pytest.mark.parametrize("scope", [{"types": ["skill"]}, {"locales": ["de"]}, {"attributes": ["salary"]}])
def test_who_is_limited_sees_no_event_and_adds_no_endpoint(newsroom: Newsroom, scope: dict[str, list[str]]) -> None:
    """Events tell of documents of all types, in all locales."""
    admin = newsroom.client(Role.ADMIN, **scope)
    for name, verb in {**MUTATIONS, **FIELDS}.items():
        if verb is Verb.MANAGE_ENDPOINTS:
            assert codes(admin, call("Mutation" if name in MUTATIONS else "Editor", name, EXISTS)) == ["FORBIDDEN"], (
                name
            )
