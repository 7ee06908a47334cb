"""Import jobs: each is run once, in a process of its own, to its end or not at all, whoever is killed meanwhile."""

import signal
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Role
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.hooks.change import Change, Hook, HookRefusal
from careergraph.editorial.hooks.proposals import Moment
from careergraph.editorial.hooks.workflow import Settings, Workflow
from careergraph.editorial.importers import apply
from careergraph.editorial.importers.jobs import run as job_run
from careergraph.editorial.importers.jobs.files import file_of, plan_file
from careergraph.editorial.importers.jobs.manage import ImportOptions, apply_import, cancel_import, start_import
from careergraph.editorial.verbs.access.tokens import create_token, revoke_token
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.worker import imports as worker_imports
from careergraph.store.catalogs.past import newest
from careergraph.store.database.database import transaction
from careergraph.store.editing import import_jobs
from careergraph.store.editing.drafts import drafts
from careergraph.store.editing.import_jobs import Importer, ImportJob, JobState, LeaseLost
from careergraph.store.editing.import_reports import ItemKind
from careergraph.store.editing.releases import release
from editorial.importers.jobs.office import Office, zipped
from editorial.importers.sampling import Sample
from editorial.verbs.desk import ADMIN, AUTHOR, EDITOR, Desk, scoped
from waiting import CEILING, wait_until

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("forked_imports")]

COMMAND = worker_imports.COMMAND
"""What is really started, before it is forked instead."""

ACTORS = ("career", "actors")
EXAMPLES = Path(__file__).parents[4] / "examples" / "taxonomies"
OCCUPATION = b"O*NET-SOC Code\tTitle\tDescription\n11-1011.00\tChief\tRuns it.\n"


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Office:
    return Office(desk, tmp_path)


@pytest.fixture
def both_office(both_desk: Desk, tmp_path: Path) -> Office:
    return Office(both_desk, tmp_path)


def test_an_import_is_run_in_a_process_of_its_own(both_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_imports, "COMMAND", COMMAND)
    waiting = both_office.start()
    assert (waiting.state, waiting.percent) == (JobState.WAITING, 0)
    job = both_office.run()
    assert (job.state, job.release, job.version, job.problems, job.percent) == (
        JobState.DONE, "onet-29-3", None, [], 100
    )  # fmt: skip
    assert ACTORS in {it.key for it in both_office.desk.look(drafts)}
    assert job.report is not None and job.report["vintage"] == "29.3"
    assert {it.slug for it in both_office.items(job.number, ItemKind.NEW)} >= {"actors", "chief-executives"}
    assert not list(both_office.folder.glob("work-*"))


def test_an_import_is_published_as_one_version(both_office: Office) -> None:
    both_office.start(publish=True)
    job = both_office.run()
    info = both_office.desk.look(newest)
    assert info is not None and (job.state, job.version) == (JobState.DONE, info.version)
    assert both_office.desk.is_live(ACTORS) and both_office.desk.look(drafts) == ()


def test_a_dry_run_is_applied_as_it_was_reported(both_office: Office) -> None:
    desk = both_office.desk
    dry_run = both_office.start(dry_run=True)
    assert both_office.run().state is JobState.DONE
    assert desk.look(drafts) == () and both_office.items(dry_run.number, ItemKind.NEW)
    applied = desk.do(apply_import, EDITOR, dry_run.number, both_office.folder, publish=True)
    job = both_office.run()
    assert (job.number, job.state, job.plan_of) == (applied.number, JobState.DONE, dry_run.number)
    assert desk.is_live(ACTORS)
    new, planned = (both_office.items(number, ItemKind.NEW) for number in (job.number, dry_run.number))
    assert [it.slug for it in new] == [it.slug for it in planned]


def later(tmp_path: Path) -> Sample:
    sample = Sample(tmp_path, "30.2")
    sample.change("Occupation Data", "Play parts", "Play roles")
    return sample


