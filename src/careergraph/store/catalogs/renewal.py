"""Renewal: neighbourhoods follow a publish in a catalog version of their own, worked out outside of the writers' lock.

It is due where a document that neighbours rest on has a revision beyond the content of the stored ones. Nothing else
has to be written down for that, so a renewal that was cut off is due again.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from typing import NamedTuple

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.content.neighbour import Neighbour, Neighbourhoods
from careergraph.engine.similarity.incremental import measured, renewed
from careergraph.engine.similarity.nearest import Search
from careergraph.engine.similarity.packed_vectors import PackedVectors
from careergraph.engine.similarity.search_space import keep
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.neighbour_rows import Mark
from careergraph.store.catalogs.neighbourhoods import drop_rows, mark_at, rarity_at, store_rows, stored_rows
from careergraph.store.catalogs.other_version import differences, other_version
from careergraph.store.catalogs.past import CatalogVersionInfo, add_version, documents_at, live_documents, newest
from careergraph.store.catalogs.stored_catalog import StoredCatalog
from careergraph.store.catalogs.stored_vectors import keep_vectors, store_vectors, stored_vectors
from careergraph.store.catalogs.update import update_catalog
from careergraph.store.database.database import reading, transaction
from careergraph.store.database.memory import pause_collector
from careergraph.store.database.notifications import announce
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    Document,
    Key,
    SkillDocument,
    key_of,
)
from careergraph.store.documents.redirects import redirects
from careergraph.store.tables.editing import Revision

LOG = logging.getLogger("careergraph.store")

NOTE = "neighbours"
"""The note of a version that a renewal makes."""

MANY = 300
"""The number of careers from which on arrays are worth loading numpy."""

_TYPES = (CareerDocument.TYPE, SkillDocument.TYPE, AttributeDocument.TYPE)
"""The types of documents that neighbours rest on."""


class Renewed(NamedTuple):
    """A renewal that made a version: its number, and the slugs of the careers whose neighbours changed."""

    version: int
    careers: Sequence[str]


class _Result(NamedTuple):
    """The neighbourhoods of a version's content, as rows that differ from those of a mark; all rows without a mark.
    `rarity` is what things weigh, where that differs. `vectors` are those that all follow from, and those stored before
    (`former`); None where these stay."""

    content: int
    mark: Mark | None
    rows: Mapping[str, tuple[Neighbour, ...] | None]
    rarity: str | None = None
    vectors: PackedVectors | None = None
    former: PackedVectors | None = None


def renew(
    engine: Engine,
    tell: Callable[[Session, Renewed], None] | None = None,
    live: StoredCatalog | None = None,
) -> Renewed | None:
    """Renew the stored neighbourhoods where that is due. Return the version that it made; None where it made none, as
    nothing was due, or nothing came out otherwise, or the live version had none stored and has them now.

    `tell` is called in the transaction that makes the version. With the `live` catalog, of this version or an earlier
    one, only what changed since is read and made. Raises DatabaseProblem.
    """
    with reading(engine) as session, pause_collector():
        result = _work_out(session, live)
    if result is None:
        return None
    with transaction(engine) as session:
        done = _store(session, result)
        if done is not None:
            announce(session, done.version)
            if tell is not None:
                tell(session, done)
    return done


def _work_out(session: Session, live: StoredCatalog | None) -> _Result | None:
    """Work out what is due. None where nothing is, or where the documents make no valid catalog."""
    info = newest(session)
    if info is None:
        return None
    mark = mark_at(session, info.version)
    if mark is not None and not is_due(session, mark):
        return None
    try:
        return _changed_rows(session, info, mark, live)
    except _NoCatalog as problem:  # the loader refuses the live documents, and nobody else looks at the former ones
        LOG.warning("neighbours are not renewed: %s", problem)
    except (KeyError, ValueError):  # a mistake of ours: what was published stays, with the neighbours of before
        LOG.exception("neighbours cannot be worked out")
    return None


class _NoCatalog(Exception):
    """Documents, live or former ones, make no valid catalog."""


@contextmanager
def _reading_documents() -> Iterator[None]:
    """Raise _NoCatalog where documents cannot be read, or refer to nothing. What measures them raises as it is."""
    try:
        yield
    except (KeyError, ValueError) as problem:
        raise _NoCatalog(f"{type(problem).__name__} {problem}"[:200]) from problem


def _changed_rows(session: Session, info: CatalogVersionInfo, mark: Mark | None, live: StoredCatalog | None) -> _Result:
    """Raises _NoCatalog."""
    if mark is None:
        with _reading_documents():
            catalog = build_catalog(live_documents(session), *info)
        whole = measured(catalog, search_for(len(catalog.careers)))
        return _Result(info.version, mark, whole.neighbourhoods, whole.rarity.write(), whole.packed)
    with _reading_documents():
        moving = _moving(session, mark, info)
        if not moving:
            return _Result(info.version, mark, {})
        both = None if live is None else _sides_of_live(session, live, info, moving)
        before, after, previous = both or _sides(session, info, mark, moving)
    if previous is None:
        return _Result(info.version, mark, {})
    kept = rarity_at(session, info.version)
    before, former = replace(before, rarity=kept), stored_vectors(session, mark)
    if former is not None and former.rows.keys() == before.careers.keys():
        keep(before, former)
    fresh, rarity, vectors = renewed(before, previous, after, search_for(len(after.careers)))
    slugs = [slug for slug in sorted({**previous, **fresh}) if previous.get(slug) != fresh.get(slug)]
    rows, written = {slug: fresh.get(slug) for slug in slugs}, rarity.write()
    return _Result(info.version, mark, rows, None if written == kept else written, vectors, former)


def _moving(session: Session, mark: Mark, info: CatalogVersionInfo) -> Mapping[Key, Document | None]:
    """Return the documents that changed since a mark in what neighbours rest on, as they were then."""
    keys = _revised(session, mark.content)
    then, now = (_by_key(documents_at(session, version, keys)) for version in (mark.content, info.version))
    return {key: then.get(key) for key in keys if _basis(then.get(key)) != _basis(now.get(key))}


class _Sides(NamedTuple):
    """The catalogs before and after a change, and the stored neighbourhoods."""

    before: Catalog
    after: Catalog
    previous: Neighbourhoods | None


def _sides_of_live(
    session: Session, live: StoredCatalog, info: CatalogVersionInfo, moving: Mapping[Key, Document | None]
) -> _Sides | None:
    """Make both of the live catalog, with which they share all that did not change; None where they have to be built as
    a whole."""
    moved = redirects(session)
    try:
        differ = differences(session, live, info.version) if live.info.version <= info.version else None
        after = None if differ is None else other_version(session, live, info, differ, moved)
        if after is None:
            return None
        published = {ident: info.published_at for _, ident in moving}
        before = update_catalog(after.catalog, info, moving, published, moved)
    except (KeyError, ValueError):  # a former document refers to one that is gone
        return None
    return None if before is None else _Sides(before, after.catalog, after.rows)


def _sides(session: Session, info: CatalogVersionInfo, mark: Mark, moving: Mapping[Key, Document | None]) -> _Sides:
    """Build both of all documents."""
    documents = _by_key(live_documents(session))
    after = build_catalog(documents.values(), *info)
    try:
        before = _before(documents, after, info, moving)
    except KeyError:  # a former document refers to one that is gone
        before = build_catalog(documents_at(session, mark.content), *info)
    return _Sides(before, after, stored_rows(session, info.version))


def search_for(careers: int) -> type[Search]:
    """Return the quickest search among a number of careers: by arrays where there are many, and numpy is installed."""
    if careers < MANY:
        return Search
    try:
        dense: type[Search] = import_module("careergraph.store.catalogs.dense_search").DenseSearch
    except ModuleNotFoundError:
        return Search
    return dense


def is_due(session: Session, mark: Mark) -> bool:
    """Return whether a document that neighbours may rest on changed after the content that a mark names."""
    return bool(_revised(session, mark.content, limit=1))


def _revised(session: Session, version: int, limit: int | None = None) -> list[Key]:
    """Return the keys of documents that neighbours may rest on with a revision that was published after a version;
    also those that they were published under before."""
    moved = select(Revision.document_id).where(Revision.version > version, Revision.document_type.in_(_TYPES))
    query = select(Revision.document_type, Revision.slug).where(Revision.document_id.in_(moved))
    rows = session.execute(query.where(Revision.version.is_not(None)).distinct().limit(limit))
    return [(row[0], row[1]) for row in rows]


def _basis(document: Document | None) -> object:
    """Return all that neighbours may rest on in a document; equal where none of it changed."""
    match document:
        case CareerDocument():
            texts = [texts.get(DEFAULT_LOCALE) for texts in (document.title, document.summary, document.aliases)]
            concepts = [[it.skill for it in part.concepts if it.accepted_by] for part in document.skills]
            profile = document.profile and (
                document.profile.tasks,
                document.profile.activities,
                document.profile.knowledge,
            )
            figures = [
                (value.attribute, value.source, value.region, value.published_for, value.figure())
                for value in document.values
                if not value.suppressed
            ]
            return document.category, texts, concepts, profile, figures
        case SkillDocument():
            return document.related
        case AttributeDocument():
            options = [(it.key, it.edition) for it in document.options]
            return document.kind, document.better, document.scale, document.unit, document.position, options
    return None


def _by_key(documents: Iterable[Document]) -> dict[Key, Document]:
    return {key_of(document): document for document in documents}


def _before(
    documents: Mapping[Key, Document], after: Catalog, info: CatalogVersionInfo, changed: Mapping[Key, Document | None]
) -> Catalog:
    """Build the catalog before a change. Where only careers changed, all others are the same objects in both."""
    former = [document for document in changed.values() if document is not None]
    if any(type_name != CareerDocument.TYPE for type_name, _ in changed):
        rest = [document for key, document in documents.items() if key not in changed]
        return build_catalog([*rest, *former], *info)
    rest = [it for it in documents.values() if not isinstance(it, CareerDocument)]
    others = build_catalog([*rest, *former], *info).careers
    same = {slug: career for slug, career in after.careers.items() if (CareerDocument.TYPE, slug) not in changed}
    return replace(after, careers={**same, **others})


def _store(session: Session, result: _Result) -> Renewed | None:
    """Store a result, unless another worker stored one meanwhile. It takes a version of its own where the live version
    has other neighbours already."""
    live = newest(session)
    if live is None or mark_at(session, live.version) != result.mark:
        return None
    if result.mark is None:
        drop_rows(session)
    if not result.rows or (result.mark is None and live.version == result.content):
        store_rows(session, result.content, result.content, result.rows, result.rarity)
        _store_vectors(session, result, result.content)
        return None
    version = add_version(session, NOTE).version
    store_rows(session, version, result.content, result.rows, result.rarity)
    _store_vectors(session, result, version)
    return Renewed(version, list(result.rows))


def _store_vectors(session: Session, result: _Result, version: int) -> None:
    if result.vectors is not None:
        store_vectors(session, version, result.vectors, result.former)
    elif result.mark is not None:
        keep_vectors(session, result.mark, version)
