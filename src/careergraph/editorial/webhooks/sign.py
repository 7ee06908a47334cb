"""Sign: what proves to a receiver that a message is ours, whole, and new. This is Standard Webhooks, version 1."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

from careergraph.store.events.endpoints import Endpoint

PREFIX = "whsec_"
"""What every secret begins with, so that scanners find one that leaked."""


def secret_of(secret_key: str, endpoint: Endpoint, secret_number: int) -> str:
    """The secret of an endpoint, of which nothing is kept anywhere: it follows from the key.

    The instant at which the endpoint was added is part of it: a database may give the number of a removed endpoint to
    another one.
    """
    since = endpoint.created_at.astimezone(UTC).isoformat(timespec="microseconds")
    place = f"careergraph/webhook/{endpoint.number}/{since}/{secret_number}"
    return PREFIX + b64encode(hmac.digest(secret_key.encode(), place.encode(), sha256)).decode()


def secrets_of(secret_key: str, endpoint: Endpoint, now: datetime) -> tuple[str, ...]:
    """The secrets that sign at an instant, the newest first: two while one takes the place of another."""
    return tuple([secret_of(secret_key, endpoint, number) for number in endpoint.secret_numbers(now)])


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the signature of a message in base64."""
    content = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.digest(b64decode(secret.removeprefix(PREFIX)), content, sha256)).decode()


def headers(secrets: Iterable[str], message_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """The headers of a message that is sent now: one signature for each secret."""
    timestamp = int(now.timestamp())
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(secret, message_id, timestamp, body) for secret in secrets),
    }
