"""Publication: documents come live and others go, as one version, with the event that tells of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from careergraph.editorial.content.affected_careers import affected_careers
from careergraph.editorial.content.document_index import Key, key
from careergraph.editorial.editing.validation import require_valid
from careergraph.store.documents.documents import Document
from careergraph.store.documents.redirects import drop
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.publish import publish
from careergraph.store.events.outbox import enqueue

PUBLISHED = "catalog.published"
"""The event that a version of the catalog was published. Its payload is described in `docs/how-to/webhooks.md`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The result of publishing: the version it made (None where everything was live already), and the changed
    documents."""

    version: int | None
    changed: tuple[Key, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What comes and goes at once. `renamed` maps documents that go to the idents they come back under."""

    documents: Sequence[Document] = ()
    removed: Sequence[Key] = ()
    renamed: Mapping[Key, str] = field(default_factory=dict)


def make_live(session: Session, author: str, step: Step, note: str) -> Published:
    """Validates a step together with what stays live, and publishes it. Raises Rejected."""
    live = read_all(session)
    require_valid(live, step.documents, step.removed)
    before = {key(document): document for document in live}
    fresh = {key(document): document for document in step.documents}
    come = [key for key, document in fresh.items() if before.get(key) != document]
    changed = (*come, *[key for key in step.removed if key in before])
    version = publish(session, step.documents, author, note, step.removed)
    if version is None:
        return Published(version=None, changed=())
    for document_key in come:
        if document_key not in before:
            drop(session, document_key)
    after = {key: document for key, document in (before | fresh).items() if key not in step.removed}
    reached = affected_careers(before.values(), after.values(), changed)
    affected = {"careers": list(reached.careers), "comparisons": reached.comparisons}
    documents = [_event_document(key, step) for key in sorted(changed)]
    enqueue(session, PUBLISHED, None, {"version": version, "documents": documents, **affected}, version)
    return Published(version=version, changed=changed)


def _event_document(key: Key, step: Step) -> dict[str, Any]:
    document = {"type": key[0], "slug": key[1], "live": key not in step.removed}
    return document | {"renamed": step.renamed[key]} if key in step.renamed else document
