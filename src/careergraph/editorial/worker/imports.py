"""Run import jobs, each in a process of its own, and remove old files and reports."""

import logging
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from threading import Event
from time import monotonic
from uuid import uuid4

import msgspec
from sqlalchemy import Engine

from careergraph.editorial.hooks.workflow import Workflow
from careergraph.editorial.importers.jobs.files import PART, file_of, plan_file
from careergraph.editorial.importers.jobs.order import AGAIN, Order
from careergraph.editorial.importers.jobs.problems import stopped
from careergraph.editorial.importers.jobs.settings import ImportSettings
from careergraph.store.database.database import DatabaseProblem, reading, transaction
from careergraph.store.editing import import_jobs, import_reports, uploads
from careergraph.store.editing.import_jobs import ImportJob, JobState, Lease, LeaseLost

LOG = logging.getLogger("careergraph.worker")
LOOK_SECONDS = 0.5
"""How often a worker looks whether a job that it runs is to end."""
RENEW_SECONDS = 15.0
"""How often a worker renews its lease."""
LONGEST_SECONDS = 2 * 3600.0
"""How long an import may take."""
EXHAUSTED = f"{import_jobs.ATTEMPTS} workers ended while they ran it"
"""The problem of a job that is not begun again."""
RUN = "careergraph.editorial.importers.jobs.run"
"""What runs a job. A worker loads it where it has to write a plan: a server has no room for all importers."""
COMMAND = (sys.executable, "-P", "-m", "careergraph.editorial.importers.jobs.process")


class ImportRunner:
    """Runs the import jobs of a database. Any number of them, in any number of processes, run each job once."""

    def __init__(
        self,
        engine: Engine,
        settings: ImportSettings,
        clock: Callable[[], datetime],
        workflow: Workflow | None = None,
    ) -> None:
        """With hooks or approvals of the host, this process writes the plan of the other one."""
        self._engine, self._settings, self._clock = engine, settings, clock
        self._workflow = workflow if workflow is not None and workflow.has_say else None
        self._worker = uuid4().hex

    def run_due(self, stop: Event | None = None) -> tuple[ImportJob, ...]:
        """Run all jobs that wait, one after the other. Return them as they ended. Raises DatabaseProblem."""
        jobs = []
        while stop is None or not stop.is_set():
            with reading(self._engine) as session:
                if not import_jobs.is_due(session, self._clock()):
                    break
            with transaction(self._engine) as session:
                job = import_jobs.claim(session, self._worker, self._clock(), stopped(EXHAUSTED))
            if job is None:
                break
            if job.state is JobState.RUNNING:
                self._run(job, stop or Event())
            with reading(self._engine) as session:
                jobs.append(import_jobs.find_job(session, job.number) or job)
        return tuple(jobs)

    def _run(self, job: ImportJob, stop: Event) -> None:
        lease = Lease(job.number, self._worker, job.attempt)
        LOG.info("import %d of %s begins", job.number, job.created_by)
        folder = self._settings.folder.absolute()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        only_plan = self._workflow is not None and not job.dry_run
        order = Order(self._engine.url.render_as_string(hide_password=False), str(folder), lease, only_plan)
        process = subprocess.Popen(COMMAND, bufsize=0, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - ours
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        try:
            with suppress(BrokenPipeError):  # it has ended already, and its exit code says how
                process.stdin.write(msgspec.json.encode(order) + b"\n")
            reason = self._wait(process, lease, stop)
        finally:
            process.kill()
            code = process.wait()
            process.stdin.close()
        if only_plan and code == 0 and not reason:
            with suppress(LeaseLost):
                import_module(RUN).run(self._engine, folder, lease, workflow=self._workflow)
        self._end(lease, stop, code, reason)

    def _wait(self, process: subprocess.Popen[bytes], lease: Lease, stop: Event) -> str:
        """Wait until a job is over, or is to end. Return why it was ended; empty where it ended by itself."""
        begun = renewed = monotonic()
        while not _has_ended(process):
            if stop.is_set():
                return "the worker stops"
            if monotonic() - begun > LONGEST_SECONDS:
                return f"it took longer than {LONGEST_SECONDS:,.0f} seconds"
            try:
                renewed = self._look(lease, renewed)
            except LeaseLost:
                return "it was cancelled"
            except DatabaseProblem as problem:  # such as a long transaction of the import itself
                LOG.debug("the lease of import %d is not renewed: %s", lease.number, problem)
        return ""

    def _look(self, lease: Lease, renewed: float) -> float:
        """Look whether the lease is still good, and renew it now and then. Return when it was renewed last. Raises
        LeaseLost."""
        with reading(self._engine) as session:
            row = import_jobs.find_job(session, lease.number)
            if row is not None and row.state is JobState.RUNNING:
                import_jobs.leased_row(session, lease)
        if monotonic() - renewed < RENEW_SECONDS:
            return renewed
        with transaction(self._engine) as session:
            import_jobs.renew(session, lease, self._clock())
        return monotonic()

    def _end(self, lease: Lease, stop: Event, code: int, reason: str) -> None:
        """Store the end of a job whose process did not."""
        with transaction(self._engine) as session:
            if import_jobs.end_cancelled(session, lease, self._clock()):
                LOG.info("import %d was cancelled", lease.number)
                return
            if stop.is_set() and reason:
                import_jobs.release_lease(session, lease)
                return
            try:
                if code == AGAIN:
                    import_jobs.wait_again(session, lease)
                    return
                how = reason or (f"it was ended by signal {-code}" if code < 0 else f"its exit code is {code}")
                problems = stopped(f"the process of the import ended: {how}")
                import_jobs.finish(session, lease, JobState.FAILED, self._clock(), problems=problems)
            except LeaseLost:
                return  # it is over
        LOG.error("import %d failed: %s", lease.number, how)

    def prune(self) -> None:
        """Remove uploads, plans and reports that are older than they are kept. Raises DatabaseProblem."""
        before = self._clock() - self._settings.keep
        folder = self._settings.folder
        with transaction(self._engine) as session:
            used = import_jobs.uploads_in_use(session)
            old = [it for it in uploads.every_upload(session) if it.created_at < before and it.ident not in used]
            for upload in old:
                uploads.remove_upload(session, upload.ident)
            jobs = import_jobs.jobs_ended_before(session, before)
            for job in jobs:
                import_reports.forget_report(session, job.number)
        for file in [*[file_of(folder, it.ident) for it in old], *[plan_file(folder, it.number) for it in jobs]]:
            file.unlink(missing_ok=True)
        for part in folder.glob(f"{PART}*"):  # of a server that was killed
            if part.stat().st_mtime < before.timestamp():
                part.unlink(missing_ok=True)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Wait for the end of a process for some time, and say whether it came."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(LOOK_SECONDS)
    return process.returncode is not None
