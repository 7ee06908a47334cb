"""Index: what lists and work queues ask of documents without reading them.

Published documents are in tables, so of them only the names, and how many texts each locale has, are kept here. Of an
open draft, which is a revision and nothing else, the texts, references, figures and unaccepted links are. All of it is
written with the revision itself; `index_all` makes up for what was written otherwise, as by an earlier version.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Engine, Select, and_, delete, exists, select
from sqlalchemy.orm import Session

from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.database.bulk_insert import insert_rows
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import CareerDocument, Key
from careergraph.store.documents.identity import DOCUMENT
from careergraph.store.documents.references import named_references, texts
from careergraph.store.documents.rows.query import chunks, table_of
from careergraph.store.tables.editing import Revision
from careergraph.store.tables.index import (
    DocumentIndexRow,
    DocumentWordingRow,
    DraftFigureRow,
    DraftLinkRow,
    DraftReferenceRow,
)
from careergraph.store.tables.table import Table

NAMES = ("title", "name", "label", "alt")
"""The fields that documents are called by; an image by its description."""
_OF_DRAFTS: Sequence[type[DraftReferenceRow | DraftFigureRow | DraftLinkRow]] = (
    DraftReferenceRow,
    DraftFigureRow,
    DraftLinkRow,
)
TOGETHER = 200
"""Documents that are indexed in one transaction."""
Rows = dict[type[Table], list[dict[str, Any]]]


class Indexed(NamedTuple):
    """A revision to index, of the document of an id; the `body` None removes it."""

    id: int
    key: Key
    number: int
    body: Mapping[str, Any] | None


def index_revisions(session: Session, revisions: Iterable[Indexed], *, draft: bool) -> None:
    """Index revisions in the place of what was indexed of their documents: as open drafts, or as published."""
    for some in chunks(revisions):
        unindex(session, [it.id for it in some], draft=draft)
        rows: Rows = {}
        for revision in some:
            if revision.body is not None or draft:
                for model, cells in _rows(revision, revision.body or {}, draft=draft):
                    rows.setdefault(model, []).append({"document_id": revision.id, **cells})
        for model, batch in rows.items():
            insert_rows(session, table_of(model), batch)


def unindex(session: Session, ids: Collection[int], *, draft: bool) -> None:
    """Forget the open drafts of documents, or their published states."""
    for some in chunks(ids):
        for table in map(table_of, (DocumentIndexRow, DocumentWordingRow)):
            session.execute(delete(table).where(table.c.document_id.in_(some), table.c.draft.is_(draft)))
        for table in map(table_of, _OF_DRAFTS if draft else ()):
            session.execute(delete(table).where(table.c.document_id.in_(some)))


def index_all(engine: Engine) -> None:
    """Index the open drafts and the published documents that are not indexed as they are, some in a transaction, so
    that other writers come in between. Raises DatabaseProblem."""
    for draft in (True, False):
        with reading(engine) as session:
            missing = session.scalar(select(_not_indexed(draft).exists())) or False
        while missing:
            with transaction(engine) as session:
                rows = session.execute(_not_indexed(draft).limit(TOGETHER)).all()
                index_revisions(session, [Indexed(it[0], (it[1], it[2]), it[3], it[4]) for it in rows], draft=draft)
            missing = len(rows) == TOGETHER


def _not_indexed(draft: bool) -> Select[int, str, str, int, dict[str, Any] | None]:
    number = DOCUMENT.c.draft if draft else DOCUMENT.c.published
    current = exists().where(
        DocumentIndexRow.document_id == DOCUMENT.c.id,
        DocumentIndexRow.draft.is_(draft),
        DocumentIndexRow.number == number,
    )
    columns = select(DOCUMENT.c.id, DOCUMENT.c.document_type, DOCUMENT.c.slug, Revision.number, Revision.body)
    query = columns.join(Revision, and_(Revision.document_id == DOCUMENT.c.id, Revision.number == number))
    return query.where(DOCUMENT.c.draft.is_not(None) if draft else DOCUMENT.c.live, ~current)


def _rows(revision: Indexed, body: Mapping[str, Any], *, draft: bool) -> Iterator[tuple[type[Table], dict[str, Any]]]:
    written: Counter[str] = Counter()
    words = [revision.key[1]]
    for steps, wording in texts(revision.key[0], body):
        if draft or steps[0] in NAMES:
            words += _words(wording)
        if wording.get(DEFAULT_LOCALE):
            written.update(wording.keys())
    words += [str(body[name]) for name in NAMES if isinstance(body.get(name), str)]
    yield DocumentIndexRow, {"draft": draft, "number": revision.number, "text": "\n".join(words).casefold()}
    for locale, count in written.items():
        yield DocumentWordingRow, {"draft": draft, "locale": locale, "texts": count}
    if draft:
        for target_type, target_slug in {target for _, target in named_references(revision.key[0], body)}:
            yield DraftReferenceRow, {"target_type": target_type, "target_slug": target_slug}
        if revision.key[0] == CareerDocument.TYPE:
            yield from _parts(body)


def _parts(body: Mapping[str, Any]) -> Iterator[tuple[type[Table], dict[str, Any]]]:
    figures = [*body.get("values", ()), *body.get("regionalValues", ())]
    for position, figure in enumerate(figures):
        observed_on = figure.get("observedOn")
        yield (
            DraftFigureRow,
            {
                "position": position,
                "attribute": figure.get("attribute", ""),
                "region": figure.get("region"),
                "source": figure.get("source", ""),
                "observed_on": date.fromisoformat(observed_on) if observed_on else None,
            },
        )
    for skill_position, skill in enumerate(body.get("skills", ()), 1):
        for position, link in enumerate(skill.get("concepts", ()), 1):
            if link.get("acceptedBy") is None:
                cells = {"skill_position": skill_position, "position": position, "wording": skill.get("text", {})}
                cells |= {"skill": link.get("skill", ""), "proposed_by": link.get("proposedBy", "")}
                yield DraftLinkRow, cells | {"method": link.get("method"), "score": link.get("score")}


def _words(wording: Mapping[str, Any]) -> Iterator[str]:
    for text in wording.values():
        yield from text if isinstance(text, list) else [text]
