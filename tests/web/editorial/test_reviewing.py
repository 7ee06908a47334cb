"""Reviews over GraphQL: what the screen of a document shows of them, and what the configuration asks for."""

from collections.abc import Iterator
from typing import Any

import pytest

from careergraph.editorial.access.actor import Actor, Role
from careergraph.store.database.database import connect
from careergraph.web.core.config import Config, ConfigProblem
from web.client import Client
from web.editing import PUBLISH, Newsroom, data, edit, key

ACCOUNTANT = key("CAREER", "accountant")
OF = 'type: CAREER, slug: "accountant", base: 2'
RESULT = """{ __typename ... on ChangedDocument { document { inReview } }
  ... on Rejected { problems { code path } } ... on Conflict { revision } }"""
REVIEW = """{ editor { document(type: CAREER, slug: "accountant") { inReview review {
  submittedBy submittedByName assignee assigneeName sentBackBy sentBackByName sentBackReason contributors
  neededApprovals approvals { revision author authorName } } } } }"""
COMMENTS = """query($first: Int, $after: String, $filter: CommentFilter) { editor {
  document(type: CAREER, slug: "accountant") { comments(first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { number revision path text author authorName resolvedBy resolvedByName } } } } }"""
USERS = {
    "1": Actor(name="user-1", role=Role.AUTHOR, display_name="Ann Smith"),
    "2": Actor(name="user-2", role=Role.EDITOR, display_name="Bob Jones"),
}


@pytest.fixture
def newsroom(sqlite_url: str) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    host = {"authenticate": lambda it: it.headers.get("x-user"), "authorize": USERS.get}
    yield Newsroom(engine, approvals="career=1, skill = 2", **host)
    engine.dispose()


@pytest.fixture
def ann(newsroom: Newsroom) -> Client:
    client = Client(newsroom.app, **{"X-User": "1"})
    edit(client, "CAREER", "accountant", title={"en": "Bean counter"})
    return client


@pytest.fixture
def bob(newsroom: Newsroom) -> Client:
    client = Client(newsroom.app, **{"X-User": "2"})
    data(client, "{ editor { me { name } } }")
    return client


def review(client: Client) -> Any:
    return data(client, REVIEW)["document"]["review"]


NOTHING = {
    **dict.fromkeys(("submittedBy", "submittedByName", "assignee", "assigneeName")),
    **dict.fromkeys(("sentBackBy", "sentBackByName", "sentBackReason")),
    "contributors": ["user-1"],
    "neededApprovals": 1,
    "approvals": [],
}


def test_a_draft_goes_to_and_fro_until_it_is_approved_and_published(ann: Client, bob: Client) -> None:
    assert review(bob) == NOTHING
    submit = f'mutation {{ submitForReview({OF}, assignee: "user-2") {RESULT} }}'
    assert data(ann, submit)["document"] == {"inReview": True}
    submitted = {"submittedBy": "user-1", "submittedByName": "Ann Smith"}
    assert review(bob) == {**NOTHING, **submitted, "assignee": "user-2", "assigneeName": "Bob Jones"}
    answer = data(bob, f'mutation {{ sendBack({OF}, reason: "Which beans?") {RESULT} }}')
    assert answer["document"] == {"inReview": False}
    sent_back = {"sentBackBy": "user-2", "sentBackByName": "Bob Jones", "sentBackReason": "Which beans?"}
    assert review(ann) == {**NOTHING, **sent_back}
    assert data(ann, submit)["document"] == {"inReview": True}
    assert data(ann, f"mutation {{ assign({OF}) {RESULT} }}")["document"] == {"inReview": True}
    assert review(ann) == {**NOTHING, **submitted}
    refused = data(bob, PUBLISH, documents=[ACCOUNTANT])
    assert [it["code"] for it in refused["problems"]] == ["NOT_APPROVED"]
    assert data(bob, f"mutation {{ approve({OF}) {RESULT} }}")["__typename"] == "ChangedDocument"
    approval = {"revision": 2, "author": "user-2", "authorName": "Bob Jones"}
    assert review(ann) == {**NOTHING, **submitted, "approvals": [approval]}
    assert data(bob, PUBLISH, documents=[ACCOUNTANT])["__typename"] == "Publication"
    assert review(bob) == {**NOTHING, "contributors": []}


def test_bulk_publishing_needs_approvals_too(ann: Client, bob: Client) -> None:
    bulk = """mutation { bulk(action: PUBLISH, documents: [{ type: CAREER, slug: "accountant", base: 2 }]) {
      ... on BulkReport { done documents { problems { code slug } } } } }"""
    problem = {"code": "NOT_APPROVED", "slug": "accountant"}
    assert data(bob, bulk) == {"done": False, "documents": [{"problems": [problem]}]}


def test_comments_are_paged_and_counted(ann: Client, bob: Client) -> None:
    add = f"mutation($path: String!, $text: String!) {{ addComment({OF}, path: $path, text: $text) {{ __typename\n"
    add += "... on Comment { number } ... on Rejected { problems { code path } } } }"
    numbers = [data(bob, add, path=path, text="Why?")["number"] for path in ("title.en", "", "values.salary.low")]
    assert data(bob, add, path="titel", text="Why?")["problems"] == [{"code": "UNKNOWN", "path": "path"}]
    page = data(ann, COMMENTS, first=2)["document"]["comments"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (3, True)
    nobody = {"resolvedBy": None, "resolvedByName": None}
    by_bob = {"revision": 2, "text": "Why?", "author": "user-2", "authorName": "Bob Jones", **nobody}
    assert page["nodes"][0] == {"number": numbers[0], "path": "title.en", **by_bob}
    rest = data(ann, COMMENTS, after=page["pageInfo"]["endCursor"])["document"]["comments"]
    assert [it["path"] for it in rest["nodes"]] == ["values.salary.low"]
    resolve = f"mutation {{ resolveComment(number: {numbers[1]}) "
    resolve += "{ ... on Comment { resolvedBy resolvedByName } } }"
    assert data(ann, resolve) == {"resolvedBy": "user-1", "resolvedByName": "Ann Smith"}
    resolved = data(ann, COMMENTS, filter={"resolved": True})["document"]["comments"]
    assert [it["number"] for it in resolved["nodes"]] == [numbers[1]]
    reopen = f"mutation {{ reopenComment(number: {numbers[1]}) {{ ... on Comment {{ resolvedBy }} }} }}"
    assert data(ann, reopen) == {"resolvedBy": None}
    edit(ann, "CAREER", "accountant", title={"en": "Counter"})
    assert data(ann, COMMENTS)["document"]["comments"]["totalCount"] == 3


@pytest.mark.parametrize("approvals", ["career", "career=one", "career=-1", "planet=1", "career=10", "career=²", "=1"])
def test_approvals_that_make_no_sense_are_refused_at_the_start(approvals: str) -> None:
    with pytest.raises(ConfigProblem, match="approvals cannot be used"):
        Config.of(approvals=approvals)


def test_approvals_are_read_from_the_environment() -> None:
    config = Config.from_environment({"CAREERGRAPH_APPROVALS": "career=1, skill = 2,"})
    assert config.reviews.parse() == {"career": 1, "skill": 2}
    assert Config().reviews.parse() == {}
