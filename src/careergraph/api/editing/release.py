"""Release: a named bundle of drafts that becomes one version of the catalog."""

from datetime import datetime

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import Mirror, attr, child, children, computed, input_field, input_type, object_type
from careergraph.api.base.page import Count
from careergraph.api.editing.arguments import Behind
from careergraph.api.editing.document import EditorDocument
from careergraph.api.editing.enums import ReleaseStatus
from careergraph.api.editing.keys import DocumentKey
from careergraph.api.editing.people import display_name
from careergraph.api.editing.schedule import Schedule
from careergraph.api.editing.transaction import actor_of, read
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.verbs import undo
from careergraph.store.editing import releases
from careergraph.store.editing.listing import list_documents
from careergraph.store.editing.schedules import schedules


@object_type(releases.Release, "A named bundle of drafts that becomes one version of the catalog.")
class Release(Mirror):
    of: strawberry.Private[releases.Release]

    slug: str = attr("Its slug.")
    title: str = attr("Its title.")
    note: str = attr("Its purpose.")
    created_by: str = attr("The name of its author.")
    created_by_name: str | None = attr("The display name of its author.", display_name(lambda of: of.created_by))
    created_at: datetime = attr("When it was opened.")
    open: bool = attr("Whether drafts may still be put in, and it may be published.")
    published_version: int | None = attr("The version of the catalog that it became; null where it was not published.")
    discarded: bool = attr("Whether it was closed without publishing it.")
    status: ReleaseStatus = attr("How it stands.")

    @computed(
        "The state of it, for `publishRelease` and `scheduleRelease`: another one with any other document or revision "
        "in it.",
        cost=2,
    )
    def state(self, info: Info) -> str | None:
        return read(info, lambda it: state_of(it, self.of.slug))

    @computed(
        "The documents whose drafts are in it, or that it published, as far as they are within one's scope, by type "
        "and slug.",
        cost=5,
    )
    def documents(self, info: Info, count: Count, after: Behind) -> list[EditorDocument] | None:
        version = self.of.published_version
        release = self.of.slug if version is None else None
        documents = list_documents(release=release, version=version, within=actor_of(info).scope.types)
        return [EditorDocument(it) for it, _ in read(info, lambda it: documents.page(it, count, after=after))]

    @computed("When it is scheduled, by when it is due.", cost=2)
    def schedules(self, info: Info) -> list[Schedule] | None:
        return [Schedule(it) for it in read(info, lambda it: schedules(it, self.of.slug))]


@object_type(tuple, "Drafts that were taken out of their releases. They stay open.")
class RemovedFromRelease(Mirror):
    documents: list[EditorDocument] = children("The documents.", "of")


@object_type(undo.UndoneRelease, "A release of drafts that undo another one.")
class UndoneRelease(Mirror):
    release: Release = child("The new release. Publish it to undo the other one.")
    documents: list[DocumentKey] = children("The documents in it.")
    left_out: list[DocumentKey] = children("Those that stay as they are, because they changed again since.")


@input_type("A filter of releases. All conditions that are set must hold.")
class ReleaseFilter:
    status: list[ReleaseStatus] | None = input_field("That stand in one of these ways.", default=None)
    text: str | None = input_field("With this text in the slug or the title.", default=None)
    slugs: list[str] | None = input_field("Of one of these slugs.", default=None)
    created_by: str | None = input_field("Opened by this person.", default=None)
    since: datetime | None = input_field("Opened at or after this time.", default=None)
    until: datetime | None = input_field("Opened before this time.", default=None)
