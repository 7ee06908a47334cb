"""Draft references: the documents whose drafts refer to others, as they are drafted or as they will be published."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import Key, LocaleDocument
from careergraph.store.documents.identity import DOCUMENT
from careergraph.store.documents.references import refers
from careergraph.store.documents.rows.query import among, chunks
from careergraph.store.editing.drafts import DocumentState, bodies_at, states
from careergraph.store.editing.revisions import Body
from careergraph.store.editing.schedules import schedules
from careergraph.store.tables.index import DocumentWordingRow, DraftReferenceRow


def referring_drafts(
    session: Session, keys: Collection[Key], within: Collection[str] | None = None
) -> tuple[DocumentState, ...]:
    """Return the documents, of some types or of all, that refer to any of some others in their open draft, or in a
    revision that a release or a schedule publishes. Those others themselves are left out."""
    users: set[Key] = set()
    for some in chunks(keys):
        target = among(DraftReferenceRow.target_type, DraftReferenceRow.target_slug, some)
        users |= _drafted(session, select(DraftReferenceRow.document_id).where(target))
    if locales := [ident for type_name, ident in keys if type_name == LocaleDocument.TYPE]:
        wording = DocumentWordingRow.draft.is_(True), DocumentWordingRow.locale.in_(locales)
        users |= _drafted(session, select(DocumentWordingRow.document_id).where(*wording))
    for key, body in bodies_of(session, older_revisions(session)):
        if body is not None and refers(key[0], body, keys):
            users.add(key)
    users.difference_update(keys)
    return tuple(states(session, sorted(it for it in users if within is None or it[0] in within)).values())


def older_revisions(session: Session) -> list[tuple[Key, int]]:
    """Return the revisions that releases and schedules publish in the place of the open draft, which is newer."""
    columns = select(DOCUMENT.c.document_type, DOCUMENT.c.slug, DOCUMENT.c.release_revision, DOCUMENT.c.draft)
    rows = session.execute(columns.where(DOCUMENT.c.release_revision != DOCUMENT.c.draft))
    numbers = [((row[0], row[1]), row[2]) for row in rows]
    pending = schedules(session)
    scheduled = [(it.subject, it.revision) for it in pending if it.revision and not isinstance(it.subject, str)]
    drafts = {key: state.draft for key, state in states(session, [key for key, _ in scheduled]).items()}
    return numbers + [it for it in scheduled if drafts[it[0]] not in (None, it[1])]


def bodies_of(session: Session, numbers: Sequence[tuple[Key, int]]) -> Iterator[tuple[Key, Body | None]]:
    """Yield the bodies of revisions, also of several of one document."""
    while numbers:  # a round for each revision of one document
        some = dict(numbers)
        numbers = [it for it in numbers if some[it[0]] != it[1]]
        yield from bodies_at(session, some).items()


def _drafted(session: Session, ids: Select[int]) -> set[Key]:
    query = select(DOCUMENT.c.document_type, DOCUMENT.c.slug).where(DOCUMENT.c.draft.is_not(None))
    return {(row[0], row[1]) for row in session.execute(query.where(DOCUMENT.c.id.in_(ids)))}
