"""The verbs on releases and schedules, as mutations."""

from typing import Annotated

import strawberry
from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.editing.arguments import At, Keys, Note, Number, ReleaseSlug, Zone
from careergraph.api.editing.ask import run_verb, run_verb_or_reject
from careergraph.api.editing.keys import keys_of
from careergraph.api.editing.mutations.document_verbs import PUBLISH, WRITE
from careergraph.api.editing.publication import Publication, PublishResult
from careergraph.api.editing.release import Release, ReleaseResult, RemovedFromRelease, RemoveFromReleaseResult
from careergraph.api.editing.schedule import CancelScheduleResult, Schedule, ScheduleResult
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.editing.release_guard import existing_release
from careergraph.editorial.verbs.documents.cancel_schedule import cancel_schedule
from careergraph.editorial.verbs.releases.add_to_release import add_to_release, remove_from_release
from careergraph.editorial.verbs.releases.discard_release import discard_release
from careergraph.editorial.verbs.releases.open_release import open_release
from careergraph.editorial.verbs.releases.publish_release import publish_release
from careergraph.editorial.verbs.releases.schedule_release import schedule_release
from careergraph.store.editing import releases
from careergraph.store.editing.drafts import DocumentState, states

NewSlug = Annotated[str, strawberry.argument(description="Its slug, which no release ever had.")]
Title = Annotated[str, strawberry.argument(description="What it is called, such as `wages May 2026`.")]
Purpose = Annotated[str, strawberry.argument(description="What it is for.")]


@object_type
class ReleaseVerbs:
    """The verbs on releases and schedules."""

    @field
    @traits(weight=WRITE)
    def open_release(self, info: Info, slug: NewSlug, title: Title, note: Purpose = "") -> ReleaseResult | None:
        """Opens a release: a named bundle of drafts that is previewed, scheduled and published as one version."""
        return run_verb_or_reject(info.context, lambda it, actor: open_release(it, actor, slug, title, note), Release)

    @field
    @traits(weight=WRITE)
    def add_to_release(self, info: Info, release: ReleaseSlug, documents: Keys) -> ReleaseResult | None:
        """Puts open drafts into a release, out of any that they were in."""

        def add(session: Session, actor: Actor) -> releases.Release:
            add_to_release(session, actor, release, keys_of(documents))
            return existing_release(session, release)

        return run_verb_or_reject(info.context, add, Release)

    @field
    @traits(weight=WRITE)
    def remove_from_release(self, info: Info, documents: Keys) -> RemoveFromReleaseResult | None:
        """Takes drafts out of their releases. They stay open."""
        keys = keys_of(documents)

        def remove(session: Session, actor: Actor) -> tuple[DocumentState, ...]:
            remove_from_release(session, actor, keys)
            document_states = states(session, keys)
            return tuple([document_states[key] for key in dict.fromkeys(keys)])

        return run_verb_or_reject(info.context, remove, RemovedFromRelease)

    @field
    @traits(weight=PUBLISH)
    def publish_release(self, info: Info, release: ReleaseSlug, note: Note = "") -> PublishResult | None:
        """Makes all drafts of a release live, as one version of the catalog."""
        return run_verb(info.context, lambda it, actor: publish_release(it, actor, release, note), Publication)

    @field
    @traits(weight=WRITE)
    def schedule_release(
        self, info: Info, release: ReleaseSlug, at: At, zone: Zone, note: Note = ""
    ) -> ScheduleResult | None:
        """Says when a release is to be published. From then on only who may schedule may change what is in it."""
        return run_verb(
            info.context, lambda it, actor: schedule_release(it, actor, release, at=at, zone=zone, note=note), Schedule
        )

    @field
    @traits(weight=WRITE)
    def discard_release(self, info: Info, release: ReleaseSlug, note: Note = "") -> ReleaseResult | None:
        """Closes a release without publishing it. Its drafts stay open, in no release."""

        def discard(session: Session, actor: Actor) -> releases.Release:
            discard_release(session, actor, release, note)
            return existing_release(session, release)

        return run_verb_or_reject(info.context, discard, Release)

    @field
    @traits(weight=WRITE)
    def cancel_schedule(self, info: Info, number: Number, note: Note = "") -> CancelScheduleResult | None:
        """Does not do what is scheduled, of a document or of a release."""
        return run_verb_or_reject(info.context, lambda it, actor: cancel_schedule(it, actor, number, note), Schedule)
