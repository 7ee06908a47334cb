"""The tables of careers' profiles, of what sources publish of related careers, and of the neighbours that follow."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careergraph.store.database.names import TABLE_PREFIX
from careergraph.store.tables.content import Position, Table, owner, reference


class CareerProfile(Table):
    """What the work of a career consists of, as a source describes it: at most one row a career."""

    __tablename__ = f"{TABLE_PREFIX}career_profile"

    career_id: Mapped[int] = owner("career")
    source_id: Mapped[int] = reference("source")
    tasks: Mapped[list[Any]]
    activities: Mapped[list[Any]]
    knowledge: Mapped[dict[str, Any]]


class CareerRelation(Table):
    """The careers that a source calls related to one, by their ids in a scheme."""

    __tablename__ = f"{TABLE_PREFIX}career_relation"

    career_id: Mapped[int] = owner("career")
    position: Mapped[Position]
    source_id: Mapped[int] = reference("source")
    scheme: Mapped[str]
    ids: Mapped[list[Any]]


class NeighbourhoodRow(Table):
    """The neighbours of a career from a version on; NULL from where on the career is not there."""

    __tablename__ = f"{TABLE_PREFIX}neighbourhood"
    __table_args__ = (Index(None, "slug", "version"),)

    version: Mapped[Position] = mapped_column(
        ForeignKey(f"{TABLE_PREFIX}catalog_version.version", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    slug: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
