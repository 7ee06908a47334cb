"""Carrying out: a plan becomes a release of drafts, and where that is wanted one version of the catalog."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.editing.validation import require_valid
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.plan import Plan
from careergraph.editorial.importers.slug import slug_of
from careergraph.editorial.verbs.documents.save_drafts import add_drafts, save_drafts
from careergraph.editorial.verbs.releases.open_release import open_release
from careergraph.editorial.verbs.releases.publish_release import publish_release
from careergraph.store.database.database import transaction
from careergraph.store.documents.documents import BY_TYPE
from careergraph.store.editing.imported import remember
from careergraph.store.editing.releases import release as find


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The result of a plan: the release that holds its drafts, and the version of it where it was published. None where
    there was nothing to do."""

    release: str | None = None
    version: int | None = None


def rehearse(ground: DatabaseSnapshot, plan: Plan) -> None:
    """Checks what a plan would publish, and changes nothing. Raises Rejected with all that would be wrong."""
    fresh = [(it.draft.key[0], it.draft.body) for it in plan.changes]
    documents = [msgspec.convert(body, BY_TYPE[kind]) for kind, body in fresh if body is not None]
    require_valid(ground.live.values(), documents, plan.gone)


def save(engine: Engine, actor: Actor, importer: str, vintage: str, plan: Plan) -> Done:
    """Saves the drafts of a plan into a release, all or none. Raises Denied, Rejected, and Conflict where somebody
    changed a document since the plan was made."""
    if not plan.changes and not plan.drafted:
        return Done()
    title = f"Import of {importer} {vintage}"
    with transaction(engine) as session:
        release = _open(session, actor, slug_of(f"{importer} {vintage}"), title)
        numbers = save_drafts(session, actor, release, [it.draft for it in plan.changes], title)
        remember(session, importer, plan.records(numbers))
        add_drafts(session, actor, release, plan.drafted)
    return Done(release=release)


def bring_out(engine: Engine, actor: Actor, done: Done) -> Done:
    """Publishes the release of a plan as one version. Raises Denied, Rejected and Conflict."""
    if done.release is None:
        return done
    with transaction(engine) as session:
        published = publish_release(session, actor, done.release)
    return Done(release=done.release, version=published.version)


def _open(session: Session, actor: Actor, slug: str, title: str) -> str:
    """The release of an import: one that an earlier run left open, or a new one."""
    number, name = 1, slug
    while (there := find(session, name)) is not None and not there.open:
        number += 1
        name = f"{slug}-{number}"
    return name if there is not None else open_release(session, actor, name, title).slug