def test_a_dry_run_is_not_applied_to_what_somebody_changed_since(office: Office, tmp_path: Path) -> None:
    """Neither to a document that it changes, whose two states are the conflict, nor after the mutation."""
    desk = office.desk
    office.start(publish=True)
    office.run()
    tables = office.onet(later(tmp_path).folder, "onet_30_2.zip")
    dry_run = desk.do(start_import, EDITOR, Importer.ONET, ImportOptions(tables=(tables,)), dry_run=True)
    assert office.run().state is JobState.DONE
    (item,) = [it for it in office.items(dry_run.number, ItemKind.CHANGED) if it.slug == "actors"]
    assert item.detail is not None
    assert [it["steps"] for it in item.detail["fields"]] == [["summary", "en"]]
    waiting = desk.do(apply_import, EDITOR, dry_run.number, office.folder)
    desk.edit(ACTORS, title={"en": "Stars"})
    with pytest.raises(Conflict) as conflict:
        desk.do(apply_import, EDITOR, dry_run.number, office.folder)
    assert conflict.value.key == ACTORS
    theirs, yours, base = conflict.value.theirs, conflict.value.yours, conflict.value.base
    assert theirs is not None and yours is not None and base is not None
    assert (theirs["title"]["en"], yours["title"]["en"], base["title"]["en"]) == ("Stars", "Actor", "Actor")
    assert yours["summary"]["en"].startswith("Play roles")
    job = office.run()
    assert (job.number, job.state, job.problems[0]["code"], job.problems[0]["ident"]) == (
        waiting.number, JobState.FAILED, "CHANGED", "actors"
    )  # fmt: skip
    assert desk.draft(ACTORS)["summary"]["en"].startswith("Play parts")


def test_conflicts_are_listed_side_by_side(office: Office, tmp_path: Path) -> None:
    desk = office.desk
    office.start(publish=True)
    office.run()
    desk.edit(ACTORS, summary={"en": "They act."})
    desk.do(publish, EDITOR, [ACTORS])
    tables = office.onet(later(tmp_path).folder, "onet_30_2.zip")
    job = desk.do(start_import, EDITOR, Importer.ONET, ImportOptions(tables=(tables,)), dry_run=True)
    office.run()
    (item,) = office.items(job.number, ItemKind.CONFLICT)
    assert item.detail is not None
    assert (item.slug, item.path, item.detail["present"]) == ("actors", "summary.en", "They act.")
    assert item.detail["source"].startswith("Play roles")


@pytest.mark.parametrize(
    ("name", "content", "options", "message"),
    [
        ("onet_29_3.zip", b"PK\x03\x04broken", {}, "the archive cannot be read"),
        ("onet_29_3.txt", b"a\tb\n1\t2\n", {}, "holds no table of occupations"),
        ("tables.txt", OCCUPATION, {}, "has no release of O*NET: give it, such as 29.3"),
    ],
)
def test_what_cannot_be_imported_fails_and_says_why(
    office: Office, name: str, content: bytes, options: dict[str, Any], message: str
) -> None:
    tables = office.upload(name, content)
    office.desk.do(start_import, EDITOR, Importer.ONET, ImportOptions(tables=(tables,), **options))
    job = office.run()
    assert (job.state, [it["code"] for it in job.problems]) == (JobState.FAILED, ["BAD_TABLE"])
    assert message in job.problems[0]["message"] and str(office.folder) not in job.problems[0]["message"]
    assert job.percent is None, "a job that failed is not on its way"


