"""Writers: whether editors wrote what a document says, or an import or the demonstration did."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from careergraph.editorial.content.outcome import Body
from careergraph.editorial.content.problem import Steps
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.importers.merge import value_at
from careergraph.store.documents.documents import BY_TYPE, Key
from careergraph.store.documents.identity import document_ids
from careergraph.store.documents.rows.query import chunks
from careergraph.store.editing.publish import SEED
from careergraph.store.editing.revisions import Cause
from careergraph.store.tables.editing import Revision


class Written(NamedTuple):
    """A revision of a document, and whether an editor wrote it."""

    by_editor: bool
    body: Body | None


class Writers:
    """The histories of some documents, each oldest first."""

    def __init__(self, histories: Mapping[Key, list[Written]]) -> None:
        self._histories = histories

    def edited(self, key: Key, steps: Steps, present: object) -> bool:
        """Return whether editors wrote the present value of a field, or without steps anything in the document."""
        history = self._histories.get(key, [])
        if not steps:
            return any(it.by_editor for it in history)
        values = [None if it.body is None else value_at(it.body, steps) for it in history]
        places = [place for place, value in enumerate(values) if value == present]
        if not places:
            return True
        began = next((place + 1 for place in range(places[-1], -1, -1) if values[place] != present), 0)
        return history[began].by_editor


def writers_of(session: Session, keys: Iterable[Key]) -> Writers:
    """Read who wrote some documents."""
    histories: dict[Key, list[Written]] = {}
    columns = (Revision.document_id, Revision.body, Revision.author, Revision.cause)
    for some in chunks(dict.fromkeys(keys)):
        names = {ident: key for key, ident in document_ids(session, some).items()}
        query = select(*columns).where(Revision.document_id.in_(names)).order_by(Revision.number)
        for ident, body, author, cause in session.execute(query):
            history, written = histories.setdefault(names[ident], []), _as_now(names[ident][0], body)
            repeats = cause == Cause.PUBLISHED and bool(history) and history[-1].body == written
            by_editor = cause != Cause.IMPORTED and not author.startswith(SEED) and not repeats
            history.append(Written(by_editor, written))
    return Writers(histories)


def _as_now(type_name: str, body: Body | None) -> Body | None:
    """Return a body as the present version would write it."""
    try:
        return None if body is None else plain(msgspec.convert(body, BY_TYPE[type_name]))
    except msgspec.ValidationError:
        return body
