"""Run an import job to its end: read, plan, and save, publish or only report.

Each step is one transaction, in which the lease is looked at: a job that is another worker's by now writes nothing.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.editing.document_state import live_bodies
from careergraph.editorial.hooks.workflow import Workflow
from careergraph.editorial.importers.apply import Done, plan_import, publish, run_work, save
from careergraph.editorial.importers.jobs.archive import BadArchive
from careergraph.editorial.importers.jobs.files import idents, missing_files, plan_file
from careergraph.editorial.importers.jobs.problems import plain
from careergraph.editorial.importers.jobs.report import Planned, items, read_plan, summary
from careergraph.editorial.importers.jobs.upload import Unpacked, source_of, work_folder
from careergraph.editorial.importers.plan import Plan, TooMany
from careergraph.editorial.importers.profile import BadProfile
from careergraph.editorial.importers.release_order import OlderRelease
from careergraph.editorial.importers.sources import MissingOption
from careergraph.editorial.importers.tables.table import BadTable
from careergraph.editorial.verbs.documents.save_drafts import require_rights
from careergraph.store.access.audit import head
from careergraph.store.database.database import DatabaseProblem, reading, transaction
from careergraph.store.editing import import_jobs, import_reports
from careergraph.store.editing.import_jobs import ImportJob, JobState, Lease
from careergraph.store.editing.uploads import uploads as find_uploads

STEPS = 25
"""The number of steps of an import, about."""

EXPECTED = (BadTable, BadProfile, OlderRelease, TooMany, BadArchive, MissingOption, Rejected, Conflict, Denied)
"""What an import ends with that it cannot carry out."""


def actor_of(job: ImportJob) -> Actor:
    """Return the author of a job, with the rights that it was started with."""
    return Actor(name=job.created_by, role=Role(job.role), scope=Scope.of(**job.scopes))


def run(
    engine: Engine, folder: Path, lease: Lease, *, only_plan: bool = False, workflow: Workflow | None = None
) -> None:
    """Run a leased job, and store how it ended. With `only_plan`, what would be written is planned, and then written by
    a run with a `workflow`, in the process that has the host's hooks. Raises LeaseLost, and DatabaseProblem, after
    which it can be run again."""
    with reading(engine) as session:
        job = import_jobs.find_job(session, lease.number)
    if job is None:
        raise import_jobs.LeaseLost
    try:
        _Run(engine, folder, lease, job, workflow).run(only_plan=only_plan)
    except EXPECTED as bad:
        place = re.compile(rf"{re.escape(str(folder))}/work-{lease.number}/(\d+/)?")  # nobody else's business
        problems = [_placed(it, place) for it in _problems(bad)]
        with transaction(engine) as session:
            import_jobs.finish(session, lease, JobState.FAILED, datetime.now(UTC), problems=plain(problems))


class _Run:
    def __init__(self, engine: Engine, folder: Path, lease: Lease, job: ImportJob, workflow: Workflow | None) -> None:
        self._engine, self._folder, self._lease, self._job = engine, folder, lease, job
        self._plan_of = job.number if workflow is not None and job.plan_of is None else job.plan_of
        self._run_work = run_work if workflow is None else workflow.run
        self._actor = actor_of(job)
        self._steps = 0

    def run(self, *, only_plan: bool) -> None:
        """Carry the job out from where an earlier attempt left it."""
        job = self._job
        if only_plan and (job.release is not None or job.plan_of is not None):
            return
        if job.release is not None:
            self._publish(Done(release=job.release))
            return
        with reading(self._engine) as session:
            audited = head(session).sequence  # whatever is done from now on, the plan may not know
        planned = self._read() if self._plan_of is None else self._planned(self._plan_of)
        if only_plan:
            self._keep(planned)
        elif job.dry_run:
            self._end_dry_run(planned, audited)
        else:
            self._save(planned)

    def _tell(self, step: str) -> None:
        self._steps += 1
        percent = min(95, self._steps * 100 // STEPS)
        with suppress(DatabaseProblem), transaction(self._engine) as session:
            import_jobs.tell(session, self._lease, step, percent, datetime.now(UTC))

    def _read(self) -> Planned:
        job = self._job
        with reading(self._engine) as session:
            rows = find_uploads(session, idents(job.options))
        if missing := missing_files(self._folder, idents(job.options)):
            name = rows[missing[0]].name if missing[0] in rows else missing[0]
            raise BadArchive(f"the upload {name} is not in the folder of uploads of the worker, or no longer")
        with work_folder(self._folder, job.number) as work:
            source_input = source_of(job.kind, job.options, Unpacked(self._folder, work, rows))(self._tell)
            welcome = {name: bool(job.options.get(name)) for name in ("strict", "older")}
            source, plan = plan_import(self._engine, source_input, check=job.dry_run, **welcome)
            return Planned(report=summary(source_input.tables, source, plan), plan=plan)

    def _planned(self, number: int) -> Planned:
        """Return the plan of a run. Raises BadArchive if that is not kept any longer."""
        try:
            return read_plan(self._folder, number)
        except (OSError, msgspec.MsgspecError):
            raise BadArchive(f"the plan of the import {number} is not kept any longer: run it again") from None

    def _keep(self, planned: Planned) -> None:
        file = plan_file(self._folder, self._job.number)
        fresh = file.with_suffix(".new")
        fresh.write_bytes(msgspec.msgpack.encode(planned))
        fresh.replace(file)

    def _items(self, plan: Plan) -> list[import_reports.Item]:
        with reading(self._engine) as session:
            require_rights(session, self._actor, [it.draft for it in plan.changes])
            return list(items(plan, live_bodies(session, [it.draft.key for it in plan.changes if not it.new])))

    def _end_dry_run(self, planned: Planned, audited: int) -> None:
        entries = self._items(planned.plan)
        self._keep(planned)
        with transaction(self._engine) as session:
            import_reports.store_report(session, self._lease, msgspec.to_builtins(planned.report), entries)
            import_jobs.finish(session, self._lease, JobState.DONE, datetime.now(UTC), audited=audited)

    def _save(self, planned: Planned) -> None:
        report, plan = planned.report, planned.plan
        entries = self._items(plan)

        def store(session: Session, done: Done) -> None:
            import_reports.store_report(session, self._lease, msgspec.to_builtins(report), entries)
            import_jobs.store_release(session, self._lease, done.release)
            if done.release is None or not self._job.publish:
                import_jobs.finish(session, self._lease, JobState.DONE, datetime.now(UTC))

        self._tell(f"saving {len(plan.changes):,} drafts")
        done = save(self._engine, self._actor, report.importer, report.vintage, plan, store, self._run_work)
        if done.release is None:
            with transaction(self._engine) as session:
                store(session, done)
        elif self._job.publish:
            del planned, plan, entries  # publishing takes memory of its own
            self._publish(done)

    def _publish(self, done: Done) -> None:
        def store(session: Session, published: Done) -> None:
            now = datetime.now(UTC)
            import_jobs.finish(session, self._lease, JobState.DONE, now, version=published.version)

        self._tell("publishing")
        publish(self._engine, self._actor, done, store, self._run_work)


def _problems(bad: Exception) -> Iterator[Problem]:
    match bad:
        case Rejected():
            yield from bad.problems
        case Conflict():
            message = "somebody else changed it while it was imported: import again"
            yield Problem(ProblemCode.CHANGED, message, (), *bad.key)
        case Denied():
            yield Problem(ProblemCode.NOT_PERMITTED, "the author of the import may not make all of its changes")
        case MissingOption():
            yield Problem(ProblemCode.BAD_TABLE, f"{bad.what}: give it, such as {bad.example}", (_camel(bad.option),))
        case OlderRelease():
            yield Problem(ProblemCode.OLDER_RELEASE, f"{bad}; `older` imports it all the same", ("older",))
        case BadTable():
            yield Problem(ProblemCode.BAD_TABLE, bad.message, file=bad.name, line=bad.line)
        case _:
            yield Problem(ProblemCode.BAD_TABLE, str(bad))


def _placed(problem: Problem, place: re.Pattern[str]) -> Problem:
    """Return a problem without the folder of the job."""
    return replace(problem, file=problem.file and place.sub("", problem.file), message=place.sub("", problem.message))


def _camel(option: str) -> str:
    first, *others = option.split("-")
    return first + "".join(word.title() for word in others)
