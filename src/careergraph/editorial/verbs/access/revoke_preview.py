"""Revoke a preview: it shows nothing from now on."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, may, permit
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import Denied, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.verbs.access.revoke_token import end, find_token
from careergraph.store.access.tokens import Kind, Token


def revoke_preview(session: Session, actor: Actor, prefix: str) -> Token:
    """Ends a preview. Who gave it out may do so in any case; others are denied alike for what is there and what is not.
    Raises Denied, and Rejected where there is none, or it was revoked before."""
    permit(actor, Verb.CREATE_PREVIEW)
    token = find_token(session, prefix, Kind.PREVIEW)
    own = token is not None and token.grant.created_by == actor.name
    if not own and not may(actor, Verb.REVOKE_PREVIEW):
        raise Denied
    if token is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no preview {quoted(prefix)}")
    return end(session, actor, Verb.REVOKE_PREVIEW, token)
