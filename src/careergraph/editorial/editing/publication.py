"""Publication: documents come live and others go, as one version, with the event that tells of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.content.affected_careers import affected_careers
from careergraph.editorial.editing.document_state import live_documents, plain
from careergraph.editorial.editing.validation import require_step_valid
from careergraph.editorial.hooks.proposals import Moment, is_watched, propose
from careergraph.store.catalogs.renewal import Renewed, renew
from careergraph.store.catalogs.stored_catalog import StoredCatalog
from careergraph.store.documents.documents import Document, Key, key_of
from careergraph.store.documents.redirects import drop
from careergraph.store.editing.publish import publish
from careergraph.store.editing.revisions import Cause
from careergraph.store.events.outbox import enqueue

PUBLISHED = "catalog.published"
"""The event that a version of the catalog was published. Its payload is described in `docs/how-to/webhooks.md`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The result of publishing: the version (None where everything was live already), and the changed documents."""

    version: int | None
    changed: tuple[Key, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What comes and goes at once, and why. `renamed` maps documents that go to the idents they come back under, which
    they have in the store already."""

    documents: Sequence[Document] = ()
    removed: Sequence[Key] = ()
    renamed: Mapping[Key, str] = field(default_factory=dict)
    cause: Cause = Cause.PUBLISHED


def make_live(session: Session, author: str, step: Step, note: str) -> Published:
    """Validate a step together with the documents that stay live, and publish it. Raises Rejected."""
    return publish_checked(session, author, step, validate(session, step), note)


def validate(session: Session, step: Step) -> Mapping[Key, Document]:
    """Return the live documents that a step replaces, once it is valid together with what stays live. Raises
    Rejected."""
    before = live_documents(session, {*map(key_of, step.documents), *step.removed})
    require_step_valid(session, before, step.documents, step.removed)
    return before


def publish_checked(session: Session, author: str, step: Step, before: Mapping[Key, Document], note: str) -> Published:
    """Publish a step that was validated in this transaction, or since which nothing was published. `before` are the
    live documents that it replaces, and may be others too."""
    fresh = {key_of(document): document for document in step.documents}
    come = [key for key, document in fresh.items() if before.get(key) != document]
    changed = (*come, *[key for key in step.removed if key in before])
    if not changed:
        return Published(version=None, changed=())
    if is_watched(session):
        bodies = {key: plain(fresh[key]) if key in fresh else None for key in changed}
        propose(session, Moment.BEFORE_PUBLISH, "publish", author, bodies, note)
    affected = affected_careers(session, before, fresh, changed)
    version = publish(
        session, step.documents, author, note, step.removed, before, renamed=step.renamed, cause=step.cause
    )
    drop(session, [key for key in come if key not in before])
    reach = {"careers": list(affected.careers), "comparisons": affected.comparisons}
    documents = [_event_document(key, step) for key in sorted(changed)]
    subjects = [*changed, *[(key[0], new) for key, new in step.renamed.items()]]
    enqueue(session, PUBLISHED, subjects, {"version": version, "documents": documents, **reach}, version)
    return Published(version=version, changed=changed)


def _event_document(key: Key, step: Step) -> dict[str, Any]:
    document = {"type": key[0], "slug": key[1], "live": key not in step.removed}
    return document | {"renamed": step.renamed[key]} if key in step.renamed else document


def renew_neighbours(engine: Engine, live: StoredCatalog | None = None) -> Renewed | None:
    """Renew the neighbours where that is due, as a version of the catalog of their own, and enqueue its event; with
    the `live` catalog where it is at hand. Raises DatabaseProblem."""
    return renew(engine, _enqueue_renewed, live)


def _enqueue_renewed(session: Session, renewed: Renewed) -> None:
    """No comparison reads otherwise: pages name the neighbours of a career, which follow from the whole catalog."""
    affected = {"careers": list(renewed.careers), "comparisons": 0}
    enqueue(session, PUBLISHED, [], {"version": renewed.version, "documents": [], **affected}, renewed.version)
