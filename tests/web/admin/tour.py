"""A tour of the admin: every screen, over a desk on which something lies everywhere."""

from datetime import timedelta
from typing import Any

from careergraph.editorial.access.actor import Role
from careergraph.editorial.worker.worker import Worker
from web.admin.person import Person
from web.editing import PREVIEW, TOMORROW, Newsroom, data, edit, key, newest

FIGURES = "career,attribute,value,unit,source,date\ndata-scientist,demand-score,9.7,points,editorial-estimate,2026\n"
OPEN = 'mutation { openRelease(slug: "spring", title: "Spring figures") { __typename } }'
ADD = """mutation($documents: [DocumentBaseInput!]!) {
  addToRelease(release: "spring", documents: $documents) { __typename } }"""
PLAN = """mutation($state: String!, $at: DateTime!) {
  scheduleRelease(release: "spring", state: $state, at: $at, zone: "Europe/Berlin") { __typename } }"""
STATE = '{ editor { release(slug: "spring") { state } } }'
SUBMIT = """mutation($slug: String!, $base: Int!) {
  submitForReview(type: CAREER, slug: $slug, base: $base) { __typename } }"""
COMMENT = """mutation($slug: String!, $base: Int!) {
  addComment(type: CAREER, slug: $slug, base: $base, path: "title.de", text: "Is that what they call themselves?") {
    __typename } }"""

OUTSIDE = ("sign-in",)
"""The screens of who is not signed in."""
SCREENS = (
    "",
    "queues/review",
    "queues/schedules",
    "queues/deliveries",
    "queues/drafts",
    "queues/links",
    "queues/undated",
    "queues/texts",
    "releases",
    "releases/spring",
    "imports",
    "imports/1",
    "audit",
    "documents/career",
    "documents/career?text=zzzz",
    "documents/skill",
    "documents/career/plumber",
    "documents/career/plumber/changes",
    "documents/career/plumber/history?from=1&to=2",
    "documents/career/plumber/past?number=1",
    "documents/career/plumber/actions",
    "documents/skill/python",
    "documents/attribute/salary",
    "documents/locale/de",
    "new/career",
    "account",
    "settings/tokens",
    "settings/endpoints",
    "settings/endpoints/1",
    "settings/previews",
    "settings/roles",
    "documents/recipe",
)
"""The screens of an administrator, by their addresses on the furnished desk; the last one is not there."""

FURTHER = (
    *[f"queues/{name}" for name in ("stale", "unsourced", "missing", "paused")],
    *[f"new/{name}" for name in ("skill", "category", "collection", "pair", "source", "image", "attribute", "locale")],
    "documents/career/plumber/impact",
    "documents/category/data/replace?by=healthcare",
)
"""Screens that are made of what others are made of, looked at where tests look deeper."""
LIKE_OTHERS = ("queues/schedules", "queues/deliveries", "queues/drafts", "documents/skill")
"""The screens whose elements are those of another one, so that axe need not look at them."""


def furnish(newsroom: Newsroom) -> None:
    """Put drafts, a review with a comment, a scheduled release, an import, tokens, an endpoint and a preview there."""
    author, editor = newsroom.client(Role.AUTHOR), newsroom.client(Role.EDITOR)
    _draft(author, "plumber", 61000)
    _draft(author, "actuary", 120000)
    edit(author, "CAREER", "electrician", title={"en": "Electrician", "de": "Elektroniker für Gebäudetechnik"})
    for mutation in (SUBMIT, COMMENT):
        data(author, mutation, slug="electrician", base=newest(author, key("CAREER", "electrician")))
    data(editor, OPEN)
    data(editor, ADD, documents=[key("CAREER", "actuary")])
    state = data(editor, STATE)["release"]["state"]
    data(editor, PLAN, state=state, at=f"{TOMORROW.date()}T09:00:00")
    data(editor, PREVIEW, documents=[key("CAREER", "plumber")], expires=(TOMORROW + timedelta(days=6)).isoformat())
    admin = Person(newsroom.app)
    admin.sign_in(newsroom.secret(Role.ADMIN))
    admin.post("settings/endpoints", {"csrf": admin.csrf, "url": "https://1.1.1.1/hooks/careers"})
    files = {"tables": ("figures.csv", FIGURES.encode())}
    admin.upload("imports", {"csrf": admin.csrf, "kind": "FIGURES"}, files)
    Worker(newsroom.engine, imports=newsroom.careergraph.config.imports.parse()).import_due()


def _draft(client: Any, slug: str, low: int) -> None:
    standing = data(client, LIVE, slug=slug)["document"]["live"]
    values = [each | {"low": low} if each["attribute"] == "salary" else each for each in standing["values"]]
    edit(client, "CAREER", slug, values=values)


LIVE = "query($slug: String!) { editor { document(type: CAREER, slug: $slug) { live } } }"
