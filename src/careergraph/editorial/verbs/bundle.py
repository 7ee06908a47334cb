"""Bundle: a release as the verbs see it, with its drafts."""

from sqlalchemy.orm import Session

from careergraph.editorial.actor import Actor
from careergraph.editorial.outcome import Rejected, rejected
from careergraph.editorial.problem import ProblemCode
from careergraph.editorial.roles import Verb, may
from careergraph.editorial.verbs.agenda import is_scheduled
from careergraph.editorial.world import Key, shown
from careergraph.store.drafts import drafts
from careergraph.store.releases import Release, release


def known(session: Session, slug: str) -> Release:
    """A release, open or not. Raises Rejected where there is none."""
    found = release(session, slug)
    if found is None:
        raise rejected(ProblemCode.UNKNOWN, f"there is no release {shown(slug)}")
    return found


def open_one(session: Session, slug: str) -> Release:
    """A release that is still open. Raises Rejected."""
    found = known(session, slug)
    if not found.open:
        raise rejected(ProblemCode.CLOSED, "the release was published or discarded")
    return found


def members(session: Session, slug: str) -> tuple[Key, ...]:
    """The documents whose drafts are in a release. Raises Rejected where there are none."""
    found = tuple(it.key for it in drafts(session, slug))
    if not found:
        raise rejected(ProblemCode.NO_DRAFT, "the release holds no draft")
    return found


def heed_release(session: Session, actor: Actor, slug: str) -> None:
    """What is scheduled goes live as it stands then, so only who may schedule may change it. Raises Rejected."""
    if not may(actor, Verb.SCHEDULE) and is_scheduled(session, slug):
        raise scheduled()


def scheduled() -> Rejected:
    """The release is scheduled."""
    return rejected(ProblemCode.SCHEDULED, "the release is scheduled; only who may schedule may change it")
