"""The catalog with drafts laid over: made of the live one and the changes of the drafts, where there is one at hand."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from careergraph.engine.comparison.reuse import reuse
from careergraph.engine.content import Catalog
from careergraph.engine.similarity.search_space import hand_on, is_kept, keep
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.neighbour_rows import Mark
from careergraph.store.catalogs.neighbourhoods import mark_at, rarity_at, stored_rows
from careergraph.store.catalogs.past import (
    NOTHING,
    CatalogVersionInfo,
    careers_published_at,
    changes_between,
    documents_at,
    live_documents,
    newest,
    version_info,
)
from careergraph.store.catalogs.renewal import is_due
from careergraph.store.catalogs.stored_vectors import stored_vectors
from careergraph.store.catalogs.update import Changes, update_catalog
from careergraph.store.documents.documents import Document, Key, key_of
from careergraph.store.documents.redirects import redirects


def draft_catalog(session: Session, changes: Changes, live: Catalog | None) -> Catalog:
    """Return the live catalog with changes laid over it, and with the base that its neighbours are worked out from.
    `live` is one of this version or of an earlier one, all of which is shared that stays as it is. Raises KeyError or
    ValueError where documents make no catalog."""
    info = newest(session) or NOTHING
    mark = mark_at(session, info.version)
    catalog = None if live is None else _update(session, live, info, changes)
    if live is None or catalog is None:
        catalog = catalog_of(session, _laid_over(live_documents(session), changes))
        return replace(catalog, base=None if mark is None else _whole_base(session, mark))
    take_vectors(session, live)
    catalog = replace(catalog, base=None if mark is None else _base(session, live, info, mark))
    reuse(catalog, live)
    return catalog


def _update(session: Session, live: Catalog, info: CatalogVersionInfo, changes: Changes) -> Catalog | None:
    """Return a catalog with all that was published since it, and changes over that; None where it has to be built as a
    whole."""
    own = CatalogVersionInfo(live.version, live.published_at)
    if own.version > info.version or version_info(session, own.version) != own:
        return None  # the database was restored, or the catalog is of another one
    since = changes_between(session, own.version, info.version)
    every: Changes = {**{key: change.document for key, change in since.items()}, **changes}
    published = {**{ident: info.published_at for _, ident in every}, **careers_published_at(session, info.version)}
    return update_catalog(live, info, every, published, redirects(session))


def _base(session: Session, live: Catalog, info: CatalogVersionInfo, mark: Mark) -> Catalog:
    """Return the catalog whose content the stored neighbours follow from."""
    if live.version == info.version and live.neighbourhoods is not None and not is_due(session, mark):
        return live
    if (catalog := _content_of(session, live, info, mark)) is None:
        return _whole_base(session, mark)
    if (
        live.version == info.version
        and live.neighbourhoods is not None
        and catalog.careers.keys() == live.careers.keys()
    ):
        near = live.neighbourhoods  # no name has changed, so they are as stored
        return replace(catalog, neighbourhoods=near, base=live)
    return replace(_with_stored_neighbours(session, catalog), base=live)


def _content_of(session: Session, live: Catalog, info: CatalogVersionInfo, mark: Mark) -> Catalog | None:
    """Return a catalog with the content of a mark, which may be of a later version than `live` too; None where it has
    to be built as a whole."""
    keys = changes_between(session, *sorted((mark.content, live.version))).keys()
    former = {key_of(document): document for document in documents_at(session, mark.content, keys)}
    published = {ident: live.published_at for _, ident in keys}
    try:
        return update_catalog(live, info, {key: former.get(key) for key in keys}, published, live.redirects)
    except (KeyError, ValueError):  # a former document refers to one that is gone
        return None


def take_vectors(session: Session, live: Catalog) -> None:
    """Give a live catalog the stored vectors, or what follows from them, so that what a change would move is measured
    without reading all careers."""
    if is_kept(live) or (mark := mark_at(session, live.version)) is None:
        return
    info = newest(session) or NOTHING
    if info.version != live.version or (vectors := stored_vectors(session, mark)) is None:
        return
    before = _content_of(session, live, info, mark) if is_due(session, mark) else live
    if before is not None and before.careers.keys() == vectors.rows.keys():
        before = before if before is live else replace(before, rarity=live.rarity)
        keep(before, vectors)
        hand_on(before, live)


def _whole_base(session: Session, mark: Mark) -> Catalog:
    documents = documents_at(session, mark.content) if is_due(session, mark) else live_documents(session)
    return _with_stored_neighbours(session, catalog_of(session, documents))


def _with_stored_neighbours(session: Session, catalog: Catalog) -> Catalog:
    info = newest(session) or NOTHING
    return replace(catalog, neighbourhoods=stored_rows(session, info.version), rarity=rarity_at(session, info.version))


def _laid_over(documents: Iterable[Document], changes: Changes) -> list[Document]:
    every: dict[Key, Document | None] = {key_of(document): document for document in documents}
    every |= changes
    return [document for document in every.values() if document is not None]


def catalog_of(session: Session, documents: Iterable[Document]) -> Catalog:
    """Build a catalog of these documents, dated like the live one. Raises KeyError or ValueError where they make
    none."""
    info = newest(session) or NOTHING
    published, moved = careers_published_at(session, info.version), redirects(session)
    return build_catalog(documents, info.version, info.published_at, published, moved)
