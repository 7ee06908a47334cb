"""`careergraph export --comparisons`: all comparisons, each as a line of JSON."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from careergraph.api.changes.page_documents import COMPARISON, DocumentProblem, text_of
from careergraph.api.connections.comparison_page import ComparisonFilter
from careergraph.cli.base.database import address, open_database, settings
from careergraph.cli.base.explain import explain, no_such
from careergraph.cli.base.messages import CliError, reason_of, say_locale
from careergraph.cli.bulk.job import Different, Job, Part, Shard, claim, manifest_of, pairs, parts, read
from careergraph.cli.bulk.worker_pool import CrewProblem, processes_for, write_alone, write_together
from careergraph.cli.bulk.writer import Progress, Writer
from careergraph.engine.content import Catalog
from careergraph.engine.content.did_you_mean import close_slugs
from careergraph.engine.errors import CodedError
from careergraph.engine.text.localized_catalog import localize
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import file_of
from careergraph.store.files.destination import Destination, destination, sweep

PER_FILE = 1000
"""Comparisons per file: an interruption loses one file at most, a second of one process or less."""


DASK = "dask://"
"""The prefix of the address of a Dask scheduler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """The options."""

    folder: str
    document: Path | None
    locales: tuple[str, ...]
    region: str | None
    pair_filter: ComparisonFilter
    shard: Shard
    processes: int | None
    scheduler: str | None
    version: int | None
    per_file: int


def parse_options(folder: str, options: Mapping[str, Any]) -> ExportOptions:
    """The options as they were given. Raises click.UsageError."""
    try:
        shard = Shard.read(options["shard"] or "1/1")
    except ValueError:
        raise click.UsageError("--shard takes I/N, such as 1/4 for the first of four") from None
    engine = options["engine"]
    if engine and not engine.startswith(DASK):
        raise click.UsageError("--engine takes dask://HOST:PORT, the address of a scheduler")
    if engine and options["processes"]:
        raise click.UsageError("--processes is not for --engine: the scheduler has workers of its own")
    return ExportOptions(
        folder=folder,
        document=options["document"],
        locales=options["locales"],
        region=options["region"],
        pair_filter=ComparisonFilter(
            career=options["career"], category=options["category"], min_score=options["min_score"]
        ),
        shard=shard,
        processes=options["processes"],
        scheduler=engine and engine.removeprefix(DASK),
        version=options["version"],
        per_file=options["per_file"] or PER_FILE,
    )


def export(options: ExportOptions, database: str | None) -> None:
    """Write comparisons into a folder, or go on where an earlier run stopped. Raises CliError."""
    try:
        place = destination(options.folder)
        job, catalog = _job(options, database, place)
        _require_known(catalog, job.pair_filter)
        writer = Writer(job, catalog)
        count = len(pairs(catalog, job.pair_filter))
        claim(place, manifest_of(job, count))
        mine = parts(job, count, options.shard)
        names = {part.name for part in mine}
        sweep(place, names)
        there = frozenset().union(*[place.names(locale) for locale in job.locales])
        missing = [part for part in mine if part.name not in there]
        all_, left = (sum(len(it.places(job.per_file, count)) for it in some) for some in (mine, missing))
        progress = Progress(all_, all_ - left)
        processes = options.processes or processes_for(left, os.cpu_count() or 1)
        _write(job, writer, missing, options.scheduler or processes, progress)
        sweep(place, names)  # a lost worker of a scheduler leaves some
    except OSError as error:
        raise CliError(reason_of(error)) from None
    except CodedError as error:
        raise CliError(explain(error, {})) from None
    except (DocumentProblem, Different, CrewProblem) as problem:
        raise CliError(str(problem)) from None
    _report(options, job, progress, len(mine), len(missing))


def _job(options: ExportOptions, database: str | None, place: Destination) -> tuple[Job, Catalog]:
    """The job, and the catalog for it: where the folder has a manifest, the version that it names, so that an
    interrupted export goes on with that."""
    begun = read(place)
    version = options.version or (begun.version if begun else None)
    with open_database(database) as engine:
        catalogs = Catalogs(engine)
        catalog = catalogs.current() if version is None else catalogs.at_version(version)
        file = file_of(engine)
    text = text_of(COMPARISON) if options.document is None else options.document.read_text(encoding="utf-8")
    job = Job(
        database=address(database) if file is None else f"sqlite:///{file.absolute()}",
        version=catalog.version,
        text=text,
        locales=tuple(_locale(catalog, tag) for tag in options.locales or (catalog.default_locale,)),
        region=None if options.region is None else localize(catalog, region=options.region).region,
        pair_filter=options.pair_filter,
        folder=options.folder if "://" in options.folder else str(Path(options.folder).absolute()),
        per_file=options.per_file,
        media_url=settings().media_url,
    )
    return replace(job, locales=tuple(dict.fromkeys(job.locales))), catalog


def _require_known(catalog: Catalog, pair_filter: ComparisonFilter) -> None:
    """Require that the career and the category of a filter are there. Raises CliError."""
    if pair_filter.career is not None and pair_filter.career not in catalog.careers:
        close = close_slugs(catalog, "careers", pair_filter.career)
        raise CliError(no_such("career", pair_filter.career, close))
    if pair_filter.category is not None and pair_filter.category not in catalog.categories:
        close = close_slugs(catalog, "categories", pair_filter.category)
        raise CliError(no_such("category", pair_filter.category, close))


def _locale(catalog: Catalog, tag: str) -> str:
    """The code of the locale that is read for a tag. Raises CodedError UNKNOWN_LOCALE."""
    code = localize(catalog, tag).locale.code
    say_locale(tag, code)
    return code


def _write(job: Job, writer: Writer, missing: Sequence[Part], crew: int | str, progress: Progress) -> None:
    """Write by so many processes, or by the workers of a scheduler."""
    try:
        if isinstance(crew, str):
            _dask().write_on_workers(job, missing, crew, progress.add)
        elif min(crew, len(missing)) > 1:
            write_together(job, missing, min(crew, len(missing)), progress.add)
        else:
            write_alone(writer, missing, progress.add)
    except KeyboardInterrupt:
        progress.end()
        raise CliError(f"stopped after {progress.done:,} comparisons; run it again to go on") from None
    progress.end()


def _dask() -> ModuleType:
    try:
        return import_module("careergraph.cli.bulk.dask_engine")
    except ModuleNotFoundError as error:
        raise CrewProblem(f"--engine needs the package {error.name}: install careergraph[dask]") from None


def _report(options: ExportOptions, job: Job, progress: Progress, all_: int, written: int) -> None:
    done = f"{written} files written ({progress.done:,} comparisons, {progress.rate:,.0f} a second)"
    click.echo(f"version {job.version} in {options.folder}: {done}, {all_ - written} were there")
