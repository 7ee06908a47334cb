"""Rehearsal: what a verb finds out about live documents before it takes its turn among the writers.

A verb that publishes spends most of its time on reading and checking documents, and nobody else writes meanwhile. So it
runs in a session that only reads first, up to what it would write. Live documents change with a version of the catalog
and no sooner: what followed from them then still holds if the version is the same once the verb has its turn.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic
from traceback import clear_frames
from typing import NamedTuple, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

from careergraph.store.catalogs.past import CatalogVersionInfo, newest

Answer = TypeVar("Answer")
Sessions = Callable[[], AbstractContextManager[Session]]
"""Opens a session, as `database.reading` and `database.transaction` do."""

MOST_REHEARSALS = 3
"""How often a verb is rehearsed, where others publish meanwhile, before it does all of its work in its turn."""
LONG = 0.25
"""From how many seconds on a rehearsal is worth repeating."""
NOTES = "careergraph_rehearsal"
"""The key of what was rehearsed, in the `info` of a session."""


class _Writes(BaseException):
    """A rehearsal came to what the verb would write. No handler of errors is for it."""


class Notes(NamedTuple):
    """The answers of a rehearsal at a version, by question; and whether more of them are noted."""

    info: CatalogVersionInfo | None
    answers: list[tuple[object, object]]
    open: bool

    def holds(self, session: Session) -> bool:
        """Return whether a session sees the live documents that the answers follow from."""
        return newest(session) == self.info


def settle(session: Session, question: object, work: Callable[[], Answer]) -> Answer:
    """Return the answer to a question, which follows from the question and from live documents alone: the one that a
    rehearsal found where nothing was published since, or that of `work`. Nobody changes an answer."""
    notes: Notes | None = session.info.get(NOTES)
    if notes is None or not notes.holds(session):
        return work()
    for earlier, answer in notes.answers:
        if earlier == question:
            return answer  # type: ignore[return-value]
    answer = work()
    if notes.open:
        notes.answers.append((question, answer))
    return answer


@contextmanager
def rehearsed(transaction: Sessions, reading: Sessions, work: Callable[[Session], object]) -> Iterator[Session]:
    """Open a transaction for some work that was rehearsed before. Where something was published during a long
    rehearsal, it is rehearsed anew. Raises DatabaseProblem."""
    for last in [False] * (MOST_REHEARSALS - 1) + [True]:
        begin = monotonic()
        notes = rehearse(reading, work)
        long = monotonic() - begin >= LONG
        with transaction() as session:
            if last or not long or notes.holds(session):
                session.info[NOTES] = notes
                yield session
                return


def rehearse(reading: Sessions, work: Callable[[Session], object]) -> Notes:
    """Do some work up to what it would write, and return what it settled. What it raises is left to the work itself,
    in its turn. Raises DatabaseProblem."""
    with reading() as session:
        notes = Notes(newest(session), [], open=True)
        session.info[NOTES] = notes
        event.listen(session.connection(), "before_cursor_execute", _stop_at_writes)
        event.listen(session, "before_flush", _stop)
        try:
            work(session)
        except (_Writes, Exception) as stop:
            session.rollback()
            clear_frames(stop.__traceback__)  # or the documents of a large release stay until a collection
    return notes._replace(open=False)


def _stop_at_writes(connection: object, cursor: object, statement: str, *_: object) -> None:
    if statement.startswith(("INSERT", "UPDATE", "DELETE")):
        raise _Writes


def _stop(*_: object) -> None:
    raise _Writes
