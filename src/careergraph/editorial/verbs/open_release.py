"""Open a release: a named bundle of drafts."""

from sqlalchemy.orm import Session

from careergraph.editorial.actor import Actor
from careergraph.editorial.checks import form
from careergraph.editorial.outcome import Rejected, rejection
from careergraph.editorial.problem import ProblemCode
from careergraph.editorial.roles import Verb, permit
from careergraph.editorial.world import quoted
from careergraph.store.audit import record
from careergraph.store.releases import Release, release
from careergraph.store.releases import open_release as add


def open_release(session: Session, actor: Actor, slug: str, title: str, note: str = "") -> Release:
    """Opens a release without drafts. Raises Denied, and Rejected for a slug or title that is none, or a slug taken."""
    permit(actor, Verb.OPEN_RELEASE)
    problems = [*form.slug(slug, ("slug",)), *form.name(title, ("title",)), *form.strings(note, ("note",))]
    if problems:
        raise Rejected(problems)
    if release(session, slug) is not None:
        raise rejection(ProblemCode.TAKEN, f"there is a release {quoted(slug)} already", steps=("slug",))
    opened = add(session, slug, title, note, actor.name)
    record(session, actor.name, Verb.OPEN_RELEASE, None, {"release": slug, "note": note})
    return opened
