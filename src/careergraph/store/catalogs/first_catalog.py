"""The first catalog of a server, read from its SQLite file by the driver alone.

SQLAlchemy and its tables take longer to load than the catalog, and no first response needs them. Whatever is unusual (a
database of another kind, version or state, content that makes no catalog) is left to `Catalogs`, which says what it is.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.neighbour_rows import (
    RARITY,
    WHOLE,
    Later,
    mark_of,
    neighbourhoods_of,
    neighbours_in,
)
from careergraph.store.catalogs.stored_catalog import StoredCatalog
from careergraph.store.catalogs.version_info import NOTHING, CatalogVersionInfo
from careergraph.store.database.memory import pause_collector
from careergraph.store.database.names import TABLES, VERSION_TABLE
from careergraph.store.database.revisions import revisions
from careergraph.store.database.sqlite_file import instant_of, open_file
from careergraph.store.documents.documents import DOCUMENTS, CareerDocument, Document, Key
from careergraph.store.documents.tolerance import decode_known

_NEWEST = "SELECT version, published_at FROM careergraph_catalog_version ORDER BY version DESC LIMIT 1"
_DOCUMENTS = """
    SELECT r.body FROM careergraph_document d
    JOIN careergraph_revision r ON r.document_id = d.id AND r.number = d.published
    WHERE d.live AND d.document_type = ? ORDER BY d.slug
"""
_PUBLISHED = """
    SELECT r.slug, max(v.published_at) FROM careergraph_revision r
    JOIN careergraph_catalog_version v ON r.version = v.version
    WHERE r.document_type = ? AND r.version <= ? GROUP BY r.slug
"""
_REDIRECTS = "SELECT document_type, old, new FROM careergraph_redirect ORDER BY document_type, old, new"
_LAST = """
    SELECT version, body FROM careergraph_neighbourhood
    WHERE slug = ? AND version <= ? ORDER BY version DESC LIMIT 1
"""
_NEIGHBOURS = """
    SELECT n.slug, n.body FROM careergraph_neighbourhood n
    JOIN (SELECT slug, max(version) AS version FROM careergraph_neighbourhood WHERE version <= ? GROUP BY slug) l
    ON n.slug = l.slug AND n.version = l.version
    WHERE n.slug NOT IN (?, ?) ORDER BY n.slug
"""


def read_first(url: str) -> StoredCatalog | None:
    """Return the live catalog of a database; None where that is not an SQLite file with the tables of this version, or
    where its content makes no catalog."""
    try:
        with open_file(url) as connection, pause_collector():
            return _read(connection) if _is_current(connection) else None
    except (sqlite3.Error, msgspec.MsgspecError, KeyError, ValueError):
        return None


def is_live(url: str, info: CatalogVersionInfo) -> bool:
    """Return whether a version is the newest of a database still; False where that cannot be read."""
    try:
        with open_file(url) as connection:
            return _newest(connection) == info
    except (sqlite3.Error, ValueError):
        return False


def is_current(url: str) -> bool:
    """Return whether a database is an SQLite file with the tables of this version."""
    try:
        with open_file(url) as connection:
            return _is_current(connection)
    except (sqlite3.Error, ValueError):
        return False


def _is_current(connection: sqlite3.Connection) -> bool:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= {VERSION_TABLE, *TABLES}:
        return False
    return connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall() == [(revisions()[-1],)]  # noqa: S608 - our own name


def _read(connection: sqlite3.Connection) -> StoredCatalog:
    info = _newest(connection)
    rows = connection.execute(_PUBLISHED, (CareerDocument.TYPE, info.version))
    published = {slug: instant_of(instant) for slug, instant in rows}
    moved: dict[Key, str] = {(kind, old): new for kind, old, new in connection.execute(_REDIRECTS)}
    catalog = build_catalog(_documents(connection), *info, published, moved)
    mark = _json_of(connection, WHOLE, info.version)
    if mark is None or mark_of(*mark) is None:
        return StoredCatalog(info, catalog, None)
    stored = _stored(connection.execute(_NEIGHBOURS, (info.version, WHOLE, RARITY)).fetchall())
    rarity = _json_of(connection, RARITY, info.version)
    near = _present(stored, catalog.careers, moved)
    return StoredCatalog(info, replace(catalog, neighbourhoods=near, rarity=rarity and rarity[1]), stored)


def _stored(rows: Iterable[Any]) -> Neighbourhoods:
    return Later(lambda: {slug: near for slug, near in neighbours_in(rows).items() if near is not None})


def _present(stored: Neighbourhoods, careers: Mapping[str, object], moved: Mapping[Key, str]) -> Neighbourhoods:
    return Later(lambda: neighbourhoods_of(stored, careers.keys(), moved))


def _newest(connection: sqlite3.Connection) -> CatalogVersionInfo:
    row = connection.execute(_NEWEST).fetchone()
    return NOTHING if row is None else CatalogVersionInfo(row[0], instant_of(row[1]))


def _documents(connection: sqlite3.Connection) -> Iterator[Document]:
    for kind in DOCUMENTS:
        for (body,) in connection.execute(_DOCUMENTS, (kind.TYPE,)):
            yield decode_known(body, kind)


def _json_of(connection: sqlite3.Connection, slug: str, version: int) -> tuple[int, Any] | None:
    row = connection.execute(_LAST, (slug, version)).fetchone()
    return None if row is None else (row[0], msgspec.json.decode(row[1]))
