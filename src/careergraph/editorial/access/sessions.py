"""Sessions: sign people in to the admin, and find who a session belongs to."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.access.editing_database import Desk, actor_of
from careergraph.editorial.access.oidc.settings import Settings, kept_claims, person_of
from careergraph.store.access import sessions as store
from careergraph.store.access.audit import record
from careergraph.store.access.sessions import SignedIn, SignIn
from careergraph.store.access.tokens import Kind, find, find_by_prefix
from careergraph.store.database.database import DatabaseProblem

FIRST_ADMINISTRATOR = Actor(name="first-administrator", role=Role.ADMIN)
"""Whoever signs in with the address that the server prints while there is no administrator."""

VOUCHED = timedelta(hours=12)
"""A session of a person whom the provider vouched for ends after this time: the provider may think otherwise since."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: its id, which nobody can read again, and whose it is."""

    ident: str
    actor: Actor


class Ended(StrEnum):
    """Which sessions somebody ends."""

    THIS = "this"
    ALL = "all"


class Sessions:
    """The sessions of one desk. They end when nobody used them for `idle`. May be shared by threads; each call may
    block, and raises DatabaseProblem."""

    def __init__(self, desk: Desk, idle: timedelta, provider: Settings | None = None) -> None:
        self._desk, self._idle, self._provider = desk, idle, provider

    def open_with_token(self, secret: str) -> Opened | None:
        """Open a session with an access token; None for one that is unknown, expired or revoked."""
        now = datetime.now(UTC)
        with self._desk.transaction() as session:
            token = find(session, secret, now, Kind.ACCESS)
            if token is None:
                return None
            actor = actor_of(token.grant)
            ident = store.open_session(session, SignIn.TOKEN, actor.name, self._idle, token.prefix)
        return Opened(ident, actor)

    def open_for_host(self, actor: Actor) -> Opened:
        """Open a session of a user of the host."""
        with self._desk.transaction() as session:
            return Opened(store.open_session(session, SignIn.HOST, actor.name, self._idle), actor)

    def open_with_claims(self, claims: Mapping[str, Any]) -> Opened | None:
        """Open a session of a person whom the provider vouches for; None for who is no editor."""
        if self._provider is None or (actor := person_of(claims, self._provider).actor) is None:
            return None
        kept = kept_claims(claims, self._provider)
        with self._desk.transaction() as session:
            record(session, actor.name, "sign-in", None, {"issuer": claims["iss"], "subject": claims["sub"]})
            ident = store.open_session(session, SignIn.PROVIDER, actor.name, self._idle, kept)
        self._desk.note(actor)
        return Opened(ident, actor)

    def open_first(self) -> Opened | None:
        """Open the session of the first administrator; None where there is an administrator already."""
        actor = FIRST_ADMINISTRATOR
        with self._desk.transaction() as session:
            if store.has_administrator(session, datetime.now(UTC), self._idle):
                return None
            record(session, actor.name, "sign-in", None, {"first": True})
            return Opened(store.open_session(session, SignIn.FIRST, actor.name, self._idle), actor)

    def has_administrator(self) -> bool:
        """Return whether anybody can sign in as an administrator, or is signed in."""
        with self._desk.reading() as session:
            return store.has_administrator(session, datetime.now(UTC), self._idle)

    def find(self, ident: str, host: Actor | None) -> Actor | None:
        """Return the actor of a session, and note its use; None for one that has ended, or whose token has. `host` is
        who the host says sends the request: a session of a user of the host is that user's alone."""
        now = datetime.now(UTC)
        with self._desk.reading() as session:
            signed_in = store.find_session(session, ident, now, self._idle)
            actor = None if signed_in is None else self._actor(session, signed_in, host, now)
        if signed_in is not None and actor is not None and now - signed_in.seen_at >= store.TOUCH:
            with (
                suppress(DatabaseProblem),
                self._desk.transaction() as session,
            ):  # a full disk ends no session
                store.touch_session(session, ident, now)
        return actor

    def close(self, ident: str, actor: Actor, which: Ended = Ended.THIS) -> None:
        """End a session, or all sessions of its actor."""
        with self._desk.transaction() as session:
            if which is Ended.ALL:
                store.close_sessions_of(session, actor.name)
            else:
                store.close_session(session, ident)

    def origin(self, ident: str) -> SignedIn | None:
        """Return how and when a session began."""
        with self._desk.reading() as session:
            return store.find_session(session, ident, datetime.now(UTC), self._idle)

    def _actor(self, session: Session, signed_in: SignedIn, host: Actor | None, now: datetime) -> Actor | None:
        if signed_in.kind == SignIn.FIRST:
            return FIRST_ADMINISTRATOR
        if signed_in.kind == SignIn.HOST:
            return host if host is not None and host.name == signed_in.actor else None
        if signed_in.kind == SignIn.PROVIDER:
            return self._vouched(signed_in, now)
        token = find_by_prefix(session, signed_in.token_prefix or "", now, Kind.ACCESS)
        return None if token is None else actor_of(token.grant)

    def _vouched(self, signed_in: SignedIn, now: datetime) -> Actor | None:
        """The actor of a person whom the provider vouched for, by the roles of now."""
        provider, claims = self._provider, signed_in.claims or {}
        if provider is None or claims.get("iss") != provider.issuer or now - signed_in.created_at >= VOUCHED:
            return None
        actor = person_of(claims, provider).actor
        return actor if actor is not None and actor.name == signed_in.actor else None
