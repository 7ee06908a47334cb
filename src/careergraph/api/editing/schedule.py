"""Schedule: what is to be published, or to be published no longer, at some time."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.editing.enums import ScheduleAction
from careergraph.api.editing.keys import DocumentKey, key_or_none
from careergraph.api.editing.outcome import Conflict, Rejected
from careergraph.store.editing import schedules


@object_type
class Schedule:
    """What is to be published, or to be published no longer, at some time."""

    of: strawberry.Private[schedules.Schedule]

    @field
    def number(self) -> int:
        """Its number, to cancel it by."""
        return self.of.number

    @field
    def action(self) -> ScheduleAction:
        """What is to be done."""
        return self.of.action

    @field
    def document(self) -> DocumentKey | None:
        """The document it is about; null for a release."""
        return key_or_none(None if isinstance(self.of.subject, str) else self.of.subject)

    @field
    def release(self) -> str | None:
        """The slug of the release it is about; null for a document."""
        return self.of.subject if isinstance(self.of.subject, str) else None

    @field
    def due_at(self) -> datetime:
        """When it is due, in UTC."""
        return self.of.due_at

    @field
    def zone(self) -> str:
        """The time zone that it was given in."""
        return self.of.zone

    @field
    def author(self) -> str:
        """Who scheduled it, and in whose name it is done."""
        return self.of.author

    @field
    def created_at(self) -> datetime:
        """When it was scheduled."""
        return self.of.created_at

    @field
    def done_at(self) -> datetime | None:
        """When it was done or found impossible; null before."""
        return self.of.done_at

    @field
    def outcome(self) -> str | None:
        """How it went; null before."""
        return self.of.outcome

    @field
    def cancelled(self) -> bool:
        """Whether somebody cancelled it."""
        return self.of.cancelled


ScheduleResult: TypeAlias = Annotated[
    Schedule | Rejected | Conflict,
    strawberry.union("ScheduleResult", description="How scheduling can end."),
]
CancelScheduleResult: TypeAlias = Annotated[
    Schedule | Rejected,
    strawberry.union("CancelScheduleResult", description="How cancelling a schedule can end."),
]
