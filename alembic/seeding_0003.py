"""Says more of figures that an earlier seed brought, and takes that back again.

Frozen itself, beside `seeding_0001.py` and `seeding_0002.py`, whose tables and helpers it uses. A folder holds whole
careers. Each figure of one that is published as the earlier seed wrote it becomes what the folder says of it; what an
editor changed stands, figure by figure. All else of a career is the same in both, and is left alone.
"""

from datetime import datetime
from pathlib import Path
from runpy import run_path
from typing import Any

import sqlalchemy as sa

AMENDING = run_path(str(Path(__file__).with_name("seeding_0002.py")))
SEED, REVISION = AMENDING["SEED"], AMENDING["REVISION"]
MORE: dict[str, Any] = {
    "low_percentile": sa.Integer(),
    "high_percentile": sa.Integer(),
    "share": sa.Double(),
    "sample_size": sa.Integer(),
}
"""The columns of a figure that came after the first seed."""
VALUE = sa.table(
    "careergraph_value",
    *[sa.column(it.name, it.type) for it in SEED["TABLES"]["value"].c],
    *[sa.column(name, kind) for name, kind in MORE.items()],
)

Body = dict[str, Any]
Key = tuple[str, str]


def refine(connection: sa.Connection, folder: Path, before: Path, author: str, started: datetime | None) -> None:
    """Gives the figures of `before` what `folder` says of them. `started` is when this upgrade began, None where that
    is not known."""
    old, new = (AMENDING["documents"](it) for it in (before, folder))
    say_more(connection, old, new, author, started)


def say_more(
    connection: sa.Connection, old: dict[Key, Body], new: dict[Key, Body], author: str, started: datetime | None
) -> None:
    """Gives the figures that are published as `old` has them what `new` says of them."""
    past = SEED["histories"](connection)
    changed = change(connection, old, new, past)
    if not changed:
        return
    stamp = AMENDING["unread_version"](connection, past, author, started)
    if stamp is None:
        SEED["record"](connection, changed, past, SEED["new_version"](connection, author, author))
    else:
        for key, body in changed.items():
            rewrite = sa.update(REVISION).where(REVISION.c.id == past[key][-1].id).values(body=body)
            connection.execute(rewrite)
    SEED["settle"](connection)


def restore(connection: sa.Connection, folder: Path, before: Path, author: str) -> None:
    """Takes out what `refine` added, but for what was edited since."""
    take_back(connection, *(AMENDING["documents"](it) for it in (before, folder)), author)


def take_back(connection: sa.Connection, old: dict[Key, Body], new: dict[Key, Body], author: str) -> None:
    """Gives the figures that are published as `new` has them what `old` says of them."""
    past = SEED["histories"](connection)
    changed = change(connection, new, old, past)
    if not changed:
        return
    stamp = SEED["new_version"](connection, author, f"{author} taken back")
    for key, body in changed.items():
        previous = AMENDING["author_before"](past[key], author)
        SEED["record"](connection, {key: body}, past, {**stamp, "author": previous})
    SEED["settle"](connection)


def change(connection: sa.Connection, old: dict[Key, Body], new: dict[Key, Body], past: Any) -> dict[Key, Body]:
    """Updates the live rows of figures that are still the old ones, and answers with the bodies of the careers that
    change."""
    ids = SEED["idents"](connection)
    changed: dict[Key, Body] = {}
    for key in sorted(old.keys() & new.keys() & ids.keys()):
        published = [it.body for it in past.get(key, []) if it.version is not None]
        if not published or published[-1] is None:
            continue
        steps = {it["attribute"]: (it, figure_of(new[key], it["attribute"])) for it in old[key]["values"]}
        values = [after if value == before else value for value, before, after in matched(published[-1], steps)]
        if values != published[-1].get("values", []):
            changed[key] = {**published[-1], "values": values}
            update(connection, ids[key], list(steps.values()), ids)
    return changed


def figure_of(body: Body, attribute: str) -> Body:
    """A career's figure of an attribute."""
    figure: Body = next(it for it in body["values"] if it["attribute"] == attribute)
    return figure


def matched(body: Body, steps: dict[str, tuple[Body, Body]]) -> list[tuple[Body, Body | None, Body | None]]:
    """The figures of a body, each with what it was and what it becomes by the seeds."""
    return [(it, *steps.get(it["attribute"], (None, None))) for it in body.get("values", [])]


def update(connection: sa.Connection, career: int, steps: list[tuple[Body, Body]], ids: dict[Key, int]) -> None:
    """Updates the rows of a career's figures that are as the old seed wrote them."""
    rows = connection.execute(sa.select(VALUE).where(VALUE.c.career_id == career)).all()
    by_attribute = {row.attribute_id: row._mapping for row in rows}
    changed = []
    for before, after in steps:
        row = by_attribute.get(ids.get(("attribute", before["attribute"]), 0))
        if row is None or ("source", before["source"]) not in ids:
            continue
        here, there = (cells_of(row["position"], it, ids) for it in (before, after))
        if all(row[name] == cell for name, cell in here.items()):
            changed.append({"career": career, "place": row["position"], **there})
    if changed:
        place = (VALUE.c.career_id == sa.bindparam("career")) & (VALUE.c.position == sa.bindparam("place"))
        connection.execute(sa.update(VALUE).where(place), changed)


def cells_of(place: int, value: Body, ids: dict[Key, int]) -> Body:
    """The cells of a figure's row."""
    cells: Body = SEED["value_cells"](place, value, ids)
    return cells | {name: value.get(SEED["camel"](name)) for name in MORE}
