"""Schedules: what is to be published, or published no longer, at an instant.

    add(session, action, subject, due_at, *, zone, author) -> Schedule subject: a Key, or the slug of a release
    claim(session, now) -> Schedule | None                             finish(session, number, outcome)
    cancel(session, number) -> bool                                    schedule(session, number) -> Schedule | None
    schedules(session, subject=None, pending=True) -> (Schedule, ...)  next_due(session) -> datetime | None

Whoever works claims and does in one transaction: writers queue, so nobody else can claim the same, and what a crash
cuts off is due again. What was claimed once is done, whatever the clock says later.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from careergraph.store.documents.rows import Key
from careergraph.store.tables.editing import ScheduleRow

Subject = Key | str
"""What is scheduled: a document, by type and ident, or a release, by slug."""


class Action(StrEnum):
    """What a schedule does."""

    PUBLISH = "PUBLISH"
    """Publishes the draft that is open when it falls due, or the release."""
    UNPUBLISH = "UNPUBLISH"
    """Makes the document live no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A schedule. `due_at` is in UTC; `zone` is the time zone that the editor thought in, for showing it."""

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

    @property
    def pending(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and not self.cancelled


def add(  # noqa: PLR0913 - the fields of a schedule
    session: Session, action: Action, subject: Subject, due_at: datetime, *, zone: str, author: str
) -> Schedule:
    """Adds a schedule. Raises ValueError for an instant without a time zone."""
    if due_at.tzinfo is None:
        raise ValueError(f"{due_at} has no time zone")
    row = ScheduleRow(action=str(action), due_at=due_at.astimezone(UTC), zone=zone, author=author, cancelled=False)
    if isinstance(subject, str):
        row.release = subject
    else:
        row.document_type, row.slug = subject
    row.created_at = datetime.now(UTC)
    session.add(row)
    session.flush()
    return _schedule(row)


def schedule(session: Session, number: int) -> Schedule | None:
    """The schedule of a number."""
    row = session.get(ScheduleRow, number)
    return None if row is None else _schedule(row)


def schedules(session: Session, subject: Subject | None = None, *, pending: bool = True) -> tuple[Schedule, ...]:
    """Schedules by the instant they are due; of one document or release, or of all; only pending ones, or all."""
    query = select(ScheduleRow).order_by(ScheduleRow.due_at, ScheduleRow.id)
    if pending:
        query = query.where(_PENDING)
    if isinstance(subject, str):
        query = query.where(ScheduleRow.release == subject)
    elif subject is not None:
        query = query.where(ScheduleRow.document_type == subject[0], ScheduleRow.slug == subject[1])
    return tuple([_schedule(row) for row in session.scalars(query)])


def next_due(session: Session) -> datetime | None:
    """When the next one is due; maybe it is already."""
    return session.scalar(select(func.min(ScheduleRow.due_at)).where(_PENDING))


def claim(session: Session, now: datetime) -> Schedule | None:
    """The schedule that has been due longest, now marked as done; None where none is due.

    Do it in the same transaction and say how it went with `finish`. If doing it raised, nothing of the transaction is
    kept: claim it again in another one, and `finish` it with the reason.
    """
    query = select(ScheduleRow).where(_PENDING, ScheduleRow.due_at <= now)
    row = session.scalars(query.order_by(ScheduleRow.due_at, ScheduleRow.id).limit(1)).first()
    if row is None:
        return None
    row.done_at = now
    session.flush()
    return _schedule(row)


def finish(session: Session, number: int, outcome: str) -> None:
    """Says how a claimed schedule went."""
    session.execute(update(ScheduleRow).where(ScheduleRow.id == number).values(outcome=outcome))


def cancel(session: Session, number: int) -> bool:
    """Cancels a schedule; False where it is not pending."""
    row = session.get(ScheduleRow, number)
    if row is None or row.done_at is not None or row.cancelled:
        return False
    row.cancelled = True
    session.flush()
    return True


_PENDING: ColumnElement[bool] = and_(ScheduleRow.done_at.is_(None), ScheduleRow.cancelled.is_(False))


def _schedule(row: ScheduleRow) -> Schedule:
    return Schedule(
        number=row.id,
        action=Action(row.action),
        subject=(row.document_type or "", row.slug or "") if row.release is None else row.release,
        due_at=row.due_at,
        zone=row.zone,
        author=row.author,
        created_at=row.created_at,
        done_at=row.done_at,
        outcome=row.outcome,
        cancelled=row.cancelled,
    )
