"""Create a token: give a program access."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.access.roles import ROLES, Verb, permit
from careergraph.editorial.checks import form
from careergraph.editorial.content.outcome import Denied, Rejected
from careergraph.editorial.content.problem import Steps
from careergraph.editorial.editing.local_time import future
from careergraph.store.access.audit import record
from careergraph.store.access.tokens import Grant, Kind, Token, create

EXPIRES_AT: Steps = ("expiresAt",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A token, and its secret, which nobody sees again."""

    token: Token
    secret: str


def create_token(  # noqa: PLR0913 - who gives what to whom, for how long
    session: Session,
    actor: Actor,
    name: str,
    role: Role,
    *,
    scope: Scope | None = None,
    expires_at: datetime | None = None,
) -> Granted:
    """Gives a program access with a role and a scope (None: the actor's own), for a while or until it is revoked.

    Raises Denied, also for a role or a scope wider than the actor's own, and Rejected for a bad name or expiry.
    """
    permit(actor, Verb.CREATE_TOKEN)
    granted = actor.scope if scope is None else scope
    if not (ROLES[role] <= ROLES[actor.role] and actor.scope.covers(granted)):
        raise Denied
    require_name(name)
    if expires_at is not None:
        future(expires_at, datetime.now(UTC), EXPIRES_AT)
    grant = Grant(
        kind=Kind.ACCESS,
        name=name,
        created_by=actor.name,
        role=str(role),
        scopes=granted.to_json(),
        expires_at=expires_at,
    )
    token, secret = create(session, grant)
    detail = {"prefix": token.prefix, "name": name, "role": role, "scopes": granted.to_json()}
    record(session, actor.name, Verb.CREATE_TOKEN, None, detail)
    return Granted(token=token, secret=secret)


def require_name(name: str) -> None:
    """Requires a name of one line for a token. Raises Rejected."""
    if problems := tuple(form.name(name, ("name",), longest=form.MAX_SLUG)):
        raise Rejected(problems)
