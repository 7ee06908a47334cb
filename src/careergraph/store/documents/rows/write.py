"""Documents into rows: a few statements a table, whatever the number of documents."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import BY_TYPE, Document
from careergraph.store.documents.rows.ids import IDENTS, Ids, Key
from careergraph.store.documents.rows.parts import PARTS, Cells, own_row, part_rows
from careergraph.store.documents.rows.query import MOST, table_of
from careergraph.store.tables.content import Table


def write(session: Session, documents: Iterable[Document]) -> None:
    """Makes these documents live, each as a whole. Raises KeyError for a reference to what is not live."""
    batches: dict[str, list[Document]] = {name: [] for name in BY_TYPE}
    for document in documents:
        batches[document.TYPE].append(document)
    ids = Ids(session)
    for type_name, batch in batches.items():
        if batch:
            _write_own_rows(session, type_name, batch, ids)
            _write_parts(session, type_name, batch, ids)


def remove(session: Session, keys: Iterable[Key]) -> None:
    """Makes documents live no longer. Nothing that stays may refer to them, or the database refuses."""
    batches: dict[str, list[int]] = {name: [] for name in BY_TYPE}
    ids = Ids(session)
    for type_name, ident in keys:
        if ident in ids.of(type_name):
            batches[type_name].append(ids.of(type_name)[ident])
    for type_name, owners in reversed(batches.items()):
        _delete_parts(session, type_name, owners)
        model, id_column, _ = IDENTS[type_name]
        for some in _chunks(owners):
            session.execute(delete(table_of(model)).where(id_column.in_(some)))


def _write_own_rows(session: Session, type_name: str, batch: Sequence[Document], ids: Ids) -> None:
    model, existing = IDENTS[type_name][0], ids.of(type_name)
    fresh = [own_row(document, ids) for document in batch if document.ident not in existing]
    changed = [{"id": existing[it.ident], **own_row(it, ids)} for it in batch if it.ident in existing]
    if fresh:
        session.execute(insert(table_of(model)), fresh)
        ids.forget(type_name)
    if changed:
        session.execute(update(model), changed)


def _write_parts(session: Session, type_name: str, batch: Sequence[Document], ids: Ids) -> None:
    if type_name not in PARTS:
        return
    owners = ids.of(type_name)
    _delete_parts(session, type_name, [owners[document.ident] for document in batch])
    rows: dict[type[Table], list[Cells]] = defaultdict(list)
    for document in batch:
        for model, cells in part_rows(document, owners[document.ident], ids):
            rows[model].append(cells)
    for model in reversed(PARTS[type_name]):
        if rows[model]:
            session.execute(insert(table_of(model)), rows[model])


def _delete_parts(session: Session, type_name: str, owners: Sequence[int]) -> None:
    for model in PARTS.get(type_name, ()):
        table = table_of(model)
        owner = next(iter(table.primary_key.columns))
        for some in _chunks(owners):
            session.execute(delete(table).where(owner.in_(some)))


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ids in such numbers as a statement can hold."""
    for start in range(0, len(ids), MOST):
        yield ids[start : start + MOST]
