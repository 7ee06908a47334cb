"""Table: what all tables have in common, and how columns point from one to another."""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import JSON, Double, ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from careergraph.store.database.names import TABLE_PREFIX
from careergraph.store.database.utc_datetime import Instant

Id = Annotated[int, mapped_column(primary_key=True)]
Position = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
Name = Annotated[str, mapped_column(unique=True)]


def owner(table: str, *, primary_key: bool = True) -> Mapped[int]:
    """A column that points to what the row is a part of, and goes with it."""
    return mapped_column(ForeignKey(f"{TABLE_PREFIX}{table}.id", ondelete="CASCADE"), primary_key=primary_key)


def reference(table: str, *, primary_key: bool = False) -> Mapped[int]:
    """A column that points to another document, which therefore cannot be removed."""
    key = ForeignKey(f"{TABLE_PREFIX}{table}.id", ondelete="RESTRICT")
    return mapped_column(key, primary_key=primary_key, index=True)


class Table(DeclarativeBase):
    """All tables, with names for constraints that are the same on every database."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        float: Double,
        datetime: Instant,
        dict[str, str]: JSON,
        dict[str, list[str]]: JSON,
        dict[str, dict[str, str]]: JSON,
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON,
    }
