"""Bulk inserts: many rows of a table in one statement, without a step of SQLAlchemy's for each cell."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Dialect, Table, insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Processor = Callable[[Any], Any]


def insert_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, one at least, that all have the cells of the first: as `session.execute(insert(table), rows)` does,
    in a fraction of the time. A column without a cell takes the default of the database."""
    connection = session.connection()
    dialect, names = connection.dialect, list(rows[0])
    statement = insert(table).compile(dialect=dialect, column_keys=names)
    assert isinstance(statement, SQLCompiler)  # noqa: S101 - the statement is no DDL
    processors = {name: it for name in names if (it := _processor(table.c[name].type, dialect)) is not None}
    cells = [{**row, **{name: process(row[name]) for name, process in processors.items()}} for row in rows]
    if not statement.positional:
        connection.exec_driver_sql(str(statement), cells)
    else:
        order = statement.positiontup or names
        connection.exec_driver_sql(str(statement), [tuple(map(row.__getitem__, order)) for row in cells])


def _processor(kind: TypeEngine[Any], dialect: Dialect) -> Processor | None:
    """Return what makes a cell of a type a value of the database's driver; None where it is one. There are few days."""
    process: Processor | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return lru_cache(1_000)(process) if process is not None and isinstance(kind, Date) else process
