"""Create and revoke access tokens and previews, with which drafts or a release can be read for a while."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.access.editing_database import actor_of
from careergraph.editorial.access.roles import ROLES, Verb, may, permit
from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import DocumentIndex, quoted
from careergraph.editorial.content.outcome import Denied, Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.editorial.editing.document_state import seen_state
from careergraph.editorial.editing.guards import require_state
from careergraph.editorial.editing.local_time import future
from careergraph.editorial.preview.preview import require_selection, selected_ids
from careergraph.editorial.preview.selection import PreviewMode, Selection
from careergraph.store.access.audit import record
from careergraph.store.access.tokens import Grant, Kind, Token, create, revoke, tokens
from careergraph.store.documents.documents import BY_TYPE, AttributeDocument, Key, LocaleDocument
from careergraph.store.documents.identity import document_ids
from careergraph.store.editing.import_jobs import cancel_all
from careergraph.store.editing.listing import present_idents
from careergraph.store.editing.schedules import hold

EXPIRES_AT: Steps = ("expiresAt",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A token, and its secret, which is shown once."""

    token: Token
    secret: str


def create_token(  # noqa: PLR0913 - a token has this many properties
    session: Session,
    actor: Actor,
    name: str,
    role: Role,
    *,
    scope: Scope | None = None,
    expires_at: datetime | None = None,
) -> Granted:
    """Create a token with a role and a scope (by default the actor's own), until it expires or is revoked.

    Raises Denied, also for a role or a scope wider than the actor's own, and Rejected for a bad name or expiry, and for
    a scope of what there is not.
    """
    permit(actor, Verb.CREATE_TOKEN)
    granted = actor.scope if scope is None else scope
    if not (ROLES[role] <= ROLES[actor.role] and actor.scope.covers(granted)):
        raise Denied
    require_name(name)
    if scope is not None:
        _require_present(session, scope)
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


def _require_present(session: Session, scope: Scope) -> None:
    """Require that the types, locales and attributes of a scope are there: a misspelt one would allow nothing. Raises
    Rejected."""
    types = sorted((scope.types or frozenset()) - BY_TYPE.keys())
    message = f"must be one of {', '.join(BY_TYPE)}"
    problems = [Problem(ProblemCode.BAD_CHOICE, message, ("scope", "types", it)) for it in types]
    named = {"locales": (LocaleDocument.TYPE, scope.locales), "attributes": (AttributeDocument.TYPE, scope.attributes)}
    for field, (type_name, idents) in named.items():
        index = DocumentIndex({}, frozenset((type_name, it) for it in present_idents(session, type_name)))
        for ident in sorted(idents or ()):
            problems += index.unknown(type_name, ident, ("scope", field, ident))
    if problems:
        raise Rejected(problems)


def require_name(name: str) -> None:
    """Require a name of one line for a token. Raises Rejected."""
    if problems := tuple(form.name(name, ("name",), longest=form.MAX_SLUG)):
        raise Rejected(problems)


def revoke_token(session: Session, actor: Actor, prefix: str) -> Token:
    """Revoke a token, cancel its imports, and hold its schedules until somebody confirms them. Raises Denied, and
    Rejected where there is none, or it was revoked before."""
    permit(actor, Verb.REVOKE_TOKEN)
    token = find_token(session, prefix, Kind.ACCESS)
    if token is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no token {quoted(prefix)}")
    ended = end(session, actor, Verb.REVOKE_TOKEN, token)
    name = token.grant.name
    if not any(it.grant.name == name and it.revoked_at is None for it in tokens(session, Kind.ACCESS)):
        author = actor_of(token.grant).name
        numbers = hold(session, f"the token {quoted(name)} of its author was revoked", author=author)
        if numbers:
            record(session, actor.name, Verb.SCHEDULE, None, {"held": list(numbers), "token": token.prefix})
        if ended_imports := cancel_all(session, datetime.now(UTC), author):
            record(session, actor.name, Verb.IMPORT, None, {"cancelled": list(ended_imports), "token": token.prefix})
    return ended


def find_token(session: Session, prefix: str, kind: Kind) -> Token | None:
    """Find a token by its kind and prefix."""
    return next((it for it in tokens(session, kind) if it.prefix == prefix), None)


def end(session: Session, actor: Actor, verb: Verb, token: Token) -> Token:
    """Revoke a token for an actor with the right. Raises Rejected where it was revoked before."""
    now = datetime.now(UTC)
    if not revoke(session, token.prefix, now):
        raise rejection(ProblemCode.CLOSED, "it was revoked before")
    record(session, actor.name, verb, None, {"prefix": token.prefix, "name": token.grant.name})
    return replace(token, revoked_at=now)


LONGEST = timedelta(days=90)
"""The longest life of a preview."""


def create_preview(  # noqa: PLR0913 - a preview has this many properties
    session: Session,
    actor: Actor,
    name: str,
    bases: Mapping[Key, int],
    *,
    expires_at: datetime,
    release: str | None = None,
    state: str = "",
    mode: PreviewMode = PreviewMode.FOLLOWING,
) -> Granted:
    """Create a preview of open drafts, or else of a release, as the actor saw them: each with the newest revision, the
    release with its state. It follows what is saved later, or stays with these revisions.

    Raises Denied, Conflict for another revision, and Rejected for another state of the release, for anything but an
    open draft or release, and for an expiry that is past or later than 90 days.
    """
    permit(actor, Verb.CREATE_PREVIEW)
    if release is not None and bases:
        raise rejection(ProblemCode.BAD_SHAPE, "name documents or a release, not both", steps=("release",))
    selection = Selection(release=release, keys=tuple(bases))
    require_selection(session, actor, Verb.CREATE_PREVIEW, selection)
    if release is not None:
        require_state(session, release, state)
    for key in selection.keys:
        seen_state(session, key, bases[key])
    require_name(name)
    now = datetime.now(UTC)
    if future(expires_at, now, EXPIRES_AT) > now + LONGEST:
        raise rejection(ProblemCode.BAD_TIME, f"a preview lasts {LONGEST.days} days at most", steps=EXPIRES_AT)
    if release is None:
        ids = document_ids(session, selection.keys)
        selection = replace(selection, documents=tuple([ids[key] for key in selection.keys]))
    types = actor.scope.types
    selection = replace(selection, types=None if types is None else tuple(sorted(types)))
    if mode is PreviewMode.PINNED:
        selection = replace(selection, pinned=selected_ids(session, selection))
    written = selection.to_json()
    grant = Grant(kind=Kind.PREVIEW, name=name, created_by=actor.name, selection=written, expires_at=expires_at)
    token, secret = create(session, grant)
    record(session, actor.name, Verb.CREATE_PREVIEW, None, {"prefix": token.prefix, "name": name, **written})
    return Granted(token=token, secret=secret)


def revoke_preview(session: Session, actor: Actor, prefix: str) -> Token:
    """Revoke a preview. Its creator always may; others are denied alike for existing and missing ones. Raises Denied,
    and Rejected where there is none, or it was revoked before."""
    permit(actor, Verb.CREATE_PREVIEW)
    token = find_token(session, prefix, Kind.PREVIEW)
    own = token is not None and token.grant.created_by == actor.name
    if not own and not may(actor, Verb.REVOKE_PREVIEW):
        raise Denied
    if token is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no preview {quoted(prefix)}")
    return end(session, actor, Verb.REVOKE_PREVIEW, token)
