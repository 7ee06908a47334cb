"""EditorDocument: a document with its draft and its revisions; and the results of saving and publishing it."""

from datetime import datetime
from functools import partial
from typing import Annotated, NamedTuple

import strawberry
from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import (
    Mirror,
    argument,
    attr,
    child,
    children,
    computed,
    input_field,
    input_type,
    object_type,
)
from careergraph.api.base.enums import Direction
from careergraph.api.base.page import Count, Paged
from careergraph.api.base.scalars import Document
from careergraph.api.editing.arguments import Below, require_locale
from careergraph.api.editing.connection import Connection, connect
from careergraph.api.editing.enums import DocumentType, FieldChangeKind, RevisionCause
from careergraph.api.editing.keys import DocumentKey, type_of
from careergraph.api.editing.outcome import Difference, Problem, document_or_none
from careergraph.api.editing.people import Comment, CommentFilter, Review, display_name
from careergraph.api.editing.schedule import Schedule
from careergraph.api.editing.transaction import actor_of, database_of, read
from careergraph.editorial.content import field_changes
from careergraph.editorial.content.change_line import change_line
from careergraph.editorial.content.diff import difference
from careergraph.editorial.content.localized_title import live_title, title_in
from careergraph.editorial.content.outcome import Body
from careergraph.editorial.editing import publication
from careergraph.editorial.editing.document_state import body_at, live_body, newest
from careergraph.editorial.editing.validation import draft_problems
from careergraph.editorial.verbs.documents.drafts import Saved
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.editing.draft_references import referring_drafts
from careergraph.store.editing.drafts import DocumentState, state
from careergraph.store.editing.histories import HistoryEntry, history_entries, history_entry
from careergraph.store.editing.reviews import list_comments
from careergraph.store.editing.schedules import schedules

From = Annotated[int | None, argument("The earlier revision; by default the published document.", name="from")]
Comments = Annotated[CommentFilter | None, argument("Which comments; all by default.")]
Way = Annotated[Direction, argument("The direction of the order.")]
InLocale = Annotated[str, argument("The locale of labels and figures.", name="locale")]
Titled = Annotated[str, argument("The locale of the title.", name="locale")]
To = Annotated[int | None, argument("The later revision; by default the open draft.")]


@object_type(field_changes.FieldChange, "A part of a document that changed.")
class FieldChange(Mirror):
    kind: FieldChangeKind = attr("How it changed.")
    path: str = attr("The field, such as `title.de`, or the attribute of a figure; empty for the whole document.")
    label: str | None = attr("The label of a figure's attribute, with its region; null for other fields.")
    before: str | None = attr("What it said, shortened, a figure in words; null where it said nothing.")
    after: str | None = attr("What it says, likewise; null where it says nothing.")
    count: int = attr("The number of items that a list has more or fewer, or that are others; 0 for other changes.")


@object_type(HistoryEntry, "One state of a document. It is never changed and never removed.")
class Revision(Mirror):
    of: strawberry.Private[HistoryEntry]

    number: int = attr("Its number: 1 for the document's first.")
    document: Document | None = attr(
        "The document; null where the revision removes it.", lambda of: document_or_none(of.body)
    )
    author: str = attr("The name of who made it.")
    author_name: str | None = attr("The display name of who made it.", display_name(lambda of: of.author))
    note: str = attr("Why.")
    created_at: datetime = attr("When.")
    version: int | None = attr("The version of the catalog that published it; null for a draft.")
    cause: RevisionCause = attr("What made it.")

    @computed(
        "What it changed, on one line: in the revision before; where it was published, in what was published before.",
        cost=2,
    )
    def change(self, info: Info) -> str:
        return change_line(self.of.former, self.of.body, info.context.catalog)

    @computed("What it changed, as `change` tells it, part by part, for programs with words of their own.", cost=2)
    def changes(self, info: Info, locale: InLocale = DEFAULT_LOCALE) -> list[FieldChange] | None:
        require_locale(info, locale)
        parts = field_changes.field_changes(self.of.former, self.of.body, info.context.catalog, locale)
        return [FieldChange(it) for it in parts]

    saves: int = attr("The number of saves of one person, one soon after the other, that it stands for in a history.")
    first_number: int = attr("The number of the first of these saves. Each has its own.", "first")


