"""The verbs on import jobs: upload, start, cancel, and apply what a dry run reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import Conflict, Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.editing.approval import types_in_need
from careergraph.editorial.editing.document_state import body_at, newest
from careergraph.editorial.importers.jobs.files import idents
from careergraph.editorial.importers.jobs.report import read_plan
from careergraph.editorial.importers.plan import Plan
from careergraph.store.access.audit import record
from careergraph.store.documents.documents import CareerDocument, CategoryDocument, Key, SkillDocument, SourceDocument
from careergraph.store.editing import import_jobs, import_reports
from careergraph.store.editing.drafts import state
from careergraph.store.editing.import_jobs import Importer, ImportJob, JobState
from careergraph.store.editing.uploads import Upload, add_upload
from careergraph.store.editing.uploads import uploads as find_uploads

MOST_WAITING = 50
"""The most jobs that may wait or run."""
LONGEST_OPTION = 40
"""The longest release or year, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """The options of an import, as those of `careergraph import`. `tables` and other files are idents of uploads."""

    tables: tuple[str, ...]
    wages: str | None = None
    exposure: str | None = None
    profile: str | None = None
    release: str | None = None
    wages_year: str | None = None
    only: str | None = None
    strict: bool = False
    older: bool = False

    def to_json(self) -> dict[str, Any]:
        """The options as JSON, without those that are not set."""
        fields: dict[str, Any] = {
            "tables": list(self.tables),
            "wages": self.wages,
            "exposure": self.exposure,
            "profile": self.profile,
        }
        fields |= {"release": self.release, "wagesYear": self.wages_year, "only": self.only}
        fields |= {"strict": self.strict, "older": self.older}
        return {name: value for name, value in fields.items() if value}


_ONLY_ONET, _ONLY_ESCO = ("wages", "exposure", "wagesYear"), ("only",)
_NO_FIGURES = ("profile", "release")
_NO_TABLE = ("release",)
_CAREERS = (CareerDocument.TYPE, CategoryDocument.TYPE, SourceDocument.TYPE)
_SKILLS = (SkillDocument.TYPE, SourceDocument.TYPE)
_OF_ESCO = {"skills": _SKILLS, "occupations": _CAREERS}
"""The types of the documents of a part of ESCO."""


def sees_all(actor: Actor) -> bool:
    """Return whether an actor sees the jobs of others too, whose reports tell of all documents."""
    return actor.scope.types is None and actor.scope.whole


def store_upload(session: Session, actor: Actor, upload: Upload) -> Upload:
    """Store the row of an upload whose bytes are in the folder. Raises Denied."""
    permit(actor, Verb.IMPORT)
    add_upload(session, upload)
    detail = {"upload": upload.name, "size": upload.size, "sha256": upload.digest}
    record(session, actor.name, Verb.IMPORT, None, detail)
    return upload


def start_import(  # noqa: PLR0913 - the fields of a job
    session: Session,
    actor: Actor,
    kind: Importer,
    options: ImportOptions,
    *,
    dry_run: bool = False,
    publish: bool = False,
) -> ImportJob:
    """Add a job that a worker runs with the actor's rights. Raises Denied, and Rejected for options that do not fit,
    uploads that are not the actor's, and (NOT_APPROVED) if it would publish documents that need approvals."""
    _permit(actor, publish=publish)
    fields = options.to_json()
    if problems := _misfits(kind, options, fields, both=dry_run and publish):
        raise Rejected(problems)
    rows = find_uploads(session, idents(fields))
    if unknown := [it for it in idents(fields) if it not in rows or rows[it].created_by != actor.name]:
        raise rejection(ProblemCode.UNKNOWN, f"there is no upload {quoted(unknown[0][:LONGEST_OPTION])} of yours")
    named = {"uploads": idents(fields), "files": [rows[it].name for it in idents(fields)]}
    return _add(session, actor, kind, fields | named, dry_run=dry_run, publish=publish)


def _permit(actor: Actor, *, publish: bool) -> None:
    permit(actor, Verb.IMPORT)
    if publish:
        permit(actor, Verb.PUBLISH_RELEASE)


