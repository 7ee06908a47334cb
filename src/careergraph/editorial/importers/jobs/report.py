"""The report of an import job: a summary, and an item for each document or field."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from careergraph.editorial.content.diff import difference
from careergraph.editorial.content.outcome import Body
from careergraph.editorial.importers.jobs.files import plan_file
from careergraph.editorial.importers.plan import Change, FieldConflict, Plan
from careergraph.editorial.importers.source_data import SourceData
from careergraph.editorial.importers.tables.shape import Tables
from careergraph.store.documents.documents import Key
from careergraph.store.editing.import_reports import Item, ItemKind

MOST_FIELDS = 20
"""The most changed fields of a document that a report holds; their number is always there."""


class TableUse(msgspec.Struct):
    """A table that was read: its name, its content, its rows, and how many of them were used."""

    name: str
    content: str
    rows: int
    used: int


class UnusedTable(msgspec.Struct):
    """A table that was not used, or is missing, and why or at which cost."""

    name: str
    reason: str


class Summary(msgspec.Struct, rename="camel", kw_only=True):
    """The tables of an import, and its omissions. Its documents are items."""

    importer: str
    vintage: str
    used: list[TableUse]
    skipped: list[UnusedTable]
    missed: list[UnusedTable]
    repaired: list[str]
    left_out: list[str]
    lost_attributes: list[str]
    unchanged: int


class Planned(msgspec.Struct, kw_only=True):
    """A plan with its summary, as a file keeps it."""

    report: Summary
    plan: Plan


def read_plan(folder: Path, number: int) -> Planned:
    """Return the plan of a run. Raises OSError and MsgspecError."""
    return msgspec.msgpack.decode(plan_file(folder, number).read_bytes(), type=Planned)


def summary(tables: Tables, source: SourceData, plan: Plan) -> Summary:
    """Summarise an import."""
    used = source.table_uses()
    read = {it.path for it in used}
    skipped = [(it.name, it.why) for it in tables.skipped]
    skipped += [(it.name, "nothing is made of it") for it in tables.used if it.table.path not in read]
    return Summary(
        importer=source.importer,
        vintage=source.vintage,
        used=[TableUse(it.name, it.what, it.rows, it.used) for it in used],
        skipped=[UnusedTable(*it) for it in sorted(skipped)],
        missed=[UnusedTable(it.name, it.cost) for it in tables.missed],
        repaired=[f"{name}:{line}" for name, line in tables.repaired],
        left_out=list(source.left_out),
        lost_attributes=list(plan.lost),
        unchanged=plan.unchanged,
    )


def items(plan: Plan, live: Mapping[Key, Body]) -> Iterator[Item]:
    """Yield the items of a plan, given the present bodies of changed documents."""
    for change in plan.changes:
        yield _changed(change, live.get(change.draft.key))
    disputes = {ItemKind.CONFLICT: plan.conflicts, ItemKind.KEPT: plan.kept, ItemKind.OTHER: plan.others}
    for kind, conflicts in disputes.items():
        yield from (_conflict(kind, conflict) for conflict in conflicts)
    yield from (Item(ItemKind.MATCHED, it.key, "", {"source": it.reason}) for it in plan.matched)
    for kind, keys in ((ItemKind.BUSY, plan.busy), (ItemKind.ARCHIVED, plan.away), (ItemKind.NEEDED, plan.needed)):
        yield from (Item(kind, key) for key in keys)


def _changed(change: Change, before: Body | None) -> Item:
    if change.draft.body is None:
        return Item(ItemKind.GONE, change.draft.key)
    if change.new:
        return Item(ItemKind.NEW, change.draft.key)
    fields = difference(before, change.draft.body)
    listed = [{"steps": it.steps, "before": it.before, "after": it.after} for it in fields[:MOST_FIELDS]]
    return Item(ItemKind.CHANGED, change.draft.key, "", {"fields": listed, "count": len(fields)})


def _conflict(kind: ItemKind, conflict: FieldConflict) -> Item:
    return Item(kind, conflict.key, conflict.path, {"source": conflict.source, "present": conflict.present})
