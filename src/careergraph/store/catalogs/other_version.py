"""Other version: the catalog of a version, later or earlier, from one that is in memory, by what differs between them.

Only documents that were published in between are read. All others stay the same objects, and so does what is derived of
them: it takes as long as the two differ, not as long as the catalog is large.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from careergraph.engine.comparison.reuse import reuse
from careergraph.engine.content import Catalog
from careergraph.engine.content.changed_items import changed_items
from careergraph.engine.content.neighbour import Neighbour, Neighbourhoods
from careergraph.engine.similarity.pair_ranking import is_ranked, prepare
from careergraph.store.catalogs.catalog_cache import Check
from careergraph.store.catalogs.neighbour_rows import neighbourhoods_of
from careergraph.store.catalogs.neighbourhoods import mark_at, rarity_at, rows_before, rows_between, stored_rows
from careergraph.store.catalogs.past import careers_published_at, changes_between, documents_before, version_info
from careergraph.store.catalogs.sharing import share_neighbourhoods
from careergraph.store.catalogs.stored_catalog import StoredCatalog
from careergraph.store.catalogs.update import Changes, update_catalog
from careergraph.store.catalogs.version_info import CatalogVersionInfo
from careergraph.store.documents.documents import CareerDocument, Key

_Rows = Mapping[str, tuple[Neighbour, ...] | None]


class Differences(NamedTuple):
    """The documents that were published between two versions, as the other one has them (None: not at all), and when
    each career among them was published."""

    documents: Changes
    published: Mapping[str, datetime]


def differences(session: Session, one: StoredCatalog, version: int) -> Differences | None:
    """Return how another version differs from that of a catalog; None where that is of another database, or of this one
    before it was restored. Raises msgspec.ValidationError."""
    own = one.info.version
    if version_info(session, own) != one.info:
        return None
    if own < version:
        changes = changes_between(session, own, version)
        documents = {key: change.document for key, change in changes.items()}
        return Differences(documents, {ident: change.published_at for (_, ident), change in changes.items()})
    before = documents_before(session, version, own)
    careers = [ident for (type_name, ident), it in before.items() if type_name == CareerDocument.TYPE and it]
    return Differences(before, careers_published_at(session, version, careers))


def other_version(
    session: Session, one: StoredCatalog, info: CatalogVersionInfo, differ: Differences, moved: Mapping[Key, str]
) -> StoredCatalog | None:
    """Return the catalog of another version, of which only what differs is made; None where it has to be built as a
    whole. `moved` are the redirects there. Raises KeyError or ValueError for documents that make no catalog."""
    catalog = update_catalog(one.catalog, info, differ.documents, differ.published, moved)
    if catalog is None:
        return None
    rows, near = _neighbourhoods(session, one, info.version, catalog)
    return StoredCatalog(info, replace(catalog, neighbourhoods=near, rarity=rarity_at(session, info.version)), rows)


def derive(catalog: Catalog, one: Catalog, check: Check) -> bool:
    """Derive for a catalog what takes long, from what was derived of another one. Return False, without having done so,
    where that is not prepared, or the two differ in too much."""
    changed = changed_items(one, catalog, "careers")
    if not is_ranked(one) or catalog.neighbourhoods is None or 2 * len(changed) > len(catalog.careers):
        return False
    reuse(catalog, one)
    for _ in prepare(catalog, one):
        check()
    return True


def _neighbourhoods(
    session: Session, one: StoredCatalog, version: int, catalog: Catalog
) -> tuple[Neighbourhoods | None, Neighbourhoods | None]:
    """Return the rows that hold at a version, and what a catalog has of them."""
    before, moved = one.catalog, catalog.redirects
    if one.rows is None or mark_at(session, version) is None:
        rows, fresh = stored_rows(session, version), None
    else:
        fresh = _rows_between(session, one.info.version, version)
        rows = one.rows if not fresh else _laid_over(one.rows, fresh)
    if rows is None:
        return None, None
    near, careers = before.neighbourhoods, catalog.careers.keys()
    if fresh is None or near is None or (careers, moved) != (before.careers.keys(), before.redirects):
        return rows, share_neighbourhoods(near, neighbourhoods_of(rows, careers, moved))
    if not fresh:
        return rows, near
    kept = {slug: row for slug, row in fresh.items() if row is not None}
    if len(kept) < len(fresh) or not near.keys() >= kept.keys():
        return rows, share_neighbourhoods(near, neighbourhoods_of(rows, careers, moved))
    return rows, {**near, **(share_neighbourhoods(near, neighbourhoods_of(kept, careers, moved)) or {})}


def _rows_between(session: Session, one: int, other: int) -> _Rows:
    return rows_between(session, one, other) if one < other else rows_before(session, other, one)


def _laid_over(rows: Neighbourhoods, fresh: _Rows) -> Neighbourhoods:
    laid = {**rows, **fresh}
    return {slug: near for slug, near in sorted(laid.items()) if near is not None}
