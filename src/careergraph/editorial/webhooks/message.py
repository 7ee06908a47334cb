"""Messages: an event as receivers get it. Every attempt at it has the same id and the same bytes."""

from datetime import UTC

import msgspec

from careergraph.store.events.outbox import Event

CHANGES = "{ changes(since: %d) { version everything because pages { page slug change } next } }"
"""The query that tells which pages a publish changed."""


def message_id(event: Event) -> str:
    """The id by which receivers recognise a repeated event. A restored database counts events anew, so the instant is
    part of it."""
    return f"evt_{event.sequence}_{int(event.created_at.timestamp() * 1_000_000):x}"


def body(event: Event) -> bytes:
    """The event as JSON: `type`, `timestamp` and `data`, in which `changes` is the query for the pages that changed
    since the version before, `since`."""
    data = dict(event.payload)
    if event.version is not None:
        data["since"] = since = event.version - 1
        data["changes"] = CHANGES % since
    instant = event.created_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return msgspec.json.encode({"type": event.event, "timestamp": instant, "data": data})
