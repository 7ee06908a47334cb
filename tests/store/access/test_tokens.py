"""Tokens: shown once, kept as a hash, found by nothing but the whole secret."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from careergraph.store.access import tokens
from careergraph.store.access.tokens import PATTERN, Grant, Kind, Token
from careergraph.store.database.database import reading, transaction

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ACCESS = Grant(kind=Kind.ACCESS, name="ci", created_by="ann", role="EDITOR", scopes={"types": ["career"]})
PREVIEW = Grant(
    kind=Kind.PREVIEW,
    name="for bob",
    created_by="ann",
    selection={"keys": [["career", "registered-nurse"]]},
    expires_at=NOW + timedelta(hours=1),
)


def make(engine: Engine, grant: Grant) -> tuple[Token, str]:
    with transaction(engine) as session:
        return tokens.create(session, grant)


def find(engine: Engine, secret: str, now: datetime = NOW, kind: Kind = Kind.ACCESS) -> Token | None:
    with reading(engine) as session:
        return tokens.find(session, secret, now, kind)


def test_a_secret_finds_its_token_and_is_kept_nowhere(engine: Engine) -> None:
    token, secret = make(engine, ACCESS)
    assert PATTERN.fullmatch(secret)
    assert secret.split("_")[1] == token.prefix
    assert find(engine, secret) == token
    assert token.grant == ACCESS
    with reading(engine) as session:
        rows = str(list(session.execute(text("SELECT * FROM careergraph_token"))))
        assert [it.prefix for it in tokens.tokens(session)] == [token.prefix]
    assert secret not in rows
    assert secret.split("_")[2] not in rows
    assert tokens.digest_of(secret) in rows


def test_nothing_else_finds_it(engine: Engine) -> None:
    token, secret = make(engine, ACCESS)
    other = make(engine, ACCESS)[1]
    crossed = f"cg_{token.prefix}_{other.split('_')[2]}"
    wrong = ["", "cg_", secret[:-1], secret + "0", secret.upper(), crossed, f"cg_{token.prefix}_{'0' * 64}", "ü" * 78]
    assert [find(engine, it) for it in wrong] == [None] * len(wrong)
    assert find(engine, secret, kind=Kind.PREVIEW) is None


def test_it_expires_and_is_revoked_at_once(engine: Engine) -> None:
    token, secret = make(engine, PREVIEW)
    assert find(engine, secret, NOW, Kind.PREVIEW) == token
    assert find(engine, secret, NOW + timedelta(hours=1), Kind.PREVIEW) is None
    with transaction(engine) as session:
        assert tokens.revoke(session, token.prefix, NOW)
        assert not tokens.revoke(session, token.prefix, NOW)
        assert not tokens.revoke(session, "nobody", NOW)
    assert find(engine, secret, NOW, Kind.PREVIEW) is None
    with reading(engine) as session:
        assert [it.revoked_at for it in tokens.tokens(session, Kind.PREVIEW)] == [NOW]
        assert tokens.tokens(session, Kind.ACCESS) == ()


def test_its_use_is_written_down_once_a_minute(engine: Engine) -> None:
    token, secret = make(engine, ACCESS)
    assert not tokens.was_used_lately(token, NOW)
    for seconds, kept in ((0, 0), (30, 0), (59, 0), (60, 60), (-3600, -3600)):
        now = NOW + timedelta(seconds=seconds)
        current = find(engine, secret, now)
        assert current is not None
        assert tokens.was_used_lately(current, now) == (seconds in (30, 59))
        with transaction(engine) as session:
            tokens.touch(session, current, now)
        again = find(engine, secret, now)
        assert again is not None
        assert again.last_used_at == NOW + timedelta(seconds=kept)


@pytest.mark.parametrize(
    "grant",
    [
        Grant(kind=Kind.PREVIEW, name="", created_by="", selection={"release": "may"}),
        Grant(kind=Kind.PREVIEW, name="", created_by="", expires_at=NOW),
        Grant(kind=Kind.PREVIEW, name="", created_by="", selection={"release": "x"}, expires_at=NOW, role="ADMIN"),
        Grant(kind=Kind.ACCESS, name="", created_by=""),
        Grant(kind=Kind.ACCESS, name="", created_by="", role="ADMIN", selection={"release": "may"}),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(engine: Engine, grant: Grant) -> None:
    with pytest.raises(ValueError, match="has a"), transaction(engine) as session:
        tokens.create(session, grant)


def test_the_table_holds_no_preview_without_an_expiry(engine: Engine) -> None:
    make(engine, PREVIEW)
    with pytest.raises(Exception, match="preview_expires") as caught, transaction(engine) as session:
        session.execute(text("UPDATE careergraph_token SET expires_at = NULL"))
    assert isinstance(caught.value.__cause__, IntegrityError)
