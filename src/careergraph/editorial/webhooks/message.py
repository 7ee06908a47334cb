"""Messages: an event as JSON, with headers that prove to a receiver that it is ours, complete and new.

The headers follow Standard Webhooks. Every attempt at an event has the same id and the same bytes.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

import msgspec
from standardwebhooks import Webhook

from careergraph.editorial.hooks.workflow import address_of
from careergraph.store.events.endpoints import Endpoint
from careergraph.store.events.outbox import Event

CHANGES = "{ changes(since: %d) { version everything because pages { page slug change } next } }"
"""The query for the pages that a publish changed."""


def message_id(event: Event) -> str:
    """Return the id by which receivers recognise a repeated event. A restored database counts events anew, so the time
    is part of it."""
    return f"evt_{event.sequence}_{int(event.created_at.timestamp() * 1_000_000):x}"


def body(event: Event, document_url: str = "") -> bytes:
    """Return the event as JSON: `type`, `timestamp` and `data`; its `changes` is the query for the pages that changed
    since the version before, `since`. With the template `document_url`, an event about one document has the `address`
    where people edit it."""
    data = dict(event.payload)
    if document_url and "slug" in data:
        data["address"] = address_of(document_url, data["type"], data["slug"])
    if event.version is not None:
        data["since"] = since = event.version - 1
        data["changes"] = CHANGES % since
    instant = event.created_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return msgspec.json.encode({"type": event.event, "timestamp": instant, "data": data})


PREFIX = "whsec_"
"""The prefix of every secret, so that scanners find one that leaked."""


def secret_of(secret_key: str, endpoint: Endpoint, secret_number: int) -> str:
    """Derive the secret of an endpoint from the key; it is stored nowhere.

    The time at which the endpoint was added is part of it: a database may reuse the number of a removed endpoint.
    """
    since = endpoint.created_at.astimezone(UTC).isoformat(timespec="microseconds")
    place = f"careergraph/webhook/{endpoint.number}/{since}/{secret_number}"
    return PREFIX + b64encode(hmac.digest(secret_key.encode(), place.encode(), sha256)).decode()


def secrets_of(secret_key: str, endpoint: Endpoint, now: datetime) -> tuple[str, ...]:
    """Return the secrets that sign at a time, the newest first: two while one replaces another."""
    return tuple([secret_of(secret_key, endpoint, number) for number in endpoint.secret_numbers(now)])


def headers(secrets: Iterable[str], message_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """Return the headers of a message that is sent now: one signature for each secret."""
    instant = now.astimezone(UTC)  # the library reads the clock face of any other time zone as if it were UTC
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(instant.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(message_id, instant, body.decode()) for secret in secrets),
    }