def test_a_problem_names_its_file_and_line(office: Office) -> None:
    """In fields of their own, so that nobody reads them twice: the message does not repeat them."""
    row = "career,attribute,value,unit,source,date\nnobody,demand-score,8.5,points,editorial-estimate,2026\n"
    tables = office.upload("figures.csv", row.encode())
    office.desk.do(start_import, EDITOR, Importer.FIGURES, ImportOptions(tables=(tables,)))
    (problem,) = office.run().problems
    assert (problem["file"], problem["line"], problem["code"]) == ("figures.csv", 2, "UNKNOWN_REFERENCE")
    assert problem["message"].startswith("there is no career")
    tables = office.upload("onet_29_3.txt", OCCUPATION.replace(b"11-1011.00", b"chief"))
    office.desk.do(start_import, EDITOR, Importer.ONET, ImportOptions(tables=(tables,)))
    (problem,) = office.run().problems
    assert (problem["file"], problem["line"], problem["code"]) == ("onet_29_3.txt", 2, "BAD_TABLE")
    assert problem["message"].startswith("'chief' is not an O*NET-SOC code")


def test_an_older_release_is_refused_unless_it_is_asked_for(office: Office, tmp_path: Path) -> None:
    newer = office.onet(Sample(tmp_path, "30.2").folder, "onet_30_2.zip")
    office.desk.do(start_import, EDITOR, Importer.ONET, ImportOptions(tables=(newer,)), publish=True)
    assert office.run().state is JobState.DONE
    for older, state in ((False, JobState.FAILED), (True, JobState.DONE)):
        options = ImportOptions(tables=(office.onet(),), older=older)
        office.desk.do(start_import, EDITOR, Importer.ONET, options)
        job = office.run()
        assert (job.state, [it["code"] for it in job.problems]) == (state, [] if older else ["OLDER_RELEASE"])


def test_tables_of_another_taxonomy_are_a_job(both_office: Office) -> None:
    """Their map is an upload too, and its problems name it."""
    folder = EXAMPLES / "ssyk"
    mapping = (folder / "map.json").read_bytes()
    for content, state in ((mapping, JobState.DONE), (mapping.replace(b"salary", b"pay"), JobState.FAILED)):
        tables, profile = both_office.upload("ssyk.zip", zipped(folder)), both_office.upload("map.json", content)
        options = ImportOptions(tables=(tables,), profile=profile)
        both_office.desk.do(start_import, EDITOR, Importer.TABLE, options, dry_run=True)
        job = both_office.run()
        assert (job.state, [it["file"] for it in job.problems]) == (state, [] if state == "DONE" else ["map.json"])
    assert {it.slug for it in both_office.items(1, ItemKind.NEW)} >= {"nurses-of-an-example", "ssyk"}
    with pytest.raises(Rejected, match="needs the upload of its map"):
        options = ImportOptions(tables=(both_office.upload("ssyk.zip", zipped(folder)),))
        both_office.desk.do(start_import, EDITOR, Importer.TABLE, options)


def test_options_that_do_not_fit_are_refused_at_once(office: Office) -> None:
    tables = office.onet()
    cases: tuple[tuple[Importer, dict[str, Any], dict[str, bool], str], ...] = (
        (Importer.FIGURES, {"wages": tables}, {}, "wages"),
        (Importer.ESCO, {"wages_year": "2025"}, {}, "wagesYear"),
        (Importer.ONET, {"only": "skills"}, {}, "only"),
        (Importer.ONET, {"release": "29.3\n"}, {}, "release"),
        (Importer.ONET, {"tables": ()}, {}, "tables"),
        (Importer.ONET, {}, {"dry_run": True, "publish": True}, "publish"),
    )
    for kind, options, flags, path in cases:
        with pytest.raises(Rejected) as rejected:
            office.desk.do(start_import, EDITOR, kind, replace(ImportOptions(tables=(tables,)), **options), **flags)
        assert [it.path for it in rejected.value.problems] == [path]


