"""Puts content into the tables that changes what an earlier seed brought, and takes the change back again.

Frozen itself, beside `seeding_0001.py`, whose tables and helpers it uses. A folder holds whole documents. One that is
new is inserted. One that an earlier folder has too is merged field by field, and phrase by phrase: what is live as the
earlier seed wrote it becomes what the later one says, and what an editor changed stands.

A database that this very upgrade has filled keeps its one version: the change goes into the seed that nobody has read
yet. Everywhere else it is a version of its own.
"""

from datetime import UTC, datetime
from pathlib import Path
from runpy import run_path
from typing import Any

import sqlalchemy as sa

SEED = run_path(str(Path(__file__).with_name("seeding_0001.py")))
OWN, TABLES, REVISION, VERSION = SEED["OWN"], SEED["TABLES"], SEED["REVISION"], SEED["VERSION"]
ABSENT = object()

Body = dict[str, Any]
Key = tuple[str, str]


def amend(connection: sa.Connection, folder: Path, before: Path, author: str, started: datetime | None) -> None:
    """Inserts the documents of `folder` that `before` lacks, and merges those that it has. `started` is when this
    upgrade began, None where that is not known."""
    old, new = documents(before), documents(folder)
    live, past = SEED["idents"](connection), SEED["histories"](connection)
    fresh = {
        key: body for key, body in new.items() if key not in old | live and SEED["is_new"](past.get(key, []), author)
    }
    if SEED["is_bare"](past):
        fresh = SEED["words"](fresh)
    fresh = SEED["resolved"](fresh, live.keys())
    changed = merge(connection, old, new, past)
    if not fresh and not changed:
        return
    stamp = unread_version(connection, past, author, started)
    for type_name, _ in SEED["FOLDERS"].values():
        SEED["insert"](connection, {key: body for key, body in fresh.items() if key[0] == type_name})
    if stamp is None:
        SEED["record"](connection, {**fresh, **changed}, past, SEED["new_version"](connection, author, author))
    else:
        SEED["record"](connection, fresh, past, stamp)
        for key, body in changed.items():
            rewrite = sa.update(REVISION).where(REVISION.c.id == past[key][-1].id).values(body=body)
            connection.execute(rewrite)
        SEED["retitle"](connection, changed)
    SEED["settle"](connection)


def restore(connection: sa.Connection, folder: Path, before: Path, author: str) -> None:
    """Takes out what `amend` inserted and merged, but for what was edited and what that refers to."""
    old, new = documents(before), documents(folder)
    live, past, ids = SEED["rows_of_all"](connection), SEED["histories"](connection), SEED["idents"](connection)
    brought = {
        key
        for key in new.keys() - old.keys()
        if key in live and SEED["is_untouched"](key, live[key], past.get(key, []), author, ids)
    }
    gone = SEED["unneeded"](brought, live, ids)
    changed = merge(connection, new, old, past)
    if not gone and not changed:
        return
    stamp = SEED["new_version"](connection, author, f"{author} taken back")
    SEED["delete"](connection, gone, ids)
    SEED["record"](connection, dict.fromkeys(gone), past, stamp)
    for key, body in changed.items():
        SEED["record"](connection, {key: body}, past, {**stamp, "author": author_before(past[key], author)})
    SEED["settle"](connection)


def author_before(revisions: list[Any], author: str) -> str:
    """The author that a document has once a seed is taken back: the last one that is neither this seed nor a later one,
    which were taken back before."""
    others = [it.author for it in revisions if not (it.author.startswith("seed:") and it.author >= author)]
    return others[-1] if others else author


def documents(folder: Path) -> dict[Key, Body]:
    """The documents of a folder."""
    bodies: dict[Key, Body] = SEED["read"](folder)[0]
    return bodies


def merge(connection: sa.Connection, old: Any, new: Any, past: Any) -> dict[Key, Body]:
    """Updates the live rows of documents that are in both, and answers with the bodies of those that change."""
    ids = SEED["idents"](connection)
    changed: dict[Key, Body] = {}
    for key in sorted(old.keys() & new.keys() & ids.keys()):
        published = [it.body for it in past.get(key, []) if it.version is not None]
        if not published or published[-1] is None:
            continue
        body = merged(old[key], published[-1], new[key])
        if body != published[-1]:
            changed[key] = body
            update(connection, key, old[key], new[key], ids)
    return changed


def update(connection: sa.Connection, key: Key, old: Body, new: Body, ids: dict[Key, int]) -> None:
    """Merges the row of a document. Its parts (values, skills, stages) are not for a seed to change."""
    table = TABLES[key[0]]
    row = connection.execute(sa.select(table).where(table.c.id == ids[key])).one()._mapping
    before, after = (SEED["own_cells"](key, body, ids) for body in (old, new))
    cells = {name: merged(before[name], row[name], after[name]) for name in before}
    connection.execute(sa.update(table).where(table.c.id == ids[key]), cells)


def merged(old: Any, live: Any, new: Any) -> Any:
    """The new value where the live one is still the old one; of maps, the merge of each entry."""
    if live == old:
        return new
    if not all(isinstance(it, dict) for it in (old, live, new)):
        return live
    cells = {name: merged(*[it.get(name, ABSENT) for it in (old, live, new)]) for name in [*live, *(new.keys() - live)]}
    return {name: cell for name, cell in sorted(cells.items(), key=order(live, new)) if cell is not ABSENT}


def order(live: Body, new: Body) -> Any:
    """As the new map orders its entries; those that only the live one has stand behind them."""
    places = {name: place for place, name in enumerate([*new, *live])} | {name: at for at, name in enumerate(new)}
    return lambda entry: places[entry[0]]


def unread_version(connection: sa.Connection, past: Any, author: str, started: datetime | None) -> Body | None:
    """What the revisions of the only version have in common where this very upgrade made it; None elsewhere."""
    versions = connection.execute(sa.select(VERSION)).all()
    if (
        started is None
        or len(versions) != 1
        or any(not it.author.startswith("seed:") for its in past.values() for it in its)
    ):
        return None
    instant = versions[0].published_at
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    if instant < started:
        return None
    return {"version": versions[0].version, "created_at": instant, "author": author, "note": author}
