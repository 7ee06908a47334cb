"""Open a release: a named bundle of drafts."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import Rejected, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.store.access.audit import record
from careergraph.store.editing.releases import Release, release
from careergraph.store.editing.releases import open_release as add


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
