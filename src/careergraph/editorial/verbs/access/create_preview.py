"""Create a preview: an address under which drafts or a release can be read for a while."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.local_time import future
from careergraph.editorial.preview.preview import Selection
from careergraph.editorial.preview.selection import require_selection
from careergraph.editorial.verbs.access.create_token import EXPIRES_AT, Granted, require_name
from careergraph.store.access.audit import record
from careergraph.store.access.tokens import Grant, Kind, create

LONGEST = timedelta(days=90)
"""How long a preview may last."""


def create_preview(session: Session, actor: Actor, name: str, selection: Selection, *, expires_at: datetime) -> Granted:
    """Gives out a preview of open drafts, or of a release with whatever it holds when it is looked at.

    Raises Denied, and Rejected for what is no draft or no open release, and for an expiry that is past or later than
    90 days.
    """
    permit(actor, Verb.CREATE_PREVIEW)
    require_selection(session, actor, Verb.CREATE_PREVIEW, selection)
    require_name(name)
    now = datetime.now(UTC)
    if future(expires_at, now, EXPIRES_AT) > now + LONGEST:
        raise rejection(ProblemCode.BAD_TIME, f"a preview lasts {LONGEST.days} days at most", steps=EXPIRES_AT)
    types = actor.scope.types
    written = replace(selection, types=None if types is None else tuple(sorted(types))).to_json()
    grant = Grant(kind=Kind.PREVIEW, name=name, created_by=actor.name, selection=written, expires_at=expires_at)
    token, secret = create(session, grant)
    record(session, actor.name, Verb.CREATE_PREVIEW, None, {"prefix": token.prefix, "name": name, **written})
    return Granted(token=token, secret=secret)
