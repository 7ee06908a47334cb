"""The steps that all imports share on the command line, from their options to their report."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import wraps
from typing import Any, TypeVar

import click
from sqlalchemy import Engine

from careergraph.cli.base.database import admin, database_option, open_database
from careergraph.cli.base.messages import CliError
from careergraph.cli.base.options import author_option
from careergraph.cli.base.table import listing, paragraph, table, width
from careergraph.cli.check import complain
from careergraph.editorial.content.outcome import Conflict, Refusal, Rejected
from careergraph.editorial.importers.apply import Done, plan_import, publish, save
from careergraph.editorial.importers.matching import BY_ID
from careergraph.editorial.importers.plan import Change, Plan, TooMany
from careergraph.editorial.importers.profile import BadProfile
from careergraph.editorial.importers.release_order import OlderRelease
from careergraph.editorial.importers.source_data import SourceData, Tell
from careergraph.editorial.importers.sources import ImportInput, MissingOption, ReadInput
from careergraph.editorial.importers.tables.shape import Tables
from careergraph.editorial.importers.tables.table import BadTable
from careergraph.store.database.memory import rare_collections
from careergraph.store.documents.documents import BY_TYPE, Key


def report(tables: Tables, source: SourceData, plan: Plan, done: Done, *, dry_run: bool) -> Iterator[str]:
    """The lines of a report."""
    yield from _tables(tables, source)
    yield from _changes(plan)
    yield from _matched(plan)
    yield from _left_alone(plan)
    yield from _end(plan, done, dry_run=dry_run)


def _tables(tables: Tables, source: SourceData) -> Iterator[str]:
    columns = width()
    uses = source.table_uses()
    read = {use.path for use in uses}
    yield "Tables used"
    yield from table([(use.name, use.what, f"{use.used:,} of {use.rows:,} rows") for use in uses if use.used], columns)
    skipped = [(it.name, it.why) for it in tables.skipped]
    skipped += [(use.name, f"{use.what}, but no row of it is of use") for use in uses if not use.used]
    skipped += [(it.name, "nothing is made of it") for it in tables.used if it.table.path not in read]
    if skipped:
        yield "Tables skipped"
        yield from table(sorted(skipped), columns)
    if tables.missed:
        yield "Tables missed"
        yield from table([(it.name, it.cost) for it in tables.missed], columns)
    if repaired := [f"{name}:{line}" for name, line in tables.repaired]:
        yield from listing("Lines with broken characters, which were mended, or else left out", repaired)
    for text in source.left_out:
        yield paragraph(f"Left out: {text}.", columns)


def _changes(plan: Plan) -> Iterator[str]:
    counts = Counter((it.draft.key[0], _kind(it)) for it in plan.changes)
    yield "Documents"
    for type_name in BY_TYPE:
        parts = [f"{count:,} {kind}" for kind in ("new", "changed", "gone") if (count := counts[type_name, kind])]
        if parts:
            yield f"  {type_name}: {', '.join(parts)}"
    yield f"  {plan.unchanged:,} stay as they are"
    if plan.gone:
        yield from _keys("The source has them no longer, so they go; as of dates before, they stay readable", plan.gone)


def _matched(plan: Plan) -> Iterator[str]:
    """Documents that were there and are the source's too, those by a name or an alias one by one."""
    by_id = sum(it.reason == BY_ID for it in plan.matched)
    if by_id:
        yield f"Documents that were there, by their external ids: {by_id:,}"
    named = [f"{' '.join(it.key)}, by its {it.reason}" for it in plan.matched if it.reason != BY_ID]
    yield from listing("Documents that were there, and are the same as the source's", named)


def _kind(change: Change) -> str:
    if change.draft.body is None:
        return "gone"
    return "new" if change.new else "changed"


def _left_alone(plan: Plan) -> Iterator[str]:
    if plan.conflicts:
        fields = [
            f"{' '.join(key)}: {field or 'gone from the source, changed by editors'}"
            for key, field, *_ in plan.conflicts
        ]
        yield from listing("Conflicts: the source has another value now, what editors have stays", fields)
    if plan.kept:
        fields = [f"{' '.join(key)}: {field}" for key, field, *_ in plan.kept]
        yield from listing("Editors had another value before the first import, which stays", fields)
    if plan.others:
        fields = [f"{' '.join(key)}: {field or 'gone from the source'}" for key, field, *_ in plan.others]
        yield from listing("Another import or the demonstration has another value, which stays", fields)
    if plan.lost:
        yield f"Attributes that are not there, so that their figures are left out: {', '.join(plan.lost)}"
    yield from _keys("Editors have a draft of them, so they are left alone; publish or discard it", plan.busy)
    yield from _keys("Editors have put them away, so they are left alone", plan.away)
    yield from _keys("The source has them no longer, but others refer to them, so they stay", plan.needed)


