"""Tokens: rights that a secret proves. The secret is shown once and kept as a hash."""

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from sqlalchemy import and_, func, literal, not_, or_, select, update
from sqlalchemy.orm import Session

from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.database.sorted_query import Column, SortedQuery, holding, matching
from careergraph.store.tables.editing import TokenRow
from careergraph.store.tables.table import Instant, value_of

PATTERN = re.compile(r"cg_([0-9a-f]{10})_[0-9a-f]{64}")
"""What every secret looks like. The part between the underscores is the token's prefix, which is no secret."""
TOUCH = timedelta(minutes=1)
"""A use this soon after the last one is not written down."""
_NOBODY = sha256(b"nobody's secret").hexdigest()


class Kind(StrEnum):
    """The purpose of a token."""

    ACCESS = "ACCESS"
    """A program acts with a role."""
    PREVIEW = "PREVIEW"
    """A reader sees some drafts as if they were published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The right that a token proves: the `role` and `scopes` of an access, or the `selection` of a preview,
    `{"release": slug}` or `{"keys": [[type, ident], ...], "documents": [id, ...]}`, which always expires."""

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
        """Return whether it still proves anything."""
        expires = self.grant.expires_at
        return self.revoked_at is None and (expires is None or now < expires)


def create(session: Session, grant: Grant) -> tuple[Token, str]:
    """Create a token. Return it with its secret, which nobody can read again.

    Raises ValueError for a preview that never expires, selects nothing or has a role, and for an access without a role.
    """
    if grant.kind is Kind.PREVIEW and (grant.expires_at is None or not grant.selection or grant.role is not None):
        raise ValueError("a preview has a selection and an expiry, and no role")
    if grant.kind is Kind.ACCESS and (grant.role is None or grant.selection is not None):
        raise ValueError("an access has a role, and no selection")
    prefix = secrets.token_hex(5)
    secret = f"cg_{prefix}_{secrets.token_hex(32)}"
    fields = {**asdict(grant), "kind": str(grant.kind)}
    row = TokenRow(**fields, prefix=prefix, hash=digest_of(secret), created_at=datetime.now(UTC))
    session.add(row)
    session.flush()
    return _token(row), secret


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret, in hex, to store. A secret has 256 random bits, so nothing slower is needed."""
    return sha256(secret.encode()).hexdigest()


def find(session: Session, secret: str, now: datetime, kind: Kind) -> Token | None:
    """Return the token of a secret; None for an unknown, expired or revoked one and one of another kind, alike. Hashes
    are compared in constant time, also if no token has the prefix."""
    shape = PATTERN.fullmatch(secret)
    row = session.scalars(select(TokenRow).where(TokenRow.prefix == (shape[1] if shape else ""))).first()
    right = compare_digest(digest_of(secret if shape else ""), _NOBODY if row is None else row.hash)
    if row is None or not right or row.kind != kind:
        return None
    token = _token(row)
    return token if token.good(now) else None


def find_by_prefix(session: Session, prefix: str, now: datetime, kind: Kind) -> Token | None:
    """Return the token of a prefix, which proves nothing, for who proved it before; None as `find` does."""
    row = session.scalars(select(TokenRow).where(TokenRow.prefix == prefix)).first()
    if row is None or row.kind != kind:
        return None
    token = _token(row)
    return token if token.good(now) else None


def ticket_of(token: Token, secret: str) -> str:
    """Return a ticket for the files that a token may see, and for nothing else: an address may hold it."""
    return f"{token.prefix}-{_proof(digest_of(secret))}"


def find_by_ticket(session: Session, ticket: str, now: datetime, kind: Kind) -> Token | None:
    """Return the token of a ticket; None for an unknown, expired or revoked one and one of another kind, alike."""
    prefix, _, proof = ticket.partition("-")
    row = session.scalars(select(TokenRow).where(TokenRow.prefix == prefix)).first()
    right = compare_digest(_proof(_NOBODY if row is None else row.hash).encode(), proof.encode())
    if row is None or not right or row.kind != kind:
        return None
    token = _token(row)
    return token if token.good(now) else None


def _proof(hash: str) -> str:
    return hmac.new(bytes.fromhex(hash), b"ticket", "sha256").hexdigest()[:32]


def was_used_lately(token: Token, now: datetime) -> bool:
    """Return whether the stored last use is recent; not with a clock that was put back."""
    return token.last_used_at is not None and abs(now - token.last_used_at) < TOUCH


def touch(session: Session, token: Token, now: datetime) -> None:
    """Store the use of a token, unless it was used lately. Ask `was_used_lately` first: writers queue."""
    if not was_used_lately(token, now):
        session.execute(update(TokenRow).where(TokenRow.prefix == token.prefix).values(last_used_at=now))


def revoke(session: Session, prefix: str, now: datetime) -> bool:
    """Revoke a token; False for an unknown one, or one that was revoked before."""
    row = session.scalars(select(TokenRow).where(TokenRow.prefix == prefix)).first()
    if row is None or row.revoked_at is not None:
        return False
    row.revoked_at = now
    session.flush()
    return True


class Order(DescribedEnum):
    """The sort keys of tokens."""

    CREATED = "CREATED", "When they were made."
    EXPIRES = "EXPIRES", "When they expire, those that never do last."
    LAST_USED = "LAST_USED", "When they were used last, those that never were first."
    NAME = "NAME", "Their names."


_NEVER, _EVER = (datetime(year, 1, 1, tzinfo=UTC) for year in (1, 9999))
_ORDERS: Mapping[str, Column] = {
    Order.CREATED: TokenRow.created_at,
    Order.EXPIRES: func.coalesce(TokenRow.expires_at, literal(_EVER, Instant)),
    Order.LAST_USED: func.coalesce(TokenRow.last_used_at, literal(_NEVER, Instant)),
    Order.NAME: TokenRow.name,
}


def list_tokens(  # noqa: PLR0913 - the conditions of a list
    kind: Kind,
    *,
    good: bool | None = None,
    role: str | None = None,
    text: str | None = None,
    created_by: str | None = None,
    only_by: str | None = None,
    release: str | None = None,
    order: str = Order.CREATED,
    descending: bool = True,
) -> SortedQuery[Token]:
    """Return the tokens of a kind, expired and revoked ones included: those that still prove something or not, of some
    role, text in the name, author, and release that they show; with `only_by`, only those of this author."""
    shown_release = TokenRow.selection["release"].as_string()
    equal = {TokenRow.kind: str(kind), TokenRow.role: role, TokenRow.created_by: created_by, shown_release: release}
    query = matching(select(TokenRow), equal)
    query = matching(query, {TokenRow.created_by: only_by})
    if text is not None:
        query = query.where(holding(text, lambda word: TokenRow.name.icontains(word, autoescape=True)))
    if good is not None:
        unexpired = or_(TokenRow.expires_at.is_(None), TokenRow.expires_at > datetime.now(UTC))
        valid = and_(TokenRow.revoked_at.is_(None), unexpired)
        query = query.where(valid if good else not_(valid))
    key = (_ORDERS[order], TokenRow.id)
    return SortedQuery(query=query, key=key, make=lambda row: _token(row[0]), descending=descending)


def tokens(session: Session, kind: Kind | None = None) -> tuple[Token, ...]:
    """Return tokens, newest first, expired and revoked ones included."""
    query = select(TokenRow).order_by(TokenRow.id.desc())
    if kind is not None:
        query = query.where(TokenRow.kind == str(kind))
    return tuple([_token(row) for row in session.scalars(query)])


def active_hashes(session: Session) -> frozenset[str]:
    """The hashes of the tokens that are not revoked. Ask before a restore."""
    return frozenset(session.scalars(select(TokenRow.hash).where(TokenRow.revoked_at.is_(None))))


def restore_tokens(session: Session, spared: frozenset[str], now: datetime) -> int:
    """Revoke all tokens but those that are `spared`. Return how many proved something until now.

    A backup knows nothing of what was revoked after it was made. So a token proves something after a restore only if it
    did in the database that is replaced: no revoked one comes back to life.
    """
    good = or_(TokenRow.expires_at.is_(None), TokenRow.expires_at > now)
    query = select(TokenRow.id, TokenRow.hash).where(TokenRow.revoked_at.is_(None), good)
    recalled = [row.id for row in session.execute(query.order_by(TokenRow.id)) if row.hash not in spared]
    if recalled:
        session.execute(update(TokenRow).where(TokenRow.id.in_(recalled)).values(revoked_at=now))
    return len(recalled)


def _token(row: TokenRow) -> Token:
    return value_of(Token, row, grant=value_of(Grant, row, kind=Kind(row.kind)))
