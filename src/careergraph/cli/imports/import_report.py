"""The report that an import ends with: its tables, what changes, and what stays as editors have it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from careergraph.cli.base.table import bullets, paragraph, table, width
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.importers.carry_out import Done
from careergraph.editorial.importers.plan import Change, Plan
from careergraph.editorial.importers.source_data import SourceData, Use
from careergraph.editorial.importers.tables.folder import Tables
from careergraph.store.documents.documents import BY_TYPE

LISTED = 20
"""The most that is listed of one kind; the number of all is there always."""


def report(tables: Tables, source: SourceData, plan: Plan, done: Done, *, dry_run: bool) -> Iterator[str]:
    """The lines of a report."""
    yield from _tables(tables, source)
    yield from _changes(plan)
    yield from _left_alone(plan)
    yield from _end(plan, done, dry_run=dry_run)


def _tables(tables: Tables, source: SourceData) -> Iterator[str]:
    columns = width()
    uses: dict[Path, list[Use]] = {}
    for use in source.uses:
        uses.setdefault(use.path, []).append(use)
    read = [(same_table[0], max(use.used for use in same_table)) for same_table in uses.values()]
    yield "Tables used"
    yield from table([(use.name, use.what, f"{used:,} of {use.rows:,} rows") for use, used in read if used], columns)
    skipped = [(it.name, it.why) for it in tables.skipped]
    skipped += [(use.name, f"{use.what}, but no row of it is of use") for use, used in read if not used]
    skipped += [(it.name, "nothing is made of it") for it in tables.used if it.table.path not in uses]
    if skipped:
        yield "Tables skipped"
        yield from table(sorted(skipped), columns)
    if tables.missed:
        yield "Tables missed"
        yield from table([(it.name, it.cost) for it in tables.missed], columns)
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


def _kind(change: Change) -> str:
    if change.draft.body is None:
        return "gone"
    return "new" if change.new else "changed"


def _left_alone(plan: Plan) -> Iterator[str]:
    if plan.conflicts:
        fields = [
            f"{' '.join(key)}: {field or 'gone from the source, changed by editors'}" for key, field in plan.conflicts
        ]
        yield from _texts("Conflicts: the source has another value now, what editors have stays", fields)
    if plan.kept:
        fields = [f"{' '.join(key)}: {field}" for key, field in plan.kept]
        yield from _texts("Editors had another value before the first import, which stays", fields)
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
    if keys:
        yield from _texts(title, [" ".join(key) for key in keys])


def _texts(title: str, texts: Sequence[str]) -> Iterator[str]:
    more = f", the first {LISTED} of {len(texts):,}" if len(texts) > LISTED else ""
    yield f"{title} ({len(texts):,}{more})"
    yield from bullets(texts[:LISTED], width())
