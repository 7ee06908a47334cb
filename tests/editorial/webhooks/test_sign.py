"""Signatures: as Standard Webhooks publishes them, from secrets that nothing keeps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from careergraph.editorial.webhooks.message import headers, secret_of, secrets_of
from careergraph.editorial.webhooks.settings import Settings
from careergraph.store.events.endpoints import Endpoint

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
KEY = "k" * 32
ENDPOINT = Endpoint(
    number=7,
    url="https://hook.example/",
    events=("*",),
    active=True,
    paused_reason=None,
    secret_number=1,
    old_secret_number=None,
    old_secret_until=None,
    created_by="ann",
    created_at=NOW,
)


def test_it_signs_as_the_published_example_does() -> None:
    """The test vector that the libraries of Standard Webhooks share."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    assert headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", datetime.fromtimestamp(1614265330, UTC), body) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_secret_follows_from_the_key_and_the_endpoint_alone() -> None:
    others = [
        secret_of("l" * 32, ENDPOINT, 1),
        secret_of(KEY, ENDPOINT, 2),
        secret_of(KEY, replace(ENDPOINT, number=8), 1),
        secret_of(KEY, replace(ENDPOINT, created_at=NOW + timedelta(microseconds=1)), 1),
    ]
    mine = secret_of(KEY, replace(ENDPOINT, url="https://other.example/"), 1)
    assert mine == secret_of(KEY, ENDPOINT, 1)
    assert len({mine, *others}) == 5
    assert all(secret.startswith("whsec_") and len(secret) == 50 for secret in (mine, *others))


def test_both_secrets_sign_until_the_old_one_retires() -> None:
    until = NOW + timedelta(hours=1)
    rotated = replace(ENDPOINT, secret_number=2, old_secret_number=1, old_secret_until=until)
    new, old = secret_of(KEY, ENDPOINT, 2), secret_of(KEY, ENDPOINT, 1)
    assert secrets_of(KEY, rotated, NOW) == (new, old)
    assert secrets_of(KEY, rotated, until) == (new,)
    signed = headers((new, old), "evt_1", NOW, b"{}")["webhook-signature"].split()
    assert signed == [headers([secret], "evt_1", NOW, b"{}")["webhook-signature"] for secret in (new, old)]
    assert len(set(signed)) == 2


def test_any_time_zone_signs_alike() -> None:
    """The library reads the clock face of an aware time as if it were UTC."""
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    assert headers(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "evt_1", tokyo, b"{}") == headers(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "evt_1", NOW, b"{}"
    )


def test_a_short_key_is_refused_and_a_key_is_never_shown() -> None:
    with pytest.raises(ValueError, match="32"):
        Settings(secret_key="short")
    assert KEY not in repr(Settings(secret_key=KEY))
