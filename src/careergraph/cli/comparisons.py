"""`careergraph export --comparisons`: all comparisons, each as a line of JSON."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from careergraph.api.changes.page_documents import COMPARISON, DocumentProblem, text_of
from careergraph.api.connections.comparison_page import Wanted
from careergraph.cli.base.cli_error import CliError, reason_of
from careergraph.cli.base.database import address, open_database
from careergraph.cli.base.language import say_locale
from careergraph.cli.bulk.crew import CrewProblem, processes_for, write_alone, write_together
from careergraph.cli.bulk.job import Job, Part, Shard, pairs, parts
from careergraph.cli.bulk.manifest import Different, claim, manifest_of, read
from careergraph.cli.bulk.progress import Progress
from careergraph.cli.bulk.writer import Writer, sweep
from careergraph.engine.content import Catalog
from careergraph.engine.errors import CodedError
from careergraph.engine.text.localized_catalog import localize
from careergraph.store.catalogs.catalogs import Catalogs

PER_FILE = 1000
"""Comparisons of a file: what an interruption costs at most, a second of one process or less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """The options."""

    folder: Path
    document: Path | None
    locales: tuple[str, ...]
    pair_filter: Wanted
    shard: Shard
    processes: int | None
    version: int | None
    per_file: int


def parse_options(folder: Path, options: Mapping[str, Any]) -> ExportOptions:
    """The options as they were given. Raises click.UsageError."""
    try:
        shard = Shard.read(options["shard"] or "1/1")
    except ValueError:
        raise click.UsageError("--shard takes I/N, such as 1/4 for the first of four") from None
    return ExportOptions(
        folder=folder,
        document=options["document"],
        locales=options["locales"],
        pair_filter=Wanted(options["career"], options["category"], options["min_score"]),
        shard=shard,
        processes=options["processes"],
        version=options["version"],
        per_file=options["per_file"] or PER_FILE,
    )


def export(options: ExportOptions, database: str | None) -> None:
    """Writes comparisons into a folder, or goes on where an earlier run stopped. Raises Failure."""
    try:
        job, catalog = _job(options, database)
        writer = Writer(job, catalog)
        count = len(pairs(catalog, job.pair_filter))
        claim(job.folder, manifest_of(job, count))
        mine = parts(job, count, options.shard)
        sweep(job.folder, mine)
        missing = [part for part in mine if not part.path(job.folder).exists()]
        all_, left = (sum(len(it.places(job.per_file, count)) for it in some) for some in (mine, missing))
        progress = Progress(all_, all_ - left)
        processes = options.processes or processes_for(left, os.cpu_count() or 1)
        _write(job, writer, missing, processes, progress)
    except OSError as error:
        raise CliError(reason_of(error)) from None
    except CodedError as error:
        hints = [str(it) for it in (*error.extensions.values(),)]
        raise CliError(" ".join([error.message, *hints])) from None
    except (DocumentProblem, Different, CrewProblem) as problem:
        raise CliError(str(problem)) from None
    _report(job, progress, len(mine), len(missing))


def _job(options: ExportOptions, database: str | None) -> tuple[Job, Catalog]:
    """The job, and the catalog for it: where the folder has a manifest, the version that it names, so that an
    interrupted export goes on with that."""
    begun = read(options.folder)
    version = options.version or (begun.version if begun else None)
    with open_database(database) as engine:
        catalogs = Catalogs(engine)
        catalog = catalogs.current() if version is None else catalogs.at_version(version)
    text = text_of(COMPARISON) if options.document is None else options.document.read_text(encoding="utf-8")
    job = Job(
        database=address(database),
        version=catalog.version,
        text=text,
        locales=tuple(_locale(catalog, tag) for tag in options.locales or (catalog.default_locale,)),
        pair_filter=options.pair_filter,
        folder=options.folder,
        per_file=options.per_file,
    )
    return replace(job, locales=tuple(dict.fromkeys(job.locales))), catalog


def _locale(catalog: Catalog, tag: str) -> str:
    """The code of the locale that is read for a tag. Raises CodedError UNKNOWN_LOCALE."""
    code = localize(catalog, tag).locale.code
    say_locale(tag, code)
    return code


def _write(job: Job, writer: Writer, missing: Sequence[Part], processes: int, progress: Progress) -> None:
    try:
        if min(processes, len(missing)) > 1:
            write_together(job, missing, min(processes, len(missing)), progress.add)
        else:
            write_alone(writer, missing, progress.add)
    except KeyboardInterrupt:
        progress.end()
        raise CliError(f"stopped after {progress.done:,} comparisons; run it again to go on") from None
    progress.end()


def _report(job: Job, progress: Progress, all_: int, written: int) -> None:
    done = f"{written} files written ({progress.done:,} comparisons, {progress.rate:,.0f} a second)"
    click.echo(f"version {job.version} in {job.folder}: {done}, {all_ - written} were there")
