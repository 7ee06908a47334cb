"""Create a preview: an address under which drafts or a release can be read for a while."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from careergraph.editorial.actor import Actor
from careergraph.editorial.outcome import rejected
from careergraph.editorial.preview import Selection
from careergraph.editorial.problem import ProblemCode
from careergraph.editorial.roles import Verb, permit
from careergraph.editorial.verbs.bundle import open_one
from careergraph.editorial.verbs.create_token import Granted, require_name
from careergraph.editorial.verbs.moment import future
from careergraph.editorial.verbs.standing import existing, no_draft
from careergraph.store.audit import record
from careergraph.store.drafts import drafts
from careergraph.store.tokens import Grant, Kind, create

LONGEST = timedelta(days=90)
"""How long a preview may last."""


def create_preview(session: Session, actor: Actor, name: str, selection: Selection, *, expires_at: datetime) -> Granted:
    """Gives out a preview of open drafts, or of a release with whatever it holds when it is looked at.

    Raises Denied, and Rejected for what is no draft or no open release, and for an expiry that is past or later than
    90 days.
    """
    permit(actor, Verb.CREATE_PREVIEW)
    _require_selection(session, actor, selection)
    require_name(name)
    now = datetime.now(UTC)
    if future(expires_at, now) > now + LONGEST:
        raise rejected(ProblemCode.BAD_TIME, f"a preview lasts {LONGEST.days} days at most", steps=("expiresAt",))
    written = selection.written()
    grant = Grant(kind=Kind.PREVIEW, name=name, created_by=actor.name, selection=written, expires_at=expires_at)
    token, secret = create(session, grant)
    record(session, actor.name, Verb.CREATE_PREVIEW, None, {"prefix": token.prefix, "name": name, **written})
    return Granted(token=token, secret=secret)


def _require_selection(session: Session, actor: Actor, selection: Selection) -> None:
    for key in selection.keys:
        permit(actor, Verb.CREATE_PREVIEW, key)
    if selection.release is not None:
        open_one(session, selection.release)
        for it in drafts(session, selection.release):
            permit(actor, Verb.CREATE_PREVIEW, it.key)
    elif not selection.keys:
        raise rejected(ProblemCode.NO_DRAFT, "a preview shows drafts or a release")
    for key in selection.keys:
        if existing(session, key).draft is None:
            raise no_draft(key)
