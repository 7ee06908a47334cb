"""Release: a named bundle of drafts that becomes one version of the catalog."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.editing.ask import read, sees
from careergraph.api.editing.document import EditorDocument
from careergraph.api.editing.outcome import Rejected
from careergraph.api.editing.schedule import Schedule
from careergraph.editorial.access.roles import Verb
from careergraph.store.editing import releases
from careergraph.store.editing.drafts import DocumentState, drafts
from careergraph.store.editing.schedules import schedules


@object_type
class Release:
    """A named bundle of drafts that becomes one version of the catalog."""

    of: strawberry.Private[releases.Release]

    @field
    def slug(self) -> str:
        """Its slug."""
        return self.of.slug

    @field
    def title(self) -> str:
        """What it is called."""
        return self.of.title

    @field
    def note(self) -> str:
        """What it is for."""
        return self.of.note

    @field
    def created_by(self) -> str:
        """Who opened it."""
        return self.of.created_by

    @field
    def created_at(self) -> datetime:
        """When it was opened."""
        return self.of.created_at

    @field
    def open(self) -> bool:
        """Whether drafts may still be put in, and it may be published."""
        return self.of.open

    @field
    def published_version(self) -> int | None:
        """The version of the catalog that it became; null where it was not published."""
        return self.of.published_version

    @field
    def discarded(self) -> bool:
        """Whether it was closed without publishing it."""
        return self.of.discarded

    @field
    @traits(weight=5, size=20)
    def documents(self, info: Info) -> list[EditorDocument] | None:
        """The documents whose drafts are in it, as far as they are within one's scope."""
        rows = read(info.context, Verb.VIEW, None, lambda it: drafts(it, self.of.slug))
        return [EditorDocument(it) for it in rows if sees(info.context, it.key)]

    @field
    @traits(weight=2)
    def schedules(self, info: Info) -> list[Schedule] | None:
        """When it is scheduled, by when it is due."""
        return [Schedule(it) for it in read(info.context, Verb.VIEW, None, lambda it: schedules(it, self.of.slug))]


ReleaseResult: TypeAlias = Annotated[
    Release | Rejected,
    strawberry.union(
        "ReleaseResult", description="How a verb on a release can end: with the release as it stands then."
    ),
]


@object_type
class RemovedFromRelease:
    """Drafts that are in no release any longer. They are still open."""

    of: strawberry.Private[tuple[DocumentState, ...]]

    @field
    def documents(self) -> list[EditorDocument]:
        """The documents."""
        return [EditorDocument(it) for it in self.of]


RemoveFromReleaseResult: TypeAlias = Annotated[
    RemovedFromRelease | Rejected,
    strawberry.union("RemoveFromReleaseResult", description="How taking drafts out of their releases can end."),
]
