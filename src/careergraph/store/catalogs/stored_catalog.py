"""Stored catalog: a catalog that was read from a database, with what the next one follows from."""

from typing import NamedTuple

from careergraph.engine.content import Catalog
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.store.catalogs.version_info import CatalogVersionInfo


class StoredCatalog(NamedTuple):
    """A catalog, its version, and the stored neighbourhoods."""

    info: CatalogVersionInfo
    catalog: Catalog
    rows: Neighbourhoods | None