def _misfits(kind: Importer, options: ImportOptions, fields: Mapping[str, Any], *, both: bool) -> list[Problem]:
    wrong = [*(() if kind is Importer.ONET else _ONLY_ONET), *(() if kind is Importer.ESCO else _ONLY_ESCO)]
    wrong += _NO_FIGURES if kind is Importer.FIGURES else _NO_TABLE if kind is Importer.TABLE else ()
    problems = [
        Problem(ProblemCode.BAD_TABLE, f"an import of {kind} has no such option", (name,))
        for name in wrong
        if name in fields
    ]
    if not options.tables or (kind is Importer.FIGURES and len(options.tables) > 1):
        needs = "one upload" if kind is Importer.FIGURES else "uploads"
        problems.append(Problem(ProblemCode.BAD_TABLE, f"an import of {kind} needs {needs}", ("tables",)))
    if kind is Importer.TABLE and options.profile is None:
        problems.append(Problem(ProblemCode.BAD_TABLE, "an import of TABLE needs the upload of its map", ("profile",)))
    for name in ("release", "wagesYear"):
        if name in fields:
            problems += form.name(fields[name], (name,), longest=LONGEST_OPTION)
    if both:
        problems.append(Problem(ProblemCode.BAD_CHOICE, "a dry run publishes nothing: leave one out", ("publish",)))
    return problems


def _types(kind: Importer, only: str | None) -> tuple[str, ...]:
    """Return the types of the documents that an import may change."""
    if kind is Importer.FIGURES:
        return (CareerDocument.TYPE,)
    return _OF_ESCO.get(only or "", tuple(dict.fromkeys((*_CAREERS, *_SKILLS))))


def _add(
    session: Session, actor: Actor, kind: Importer, options: Mapping[str, Any], *, publish: bool, **more: Any
) -> ImportJob:
    message = "an import has no approvals, which this type needs: leave it out, and the drafts wait in a release"
    if publish and (types := types_in_need(session, _types(kind, options.get("only")))):
        raise Rejected(Problem(ProblemCode.NOT_APPROVED, message, ("publish",), type=it) for it in types)
    if import_jobs.count_unfinished(session) >= MOST_WAITING:
        raise rejection(ProblemCode.TOO_LONG, f"{MOST_WAITING} imports wait already: cancel one, or wait too")
    rights: dict[str, Any] = {"author": actor.name, "role": str(actor.role), "scopes": actor.scope.to_json()}
    more = {"publish": publish, **more}
    job = import_jobs.add(session, kind, options, **rights, **more)
    detail = {"number": job.number, "kind": str(kind), "files": options.get("files", []), **more}
    record(session, actor.name, Verb.IMPORT, None, detail)
    return job


def find_import(session: Session, actor: Actor, number: int) -> ImportJob:
    """Return a job that the actor may see. Raises Denied, and Rejected for any other number."""
    permit(actor, Verb.IMPORT)
    job = import_jobs.find_job(session, number)
    if job is None or not (sees_all(actor) or job.created_by == actor.name):
        raise rejection(ProblemCode.UNKNOWN, f"there is no import {number}")
    return job


def cancel_import(session: Session, actor: Actor, number: int) -> ImportJob:
    """Cancel a job that waits or runs; what it has saved so far stays in its release. Raises Denied, and Rejected for
    one that is over."""
    job = find_import(session, actor, number)
    if not import_jobs.cancel(session, number, datetime.now(UTC)):
        raise rejection(ProblemCode.CLOSED, f"the import is over: {job.state.lower()}")
    record(session, actor.name, Verb.IMPORT, None, {"number": number, "cancelled": True})
    return find_import(session, actor, number)


def apply_import(session: Session, actor: Actor, number: int, folder: Path, *, publish: bool = False) -> ImportJob:
    """Add a job that does what a dry run reported, no more and no less. Raises Denied, Rejected for anything but a dry
    run that is done, and as `start_import` does, and Conflict if a document of the report was changed since."""
    _permit(actor, publish=publish)
    job = find_import(session, actor, number)
    if not job.dry_run or job.state is not JobState.DONE or job.report is None:
        raise rejection(ProblemCode.CLOSED, "only a dry run that is done, and whose report is kept, can be applied")
    if (changed := import_reports.changed_since(session, number, job.audited or 0)) is not None:
        raise _conflict(session, changed, folder, number)
    return _add(session, actor, job.kind, job.options, dry_run=False, publish=publish, plan_of=number)


def _conflict(session: Session, key: Key, folder: Path, number: int) -> Conflict:
    """Return the conflict of a planned change with the present state of its document."""
    last = newest(state(session, key))
    theirs = body_at(session, key, last)
    try:
        plan = read_plan(folder, number).plan
    except (OSError, msgspec.MsgspecError):
        plan = Plan()
    draft = next((it.draft for it in plan.changes if it.draft.key == key), None)
    if draft is None:  # the import leaves it as it is
        return Conflict(key, last or 0, theirs, theirs, theirs)
    return Conflict(key, last or 0, body_at(session, key, draft.base), draft.body, theirs)
