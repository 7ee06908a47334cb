"""The verbs on releases and schedules, as mutations."""

from typing import Annotated

from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import argument, computed, root_type, union
from careergraph.api.editing.arguments import (
    At,
    InLocales,
    Number,
    OfBases,
    OfDocuments,
    OfNote,
    ReleaseSlug,
    SeenRelease,
    Zone,
    bounded,
)
from careergraph.api.editing.document import Publication
from careergraph.api.editing.mutations.document_verbs import PUBLISH, WRITE, PublishResult, ScheduleResult
from careergraph.api.editing.outcome import Conflict, Rejected
from careergraph.api.editing.release import Release, RemovedFromRelease, UndoneRelease
from careergraph.api.editing.schedule import Schedule
from careergraph.api.editing.transaction import run_publish, run_verb, run_verb_or_reject
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.editing.guards import existing_release
from careergraph.editorial.verbs.documents.schedule import cancel_schedule, confirm_schedule
from careergraph.editorial.verbs.releases import (
    add_to_release,
    discard_release,
    open_release,
    publish_release,
    remove_from_release,
    schedule_release,
)
from careergraph.editorial.verbs.undo import UndoneRelease as UndoneReleases
from careergraph.editorial.verbs.undo import undo_release
from careergraph.store.editing import releases, schedules
from careergraph.store.editing.drafts import DocumentState, states

NewSlug = Annotated[str, argument("Its slug, which no release ever had.")]
Title = Annotated[str, argument("Its title, such as `wages May 2026`.")]
UndoTitle = Annotated[str, argument("Its title; by default that of the other release, after `Undo of`.")]
LeaveOut = Annotated[
    bool, argument("Whether documents that changed again since are left out. Otherwise each is a problem.")
]
Purpose = Annotated[str, argument("Its purpose.")]

ReleaseResult = Annotated[
    Release | Rejected, union("ReleaseResult", "How a verb on a release can end: with the release as it stands then.")
]
AddToReleaseResult = Annotated[
    Release | Rejected | Conflict, union("AddToReleaseResult", "How putting drafts into a release can end.")
]
RemoveFromReleaseResult = Annotated[
    RemovedFromRelease | Rejected, union("RemoveFromReleaseResult", "How taking drafts out of their releases can end.")
]
UndoReleaseResult = Annotated[
    UndoneRelease | Rejected | Conflict, union("UndoReleaseResult", "How undoing a release can end.")
]
CancelScheduleResult = Annotated[
    Schedule | Rejected, union("CancelScheduleResult", "How cancelling a schedule can end.")
]
ConfirmScheduleResult = Annotated[
    Schedule | Rejected, union("ConfirmScheduleResult", "How confirming a schedule can end.")
]


@root_type("The verbs on releases and schedules.")
class ReleaseVerbs:
    @computed(
        "Opens a release: a named bundle of drafts that is previewed, scheduled and published as one version.",
        cost=WRITE,
    )
    def open_release(self, info: Info, slug: NewSlug, title: Title, note: Purpose = "") -> ReleaseResult | None:
        purpose = bounded(note)
        return run_verb_or_reject(info, lambda it, actor: open_release(it, actor, slug, title, purpose), Release)

    @computed(
        "Puts open drafts into a release, each as you saw it, or their texts in some locales: then the release holds a "
        "revision of just these over what is live, and the draft stays open after it. A draft is in one release at "
        "most. One that is saved later is not in it, until it is added anew.",
        cost=WRITE,
    )
    def add_to_release(
        self, info: Info, release: ReleaseSlug, bases: OfBases, locales: InLocales
    ) -> AddToReleaseResult | None:

        def add(session: Session, actor: Actor) -> releases.Release:
            add_to_release(session, actor, release, bases, locales=locales)
            return existing_release(session, release)

        return run_verb(info, add, Release)

    @computed("Takes drafts out of their releases. They stay open.", cost=WRITE)
    def remove_from_release(self, info: Info, keys: OfDocuments) -> RemoveFromReleaseResult | None:

        def remove(session: Session, actor: Actor) -> tuple[DocumentState, ...]:
            remove_from_release(session, actor, keys)
            document_states = states(session, keys)
            return tuple([document_states[key] for key in dict.fromkeys(keys)])

        return run_verb_or_reject(info, remove, RemovedFromRelease)

    @computed("Makes all drafts of a release live, as one version of the catalog.", cost=PUBLISH)
    def publish_release(
        self, info: Info, release: ReleaseSlug, state: SeenRelease, note: OfNote
    ) -> PublishResult | None:
        return run_publish(info, lambda it, actor: publish_release(it, actor, release, note, base=state), Publication)

    @computed(
        "Opens a release of drafts that undo what a published release, or that of an import, made live. Publish it as "
        "any other. A document that changed again since is refused, or left out.",
        cost=PUBLISH,
    )
    def undo_release(  # noqa: PLR0913, PLR0917 - the releases, and the fields of the new one
        self,
        info: Info,
        release: ReleaseSlug,
        slug: NewSlug,
        title: UndoTitle = "",
        note: Purpose = "",
        leave_out: LeaveOut = False,
    ) -> UndoReleaseResult | None:
        purpose = bounded(note)

        def undo(session: Session, actor: Actor) -> UndoneReleases:
            return undo_release(session, actor, release, slug, title, purpose, leave_out=leave_out)

        return run_verb(info, undo, UndoneRelease)

    @computed("Schedules a release. From then on only actors who may schedule may change its members.", cost=WRITE)
    def schedule_release(  # noqa: PLR0913, PLR0917 - the fields of a schedule
        self, info: Info, release: ReleaseSlug, state: SeenRelease, at: At, zone: Zone, note: OfNote
    ) -> ScheduleResult | None:
        def run(session: Session, actor: Actor) -> schedules.Schedule:
            return schedule_release(session, actor, release, base=state, at=at, zone=zone, note=note)

        return run_verb(info, run, Schedule)

    @computed("Closes a release without publishing it. Its drafts stay open, in no release.", cost=WRITE)
    def discard_release(self, info: Info, release: ReleaseSlug, note: OfNote) -> ReleaseResult | None:

        def discard(session: Session, actor: Actor) -> releases.Release:
            discard_release(session, actor, release, note)
            return existing_release(session, release)

        return run_verb_or_reject(info, discard, Release)

    @computed("Cancels a schedule of a document or a release.", cost=WRITE)
    def cancel_schedule(self, info: Info, number: Number, note: OfNote) -> CancelScheduleResult | None:
        return run_verb_or_reject(info, lambda it, actor: cancel_schedule(it, actor, number, note), Schedule)

    @computed("Lets a schedule run that is held (`Schedule.heldReason`), in one's own name.", cost=WRITE)
    def confirm_schedule(self, info: Info, number: Number, note: OfNote) -> ConfirmScheduleResult | None:
        return run_verb_or_reject(info, lambda it, actor: confirm_schedule(it, actor, number, note), Schedule)
