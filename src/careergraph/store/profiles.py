"""The tables of careers' profiles, and of what sources publish of related careers."""

from typing import Any

from sqlalchemy.orm import Mapped

from careergraph.store.models import Position, Table, owner, reference
from careergraph.store.names import TABLE_PREFIX


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
