"""Import jobs: imports that run outside of requests, one at a time, and survive a restart.

Whoever runs a job holds a lease, and only the holder of the lease writes a result. A lease that ran out, as after a
crash, is free again. Claims queue like all writers.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.database.sorted_query import SortedQuery, matching
from careergraph.store.tables.imports import ImportJobRow
from careergraph.store.tables.table import value_of

LEASE = timedelta(minutes=2)
"""How long a worker may be silent before another one takes its job."""
SKEW = timedelta(minutes=2)
"""By how much the clocks of two workers may differ."""
ATTEMPTS = 3
"""How often a job is begun whose worker ends without a word."""


class Importer(DescribedEnum):
    """The source of an import."""

    ONET = "ONET", "The O*NET database, with tables of wages and exposure."
    ESCO = "ESCO", "ESCO: occupations and skill concepts."
    FIGURES = "FIGURES", "A table of figures, one a row."
    TABLE = "TABLE", "Tables of any taxonomy, by a map of their columns, which is the `profile`."


class JobState(DescribedEnum):
    """How an import job stands."""

    WAITING = "WAITING", "It waits for a worker, or for the import before it."
    RUNNING = "RUNNING", "A worker runs it."
    DONE = "DONE", "It was carried out; `release` has its drafts, if there are any."
    FAILED = "FAILED", "It ended with problems."
    CANCELLED = "CANCELLED", "Somebody cancelled it."


UNFINISHED = (JobState.WAITING, JobState.RUNNING)
"""The states of jobs that are not over."""
BROKEN_OFF = (JobState.FAILED, JobState.CANCELLED)
"""The states of jobs that ended before they were done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportJob:
    """A job. `options` are as they were started with; `role` and `scopes` are those of its author then. `percent` is
    how far it is, about, None for one that ended before it was done; `report` summarises a plan."""

    number: int
    kind: Importer
    options: dict[str, Any]
    dry_run: bool
    publish: bool
    plan_of: int | None
    role: str
    scopes: dict[str, Any]
    created_by: str
    created_at: datetime
    state: JobState
    attempt: int
    cancelling: bool
    step: str | None
    percent: int | None
    started_at: datetime | None
    finished_at: datetime | None
    release: str | None
    version: int | None
    audited: int | None
    problems: list[Any]
    report: dict[str, Any] | None


class Lease(NamedTuple):
    """The right of a worker to run a job."""

    number: int
    worker: str
    attempt: int


class LeaseLost(Exception):
    """The job is another worker's by now, or was cancelled."""


def add(  # noqa: PLR0913 - the fields of a job
    session: Session,
    kind: Importer,
    options: Mapping[str, Any],
    *,
    author: str,
    role: str,
    scopes: Mapping[str, Any],
    dry_run: bool = False,
    publish: bool = False,
    plan_of: int | None = None,
) -> ImportJob:
    """Add a job that waits."""
    row = ImportJobRow(kind=str(kind), options=dict(options), dry_run=dry_run, publish=publish, plan_of=plan_of)
    row.created_by, row.role, row.scopes, row.created_at = author, role, dict(scopes), datetime.now(UTC)
    row.state, row.attempt, row.cancelling, row.percent, row.problems = str(JobState.WAITING), 0, False, 0, []
    session.add(row)
    session.flush()
    return _job(row)


def find_job(session: Session, number: int) -> ImportJob | None:
    """Return the job of a number."""
    row = session.get(ImportJobRow, number) if abs(number) < _MOST_JOBS else None
    return None if row is None else _job(row)


_MOST_JOBS = 2**31
"""Numbers beyond this are no job, and more than a database may be asked for."""


def is_due(session: Session, now: datetime) -> bool:
    """Return whether a job can be claimed."""
    return bool(session.scalar(_ANY_LEFT) and session.scalar(select(_next(now).exists())))


def claim(
    session: Session, worker: str, now: datetime, exhausted: Sequence[Mapping[str, Any]] = ()
) -> ImportJob | None:
    """Lease the next job to a worker, whose name no other worker has; None where none is due. While one runs, no other
    is. One that was begun too often (a problem that is `exhausted`), or cancelled meanwhile, is returned as it ended.
    """
    row = session.scalars(_next(now)).first()
    if row is None:
        return None
    row.attempt += 1
    if row.cancelling or row.attempt > ATTEMPTS:
        row.problems = [] if row.cancelling else list(exhausted)
        _end(row, JobState.CANCELLED if row.cancelling else JobState.FAILED, now)
        session.flush()
        return _job(row)
    row.state, row.leased_by, row.leased_until = str(JobState.RUNNING), worker, now + LEASE
    row.started_at = row.started_at or now
    session.flush()
    return _job(row)


_left = or_(ImportJobRow.state == str(JobState.WAITING), ImportJobRow.state == str(JobState.RUNNING))
_ANY_LEFT = select(exists().where(_left))  # what each look of a worker asks first


def _next(now: datetime) -> Any:
    other = aliased(ImportJobRow)
    runs = and_(other.state == str(JobState.RUNNING), ~_free(other, now))
    query = select(ImportJobRow).where(_left, ~exists().where(runs))
    return query.order_by(ImportJobRow.state == str(JobState.WAITING), ImportJobRow.id).limit(1)


def _free(row: Any, now: datetime) -> ColumnElement[bool]:
    """No lease, or one that ran out, or that a clock gave that was put forward."""
    return or_(row.leased_until.is_(None), row.leased_until <= now, row.leased_until > now + LEASE + SKEW)


