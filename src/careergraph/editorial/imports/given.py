"""Given: what an import of O*NET is made of."""

from dataclasses import dataclass

from careergraph.editorial.imports.folder import Tables
from careergraph.editorial.imports.shape import Shaped
from careergraph.editorial.imports.vintage import Vintages


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The tables of the database, the wages and the exposure beside them, and the editions."""

    tables: Tables
    vintages: Vintages
    wages: Shaped | None = None
    exposure: Shaped | None = None