@pytest.mark.parametrize(
    ("kind", "only", "needed", "types"),
    [
        (Importer.FIGURES, None, "skill", []),
        (Importer.FIGURES, None, "career", ["career"]),
        (Importer.ONET, None, "skill", ["skill"]),
        (Importer.ONET, None, "collection", []),
        (Importer.ESCO, None, "category", ["category"]),
        (Importer.ESCO, "skills", "career", []),
        (Importer.ESCO, "occupations", "skill", []),
        (Importer.ESCO, "occupations", "career", ["career"]),
    ],
)
def test_no_job_is_to_publish_what_needs_approvals(
    office: Office, kind: Importer, only: str | None, needed: str, types: list[str]
) -> None:
    flow = Workflow(Settings(approvals={needed: 1}))
    options = ImportOptions(tables=(office.onet(),), only=only)

    def start(session: Session) -> ImportJob:
        return start_import(session, EDITOR, kind, options, publish=True)

    if not types:
        assert flow.run(partial(transaction, office.desk.engine), start).publish
        return
    with pytest.raises(Rejected) as refused:
        flow.run(partial(transaction, office.desk.engine), start)
    assert [(it.code, it.type, it.path) for it in refused.value.problems] == [("NOT_APPROVED", types[0], "publish")]


def test_a_job_that_was_started_before_approvals_were_needed_publishes_nothing(office: Office) -> None:
    """Its drafts wait in its release."""
    job = office.start(publish=True)
    before = office.desk.look(newest)
    (ended,) = office.runner(Workflow(Settings(approvals={"career": 1}))).run_due()
    assert (ended.number, ended.state, ended.release) == (job.number, JobState.FAILED, "onet-29-3")
    assert {(it["code"], it["type"]) for it in ended.problems} == {("NOT_APPROVED", "career")}
    assert office.desk.look(newest) == before
    assert {it.key[0] for it in office.desk.look(drafts, "onet-29-3")} >= {"career", "skill"}


def test_rights_and_scopes_hold(office: Office) -> None:
    options = ImportOptions(tables=(office.onet(),))
    with pytest.raises(Denied):
        office.desk.do(start_import, AUTHOR, Importer.ONET, options)
    with pytest.raises(Rejected, match="of yours"):  # the upload is another one's
        office.desk.do(start_import, ADMIN, Importer.ONET, options)
    skills = scoped(Role.EDITOR, types=["skill"])
    for flags in ({}, {"dry_run": True}):
        office.desk.do(start_import, skills, Importer.ONET, ImportOptions(tables=(office.upload_as(skills),)), **flags)
        job = office.run()
        assert (job.state, [it["code"] for it in job.problems]) == (JobState.FAILED, ["NOT_PERMITTED"])
        assert job.report is None and office.desk.look(drafts) == ()
    others = office.start()
    with pytest.raises(Rejected, match="there is no import"):
        office.desk.do(cancel_import, skills, others.number)


def test_a_narrow_scope_imports_its_figures(office: Office) -> None:
    figures = scoped(Role.EDITOR, types=["career"], attributes=["demand-score"])
    row = "career,attribute,value,unit,source,date\ndata-scientist,{},8.5,points,editorial-estimate,2026\n"
    for attribute, state in (("demand-score", JobState.DONE), ("burnout-score", JobState.FAILED)):
        tables = office.upload("figures.csv", row.format(attribute).encode(), figures)
        office.desk.do(start_import, figures, Importer.FIGURES, ImportOptions(tables=(tables,)))
        assert office.run().state is state


def test_a_revoked_token_imports_nothing(office: Office) -> None:
    created = office.desk.do(create_token, ADMIN, "robot", Role.EDITOR)
    robot = replace(EDITOR, name="token:robot")
    job = office.desk.do(start_import, robot, Importer.ONET, ImportOptions(tables=(office.upload_as(robot),)))
    office.desk.do(revoke_token, ADMIN, created.token.prefix)
    assert office.job(job.number).state is JobState.CANCELLED
    assert office.runner().run_due() == ()


