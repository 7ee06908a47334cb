"""Tokens: rights that a secret proves. The secret is shown once and kept as a hash.

create(session, Grant(kind, name, created_by, role, scopes, selection, expires_at)) -> (Token, secret)
find(session, secret, now, kind) -> Token | None     for a session of `database.reading`
used_lately(token, now) -> bool, touch(session, token, now)     at most one write a minute
revoke(session, prefix, now) -> bool                 tokens(session, kind=None) -> (Token, ...)
digest_of(secret) -> str                             PATTERN, for scanners that look for leaked secrets
"""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from careergraph.store.tables.editing import TokenRow

PATTERN = re.compile(r"cg_([0-9a-f]{10})_[0-9a-f]{64}")
"""What every secret looks like. The part between the underscores is the token's prefix, which is no secret."""
TOUCH = timedelta(minutes=1)
"""A use this soon after the last one is not written down."""
_NOBODY = sha256(b"nobody's secret").hexdigest()


class Kind(StrEnum):
    """What a token is for."""

    ACCESS = "ACCESS"
    """A program acts with a role."""
    PREVIEW = "PREVIEW"
    """A reader sees some drafts as if they were published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a token is to prove. `role` and `scopes` are those of an access, `selection` is that of a preview:
    `{"release": slug}` or `{"keys": [[type, ident], ...]}`. A preview always expires."""

    kind: Kind
    name: str
    created_by: str
    role: str | None = None
    scopes: dict[str, Any] | None = None
    selection: dict[str, Any] | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token, without its secret. It is known by its prefix."""

    prefix: str
    grant: Grant
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    def good(self, now: datetime) -> bool:
        """Whether it still proves anything."""
        expires = self.grant.expires_at
        return self.revoked_at is None and (expires is None or now < expires)


def create(session: Session, grant: Grant) -> tuple[Token, str]:
    """Makes a token. Answers its secret too, which nobody can find out again.

    Raises ValueError for a preview that never expires, selects nothing or has a role, and for an access without a role.
    """
    if grant.kind is Kind.PREVIEW and (grant.expires_at is None or not grant.selection or grant.role is not None):
        raise ValueError("a preview has a selection and an expiry, and no role")
    if grant.kind is Kind.ACCESS and (grant.role is None or grant.selection is not None):
        raise ValueError("an access has a role, and no selection")
    prefix = secrets.token_hex(5)
    secret = f"cg_{prefix}_{secrets.token_hex(32)}"
    fields = {name: getattr(grant, name) for name in _GRANT}
    row = TokenRow(**fields, kind=str(grant.kind), prefix=prefix, hash=digest_of(secret), created_at=datetime.now(UTC))
    session.add(row)
    session.flush()
    return _token(row), secret


def digest_of(secret: str) -> str:
    """The SHA-256 of a secret, in hex, which is stored instead of it. A secret has 256 random bits, so nothing slower
    is needed."""
    return sha256(secret.encode()).hexdigest()


def find(session: Session, secret: str, now: datetime, kind: Kind) -> Token | None:
    """The token of a secret; None for one that is unknown, of another kind, expired or revoked, alike in all.

    The hashes are compared in constant time, also where no token has the prefix.
    """
    shape = PATTERN.fullmatch(secret)
    row = session.scalars(select(TokenRow).where(TokenRow.prefix == (shape[1] if shape else ""))).first()
    right = compare_digest(digest_of(secret if shape else ""), _NOBODY if row is None else row.hash)
    if row is None or not right or row.kind != kind:
        return None
    token = _token(row)
    return token if token.good(now) else None


def was_used_lately(token: Token, now: datetime) -> bool:
    """Whether its last use is written down closely enough. A clock that was put back counts as not."""
    return token.last_used_at is not None and abs(now - token.last_used_at) < TOUCH


def touch(session: Session, token: Token, now: datetime) -> None:
    """Writes down that a token is used, unless it was lately. Ask `used_lately` first: writers queue."""
    if not was_used_lately(token, now):
        session.execute(update(TokenRow).where(TokenRow.prefix == token.prefix).values(last_used_at=now))


def revoke(session: Session, prefix: str, now: datetime) -> bool:
    """Makes a token prove nothing from now on; False where there is none, or it was revoked before."""
    row = session.scalars(select(TokenRow).where(TokenRow.prefix == prefix)).first()
    if row is None or row.revoked_at is not None:
        return False
    row.revoked_at = now
    session.flush()
    return True


def tokens(session: Session, kind: Kind | None = None) -> tuple[Token, ...]:
    """Tokens, newest first, those that prove nothing any longer included."""
    query = select(TokenRow).order_by(TokenRow.id.desc())
    if kind is not None:
        query = query.where(TokenRow.kind == str(kind))
    return tuple([_token(row) for row in session.scalars(query)])


_GRANT = ("name", "created_by", "role", "scopes", "selection", "expires_at")


def _token(row: TokenRow) -> Token:
    return Token(
        prefix=row.prefix,
        grant=Grant(kind=Kind(row.kind), **{name: getattr(row, name) for name in _GRANT}),
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
