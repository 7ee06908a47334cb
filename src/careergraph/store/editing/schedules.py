"""Schedules: documents and releases to publish, or documents to unpublish, at an instant.

A worker claims and runs a schedule in one transaction: writers queue, so nobody else can claim it too, and after a
crash it is due again. A claimed schedule is done, whatever the clock says later.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, false, func, or_, select, update
from sqlalchemy.orm import Session

from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.database.sorted_query import SortedQuery, matching
from careergraph.store.documents.documents import Key
from careergraph.store.documents.identity import document_ids, id_of
from careergraph.store.documents.rows.query import chunks
from careergraph.store.tables.editing import DocumentRow, ScheduleRow
from careergraph.store.tables.table import value_of

Subject = Key | str
"""A document, by type and ident, or a release, by slug."""


class Action(DescribedEnum):
    """The action of a schedule."""

    PUBLISH = "PUBLISH", "Publishes the revision that it was made with, or the release."
    UNPUBLISH = "UNPUBLISH", "Makes the document live no longer."


class Status(DescribedEnum):
    """How a schedule stands."""

    PENDING = "PENDING", "It waits for its time."
    HELD = "HELD", "It waits for `confirmSchedule`, whatever its time."
    DONE = "DONE", "It was done."
    FAILED = "FAILED", "It was found impossible; `outcome` says why."
    CANCELLED = "CANCELLED", "Somebody cancelled it."


class Order(DescribedEnum):
    """The sort keys of schedules."""

    DUE = "DUE", "When they are due."
    CREATED = "CREATED", "When they were made."


FAILURE = "failed: "
"""How the outcome of a schedule begins that was found impossible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A schedule. `due_at` is in UTC; `zone` is the time zone that the editor thought in, for showing it. `revision` is
    the revision of a document that it publishes, in the `locales` of its filter, or (None) in all."""

    number: int
    action: Action
    subject: Subject
    due_at: datetime
    zone: str
    author: str
    created_at: datetime
    done_at: datetime | None
    outcome: str | None
    cancelled: bool
    held_reason: str | None = None
    revision: int | None = None
    locales: Mapping[str, Any] | None = None

    @property
    def status(self) -> Status:
        """How it stands."""
        if self.done_at is not None:
            return Status.FAILED if (self.outcome or "").startswith(FAILURE) else Status.DONE
        if self.cancelled:
            return Status.CANCELLED
        return Status.PENDING if self.held_reason is None else Status.HELD


def add(  # noqa: PLR0913 - the fields of a schedule
    session: Session,
    action: Action,
    subject: Subject,
    due_at: datetime,
    *,
    zone: str,
    author: str,
    revision: int | None = None,
    locales: Mapping[str, Any] | None = None,
) -> Schedule:
    """Add a schedule. Raises ValueError for an instant without a time zone."""
    if due_at.tzinfo is None:
        raise ValueError(f"{due_at} has no time zone")
    row = ScheduleRow(action=str(action), due_at=due_at.astimezone(UTC), zone=zone, author=author, cancelled=False)
    if isinstance(subject, str):
        row.release = subject
    else:
        row.document_id = document_ids(session, [subject])[subject]
    row.created_at, row.revision, row.locales = datetime.now(UTC), revision, dict(locales) if locales else None
    session.add(row)
    session.flush()
    return _schedule(row, None if isinstance(subject, str) else subject)


def schedule(session: Session, number: int) -> Schedule | None:
    """The schedule of a number."""
    row = session.execute(_ROWS.where(ScheduleRow.id == number)).first()
    return None if row is None else _schedule(row[0], (row[1], row[2]))


def schedules(session: Session, subject: Subject | None = None, *, pending: bool = True) -> tuple[Schedule, ...]:
    """Schedules by the instant they are due; of one document or release, or of all; only pending ones, or all."""
    query = _ROWS.order_by(ScheduleRow.due_at, ScheduleRow.id)
    if pending:
        query = query.where(_PENDING)
    if isinstance(subject, str):
        query = query.where(ScheduleRow.release == subject)
    elif subject is not None:
        query = query.where(ScheduleRow.document_id == id_of(subject))
    return tuple([_schedule(row, (type_name, slug)) for row, type_name, slug in session.execute(query)])


def scheduled_revisions(session: Session, keys: Iterable[Key]) -> dict[Key, list[int]]:
    """Return the revisions of documents that pending schedules publish, in a few queries."""
    numbers: dict[Key, list[int]] = {}
    documents = {ident: key for key, ident in document_ids(session, keys).items()}
    columns = select(ScheduleRow.document_id, ScheduleRow.revision).where(_PENDING)
    for some in chunks(documents):
        for ident, number in session.execute(columns.where(ScheduleRow.document_id.in_(some))):
            if ident is not None and number is not None:
                numbers.setdefault(documents[ident], []).append(number)
    return numbers


def list_schedules(  # noqa: PLR0913 - the conditions of a list
    *,
    within: Collection[str] | None = None,
    status: Collection[str] | None = None,
    action: str | None = None,
    type: str | None = None,
    slug: str | None = None,
    release: str | None = None,
    author: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    order: str = Order.DUE,
    descending: bool = False,
) -> SortedQuery[Schedule]:
    """Return the schedules of some status, action, document or release, author and due time; with `within`, only those
    of releases and of documents of these types."""
    equal = {
        ScheduleRow.action: action,
        DocumentRow.document_type: type,
        DocumentRow.slug: slug,
        ScheduleRow.release: release,
        ScheduleRow.author: author,
    }
    query = matching(_ROWS, equal, (ScheduleRow.due_at, since, until))
    if within is not None:
        query = query.where(DocumentRow.document_type.is_(None) | DocumentRow.document_type.in_(sorted(within)))
    if status is not None:
        query = query.where(or_(false(), *[_STATUS[it] for it in status]))
    column = {Order.DUE: ScheduleRow.due_at, Order.CREATED: ScheduleRow.created_at}[Order(order)]
    key = (column, ScheduleRow.id)
    return SortedQuery(
        query=query, key=key, make=lambda row: _schedule(row[0], (row[1], row[2])), descending=descending
    )


def next_due(session: Session) -> datetime | None:
    """Return when the next pending schedule is due; maybe it is already."""
    return session.scalar(_NEXT_DUE)


def first_due(session: Session, now: datetime) -> Schedule | None:
    """Return the schedule that has been due longest; None if none is due."""
    first = _first_due(session, now)
    return None if first is None else _schedule(first[0], (first[1], first[2]))


def claim(session: Session, now: datetime) -> Schedule | None:
    """Mark the schedule that has been due longest as done, and return it; None if none is due. Run it in the same
    transaction, and store its outcome by `finish`."""
    first = _first_due(session, now)
    if first is None:
        return None
    first[0].done_at = now
    session.flush()
    return _schedule(first[0], (first[1], first[2]))


def _first_due(session: Session, now: datetime) -> Row[ScheduleRow, str, str] | None:
    query = _ROWS.where(_RUNNABLE, ScheduleRow.due_at <= now)
    return session.execute(query.order_by(ScheduleRow.due_at, ScheduleRow.id).limit(1)).first()


def finish(session: Session, number: int, outcome: str) -> None:
    """Store the outcome of a claimed schedule."""
    session.execute(update(ScheduleRow).where(ScheduleRow.id == number).values(outcome=outcome))


def cancel(session: Session, number: int) -> bool:
    """Cancel a schedule; False for one that is not pending."""
    row = session.get(ScheduleRow, number)
    if row is None or row.done_at is not None or row.cancelled:
        return False
    row.cancelled = True
    session.flush()
    return True


def hold(
    session: Session, reason: str, *, due_by: datetime | None = None, author: str | None = None
) -> tuple[int, ...]:
    """Hold pending schedules until somebody confirms them: those due by an instant, or those of an author. Return their
    numbers."""
    query = select(ScheduleRow.id).where(_RUNNABLE).order_by(ScheduleRow.id)
    if due_by is not None:
        query = query.where(ScheduleRow.due_at <= due_by)
    if author is not None:
        query = query.where(ScheduleRow.author == author)
    numbers = tuple(session.scalars(query))
    for number in numbers:
        session.execute(update(ScheduleRow).where(ScheduleRow.id == number).values(held_reason=reason))
    return numbers


def renumber(session: Session, key: Key, revisions: Mapping[int, int]) -> None:
    """Let the pending schedules of a document publish its revisions under their new numbers."""
    for row in session.scalars(select(ScheduleRow).where(_PENDING, ScheduleRow.document_id == id_of(key))):
        row.revision = None if row.revision is None else revisions.get(row.revision, row.revision)
    session.flush()


def confirm(session: Session, number: int, author: str) -> bool:
    """Let a held schedule run, in the name of who confirms it; False where it is not held."""
    statement = update(ScheduleRow).where(ScheduleRow.id == number, _PENDING, ScheduleRow.held_reason.is_not(None))
    result = session.execute(statement.values(held_reason=None, author=author).returning(ScheduleRow.id))
    return result.first() is not None


_PENDING: ColumnElement[bool] = and_(ScheduleRow.done_at.is_(None), ScheduleRow.cancelled.is_(False))

_RUNNABLE: ColumnElement[bool] = and_(_PENDING, ScheduleRow.held_reason.is_(None))
_NEXT_DUE = select(func.min(ScheduleRow.due_at)).where(_RUNNABLE)

_FAILED: ColumnElement[bool] = func.coalesce(ScheduleRow.outcome, "").startswith(FAILURE, autoescape=True)

_STATUS: Mapping[str, ColumnElement[bool]] = {
    Status.PENDING: _RUNNABLE,
    Status.HELD: and_(_PENDING, ScheduleRow.held_reason.is_not(None)),
    Status.DONE: and_(ScheduleRow.done_at.is_not(None), ~_FAILED),
    Status.FAILED: and_(ScheduleRow.done_at.is_not(None), _FAILED),
    Status.CANCELLED: and_(ScheduleRow.done_at.is_(None), ScheduleRow.cancelled.is_(True)),
}


_ROWS = select(ScheduleRow, DocumentRow.document_type, DocumentRow.slug).outerjoin(
    DocumentRow, DocumentRow.id == ScheduleRow.document_id
)


def _schedule(row: ScheduleRow, key: Key | None) -> Schedule:
    subject = (key or ("", "")) if row.release is None else row.release
    return value_of(Schedule, row, number=row.id, action=Action(row.action), subject=subject)
