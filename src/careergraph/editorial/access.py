"""Access: from the secret of a token to what it proves."""

from datetime import datetime

from sqlalchemy.orm import Session

from careergraph.editorial.actor import Actor, Role, Scope
from careergraph.editorial.preview import Selection
from careergraph.store.tokens import Kind, Token, find

TOKEN = "token:"  # noqa: S105 - what the name of an actor begins with who came with a token
"""What the name of an actor begins with that is a program with a token."""


def actor_of(token: Token) -> Actor:
    """Who acts with an access token. Raises ValueError for a role that there is none of."""
    grant = token.grant
    return Actor(name=TOKEN + grant.name, role=Role(str(grant.role)), scope=Scope.read(grant.scopes))


def find_access(session: Session, secret: str, now: datetime) -> tuple[Actor, Token] | None:
    """Who acts with the secret of an access token; None for one that proves nothing, for whatever reason.

    The token is there for `store.tokens.touch`, which says when it was used last.
    """
    token = find(session, secret, now, Kind.ACCESS)
    return None if token is None else (actor_of(token), token)


def find_preview(session: Session, secret: str, now: datetime) -> tuple[Selection, Token] | None:
    """What the secret of a preview shows; None for one that shows nothing, for whatever reason."""
    token = find(session, secret, now, Kind.PREVIEW)
    return None if token is None else (Selection.read(token.grant.selection or {}), token)
