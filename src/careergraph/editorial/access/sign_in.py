"""Signing in: who an access token stands for, and which preview a preview token opens."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.store.access.tokens import Grant, Kind, Token, find


def access_of(session: Session, secret: str, now: datetime) -> Token | None:
    """The access token of a secret; None for one that is unknown, expired or revoked, alike in all."""
    return find(session, secret, now, Kind.ACCESS)


def preview_of(session: Session, secret: str, now: datetime) -> Token | None:
    """The preview token of a secret; None for one that is unknown, expired or revoked, alike in all."""
    return find(session, secret, now, Kind.PREVIEW)


def actor_of(grant: Grant) -> Actor:
    """The actor of an access. Its name says that a program acts, so that nobody takes it for a person of that name."""
    return Actor(name=f"token:{grant.name}", role=Role(grant.role or Role.VIEWER), scope=scope_of(grant.scopes))


def scope_of(scopes: Mapping[str, Any] | None) -> Scope:
    """The scope that a token keeps."""
    parts: Mapping[str, Iterable[str] | None] = scopes or {}
    return Scope.of(parts.get("types"), parts.get("locales"), parts.get("attributes"))