def test_a_cancelled_job_that_waits_is_never_run(office: Office) -> None:
    job = office.start()
    office.desk.do(cancel_import, EDITOR, job.number)
    assert (office.runner().run_due(), office.job(job.number).state) == ((), JobState.CANCELLED)
    assert office.job(job.number).percent is None
    with pytest.raises(Rejected, match="over"):
        office.desk.do(cancel_import, EDITOR, job.number)


def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the process of an import sleep before it begins."""
    code = "import sys, time; sys.stdin.readline(); time.sleep(600)"
    monkeypatch.setattr(worker_imports, "COMMAND", (worker_imports.COMMAND[0], "-c", code))
    monkeypatch.setattr(worker_imports, "LOOK_SECONDS", 0.02)


def test_a_running_import_is_cancelled(both_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    slow(monkeypatch)
    job = both_office.start()
    with ThreadPoolExecutor() as pool:
        running = pool.submit(both_office.run)
        wait_until(lambda: both_office.job(job.number).state is JobState.RUNNING)
        both_office.desk.do(cancel_import, EDITOR, job.number)
        assert running.result(timeout=CEILING).state is JobState.CANCELLED
    assert both_office.desk.look(drafts) == ()


def test_an_import_whose_worker_stops_waits_for_the_next(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        slow(patched)
        job, stop = office.start(), Event()
        thread = Thread(target=office.run, args=(stop,))
        thread.start()
        wait_until(lambda: office.job(job.number).state is JobState.RUNNING)
        stop.set()
        thread.join(timeout=CEILING)
    assert (office.job(job.number).state, office.job(job.number).attempt) == (JobState.WAITING, 0)
    assert office.run().state is JobState.DONE


def test_an_import_whose_process_is_killed_fails(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})"
    monkeypatch.setattr(worker_imports, "COMMAND", (worker_imports.COMMAND[0], "-c", code))
    office.start()
    job = office.run()
    assert (job.state, [it["code"] for it in job.problems]) == (JobState.FAILED, ["STOPPED"])
    assert "ended by signal 9" in job.problems[0]["message"]


def test_an_import_that_takes_too_long_is_ended(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    slow(monkeypatch)
    monkeypatch.setattr(worker_imports, "LONGEST_SECONDS", 0.1)
    office.start()
    job = office.run()
    assert job.state is JobState.FAILED and "took longer" in job.problems[0]["message"]


def test_the_process_of_an_import_does_not_outlive_its_worker(office: Office) -> None:
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=CEILING) != 0


def test_a_killed_workers_job_is_taken_up_once_its_lease_ran_out(both_office: Office) -> None:
    job = both_office.start()
    lost = both_office.claimed(job)
    assert both_office.runner().run_due() == ()
    both_office.ahead = timedelta(minutes=2, seconds=1)
    done = both_office.run()
    assert (done.state, done.attempt) == (JobState.DONE, 2)
    writes: tuple[Callable[[Session], None], ...] = (
        lambda session: import_jobs.renew(session, lost, datetime.now(UTC)),
        lambda session: import_jobs.store_release(session, lost, "x"),
        lambda session: import_jobs.finish(session, lost, JobState.FAILED, datetime.now(UTC)),
    )
    for late in writes:
        with pytest.raises(LeaseLost), transaction(both_office.desk.engine) as session:
            late(session)
    assert both_office.job(job.number) == done


def test_a_job_that_ends_every_worker_fails(office: Office) -> None:
    job = office.start()
    for _ in range(import_jobs.ATTEMPTS):
        with transaction(office.desk.engine) as session:
            assert import_jobs.claim(session, "lost", datetime.now(UTC) + office.ahead)
        office.ahead += timedelta(minutes=2, seconds=1)
    (ended,) = office.runner().run_due()
    assert (ended.number, ended.state, ended.problems[0]["code"]) == (job.number, JobState.FAILED, "STOPPED")


def test_an_import_that_was_saved_and_then_killed_is_only_published(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The drafts of an applied plan cannot be saved twice: their bases are gone."""
    dry_run = office.start(dry_run=True)
    office.run()
    job = office.desk.do(apply_import, EDITOR, dry_run.number, office.folder, publish=True)
    lease = office.claimed(job)

    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(job_run, "publish", killed)
        with pytest.raises(KeyboardInterrupt):
            job_run.run(office.desk.engine, office.folder, lease)
    assert office.job(job.number).release == "onet-29-3" and not office.desk.is_live(ACTORS)
    office.ahead = timedelta(minutes=2, seconds=1)
    assert office.run().state is JobState.DONE
    assert office.desk.is_live(ACTORS) and office.desk.look(release, "onet-29-3-2") is None


