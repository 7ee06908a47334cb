"""The base of all tables, with the types of their columns, and columns that point to other tables."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, TypeVar

from sqlalchemy import JSON, DateTime, Dialect, Double, ForeignKey, ForeignKeyConstraint, Index, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from careergraph.store.database.names import TABLE_PREFIX


class Instant(TypeDecorator[datetime]):
    """A column of instants, in UTC; SQLite keeps no time zone, so there they are stored without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """The type of a cell."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC. Raises ValueError for an instant without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = Annotated[int, mapped_column(primary_key=True)]
Position = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
Name = Annotated[str, mapped_column(unique=True)]
Word = Annotated[str, mapped_column(primary_key=True)]
Item = TypeVar("Item")


def owner(table: str, column: str = "id") -> Mapped[Any]:
    """A column of the key that points to the owner of the row, which goes with it."""
    key = ForeignKey(f"{TABLE_PREFIX}{table}.{column}", ondelete="CASCADE")
    return mapped_column(key, primary_key=True, autoincrement=False)


def reference(table: str, column: str = "id", *, primary_key: bool = False) -> Mapped[Any]:
    """A column that points to another row, which therefore cannot be removed."""
    key = ForeignKey(f"{TABLE_PREFIX}{table}.{column}", ondelete="RESTRICT")
    return mapped_column(key, primary_key=primary_key, autoincrement=False, index=True)


def part_of_career(table: str, position: str) -> ForeignKeyConstraint:
    """Point to a part of a career, by the career and the part's position there, and go with it."""
    targets = [f"{TABLE_PREFIX}{table}.{column}" for column in ("career_id", "position")]
    return ForeignKeyConstraint(("career_id", position), targets, ondelete="CASCADE")


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Index the rows that meet a condition, which stands in the migration and is named here for people.

    An option of a dialect would load the dialect: that of PostgreSQL takes 2 MB of each server over SQLite."""
    return Index(name, *columns, unique=unique, info={"where": where})


def value_of(kind: type[Item], row: Any, /, **others: Any) -> Item:
    """Make a value of a row: each field has the column of its name, but for `others`."""
    names = tuple([name for name in kind.__annotations__ if name not in others])
    return kind(**dict(zip(names, _getter(names)(row), strict=True)), **others)


@cache
def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads several cells of a row at once: an import has tens of thousands of rows."""
    return attrgetter(*names) if len(names) > 1 else lambda row: tuple([getattr(row, name) for name in names])


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

    @declared_attr.directive
    def __tablename__(cls) -> str:
        """The name of the class in snake case, without `Row`, after our prefix."""
        return TABLE_PREFIX + re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()
