"""Sessions of people who are signed in. The browser keeps a random id, the database its hash."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from careergraph.store.access.tokens import Kind, digest_of, tokens
from careergraph.store.tables.editing import TokenRow
from careergraph.store.tables.sessions import SessionRow
from careergraph.store.tables.table import value_of

LONGEST = timedelta(days=30)
"""A session ends after this time, however often it is used."""
TOUCH = timedelta(minutes=1)
"""A use this soon after the last one is not written down."""


class SignIn(StrEnum):
    """The way in which somebody signed in."""

    TOKEN = "TOKEN"  # noqa: S105 - a way, no secret
    """With an access token, whose rights the session has as long as the token is good."""
    HOST = "HOST"
    """As a user of the host, who is asked again with each request."""
    FIRST = "FIRST"
    """As the first administrator, with the address that the server printed."""
    PROVIDER = "PROVIDER"
    """At the OpenID Connect provider, whose claims of the person are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A session: how somebody signed in, under which name, and since when."""

    kind: str
    actor: str
    token_prefix: str | None
    claims: Mapping[str, Any] | None
    created_at: datetime
    seen_at: datetime


def open_session(
    session: Session, kind: SignIn, actor: str, idle: timedelta, proof: str | Mapping[str, Any] | None = None
) -> str:
    """Open a session, and return its id, which nobody can read again. `proof` is the prefix of a token, or the claims
    of a provider. Deletes sessions that are over."""
    now, ident = datetime.now(UTC), secrets.token_urlsafe(32)
    over = or_(SessionRow.seen_at < now - idle, SessionRow.created_at < now - LONGEST)
    session.execute(delete(SessionRow).where(over))
    row = SessionRow(hash=digest_of(ident), kind=str(kind), actor=actor)
    if isinstance(proof, str):
        row.token_prefix = proof
    elif proof is not None:
        row.claims = dict(proof)
    row.created_at = row.seen_at = now
    session.add(row)
    session.flush()
    return ident


def find_session(session: Session, ident: str, now: datetime, idle: timedelta) -> SignedIn | None:
    """Return the session of an id; None for an unknown one, and for one that was idle for too long or is too old."""
    row = session.scalars(select(SessionRow).where(SessionRow.hash == digest_of(ident))).first()
    if row is None or row.seen_at < now - idle or row.created_at < now - LONGEST:
        return None
    return value_of(SignedIn, row)


def touch_session(session: Session, ident: str, now: datetime) -> None:
    """Store the use of a session."""
    session.execute(update(SessionRow).where(SessionRow.hash == digest_of(ident)).values(seen_at=now))


def close_session(session: Session, ident: str) -> None:
    """Close the session of an id, if there is one."""
    session.execute(delete(SessionRow).where(SessionRow.hash == digest_of(ident)))


def close_sessions_of(session: Session, actor: str) -> None:
    """Close all sessions of an actor."""
    session.execute(delete(SessionRow).where(SessionRow.actor == actor))


def close_all_sessions(session: Session) -> None:
    """Close all sessions, as after a restore: the archive may hold some that were closed since."""
    session.execute(delete(SessionRow))


def has_administrator(session: Session, now: datetime, idle: timedelta) -> bool:
    """Return whether anybody can sign in as an administrator, or is signed in other than with a token."""
    if any(token.good(now) and token.grant.role == "ADMIN" for token in tokens(session, Kind.ACCESS)):
        return True
    open_ones = select(SessionRow.id).where(SessionRow.kind != str(SignIn.TOKEN), SessionRow.seen_at >= now - idle)
    return session.scalar(open_ones.limit(1)) is not None


def has_editors(session: Session) -> bool:
    """Return whether anybody is signed in, or has a token that was not revoked, be it for a preview."""
    token = exists().where(TokenRow.revoked_at.is_(None))
    return bool(session.scalar(select(or_(token, exists().where(SessionRow.id.is_not(None))))))
