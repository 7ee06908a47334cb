"""Schedule: a publish, or its reversal, at some time."""

from datetime import datetime

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import Mirror, attr, computed, input_field, input_type, object_type
from careergraph.api.editing.enums import DocumentType, ScheduleAction, ScheduleStatus
from careergraph.api.editing.keys import DocumentKey, key_or_none
from careergraph.api.editing.people import display_name
from careergraph.api.editing.transaction import actor_of
from careergraph.store.editing import schedules


@object_type(schedules.Schedule, "A time at which a document or a release is published or unpublished.")
class Schedule(Mirror):
    of: strawberry.Private[schedules.Schedule]

    number: int = attr("Its number, to cancel it by.")
    action: ScheduleAction = attr("The action.")
    document: DocumentKey | None = attr(
        "The document it is about; null for a release.",
        lambda of: key_or_none(None if isinstance(of.subject, str) else of.subject),
    )
    release: str | None = attr(
        "The slug of the release it is about; null for a document.",
        lambda of: of.subject if isinstance(of.subject, str) else None,
    )
    document_revision: int | None = attr(
        "The revision of the document that it publishes; null where it publishes none. An open draft with a higher "
        "number is newer, and not published with it.",
        "revision",
    )
    locales: list[str] | None = attr(
        "The only locales whose texts it publishes; null where it publishes all but those `without`.",
        lambda of: (of.locales or {}).get("only"),
    )
    without: list[str] = attr(
        "The locales whose texts it leaves as they are live.", lambda of: (of.locales or {}).get("without", [])
    )
    due_at: datetime = attr("When it is due, in UTC.")
    zone: str = attr("The time zone that it was given in.")
    author: str = attr("Who scheduled it, and in whose name it is done.")
    author_name: str | None = attr("The display name of who scheduled it.", display_name(lambda of: of.author))
    created_at: datetime = attr("When it was scheduled.")
    done_at: datetime | None = attr("When it was done or found impossible; null before.")

    @computed(
        "How it went; null before. Of a failed release, it names documents, so who sees only some types reads `failed`."
    )
    def outcome(self, info: Info) -> str | None:
        hidden = isinstance(self.of.subject, str) and self.of.status is schedules.Status.FAILED
        return "failed" if hidden and actor_of(info).scope.types is not None else self.of.outcome

    status: ScheduleStatus = attr("How it stands.")
    cancelled: bool = attr("Whether somebody cancelled it.")
    held_reason: str | None = attr(
        "Why it waits for `confirmSchedule`, as after a restore, or once its author's token was revoked; null where it "
        "does not."
    )


@input_type("A filter of schedules. All conditions that are set must hold.")
class ScheduleFilter:
    status: list[ScheduleStatus] | None = input_field("That stand in one of these ways.", default=None)
    action: ScheduleAction | None = input_field("With this action.", default=None)
    type: DocumentType | None = input_field("Of documents of this type.", default=None)
    slug: str | None = input_field("Of documents of this slug.", default=None)
    release: str | None = input_field("Of the release of this slug.", default=None)
    author: str | None = input_field("Made by this author.", default=None)
    since: datetime | None = input_field("Due at or after this time.", default=None)
    until: datetime | None = input_field("Due before this time.", default=None)
