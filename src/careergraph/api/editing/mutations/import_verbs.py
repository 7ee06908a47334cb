"""The verbs on imports, as mutations."""

from typing import Annotated

from careergraph.api.base.arguments import Info
from careergraph.api.base.declaration import FromArguments
from careergraph.api.base.declare import argument, computed, root_type, union
from careergraph.api.editing.arguments import Number
from careergraph.api.editing.enums import Importer, ImportPart
from careergraph.api.editing.import_job import ImportJob
from careergraph.api.editing.mutations.document_verbs import PUBLISH, WRITE
from careergraph.api.editing.outcome import Conflict, Rejected
from careergraph.api.editing.transaction import actor_of, database_of, run_verb, run_verb_or_reject
from careergraph.editorial.importers.jobs.manage import ImportOptions, apply_import, cancel_import, start_import

Kind = Annotated[Importer, argument("What it reads.")]
Tables = Annotated[
    list[str],
    argument("The ids of the uploads with its tables: archives or files; of `FIGURES` one, with a figure a row."),
]
Wages = Annotated[str | None, argument("The id of an upload: a table of wages by SOC code. Only of `ONET`.")]
Exposure = Annotated[
    str | None, argument("The id of an upload: a table of exposure to language models. Only of `ONET`.")
]
Profile = Annotated[
    str | None,
    argument("The id of an upload: the conversion of tables, in place of the usual one; of `TABLE` their map."),
]
Release = Annotated[
    str | None, argument("The release of the source, such as `29.3`; by default that in the name of the first upload.")
]
WagesYear = Annotated[str | None, argument("The year of the wages; by default that in the name of their upload.")]
Only = Annotated[ImportPart | None, argument("Import only this part. Only of `ESCO`.")]
Strict = Annotated[bool, argument("Whether tables with broken characters are refused.")]
Older = Annotated[bool, argument("Whether an edition is imported that is older than one that is there already.")]
DryRun = Annotated[bool, argument("Whether it only reports what it would change.")]
Publish = Annotated[bool, argument("Whether its drafts are published, as one version of the catalog.")]

StartImportResult = Annotated[
    ImportJob | Rejected, union("StartImportResult", "How starting an import can end: with the job that waits.")
]
CancelImportResult = Annotated[ImportJob | Rejected, union("CancelImportResult", "How cancelling an import can end.")]
ApplyImportResult = Annotated[
    ImportJob | Rejected | Conflict,
    union("ApplyImportResult", "How applying a dry run can end: with the job that waits."),
]


def options_of(  # noqa: PLR0913, PLR0917 - the options of an import
    tables: Tables,
    wages: Wages = None,
    exposure: Exposure = None,
    profile: Profile = None,
    release: Release = None,
    wages_year: WagesYear = None,
    only: Only = None,
    strict: Strict = False,
    older: Older = False,
) -> ImportOptions:
    """Return the options of an import."""
    return ImportOptions(
        tables=tuple(tables),
        wages=wages,
        exposure=exposure,
        profile=profile,
        release=release,
        wages_year=wages_year,
        only=None if only is None else only.value.lower(),
        strict=strict,
        older=older,
    )


Options = Annotated[ImportOptions, FromArguments(options_of)]


@root_type("The verbs on imports.")
class ImportVerbs:
    @computed(
        "Starts an import of tables that were uploaded (PUT to `/uploads/<name>`). A worker runs it, outside of the "
        "server's process; `Editor.importJob` tells how it goes. Its drafts are in a release.",
        cost=WRITE,
    )
    def start_import(
        self, info: Info, kind: Kind, options: Options, dry_run: DryRun = False, publish: Publish = False
    ) -> StartImportResult | None:
        return run_verb_or_reject(
            info,
            lambda it, actor: start_import(it, actor, kind, options, dry_run=dry_run, publish=publish),
            ImportJob,
        )

    @computed("Cancels an import. What it saved before stays in its release.", cost=WRITE)
    def cancel_import(self, info: Info, number: Number) -> CancelImportResult | None:
        return run_verb_or_reject(info, lambda it, actor: cancel_import(it, actor, number), ImportJob)

    @computed(
        "Starts an import that does what a dry run reported. If a document of its report was changed since, the answer "
        "is a Conflict.",
        cost=PUBLISH,
    )
    def apply_import(self, info: Info, number: Number, publish: Publish = False) -> ApplyImportResult | None:
        actor_of(info)
        folder = database_of(info).imports
        return run_verb(info, lambda it, actor: apply_import(it, actor, number, folder, publish=publish), ImportJob)