def test_a_lost_lease_saves_nothing(both_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cancelled, or taken by another worker, between the plan and the drafts."""
    job = both_office.start()
    lease = both_office.claimed(job)
    original = apply.save

    def cancelled_before(*arguments: Any) -> Any:
        both_office.desk.do(cancel_import, EDITOR, job.number)
        return original(*arguments)

    monkeypatch.setattr(job_run, "save", cancelled_before)
    with pytest.raises(LeaseLost):
        job_run.run(both_office.desk.engine, both_office.folder, lease)
    assert (both_office.desk.look(drafts), both_office.desk.look(release, "onet-29-3")) == ((), None)


def test_the_hooks_of_the_host_judge_an_import(office: Office) -> None:
    """They are called in the process of the worker, with all that would be saved and published."""
    judged: list[Change] = []

    def refuse(change: Change) -> None:
        raise HookRefusal("not today")

    def run(before_publish: Callable[[Change], None]) -> ImportJob:
        hooks: dict[Moment, Hook] = {Moment.BEFORE_SAVE: judged.append, Moment.BEFORE_PUBLISH: before_publish}
        (job,) = office.runner(Workflow(Settings(hooks=hooks))).run_due()
        return job

    office.start(publish=True)
    job = run(refuse)
    assert (job.state, [it["code"] for it in job.problems]) == (JobState.FAILED, ["REFUSED_BY_HOST"])
    assert "actors" in {document.slug for document in judged[0].documents} and not office.desk.is_live(ACTORS)
    office.start(publish=True)
    assert run(judged.append).state is JobState.DONE
    assert office.desk.is_live(ACTORS) and "actors" in {document.slug for document in judged[-1].documents}


def test_two_workers_run_each_job_once(both_office: Office) -> None:
    jobs = [both_office.start(dry_run=True) for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        results = [pool.submit(both_office.runner().run_due) for _ in range(2)]
        runs = [job.number for result in results for job in result.result(timeout=3 * CEILING)]
    while rest := both_office.runner().run_due():  # a worker that finds another at work goes on
        runs += [job.number for job in rest]
    assert sorted(runs) == [job.number for job in jobs]
    assert {(both_office.job(it).state, both_office.job(it).attempt) for it in runs} == {(JobState.DONE, 1)}


def test_old_uploads_plans_and_reports_are_removed(office: Office) -> None:
    dry_run = office.start(dry_run=True)
    office.run()
    waiting = office.start()
    files = {file_of(office.folder, it) for it in dry_run.options["uploads"]}
    kept = {file_of(office.folder, it) for it in waiting.options["uploads"]}
    assert all(it.exists() for it in (*files, *kept, plan_file(office.folder, dry_run.number)))
    office.runner().prune()
    assert all(it.exists() for it in (*files, *kept, plan_file(office.folder, dry_run.number)))
    office.ahead = timedelta(days=8)
    office.runner().prune()
    assert set(office.folder.iterdir()) == kept
    assert office.job(dry_run.number).report is None and not office.items(dry_run.number, ItemKind.NEW)
    with pytest.raises(Rejected, match="whose report is kept"):
        office.desk.do(apply_import, EDITOR, dry_run.number, office.folder)
