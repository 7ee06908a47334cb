"""Event: what endpoints are told of."""

from datetime import datetime

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.scalars import Json
from careergraph.store.events import outbox


@object_type
class Event:
    """Something that happened, as endpoints are told of it."""

    of: strawberry.Private[outbox.Event]

    @field
    def number(self) -> int:
        """Its number: 1 for the first."""
        return self.of.sequence

    @field
    def kind(self) -> str:
        """What happened, such as `catalog.published`."""
        return self.of.event

    @field
    def payload(self) -> Json:
        """What is told: of a publish the version, the documents, the careers and how many comparisons."""
        return Json(self.of.payload)

    @field
    def version(self) -> int | None:
        """The version of the catalog that it brought about; null where it brought about none."""
        return self.of.version

    @field
    def created_at(self) -> datetime:
        """When it happened."""
        return self.of.created_at
