"""A writer, who publishes and measures how long others wait for it."""

from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.editing.document_state import newest, plain
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.save_drafts import Draft
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.documents.documents import Key
from careergraph.store.documents.rows import live_idents, read
from careergraph.store.editing.drafts import state
from careergraph.store.editing.rehearsal import rehearsed
from careergraph.store.tables.content import NeighbourhoodRow

TIMES = 5
"""How often one document is published."""
ACTOR = Actor(name="benchmark", role=Role.ADMIN)
LOCKED, SLOW, RELEASE, RENEWAL, SERVER, IMPACT = 100, 2000, 3000, 2000, 150, 300
"""The goals, in milliseconds."""


class Writer:
    """An editor of one database, who measures; `real` where its neighbours are those that the rules give."""

    def __init__(self, file: Path, name: str, *, real: bool) -> None:
        self.engine, self.name, self.real = connect(f"sqlite:///{file}"), name, real
        self.numbers = iter(range(1, 1_000_000))
        self.before = 0.0
        with reading(self.engine) as session:
            self.careers = sorted(live_idents(session, "career"))

    @staticmethod
    def draft(session: Session, key: Key) -> Draft:
        """Return a draft of a career with another summary."""
        body = plain(read(session, [key])[0])
        return Draft(key=key, body={**body, "summary": {"en": "Of a release."}}, base=newest(state(session, key)))

    def first(self, type_name: str) -> Key:
        """Return the key of the first document of a type."""
        with reading(self.engine) as session:
            return type_name, min(live_idents(session, type_name))

    def body(self, key: Key) -> dict[str, Any]:
        """Return a live document as plain JSON."""
        with reading(self.engine) as session:
            return plain(read(session, [key])[0])

    def edit(self, key: Key, **fields: object) -> float:
        """Publish a document with other fields, and return the seconds under the lock."""
        body = self.body(key)
        with reading(self.engine) as session:
            base = newest(state(session, key))
        self.save({**body, **fields}, base, key[0])
        return self.locked(lambda session: publish(session, ACTOR, seen(session, key)))

    def save(self, body: dict[str, Any], base: int | None, type_name: str = "career") -> None:
        """Save a draft over its base revision."""
        with transaction(self.engine) as session:
            save_draft(session, ACTOR, type_name, body, base)

    def locked(self, work: Callable[[Session], object]) -> float:
        """Return the processor time of some work between taking the writers' lock and giving it back, in seconds. What
        it took before, while nobody waited, is `_before`."""
        start = process_time()
        with rehearsed(lambda: transaction(self.engine), lambda: reading(self.engine), work) as session:
            session.connection()
            begin = process_time()
            work(session)
        self.before = begin - start
        return process_time() - begin

    def stored(self) -> int:
        """Return how many bytes the stored neighbourhoods take."""
        with reading(self.engine) as session:
            return session.scalar(select(func.sum(func.length(NeighbourhoodRow.body)))) or 0


def line(name: str, seconds: list[float], goal: int | None = None) -> None:
    """Print the median and the most of some times, against a goal in milliseconds."""
    times = sorted(seconds)
    missed = "" if goal is None or times[-1] * 1e3 <= goal else "  missed"
    print(f"  {name:<50}{times[len(times) // 2] * 1e3:>8.0f}{times[-1] * 1e3:>8.0f}{goal or '':>8}{missed}".rstrip())


def seen(session: Session, key: Key) -> dict[Key, int]:
    """The newest revision of a document, as whoever publishes it has seen it."""
    return {key: newest(state(session, key)) or 0}


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of some work, in seconds."""
    start = process_time()
    work()
    return process_time() - start


def other_figure(values: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The values with another first figure that is a number above 0."""
    first, name = next((it, name) for it in values for name in ("value", "share", "low") if it.get(name))
    return [{**it, name: it[name] * (1 - number / 1e6)} if it is first else it for it in values]
