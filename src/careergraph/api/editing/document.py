"""EditorDocument: a document with its draft, as editors see it."""

from typing import Annotated

import strawberry

from careergraph.api.base.arguments import Info, Most, checked_count
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.page import PAGE_SIZE
from careergraph.api.base.scalars import Document
from careergraph.api.editing.arguments import Below
from careergraph.api.editing.ask import read
from careergraph.api.editing.enums import DocumentType
from careergraph.api.editing.keys import type_of
from careergraph.api.editing.outcome import Difference, document_or_none
from careergraph.api.editing.revision import Revision, revisions_of
from careergraph.api.editing.schedule import Schedule
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.content.diff import difference
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.editing.document_state import body_at, exists, live_body, newest
from careergraph.store.editing.drafts import DocumentState, history, revision, state
from careergraph.store.editing.schedules import schedules

From = Annotated[
    int | None,
    strawberry.argument(name="from", description="The earlier revision; by default what is live."),
]
To = Annotated[int | None, strawberry.argument(description="The later revision; by default the open draft.")]


@object_type
class EditorDocument:
    """A document with its draft, as editors see it."""

    of: strawberry.Private[DocumentState]

    @field
    def type(self) -> DocumentType:
        """Its type."""
        return type_of(self.of.key)

    @field
    def slug(self) -> str:
        """Its slug; of an attribute its key, of a locale its code."""
        return self.of.key[1]

    @field
    def revision(self) -> int | None:
        """The revision that the next save starts from (its `base`); null where there is none yet."""
        return newest(self.of)

    @field
    @traits(weight=2)
    def live(self, info: Info) -> Document | None:
        """The document as it is published; null where it is not."""
        return document_or_none(read(info.context, Verb.VIEW, self.of.key, lambda it: live_body(it, self.of.key)))

    @field
    @traits(weight=2)
    def draft(self, info: Info) -> Revision | None:
        """The open draft; null where there is none."""
        number = self.of.draft
        if number is None:
            return None
        draft = read(info.context, Verb.VIEW, self.of.key, lambda it: revision(it, self.of.key, number))
        return None if draft is None else Revision(draft)

    @field
    def base(self) -> int | None:
        """The revision that the open draft started from; null where it started from nothing, or where there is none."""
        return self.of.base

    @field
    def in_review(self) -> bool:
        """Whether the open draft was handed in for review."""
        return self.of.review

    @field
    def release(self) -> str | None:
        """The slug of the release that the open draft is in; null where it is in none."""
        return self.of.release

    @field
    def archived(self) -> bool:
        """Whether it was put away."""
        return self.of.archived

    @field
    def is_live(self) -> bool:
        """Whether it is published."""
        return self.of.live

    @field
    @traits(weight=5)
    def history(self, info: Info, first: Most = None, before: Below = None) -> list[Revision] | None:
        """Its revisions, newest first."""
        return history_of(info, self.of.key, first, before)

    @field
    @traits(weight=5)
    def difference(self, info: Info, start: From = None, to: To = None) -> list[Difference] | None:
        """What leads from one state of it to another; by default from what is live to the open draft."""
        return difference_of(info, self.of.key, start, self.of.draft if to is None else to)

    @field
    @traits(weight=2)
    def schedules(self, info: Info) -> list[Schedule] | None:
        """What is scheduled for it, and not done yet, by when it is due."""
        rows = read(info.context, Verb.VIEW, self.of.key, lambda it: schedules(it, self.of.key))
        return [Schedule(it) for it in rows]


def document_of(info: Info, key: Key) -> EditorDocument | None:
    """A document; None where there is none and never was one."""
    document = read(info.context, Verb.VIEW, key, lambda it: state(it, key))
    return EditorDocument(document) if document.exists or exists(document) else None


def history_of(info: Info, key: Key, first: int | None, before: int | None) -> list[Revision]:
    """The revisions of a document, newest first."""
    count = checked_count(first, PAGE_SIZE)
    return revisions_of(read(info.context, Verb.VIEW, key, lambda it: history(it, key, before=before, first=count)))


def difference_of(info: Info, key: Key, start: int | None, to: int | None) -> list[Difference]:
    """What leads from one revision to another; None stands for what is live."""
    before, after = read(
        info.context,
        Verb.VIEW,
        key,
        lambda it: [live_body(it, key) if number is None else body_at(it, key, number) for number in (start, to)],
    )
    return [Difference(it) for it in difference(before, after)]