def leased_row(session: Session, lease: Lease) -> ImportJobRow:
    """Return the row of a job that the worker still holds and that nobody cancelled. Raises LeaseLost."""
    row = session.get(ImportJobRow, lease.number, populate_existing=True)
    if row is None or (row.leased_by, row.attempt) != (lease.worker, lease.attempt) or row.cancelling:
        raise LeaseLost
    return row


def renew(session: Session, lease: Lease, now: datetime) -> None:
    """Lengthen a lease. Raises LeaseLost."""
    leased_row(session, lease).leased_until = now + LEASE
    session.flush()


def tell(session: Session, lease: Lease, step: str, percent: int, now: datetime) -> None:
    """Store how far a job is, and lengthen its lease. Raises LeaseLost."""
    row = leased_row(session, lease)
    row.step, row.percent, row.leased_until = step, percent, now + LEASE
    session.flush()


def wait_again(session: Session, lease: Lease) -> None:
    """Let a job wait again for another attempt. Raises LeaseLost."""
    row = leased_row(session, lease)
    row.state, row.leased_by, row.leased_until = str(JobState.WAITING), None, None
    session.flush()


def release_lease(session: Session, lease: Lease) -> None:
    """Let a job wait again, as its worker stops. It counts as not begun."""
    row = session.get(ImportJobRow, lease.number)
    if row is not None and (row.leased_by, row.attempt) == (lease.worker, lease.attempt):
        row.state, row.attempt, row.leased_by, row.leased_until = str(JobState.WAITING), row.attempt - 1, None, None
        session.flush()


def store_release(session: Session, lease: Lease, release: str | None) -> None:
    """Store the release with the drafts of a job. Raises LeaseLost."""
    leased_row(session, lease).release = release
    session.flush()


def finish(  # noqa: PLR0913 - how a job ended
    session: Session,
    lease: Lease,
    state: JobState,
    now: datetime,
    *,
    problems: Sequence[Mapping[str, Any]] = (),
    version: int | None = None,
    audited: int | None = None,
) -> None:
    """Store how a job ended. Raises LeaseLost."""
    row = leased_row(session, lease)
    row.problems, row.version, row.audited = list(problems), version, audited
    _end(row, state, now)
    session.flush()


def _end(row: ImportJobRow, state: JobState, now: datetime) -> None:
    row.state, row.finished_at, row.leased_by, row.leased_until = str(state), now, None, None
    row.step, row.percent = None, 100 if state is JobState.DONE else row.percent


def cancel(session: Session, number: int, now: datetime) -> bool:
    """Cancel a job; False for one that is over. A running one ends once its worker hears of it."""
    row = session.get(ImportJobRow, number)
    if row is None or row.state not in UNFINISHED:
        return False
    row.cancelling = True
    if row.state == JobState.WAITING:
        _end(row, JobState.CANCELLED, now)
    session.flush()
    return True


def end_cancelled(session: Session, lease: Lease, now: datetime) -> bool:
    """End a job whose worker heard that it was cancelled; False where it was not."""
    row = session.get(ImportJobRow, lease.number, populate_existing=True)
    if row is None or not row.cancelling or row.state != JobState.RUNNING:
        return False
    _end(row, JobState.CANCELLED, now)
    session.flush()
    return True


def cancel_all(session: Session, now: datetime, author: str | None = None) -> tuple[int, ...]:
    """Cancel the jobs of an author, or all. Return their numbers."""
    query = select(ImportJobRow.id).where(ImportJobRow.state.in_(list(UNFINISHED))).order_by(ImportJobRow.id)
    if author is not None:
        query = query.where(ImportJobRow.created_by == author)
    return tuple([number for number in session.scalars(query) if cancel(session, number, now)])


def list_jobs(  # noqa: PLR0913 - the conditions of a list
    *,
    kind: str | None = None,
    state: Collection[str] | None = None,
    created_by: str | None = None,
    dry_run: bool | None = None,
    only_by: str | None = None,
    descending: bool = True,
) -> SortedQuery[ImportJob]:
    """Return the jobs of an importer, in some states, of an author, dry runs or not, by number; with `only_by`, only
    those of this author."""
    equal = {ImportJobRow.kind: kind, ImportJobRow.created_by: created_by, ImportJobRow.dry_run: dry_run}
    query = matching(matching(select(ImportJobRow), equal), {ImportJobRow.created_by: only_by})
    if state is not None:
        query = query.where(ImportJobRow.state.in_([str(it) for it in state]))
    return SortedQuery(query=query, key=(ImportJobRow.id,), make=lambda row: _job(row[0]), descending=descending)


def jobs_ended_before(session: Session, before: datetime) -> tuple[ImportJob, ...]:
    """Return the jobs that ended before an instant and still have a report, oldest first."""
    ended = and_(ImportJobRow.finished_at < before, ImportJobRow.report.is_not(None))
    return tuple([_job(row) for row in session.scalars(select(ImportJobRow).where(ended).order_by(ImportJobRow.id))])


def count_unfinished(session: Session) -> int:
    """Count the jobs that wait or run."""
    unfinished = ImportJobRow.state.in_(list(UNFINISHED))
    return session.scalar(select(func.count()).select_from(ImportJobRow).where(unfinished)) or 0


def uploads_in_use(session: Session) -> set[str]:
    """Return the idents of uploads of jobs that are not over."""
    query = select(ImportJobRow.options).where(ImportJobRow.state.in_(list(UNFINISHED)))
    return {ident for options in session.scalars(query) for ident in options.get("uploads", ())}


def _job(row: ImportJobRow) -> ImportJob:
    state = JobState(row.state)
    percent = None if state in BROKEN_OFF else row.percent
    return value_of(ImportJob, row, number=row.id, kind=Importer(row.kind), state=state, percent=percent)
