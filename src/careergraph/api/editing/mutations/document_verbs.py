"""The verbs on documents, as mutations."""

from typing import Annotated

import strawberry
from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.scalars import Document
from careergraph.api.editing.arguments import At, Keys, Note, Slug, Type, Zone
from careergraph.api.editing.ask import run_verb, run_verb_or_reject
from careergraph.api.editing.document import EditorDocument
from careergraph.api.editing.enums import ScheduleAction
from careergraph.api.editing.keys import key_of, keys_of
from careergraph.api.editing.publication import (
    DocumentResult,
    Publication,
    PublishResult,
    RevertResult,
    SavedDraft,
    SaveDraftResult,
    UnpublishResult,
)
from careergraph.api.editing.schedule import Schedule, ScheduleResult
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.verbs.documents.archive import archive
from careergraph.editorial.verbs.documents.discard_draft import discard_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.revert import revert
from careergraph.editorial.verbs.documents.save_draft import save_draft
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.verbs.documents.submit_for_review import submit_for_review
from careergraph.editorial.verbs.documents.unpublish import unpublish
from careergraph.store.editing.drafts import DocumentState, state
from careergraph.store.editing.schedules import Action

WRITE = 20
"""What a verb costs that writes a draft."""
PUBLISH = 100
"""What a verb costs that checks and makes a version of the catalog."""

Content = Annotated[Document, strawberry.argument(description="The whole document. It says itself what its slug is.")]
Base = Annotated[
    int | None,
    strawberry.argument(
        description="The revision that you started from (`EditorDocument.revision`); none where there is no such "
        "document yet. If somebody else saved since, the answer is a Conflict."
    ),
]
To = Annotated[int, strawberry.argument(description="The number of the revision to go back to.")]
New = Annotated[str, strawberry.argument(description="The new slug; of an attribute its new key.")]
Without = Annotated[
    list[str] | None,
    strawberry.argument(description="Locales that come later: their texts stay as they are live, and remain a draft."),
]
What = Annotated[ScheduleAction, strawberry.argument(description="What is to be done.")]


@object_type
class DocumentVerbs:
    """The verbs on documents."""

    @field
    @traits(weight=WRITE)
    def save_draft(
        self, info: Info, type: Type, document: Content, base: Base = None, note: Note = ""
    ) -> SaveDraftResult | None:
        """Writes a draft of a document. What is live stays as it is. A draft may lack texts and references, not its
        form."""
        kind = type.value.lower()
        return run_verb(
            info.context, lambda it, actor: save_draft(it, actor, kind, document, base, note=note), SavedDraft
        )

    @field
    @traits(weight=WRITE)
    def discard_draft(self, info: Info, type: Type, slug: Slug, note: Note = "") -> DocumentResult | None:
        """Closes a draft without publishing it. It stays in the history."""
        key = key_of(type, slug)

        def discard(session: Session, actor: Actor) -> DocumentState:
            discard_draft(session, actor, key, note)
            return state(session, key)

        return run_verb_or_reject(info.context, discard, EditorDocument)

    @field
    @traits(weight=WRITE)
    def submit_for_review(self, info: Info, type: Type, slug: Slug, note: Note = "") -> DocumentResult | None:
        """Hands a draft in for review, as complete as it can be. The next save takes it back."""
        key = key_of(type, slug)

        def submit(session: Session, actor: Actor) -> DocumentState:
            submit_for_review(session, actor, key, note)
            return state(session, key)

        return run_verb_or_reject(info.context, submit, EditorDocument)

    @field
    @traits(weight=WRITE)
    def revert(self, info: Info, type: Type, slug: Slug, revision: To, note: Note = "") -> RevertResult | None:
        """Makes what a revision held the open draft, with its relations. Brings back what was archived or
        unpublished, once it is published."""
        key = key_of(type, slug)
        return run_verb_or_reject(info.context, lambda it, actor: revert(it, actor, key, revision, note), SavedDraft)

    @field
    @traits(weight=PUBLISH)
    def publish(self, info: Info, documents: Keys, without: Without = None, note: Note = "") -> PublishResult | None:
        """Makes the open drafts of documents live, all of them or none, as one version of the catalog."""
        keys, later = keys_of(documents), tuple(without or ())
        return run_verb(info.context, lambda it, actor: publish(it, actor, keys, note, later), Publication)

    @field
    @traits(weight=PUBLISH)
    def unpublish(self, info: Info, type: Type, slug: Slug, note: Note = "") -> UnpublishResult | None:
        """Takes a document from what is live. It stays as a draft."""
        key = key_of(type, slug)
        return run_verb_or_reject(info.context, lambda it, actor: unpublish(it, actor, key, note), Publication)

    @field
    @traits(weight=PUBLISH)
    def archive(self, info: Info, type: Type, slug: Slug, note: Note = "") -> UnpublishResult | None:
        """Puts a document away, neither live nor a draft. Its history stays, and reverting brings it back."""
        key = key_of(type, slug)
        return run_verb_or_reject(info.context, lambda it, actor: archive(it, actor, key, note), Publication)

    @field
    @traits(weight=PUBLISH)
    def rename(self, info: Info, type: Type, slug: Slug, new_slug: New, note: Note = "") -> PublishResult | None:
        """Gives a document another slug at once, in what is live and in drafts. The old slug redirects: what is asked
        for by it is answered with the new one."""
        key = key_of(type, slug)
        return run_verb(info.context, lambda it, actor: rename(it, actor, key, new_slug, note), Publication)

    @field
    @traits(weight=WRITE)
    def schedule(  # noqa: PLR0913, PLR0917 - what, when, where clocks show it, why
        self, info: Info, type: Type, slug: Slug, action: What, at: At, zone: Zone, note: Note = ""
    ) -> ScheduleResult | None:
        """Says when a draft is to be published, or a document to be published no longer. From then on only who may
        schedule may change the draft."""
        key, what = key_of(type, slug), Action(action.value)
        return run_verb(
            info.context, lambda it, actor: schedule(it, actor, key, what, at=at, zone=zone, note=note), Schedule
        )
