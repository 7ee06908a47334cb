"""The table of vectors: what neighbours are measured by (`catalogs/stored_vectors`)."""

from sqlalchemy.orm import Mapped, mapped_column

from careergraph.store.tables.table import Table


class CareerVectorRow(Table):
    """The vectors of a career, as base 64, that the newest stored neighbours follow from. The row without a slug holds
    what all share, as JSON, and the version of these neighbours."""

    slug: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    body: Mapped[str]
