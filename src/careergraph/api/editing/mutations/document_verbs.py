"""The verbs on documents, as mutations."""

from collections.abc import Callable
from typing import Annotated

from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.declaration import FromArguments
from careergraph.api.base.declare import argument, computed, root_type, union
from careergraph.api.editing.arguments import At, InLocales, OfBases, OfDocument, OfNote, SeenBase, Zone
from careergraph.api.editing.document import ChangedDocument, Publication, SavedDraft
from careergraph.api.editing.enums import ScheduleAction
from careergraph.api.editing.inputs.document_input import content_of
from careergraph.api.editing.outcome import Conflict, Rejected
from careergraph.api.editing.schedule import Schedule
from careergraph.api.editing.transaction import run_publish, run_verb
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.content.outcome import Body
from careergraph.editorial.verbs.documents.drafts import discard_draft, revert, save_draft, submit_for_review
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.verbs.documents.unpublish import archive, unpublish
from careergraph.store.documents.documents import Key
from careergraph.store.editing import schedules
from careergraph.store.editing.drafts import DocumentState, state
from careergraph.store.editing.schedules import Action

WRITE = 20
"""The cost of a verb that writes a draft."""
PUBLISH = 100
"""The cost of a verb that checks and makes a version of the catalog."""

Content = Annotated[tuple[str, Body], FromArguments(content_of)]
Base = Annotated[
    int | None,
    argument(
        "The revision that you started from (`EditorDocument.revision`); none where there is no such "
        "document yet. If somebody else saved since, the answer is a Conflict."
    ),
]
To = Annotated[int, argument("The number of the revision to go back to.")]
New = Annotated[str, argument("The new slug; of an attribute its new key.")]
Assignee = Annotated[
    str | None, argument("The name of the person who is to review it (`Person.name`); by default who had it before.")
]
What = Annotated[ScheduleAction, argument("The action.")]

SaveDraftResult = Annotated[SavedDraft | Rejected | Conflict, union("SaveDraftResult", "How saving a draft can end.")]
RevertResult = Annotated[
    SavedDraft | Rejected | Conflict, union("RevertResult", "How going back to a revision can end.")
]
DocumentResult = Annotated[
    ChangedDocument | Rejected | Conflict,
    union("DocumentResult", "How a verb on a draft can end: with the document as it stands then."),
]
PublishResult = Annotated[
    Publication | Rejected | Conflict, union("PublishResult", "How publishing, and renaming, can end.")
]
UnpublishResult = Annotated[
    Publication | Rejected | Conflict, union("UnpublishResult", "How unpublishing or archiving a document can end.")
]
ScheduleResult = Annotated[Schedule | Rejected | Conflict, union("ScheduleResult", "How scheduling can end.")]


def change_document(
    info: Info, key: Key, verb: Callable[[Session, Actor], None]
) -> ChangedDocument | Rejected | Conflict:
    """Run a verb on a draft, and return the document as it stands then."""

    def run(session: Session, actor: Actor) -> DocumentState:
        verb(session, actor)
        return state(session, key)

    return run_verb(info, run, ChangedDocument)


@root_type("The verbs on documents.")
class DocumentVerbs:
    @computed(
        "Writes a draft of a document. The published one stays as it is. A draft may lack texts and references, "
        "not its form.",
        cost=WRITE,
    )
    def save_draft(self, info: Info, content: Content, note: OfNote, base: Base = None) -> SaveDraftResult | None:
        return run_verb(info, lambda it, actor: save_draft(it, actor, *content, base, note=note), SavedDraft)

    @computed("Closes a draft without publishing it. It stays in the history.", cost=WRITE)
    def discard_draft(self, info: Info, key: OfDocument, base: SeenBase, note: OfNote) -> DocumentResult | None:
        return change_document(info, key, lambda it, actor: discard_draft(it, actor, key, note, base=base))

    @computed("Hands a draft in for review, as complete as it can be. The next save takes it back.", cost=WRITE)
    def submit_for_review(
        self, info: Info, key: OfDocument, base: SeenBase, note: OfNote, assignee: Assignee = None
    ) -> DocumentResult | None:
        def submit(session: Session, actor: Actor) -> None:
            submit_for_review(session, actor, key, note, base=base, assignee=assignee)

        return change_document(info, key, submit)

    @computed(
        "Makes a revision the open draft, with its relations. It brings back a document that was archived or "
        "unpublished, once it is published.",
        cost=WRITE,
    )
    def revert(self, info: Info, key: OfDocument, revision: To, base: SeenBase, note: OfNote) -> RevertResult | None:
        return run_verb(info, lambda it, actor: revert(it, actor, key, revision, note, base=base), SavedDraft)

    @computed(
        "Makes the open drafts of documents live, each as you saw it, all of them or none, as one version of the "
        "catalog. Texts in some locales may wait; then the rest is a draft over the new revision.",
        cost=PUBLISH,
    )
    def publish(self, info: Info, bases: OfBases, filter: InLocales, note: OfNote) -> PublishResult | None:
        return run_publish(info, lambda it, actor: publish(it, actor, bases, note, filter), Publication)

    @computed("Unpublishes a document. It stays as a draft.", cost=PUBLISH)
    def unpublish(self, info: Info, key: OfDocument, base: SeenBase, note: OfNote) -> UnpublishResult | None:
        return run_publish(info, lambda it, actor: unpublish(it, actor, {key: base}, note), Publication)

    @computed(
        "Archives a document: it is neither live nor a draft. Its history stays, and reverting brings it back.",
        cost=PUBLISH,
    )
    def archive(self, info: Info, key: OfDocument, base: SeenBase, note: OfNote) -> UnpublishResult | None:
        return run_publish(info, lambda it, actor: archive(it, actor, {key: base}, note), Publication)

    @computed(
        "Gives a document another slug at once, published and drafted. The old slug redirects: a request "
        "by it gets the document of the new one.",
        cost=PUBLISH,
    )
    def rename(self, info: Info, key: OfDocument, new_slug: New, base: SeenBase, note: OfNote) -> PublishResult | None:
        return run_publish(info, lambda it, actor: rename(it, actor, key, new_slug, note, base=base), Publication)

    @computed(
        "Schedules the publishing of a draft as you saw it, or the unpublishing of a document. What is drafted later "
        "is not published with it. Locales may have schedules of their own.",
        cost=WRITE,
    )
    def schedule(  # noqa: PLR0913, PLR0917 - what, when, where clocks show it, why
        self,
        info: Info,
        key: OfDocument,
        action: What,
        base: SeenBase,
        at: At,
        zone: Zone,
        filter: InLocales,
        note: OfNote,
    ) -> ScheduleResult | None:
        def run(session: Session, actor: Actor) -> schedules.Schedule:
            what = Action(action.value)
            return schedule(session, actor, key, what, base=base, at=at, zone=zone, note=note, locales=filter)

        return run_verb(info, run, Schedule)
