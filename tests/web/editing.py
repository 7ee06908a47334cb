"""A seeded app with somebody of each role, for the tests of editing over HTTP."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
from sqlalchemy import Engine

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.verbs.access.tokens import create_token
from careergraph.store.database.database import transaction
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from waiting import CEILING
from web.client import Client

ROOT = Actor(name="root", role=Role.ADMIN)
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
SECRET_KEY = "not a secret, only a key for tests"
SETTINGS: dict[str, Any] = {
    "work": False,
    "poll_seconds": 0,
    "show_cost": False,
    "secret_key": SECRET_KEY,
    "request_seconds": CEILING,
    "operation_seconds": CEILING,
}
"""What apps of tests have: work is done when a test says so, each read looks for news, a busy machine has time."""

SAVE = """mutation($type: DocumentType!, $document: Document!, $base: Int, $note: String! = "") {
  saveDraft(type: $type, document: $document, base: $base, note: $note) { __typename
    ... on SavedDraft { revision document { type slug inReview isLive draft { number document author note } } }
    ... on Rejected { problems { code path message } }
    ... on Conflict { key { type slug } base yours theirs revision difference { path before after } } } }"""
PUBLISH = """mutation($documents: [DocumentBaseInput!]!, $without: [String!]) {
  publish(documents: $documents, without: $without) { __typename
    ... on Publication { version changed { type slug } } ... on Rejected { problems { code path message } }
    ... on Conflict { yours theirs } } }"""
STANDING = """query($type: DocumentType!, $slug: String!) { editor { document(type: $type, slug: $slug) {
  revision live isLive archived release draft { number document } } } }"""
PREVIEW = """mutation($documents: [DocumentBaseInput!], $release: String, $state: String! = "", $expires: DateTime!,
    $mode: PreviewMode! = FOLLOWING, $site: String, $path: String) {
  createPreview(
    name: "boss", expiresAt: $expires, documents: $documents, release: $release, state: $state, mode: $mode
  ) {
    __typename
    ... on CreatedPreview { secret previewUrl(site: $site, path: $path)
      preview { prefix good mode release documents { type slug } } }
    ... on Rejected { problems { code path } } ... on Conflict { revision } } }"""
RELEASE_STATE = "query($slug: String!) { editor { release(slug: $slug) { state } } }"


class Newsroom:
    """An app over a database, and those who use it."""

    def __init__(self, engine: Engine, **settings: Any) -> None:
        self.engine = engine
        url = engine.url.render_as_string(hide_password=False)
        settings = {**SETTINGS, **settings}
        self.careergraph = CareerGraph(Config.of(database_url=url, **settings))
        self.app = self.careergraph.asgi()
        self.public = Client(self.app)

    def secret(self, role: Role, **scope: list[str]) -> str:
        """A new access token of a role, within a scope."""
        with transaction(self.engine) as session:
            return create_token(session, ROOT, role.lower(), role, scope=Scope.of(**scope)).secret

    def client(self, role: Role, **scope: list[str]) -> Client:
        """A client that acts in a role."""
        return Client(self.app, Authorization=f"Bearer {self.secret(role, **scope)}")

    def previewing(self, secret: str) -> Client:
        """A client that reads in a preview."""
        return Client(self.app, **{"X-Careergraph-Preview": secret})

    def close(self) -> None:
        """Lets go of the database, as the end of a server does."""

        async def end() -> None:
            async with self.careergraph.lifespan():
                pass

        anyio.run(end)


def data(client: Client, query: str, **variables: Any) -> Any:
    """The one field of an answer without errors. Documents that a verb takes as somebody saw them are as they are now,
    where the test says nothing else."""
    for name in set(re.findall(r"\$(\w+): \[DocumentBaseInput!\]", query)) & variables.keys():
        if variables[name] is not None:
            variables[name] = [it if "base" in it else it | {"base": newest(client, it)} for it in variables[name]]
    answer = client.ask(query, variables=variables)
    assert "errors" not in answer, json.dumps(answer)[:2000]
    [field] = answer["data"].values()
    return field


def codes(client: Client, query: str, **variables: Any) -> list[str]:
    """The codes of the errors of an answer."""
    return [error["extensions"]["code"] for error in client.ask(query, variables=variables).get("errors", ())]


def standing(client: Client, type_name: str, slug: str) -> Any:
    """How a document stands."""
    return data(client, STANDING, type=type_name, slug=slug)["document"]


def newest(client: Client, key: dict[str, str]) -> int:
    """The newest revision of a document; 0 where there is none."""
    document = standing(client, key["type"], key["slug"])
    return 0 if document is None else document["revision"] or 0


def edit(client: Client, type_name: str, slug: str, **fields: Any) -> Any:
    """Saves a draft of a document with some fields changed."""
    state = standing(client, type_name, slug)
    body = state["live"] if state["draft"] is None else state["draft"]["document"]
    saved = data(client, SAVE, type=type_name, document={**body, **fields}, base=state["revision"])
    assert saved["__typename"] == "SavedDraft", saved
    return saved


def key(type_name: str, slug: str) -> dict[str, str]:
    """A key as an argument."""
    return {"type": type_name, "slug": slug}
