"""Given: what an import of O*NET is made of."""

from dataclasses import dataclass

from careergraph.editorial.importers.onet.release_info import ReleaseInfo
from careergraph.editorial.importers.tables.folder import Tables
from careergraph.editorial.importers.tables.shape import Shaped


@dataclass(frozen=True, slots=True, kw_only=True)
class OnetInput:
    """The tables of the database, the wages and the exposure beside them, and the editions."""

    tables: Tables
    vintages: ReleaseInfo
    wages: Shaped | None = None
    exposure: Shaped | None = None
