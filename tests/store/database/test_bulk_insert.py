"""Bulk inserts write what SQLAlchemy's own inserts write."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Double,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Session

from careergraph.store.database.bulk_insert import insert_rows
from careergraph.store.tables.table import Instant

KINDS = Table(
    "kinds",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", Text, server_default=text("'unnamed'")),
    Column("words", JSON),
    Column("body", JSON(none_as_null=True)),
    Column("day", Date),
    Column("at", Instant),
    Column("good", Boolean),
    Column("share", Double),
)
AT = datetime(2026, 5, 31, 12, 30, 15, 250, UTC)
FULL = {
    "words": {"en": "100 % \u20ac"},
    "body": ["a", None],
    "day": date(2026, 5, 31),
    "at": AT,
    "good": True,
    "share": 0.1,
}
ROWS: list[dict[str, Any]] = [FULL, dict.fromkeys(FULL), {**FULL, "good": False, "words": None}]


def test_rows_are_those_that_sqlalchemy_inserts(engine: Engine) -> None:
    """Cells of each type, absent ones, and the default of a column without cells, on each database."""
    with engine.begin() as connection:
        KINDS.create(connection)
        connection.execute(insert(KINDS), ROWS)
        with Session(connection) as session:
            insert_rows(session, KINDS, ROWS)
        columns: list[Any] = [*[it for it in KINDS.c if it.name != "id"], text("CAST(words AS TEXT)")]
        stored = [tuple(row) for row in connection.execute(select(*columns).order_by(KINDS.c.id))]
    assert len(stored) == 2 * len(ROWS)
    assert stored[3:] == stored[:3]
    assert stored[3][:7] == ("unnamed", *[FULL[name] for name in ("words", "body", "day", "at", "good", "share")])
