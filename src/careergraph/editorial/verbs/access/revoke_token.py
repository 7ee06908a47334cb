"""Revoke a token: it proves nothing from now on."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.store.access.audit import record
from careergraph.store.access.tokens import Kind, Token, revoke, tokens


def revoke_token(session: Session, actor: Actor, prefix: str) -> Token:
    """Ends the access of a token. Raises Denied, and Rejected where there is none, or it was revoked before."""
    permit(actor, Verb.REVOKE_TOKEN)
    token = find_token(session, prefix, Kind.ACCESS)
    if token is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no token {quoted(prefix)}")
    return end(session, actor, Verb.REVOKE_TOKEN, token)


def find_token(session: Session, prefix: str, kind: Kind) -> Token | None:
    """The token of a kind that is known by a prefix."""
    return next((it for it in tokens(session, kind) if it.prefix == prefix), None)


def end(session: Session, actor: Actor, verb: Verb, token: Token) -> Token:
    """Revokes a token that the actor may revoke. Raises Rejected where it was revoked before."""
    now = datetime.now(UTC)
    if not revoke(session, token.prefix, now):
        raise rejection(ProblemCode.CLOSED, "it was revoked before")
    record(session, actor.name, verb, None, {"prefix": token.prefix, "name": token.grant.name})
    return replace(token, revoked_at=now)
