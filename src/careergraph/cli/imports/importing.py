"""Importing: what all imports have in common on the command line, from their options to their report."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import click
from sqlalchemy import Engine

from careergraph.cli.base.cli_error import CliError
from careergraph.cli.base.database import database_option, open_database
from careergraph.cli.base.sessions import admin, author_option
from careergraph.cli.check import complain
from careergraph.cli.imports.import_report import report
from careergraph.editorial.content.outcome import Conflict, Refusal, Rejected
from careergraph.editorial.importers.carry_out import Done, bring_out, rehearse, save
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.plan import Plan, make_plan
from careergraph.editorial.importers.profile import BadProfile
from careergraph.editorial.importers.retire import TooMany
from careergraph.editorial.importers.source_data import SourceData, Tell
from careergraph.editorial.importers.tables.folder import Tables
from careergraph.editorial.importers.tables.table import BadTable
from careergraph.store.database.database import reading

Function = TypeVar("Function", bound=Callable[..., Any])

STEPS = 25
"""Steps of an import, about: its tables, and what is done with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """The options that every import has."""

    publish: bool
    dry_run: bool
    author: str
    database: str | None


def import_options(function: Function) -> Function:
    """The options that every import has, as one argument `options`."""

    @wraps(function)
    def wrapped(*, publish: bool, dry_run: bool, author: str, database: str | None, **more: Any) -> None:
        if publish and dry_run:
            raise click.UsageError("a dry run publishes nothing: leave one of --publish and --dry-run out")
        function(options=Import(publish=publish, dry_run=dry_run, author=author, database=database), **more)

    options = (
        click.option("--publish", is_flag=True, help="Publish the drafts, all of them, as one version of the catalog."),
        click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing."),
        author_option,
        database_option,
    )
    decorated: Any = wrapped
    for option in reversed(options):
        decorated = option(decorated)
    result: Function = decorated
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportInput:
    """The tables, the importer, and a function that reads the source once the database is known."""

    tables: Tables
    importer: str
    read_source: Callable[[DatabaseSnapshot], SourceData]


def run(options: Import, read: Callable[[Tell], ImportInput]) -> None:
    """Reads, plans, saves and publishes, and reports. What is in the way is a Failure, and nothing is kept.

    The database is opened first: nobody is to wait for all tables to hear that there is none.
    """
    with open_database(options.database) as engine, progress() as tell, problems_as_failures():
        source_input = read(tell)
        source, plan, done = _carry_out(options, source_input, engine, tell)
    for line in report(source_input.tables, source, plan, done, dry_run=options.dry_run):
        click.echo(line)


def _carry_out(options: Import, source_input: ImportInput, engine: Engine, tell: Tell) -> tuple[SourceData, Plan, Done]:
    tell("comparing with what is there")
    with reading(engine) as session:
        ground = DatabaseSnapshot(session, source_input.importer)
        source = source_input.read_source(ground)
        plan = make_plan(ground, source)
    if options.dry_run:
        rehearse(ground, plan)
        return source, plan, Done()
    actor = admin(options.author)
    tell(f"saving {len(plan.changes):,} drafts")
    done = save(engine, actor, source.importer, source.vintage, plan)
    if options.publish and done.release is not None:
        tell("publishing")
        done = bring_out(engine, actor, done)
    return source, plan, done


@contextmanager
def progress() -> Iterator[Tell]:
    """Tells people how far it is: with a bar on a terminal, elsewhere in lines."""
    if not sys.stderr.isatty():
        yield lambda what: click.echo(what, err=True)
        return
    steps: set[str] = set()
    with click.progressbar(length=STEPS, file=sys.stderr, show_eta=False, item_show_func=lambda it: it) as bar:

        def tell(what: str) -> None:
            bar.update(0 if what in steps or bar.pos >= STEPS - 1 else 1, what)
            steps.add(what)

        yield tell
        bar.update(STEPS - bar.pos)


@contextmanager
def problems_as_failures() -> Iterator[None]:
    """A Failure, or a list of problems, for what keeps an import from being made."""
    try:
        yield
    except (BadTable, BadProfile, TooMany) as bad:
        raise CliError(str(bad)) from None
    except Rejected as rejected:
        complain(rejected.problems)
        raise click.exceptions.Exit(1) from None
    except Conflict as conflict:
        raise CliError(f"{conflict}, while it was imported: import again") from None
    except Refusal as refusal:
        raise CliError(str(refusal)) from None
