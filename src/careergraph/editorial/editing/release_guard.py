"""Bundle: a release as the verbs see it, with its drafts."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, may, permit
from careergraph.editorial.content.document_index import Key, quoted
from careergraph.editorial.content.outcome import Rejected, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import live_bodies
from careergraph.editorial.editing.schedule_guard import is_scheduled
from careergraph.store.editing.drafts import bodies, drafts
from careergraph.store.editing.releases import Release, release


def existing_release(session: Session, slug: str) -> Release:
    """A release, open or not. Raises Rejected where there is none."""
    record = release(session, slug)
    if record is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no release {quoted(slug)}")
    return record


def require_open(session: Session, slug: str) -> Release:
    """A release that is still open. Raises Rejected."""
    record = existing_release(session, slug)
    if not record.open:
        raise rejection(ProblemCode.CLOSED, "the release was published or discarded")
    return record


def members(session: Session, slug: str) -> tuple[Key, ...]:
    """The documents whose drafts are in a release. Raises Rejected where there are none."""
    keys = tuple(it.key for it in drafts(session, slug))
    if not keys:
        raise rejection(ProblemCode.NO_DRAFT, "the release holds no draft")
    return keys


def refuse_scheduled_release(session: Session, actor: Actor, slug: str) -> None:
    """Requires the right to schedule for a change to a scheduled release, since it goes live as it stands then. Raises
    Rejected."""
    if not may(actor, Verb.SCHEDULE) and is_scheduled(session, slug):
        raise scheduled_rejection()


def require_scope(session: Session, actor: Actor, slug: str, keys: Collection[Key]) -> None:
    """Requires the right to schedule every document that is put into a scheduled release, since it goes live with it.
    Raises Denied."""
    if actor.scope.whole or not is_scheduled(session, slug):
        return
    live, drafted = live_bodies(session, keys), bodies(session, keys)
    for key in keys:
        permit(actor, Verb.SCHEDULE, key, live.get(key), drafted.get(key))


def scheduled_rejection() -> Rejected:
    """The release is scheduled."""
    return rejection(ProblemCode.SCHEDULED, "the release is scheduled; only who may schedule may change it")
