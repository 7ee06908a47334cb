"""Readiness: what takes long to derive, derived for a new catalog before anybody waits for it.

Only what somebody asked of the catalog before is: whoever never searches has no index in memory.
"""

from careergraph.engine import ranking, search
from careergraph.engine.content import Catalog
from careergraph.engine.edition import Edition, edition_of


def make_ready(catalog: Catalog, before: Catalog) -> None:
    """Derives of a catalog what was derived of the one before it: the ranking of pairs, and the indexes of search."""
    if ranking.NAME in before.memo:
        ranking.ranking(catalog)
    for code, edition in list(before.editions.items()):
        if code in catalog.locales and isinstance(edition, Edition) and search.NAME in edition.memo:
            search.index_of(edition_of(catalog, code))
