"""Catalogs: the one that is live, handed over when another is published, and those of the past."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.engine.content import Catalog
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.similarity.search_space import hand_on
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.catalog_cache import Built, CatalogCache, Check
from careergraph.store.catalogs.first_catalog import FirstCatalog
from careergraph.store.catalogs.lease import LEASE
from careergraph.store.catalogs.neighbour_rows import Later, neighbourhoods_of
from careergraph.store.catalogs.neighbourhoods import mark_at, rarity_at, rows_between, stored_rows
from careergraph.store.catalogs.past import (
    NOTHING,
    CatalogVersionInfo,
    careers_published_at,
    changes_between,
    documents_at,
    each_document_at,
    live_documents,
    newest,
    version_info,
)
from careergraph.store.catalogs.sharing import Fingerprints, Printed, Sharing, share_neighbourhoods
from careergraph.store.catalogs.update import update_catalog
from careergraph.store.database.database import file_of, reading
from careergraph.store.database.memory import pause_collector as pause_collector
from careergraph.store.database.memory import trim
from careergraph.store.database.problem import DatabaseProblem, missing_database, name_of
from careergraph.store.documents.documents import Document, Key
from careergraph.store.documents.redirects import redirects, redirects_at
from careergraph.store.migration.schema import Status, require

MOST_PAST = 4
"""How many catalogs of the past are kept."""
MOST_PAST_BYTES = 16 * 1024 * 1024
"""About how many bytes they take at most, but for the one that was asked for last."""
IN_MEMORY = 5
"""How many times as many bytes a document takes in a catalog as it has in JSON (O*NET: 10 MB are 48)."""
DERIVED = 10_000
"""About how many bytes are derived of a career when pairs are put in order: shared content saves none of them."""
JUST_NOW = timedelta(seconds=10)
"""How far behind the clock an instant may lie that is meant as now, where the clock was put back."""


class Live(NamedTuple):
    """The catalog that is live, its version, the fingerprints of its documents (None until a catalog is to share items
    with it), and the stored neighbourhoods."""

    info: CatalogVersionInfo
    catalog: Catalog
    fingerprints: Fingerprints | None
    rows: Neighbourhoods | None


class Catalogs:
    """The catalogs of one database. May be shared by threads.

    `problem` says why the last look at the database failed, or is None. Meanwhile the last catalog is still served.
    """

    def __init__(self, engine: Engine, first: FirstCatalog | None = None) -> None:
        """`first` is the live catalog where it was read before."""
        self._engine = engine
        self._live = None if first is None else Live(first.info, first.catalog, None, first.rows)
        self._look_lock = Lock()
        self._file: tuple[int, int] | None = None
        self._past: CatalogCache[CatalogVersionInfo] = CatalogCache(MOST_PAST, MOST_PAST_BYTES)
        self.problem: DatabaseProblem | None = None

    def current(self) -> Catalog:
        """The newest catalog. Each call looks for a newer version; how often to call is up to the caller.

        One thread looks and loads; others meanwhile get the one before. Raises DatabaseProblem only as long as there is
        no catalog at all.
        """
        if self._look_lock.acquire(blocking=self._live is None):
            try:
                self._look()
            finally:
                self._look_lock.release()
        if self._live is None:
            raise self.problem or DatabaseProblem("the database was not read yet")
        return self._live.catalog

    def as_of(self, instant: datetime) -> Catalog:
        """The catalog that was current at an instant. Raises CodedError (BAD_DATE) for one without a time zone, in the
        future or before the first catalog, DatabaseProblem, and Abandoned.

        Where the clock was put back behind the last publish, the live catalog is current from now on, up to the instant
        that it says it was published at.
        """
        if instant.tzinfo is None:
            raise CodedError(Code.BAD_DATE, "An instant needs a time zone.")
        with reading(self._engine) as session:
            live = newest(session)
            info = live if is_now(instant, live.published_at if live else None) else newest(session, instant)
        if info is None:
            raise CodedError(Code.BAD_DATE, "The instant lies before the first catalog.")
        return self._of(info)

    def at_version(self, version: int) -> Catalog:
        """The catalog of a version. Raises CodedError (BAD_VERSION) where there was none of that number,
        DatabaseProblem, and Abandoned."""
        with reading(self._engine) as session:
            info = version_info(session, version)
        if info is None:
            raise CodedError(Code.BAD_VERSION, "The catalog has no such version.")
        return self._of(info)

    def _of(self, info: CatalogVersionInfo) -> Catalog:
        live, lease = self._live, LEASE.get()
        if live is not None and live.info == info:
            return live.catalog
        if lease is None:
            return self._past.get(info, self._build_past)
        lease.check()
        return lease.lend(self._past.get(info, self._build_past))

    def _look(self) -> None:
        if self._past.drop_idle():
            trim()
        try:
            self._watch_file()
            if self._live is None:
                require(self._engine, Status.CURRENT, Status.NEWER)
            self._load()
            self.problem = None
        except DatabaseProblem as problem:
            self.problem = problem

    def _load(self) -> None:
        with reading(self._engine) as session, pause_collector():
            info = newest(session) or NOTHING
            if self._live is None or self._live.info != info:
                before = self._live
                updated = None if before is None else self._update(session, before, info)
                self._live = updated or self._load_whole(session, info)
                if before is not None:
                    hand_on(before.catalog, self._live.catalog)

    def _load_whole(self, session: Session, info: CatalogVersionInfo) -> Live:
        rows = stored_rows(session, info.version)
        if self._live is None:
            documents = live_documents(session)
            return Live(info, self._build(session, info, documents, redirects(session), rows, None), None, rows)
        every = tuple(live_documents(session))
        printed = Printed.of(every)
        catalog = self._build(session, info, every, redirects(session), rows, self._sharing(session, printed))
        return Live(info, catalog, printed.fingerprints, rows)

    def _update(self, session: Session, live: Live, info: CatalogVersionInfo) -> Live | None:
        """Load only what changed since a version; None where the catalog has to be loaded as a whole."""
        if live.info.version >= info.version or version_info(session, live.info.version) != live.info:
            return None  # the database was restored
        changes = changes_between(session, live.info.version, info.version)
        documents = {key: change.document for key, change in changes.items()}
        published = {ident: change.published_at for (_, ident), change in changes.items()}
        moved = redirects(session)
        rows = self._rows(session, live, info)
        with self._content_problems():
            catalog = update_catalog(live.catalog, info, documents, published, moved)
        if catalog is None:
            return None
        near = live.catalog.neighbourhoods
        if (rows, catalog.careers.keys(), moved) != (live.rows, live.catalog.careers.keys(), live.catalog.redirects):
            near = rows and neighbourhoods_of(rows, catalog.careers.keys(), moved)
            near = share_neighbourhoods(live.catalog.neighbourhoods, near)
        fingerprints = live.fingerprints
        if fingerprints is not None:
            fresh = Printed.of([it for it in documents.values() if it is not None]).fingerprints
            fingerprints = {key: it for key, it in fingerprints.items() if key not in documents} | fresh
        catalog = replace(catalog, neighbourhoods=near, rarity=rarity_at(session, info.version))
        return Live(info, catalog, fingerprints, rows)

    @staticmethod
    def _rows(session: Session, live: Live, info: CatalogVersionInfo) -> Neighbourhoods | None:
        if live.rows is None or mark_at(session, info.version) is None:
            return stored_rows(session, info.version)
        fresh = rows_between(session, live.info.version, info.version)
        if not fresh:
            return live.rows
        rows = {**live.rows, **fresh}
        return {slug: near for slug, near in sorted(rows.items()) if near is not None}

    def _build_past(self, info: CatalogVersionInfo, check: Check) -> Built:
        with reading(self._engine) as session, pause_collector():
            moved = redirects_at(session, info.version)
            documents = documents_at(session, info.version)
            check()
            printed = Printed.of(documents)
            sharing = self._sharing(session, printed)
            check()
            catalog = self._build(session, info, documents, moved, stored_rows(session, info.version), sharing)
        trim()  # what reading it took, and catalogs that were read before it
        alone = printed.size if sharing is None else sharing.size_alone(catalog, printed)
        return Built(catalog, IN_MEMORY * alone + DERIVED * len(catalog.careers))

    def _sharing(self, session: Session, printed: Printed) -> Sharing | None:
        live = self._live
        if live is None:
            return None
        before = live.fingerprints
        if before is None:
            if version_info(session, live.info.version) != live.info:
                return None  # the database was restored
            before = Printed.of(each_document_at(session, live.info.version)).fingerprints
            if self._live is live:
                self._live = live._replace(fingerprints=before)
        return Sharing(live.catalog, before, printed.fingerprints)

    def _build(  # noqa: PLR0913, PLR0917 - all that a catalog is built from
        self,
        session: Session,
        info: CatalogVersionInfo,
        documents: Iterable[Document],
        moved: Mapping[Key, str],
        rows: Neighbourhoods | None,
        sharing: Sharing | None,
    ) -> Catalog:
        published = careers_published_at(session, info.version)
        with self._content_problems():
            catalog = build_catalog(documents, *info, published, moved, None, sharing)
        careers = catalog.careers.keys()
        near: Neighbourhoods | None = None
        if rows is not None:
            near = Later(lambda: neighbourhoods_of(rows, careers, moved))
        if sharing is not None:
            near = sharing.neighbourhoods(near)
        return replace(catalog, neighbourhoods=near, rarity=rarity_at(session, info.version))

    @contextmanager
    def _content_problems(self) -> Iterator[None]:
        """Raise DatabaseProblem where content makes no catalog."""
        try:
            yield
        except (KeyError, ValueError) as error:
            reason = " ".join(f"{type(error).__name__} {error}".split())[:200]
            message = f"the database {name_of(self._engine)} holds content that makes no catalog: {reason}"
            raise DatabaseProblem(message) from error

    def _watch_file(self) -> None:
        """Open connections to an SQLite file outlive its removal: without this, nobody would notice."""
        file = file_of(self._engine)
        if file is None:
            return
        try:
            status = file.stat()
        except OSError:
            self._engine.dispose()
            raise missing_database(file) from None
        if self._file not in (None, (status.st_dev, status.st_ino)):
            self._engine.dispose()
        self._file = status.st_dev, status.st_ino


def is_now(instant: datetime, published_at: datetime | None) -> bool:
    """Whether the live catalog, published at some instant, is meant by an instant because the clock was put back since
    then. Raises CodedError (BAD_DATE) for an instant in the future."""
    now = datetime.now(UTC)
    latest = now if published_at is None else max(now, published_at)
    if instant > latest:
        raise CodedError(Code.BAD_DATE, "The instant lies in the future.")
    return latest > now and instant >= now - JUST_NOW
