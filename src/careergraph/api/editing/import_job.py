"""Import jobs: their states and their reports."""

from datetime import datetime
from typing import Annotated

import msgspec
import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import (
    Mirror,
    argument,
    attr,
    child,
    children,
    computed,
    input_field,
    input_type,
    object_type,
)
from careergraph.api.base.enums import Direction
from careergraph.api.base.page import Paged
from careergraph.api.base.scalars import Json
from careergraph.api.editing.connection import Connection, connect
from careergraph.api.editing.enums import DocumentType, Importer, ImportItemKind, ImportState
from careergraph.api.editing.keys import DocumentKey
from careergraph.api.editing.outcome import Difference, Problem
from careergraph.api.editing.people import display_name
from careergraph.api.editing.transaction import actor_of, read
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.content import diff, problem
from careergraph.editorial.importers.jobs import report
from careergraph.editorial.importers.jobs.manage import sees_all
from careergraph.store.database.sorted_query import SortedQuery
from careergraph.store.editing import import_jobs, import_reports


@input_type("A filter of the entries of an import's report. All conditions that are set must hold.")
class ImportItemFilter:
    kind: list[ImportItemKind] | None = input_field("Of one of these kinds.", default=None)
    type: DocumentType | None = input_field("About documents of this type.", default=None)
    slug: str | None = input_field("About documents of this slug.", default=None)


Items = Annotated[ImportItemFilter | None, argument("Which entries; all by default.")]


def _fields(item: import_reports.Item) -> list[diff.Difference]:
    fields = (item.detail or {}).get("fields", [])
    return [diff.Difference(steps=tuple(it["steps"]), before=it["before"], after=it["after"]) for it in fields]


def _side(item: import_reports.Item, name: str) -> Json | None:
    value = (item.detail or {}).get(name)
    return None if value is None else Json(value)


@object_type(import_reports.Item, "An entry of an import's report: a document, or one field of it.")
class ImportItem(Mirror):
    kind: ImportItemKind = attr("What it says of the document.")
    key: DocumentKey = child("The document.")
    path: str = attr("The field of a conflict, as `values.salary`; empty for the whole document.")
    source: Json | None = attr(
        "The source's value in a conflict, or what a document was matched by; null where there is none.",
        lambda of: _side(of, "source"),
    )
    present: Json | None = attr(
        "The document's value in a conflict, which stays; null where there is none.", lambda of: _side(of, "present")
    )
    fields: list[Difference] = children(
        "The changed fields of a document, at most 20.",
        lambda of: _fields(of),  # noqa: PLW0108 - without annotations
    )
    field_count: int = attr(
        "How many fields of the document change.", lambda of: int((of.detail or {}).get("count", 0))
    )


@object_type(import_reports.ItemCount, "How many entries of a kind a report has.")
class ImportCount(Mirror):
    of: strawberry.Private[import_reports.ItemCount]

    kind: ImportItemKind = attr("What they say of their documents.")
    count: int = attr("How many there are.", "total")

    @computed("The type of their documents.")
    def type(self) -> DocumentType:
        return DocumentType(self.of.type.upper())


@object_type(report.TableUse, "A table that an import read.")
class ImportTable(Mirror):
    name: str = attr("The name of its file.")
    content: str = attr("What it holds.")
    rows: int = attr("How many rows it has.")
    used: int = attr("How many of them were used.")


@object_type(report.UnusedTable, "A table that an import did not use.")
class UnusedTable(Mirror):
    name: str = attr("The name of its file, or what it would hold.")
    reason: str = attr("Why it was not used, or what is missing without it.")


@object_type(report.Summary, "What an import read, and what it leaves out.")
class ImportReport(Mirror):
    importer: str = attr("The name of the import, under which the next one finds what it brought.")
    vintage: str = attr("The release of the source.")
    used: list[ImportTable] = children("The tables that were used.")
    skipped: list[UnusedTable] = children("The files that were not used.")
    missed: list[UnusedTable] = children("The tables that are missing.")
    repaired: list[str] = attr("The lines with broken characters, which were mended or left out.")
    left_out: list[str] = attr("The parts of the source that are not imported, and why.")
    lost_attributes: list[str] = attr("The attributes that do not exist, so that their figures are left out.")
    unchanged: int = attr("How many documents stay as they are.")


@object_type(import_jobs.ImportJob, "An import that runs outside of requests, one at a time.")
class ImportJob(Mirror):
    of: strawberry.Private[import_jobs.ImportJob]

    number: int = attr("Its number.")
    kind: Importer = attr("What it reads.")
    state: ImportState = attr("How it stands.")
    dry_run: bool = attr("Whether it only reports.")
    publish: bool = attr("Whether its drafts are published.")
    plan_of: int | None = attr("The number of the dry run that it applies; null where it applies none.")
    files: list[str] = attr("The names of its files.", lambda of: list(of.options.get("files", [])))
    created_by: str = attr("Who started it.")
    created_by_name: str | None = attr("The display name of who started it.", display_name(lambda of: of.created_by))
    created_at: datetime = attr("When it was started.")
    started_at: datetime | None = attr("When a worker began it; null while it waits.")
    finished_at: datetime | None = attr("When it was over; null before.")
    step: str | None = attr("What it does now; null where it does not run.")
    percent: int | None = attr("How far it is, about, in percent; null where it failed or was cancelled.")
    cancelling: bool = attr("Whether somebody cancelled it; it ends within a second or two.")
    release: str | None = attr("The slug of the release with its drafts; null without any.")
    version: int | None = attr("The version of the catalog that it became; null where it was not published.")
    problems: list[Problem] = children("Why it failed.", lambda of: msgspec.convert(of.problems, list[problem.Problem]))
    report: ImportReport | None = child(
        "What it read; null before that, and once it is no longer kept.",
        lambda of: None if of.report is None else msgspec.convert(of.report, report.Summary),
    )

    @computed("How many documents it adds, changes or leaves alone, by kind and type.", cost=5)
    def counts(self, info: Info) -> list[ImportCount]:
        within, number = actor_of(info).scope.types, self.of.number
        rows = read(info, lambda it: import_reports.count_items(it, number, within), verb=Verb.IMPORT)
        return [ImportCount(it) for it in rows]

    @computed("The entries of its report.", cost=5)
    def items(self, info: Info, arguments: Paged, filter: Items = None) -> Connection[ImportItem]:
        fixed = {"number": self.of.number, "within": actor_of(info).scope.types}
        return connect(
            info,
            f"importItems/{self.of.number}",
            import_reports.list_items,
            ImportItem,
            arguments,
            filter,
            Direction.ASC,
            verb=Verb.IMPORT,
            **fixed,
        )


@input_type("A filter of imports. All conditions that are set must hold.")
class ImportFilter:
    kind: Importer | None = input_field("Of this kind.", default=None)
    state: list[ImportState] | None = input_field("In one of these states.", default=None)
    dry_run: bool | None = input_field("Only dry runs, or only the others.", default=None)
    created_by: str | None = input_field("Started by this person.", default=None)


def list_imports(actor: Actor, **conditions: object) -> SortedQuery[import_jobs.ImportJob]:
    """Return the jobs that an actor may see, narrowed as `import_jobs.list_jobs` does."""
    if not sees_all(actor):
        conditions["only_by"] = actor.name
    listing: SortedQuery[import_jobs.ImportJob] = import_jobs.list_jobs(**conditions)  # type: ignore[arg-type]
    return listing
