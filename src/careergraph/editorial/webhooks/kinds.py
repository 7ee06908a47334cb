"""Kinds: the events that endpoints may be told of (`docs/how-to/webhooks.md`)."""

KINDS = (
    "catalog.published",
    "catalog.restored",
    "comment.added",
    "delivery.paused",
    "draft.approved",
    "draft.sent_back",
    "draft.submitted",
    "schedule.failed",
)