class LocaleTexts(NamedTuple):
    """How many texts a locale has of those that the default locale has."""

    locale: str
    written: int
    missing: int


def locales_of(of: DocumentState) -> list[LocaleTexts] | None:
    """Return how many texts of a document each locale has."""
    if of.texts is None:
        return None
    every = of.texts.get(DEFAULT_LOCALE, 0)
    return [LocaleTexts(locale, count, every - count) for locale, count in sorted(of.texts.items())]


@object_type(LocaleTexts, "How far a document is written in a locale.")
class DocumentLocale(Mirror):
    locale: str = attr("The locale.")
    written: int = attr("How many texts are written in it, of those that the default locale has.")
    missing: int = attr("How many of them it lacks, so that they fall back.")


@object_type(DocumentState, "A document with its draft, as editors see it.")
class EditorDocument(Mirror):
    of: strawberry.Private[DocumentState]

    type: DocumentType = attr("Its type.", lambda of: type_of(of.key))
    slug: str = attr("Its slug; of an attribute its key, of a locale its code.", lambda of: of.key[1])

    @computed("What it is called in a locale or its fallbacks, in the open draft or else as it was published.", cost=2)
    def title(self, info: Info, locale: Titled = DEFAULT_LOCALE) -> str:
        if locale == DEFAULT_LOCALE:
            return self.of.title
        require_locale(info, locale)
        catalog, key, number = info.context.catalog, self.of.key, self.of.draft
        if number is None:
            return live_title(catalog, key, locale) or self.of.title
        body = read(info, lambda it: body_at(it, key, number), key=key)
        return title_in(catalog, body or {}, locale) or self.of.title

    changed_at: datetime | None = attr("When its draft was saved, or else it was published.")
    changed_by: str | None = attr("Who did that.")
    changed_by_name: str | None = attr("The display name of who did that.", display_name(lambda of: of.changed_by))
    revision: int | None = attr(
        "The revision that the next save starts from (its `base`); null where there is none yet.",
        lambda of: newest(of),  # noqa: PLW0108 - the parameter names what it takes
    )

    @computed("The document as it is published; null where it is not.", cost=2)
    def live(self, info: Info) -> Document | None:
        return document_or_none(read(info, lambda it: live_body(it, self.of.key), key=self.of.key))

    @computed("The open draft; null where there is none.", cost=2)
    def draft(self, info: Info) -> Revision | None:
        number = self.of.draft
        if number is None:
            return None
        draft = read(info, lambda it: history_entry(it, self.of.key, number), key=self.of.key)
        return None if draft is None else Revision(draft)

    base: int | None = attr(
        "The revision that the open draft started from; null where it started from nothing, or where there is none."
    )
    has_draft: bool = attr("Whether it has an open draft.", lambda of: of.draft is not None)
    in_review: bool = attr("Whether the open draft was handed in for review.", "review")
    review: Review = child("How the open draft stands with those who review it.", lambda of: of)

    @computed("The comments on its fields, oldest first.", cost=5)
    def comments(
        self, info: Info, arguments: Paged, filter: Comments = None, direction: Way = Direction.ASC
    ) -> Connection[Comment] | None:
        return connect(info, "comments", partial(list_comments, self.of.id or 0), Comment, arguments, filter, direction)

    release: str | None = attr("The slug of the release that the open draft is in; null where it is in none.")
    release_revision: int | None = attr(
        "The revision that its release publishes. An open draft with a higher number is newer, and not in it."
    )
    archived: bool = attr("Whether it is archived.")
    locales: list[DocumentLocale] | None = children(
        "How many of its texts are written in each locale; null but in lists.", locales_of
    )
    is_live: bool = attr("Whether it is published.", "live")

    @computed(
        "Its revisions, newest first. Saves of one person, one soon after the other, are one entry: the last of them.",
        cost=5,
    )
    def history(self, info: Info, count: Count, before: Below = None) -> list[Revision] | None:
        key, autosaves = self.of.key, database_of(info).autosaves

        def find(session: Session) -> tuple[HistoryEntry, ...]:
            return history_entries(session, key, before=before, count=count, autosaves=autosaves)

        return [Revision(it) for it in read(info, find, key=key)]

    @computed("The fields that differ between two states of it; by default those published and drafted.", cost=5)
    def difference(self, info: Info, start: From = None, to: To = None) -> list[Difference] | None:
        key, numbers = self.of.key, (start, self.of.draft if to is None else to)

        def bodies(session: Session) -> list[Body | None]:
            return [live_body(session, key) if it is None else body_at(session, key, it) for it in numbers]

        return [Difference(it) for it in difference(*read(info, bodies, key=key))]

    @computed(
        "The problems that stop its open draft from being published, together with the drafts that it refers to; none "
        "where it has no draft.",
        cost=20,
    )
    def problems(self, info: Info) -> list[Problem] | None:
        key = self.of.key
        return [Problem(it) for it in read(info, lambda it: draft_problems(it, key), key=key)]

    @computed("The fields that its release changes in what is published; null where it is in none.", cost=5)
    def release_difference(self, info: Info) -> list[Difference] | None:
        key, number = self.of.key, self.of.release_revision
        if number is None:
            return None
        before, after = read(info, lambda it: (live_body(it, key), body_at(it, key, number)), key=key)
        return [Difference(it) for it in difference(before, after)]

    @computed(
        "The documents that refer to it in their open draft, or in a revision that a release or a schedule publishes, "
        "by type and slug. None of these can be published once it is archived, or without it once it is unpublished.",
        cost=20,
    )
    def referring_drafts(self, info: Info) -> list["EditorDocument"] | None:
        key, types = self.of.key, actor_of(info).scope.types
        return [EditorDocument(it) for it in read(info, lambda it: referring_drafts(it, [key], types), key=key)]

    @computed("Its pending schedules, by due time.", cost=2)
    def schedules(self, info: Info) -> list[Schedule] | None:
        return [Schedule(it) for it in read(info, lambda it: schedules(it, self.of.key), key=self.of.key)]