def _end(plan: Plan, done: Done, *, dry_run: bool) -> Iterator[str]:
    drafts = len(plan.changes) + len(plan.drafted)
    if dry_run:
        yield f"A dry run: nothing was changed. {drafts:,} drafts would be in the release."
    elif done.release is None:
        yield "Nothing changed."
    elif done.version is None:
        yield f"The release {done.release} holds {drafts:,} drafts, to be reviewed and published."
    else:
        yield f"Published the release {done.release} as version {done.version}."


def _keys(title: str, keys: Sequence[Key]) -> Iterator[str]:
    return listing(title, [" ".join(key) for key in keys])


Function = TypeVar("Function", bound=Callable[..., Any])

STEPS = 25
"""The number of steps of an import, about: its tables, and the steps after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """The options that every import has."""

    publish: bool
    dry_run: bool
    strict: bool
    older: bool
    author: str
    database: str | None


def import_options(function: Function) -> Function:
    """The options that every import has, as one argument `options`."""

    @wraps(function)
    def wrapped(*, publish: bool, dry_run: bool, **more: Any) -> None:
        if publish and dry_run:
            raise click.UsageError("a dry run publishes nothing: leave one of --publish and --dry-run out")
        shared = {it.name: more.pop(it.name) for it in fields(Import) if it.name in more}
        function(options=Import(publish=publish, dry_run=dry_run, **shared), **more)

    options = (
        click.option("--publish", is_flag=True, help="Publish all drafts as one version of the catalog."),
        click.option("--dry-run", is_flag=True, help="List the changes without making them."),
        click.option("--strict", is_flag=True, help="Refuse tables with broken characters."),
        click.option("--older", is_flag=True, help="Import an edition that is older than one that is there already."),
        author_option,
        database_option,
    )
    decorated: Any = wrapped
    for option in reversed(options):
        decorated = option(decorated)
    result: Function = decorated
    return result


def run(options: Import, read: ReadInput) -> None:
    """Read, plan, save, publish and report. Raises CliError, and then nothing is saved.

    The database is opened first, so that nobody waits for all tables to hear that there is none.
    """
    with open_database(options.database) as engine, progress() as tell, problems_as_failures(), rare_collections():
        source_input = read(tell)
        source, plan, done = _run(options, source_input, engine, tell)
    for line in report(source_input.tables, source, plan, done, dry_run=options.dry_run):
        click.echo(line)


def _run(options: Import, source_input: ImportInput, engine: Engine, tell: Tell) -> tuple[SourceData, Plan, Done]:
    """Plan, save and publish. Contents go as soon as they are saved: publishing takes memory of its own."""
    tell("comparing with what is there")
    source, plan = plan_import(engine, source_input, check=options.dry_run, strict=options.strict, older=options.older)
    if options.dry_run:
        return source, plan, Done()
    actor = admin(options.author)
    tell(f"saving {len(plan.changes):,} drafts")
    done = save(engine, actor, source.importer, source.vintage, plan)
    plan = plan.without_bodies()
    if options.publish and done.release is not None:
        tell("publishing")
        done = publish(engine, actor, done)
    return source, plan, done


@contextmanager
def progress() -> Iterator[Tell]:
    """Show progress: as a bar on a terminal, elsewhere in lines."""
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
    """Raise CliError, or list problems, for an import that fails."""
    try:
        yield
    except MissingOption as missing:
        raise CliError(f"{missing.what}: give it as --{missing.option}, such as {missing.example}") from None
    except OlderRelease as older:
        raise CliError(f"{older}; --older imports it all the same") from None
    except (BadTable, BadProfile, TooMany) as bad:
        raise CliError(str(bad)) from None
    except Rejected as rejected:
        complain(rejected.problems)
        raise click.exceptions.Exit(1) from None
    except Conflict as conflict:
        raise CliError(f"{conflict}, while it was imported: import again") from None
    except Refusal as refusal:
        raise CliError(str(refusal)) from None