@object_type(Saved, "A draft that was saved. The published document stays as it is.")
class SavedDraft(Mirror):
    of: strawberry.Private[Saved]

    revision: int = attr("The revision that it is now: the `base` of the next save.")

    @computed("The document.", cost=2)
    def document(self, info: Info) -> EditorDocument | None:
        return EditorDocument(read(info, lambda it: state(it, self.of.key), key=self.of.key))


@object_type(DocumentState, "A document whose draft was discarded, or handed in for review.")
class ChangedDocument(Mirror):
    document: EditorDocument = child("The document as it is now.", lambda of: of)


@object_type(publication.Published, "The documents that were published or unpublished, all at once.")
class Publication(Mirror):
    version: int | None = attr("The version of the catalog that it made; null where nothing changed that is live.")
    changed: list[DocumentKey] = children("The documents that are live otherwise than before, or no longer.")


@input_type("A filter of documents. All conditions that are set must hold.")
class DocumentFilter:
    types: list[DocumentType] | None = input_field("Of one of these types.", default=None)
    text: str | None = input_field(
        "With this text in the slug, in a title in any locale, or anywhere in the open draft.", default=None
    )
    live: bool | None = input_field("Only published ones, or only the others.", default=None)
    has_draft: bool | None = input_field("Only those with an open draft, or only those without.", default=None)
    in_review: bool | None = input_field("Only those handed in for review, or only the others.", default=None)
    assignee: str | None = input_field("Whose open draft this person is to review.", default=None)
    archived: bool | None = input_field("Only archived ones, or only the others.", default=None)
    removed: bool = input_field(
        "Those that are neither published nor drafted nor archived any longer, in the place of those that there are. "
        "`revert` brings one back.",
        default=False,
    )
    release: str | None = input_field("With an open draft in the release of this slug.", default=None)
    changed_by: str | None = input_field("Changed last by this person.", default=None)
    since: datetime | None = input_field("Changed last at or after this time.", default=None)
    until: datetime | None = input_field("Changed last before this time.", default=None)
    lacks: str | None = input_field(
        "That lack a text in this locale which they have in the default locale, such as `de`.", default=None
    )
