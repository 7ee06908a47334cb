"""Catalogs: the one that is live, handed over when another is published, and those of the past."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import NamedTuple
from weakref import ReferenceType, ref

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.engine.content import Catalog
from careergraph.engine.content.changed_items import changed_items
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.similarity.pair_ranking import is_ranked
from careergraph.engine.similarity.search_space import hand_on
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.catalog_cache import Built, CatalogCache, Check
from careergraph.store.catalogs.lease import LEASE
from careergraph.store.catalogs.neighbour_rows import Later, neighbourhoods_of
from careergraph.store.catalogs.neighbourhoods import rarity_at, stored_rows
from careergraph.store.catalogs.other_version import Differences, derive, differences, other_version
from careergraph.store.catalogs.past import (
    NOTHING,
    CatalogVersionInfo,
    careers_published_at,
    documents_at,
    live_documents,
    newest,
    version_info,
)
from careergraph.store.catalogs.sharing import Sharing, size_alone
from careergraph.store.catalogs.stored_catalog import StoredCatalog
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
"""About how many bytes are derived of a career when pairs are put in order."""
FOLLOWED = 2_000
"""About how many of them where they follow from those of the live catalog."""
RELINKED = 10_000
"""About how many bytes a career takes that refers to an item that is another object now."""
JUST_NOW = timedelta(seconds=10)
"""How far behind the clock an instant may lie that is meant as now, where the clock was put back."""


class Former(NamedTuple):
    """The catalog before the live one, as long as somebody has it."""

    info: CatalogVersionInfo
    catalog: ReferenceType[Catalog]
    rows: Neighbourhoods | None


class Catalogs:
    """The catalogs of one database. May be shared by threads.

    `problem` says why the last look at the database failed, or is None. Meanwhile the last catalog is still served.
    """

    def __init__(self, engine: Engine, first: StoredCatalog | None = None) -> None:
        """`first` is the live catalog where it was read before."""
        self._engine = engine
        self._live = first
        self._former: Former | None = None
        self._look_lock = Lock()
        self._file: tuple[int, int] | None = None
        self._past: CatalogCache[CatalogVersionInfo] = CatalogCache(MOST_PAST, MOST_PAST_BYTES)
        self.problem: DatabaseProblem | None = None

    @property
    def live(self) -> StoredCatalog | None:
        """The newest catalog as it was last read; None before the first."""
        return self._live

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
            info, before = newest(session) or NOTHING, self._live
            if before is None:
                self._live = self._load_whole(session, info, None)
            elif before.info != info:
                self._live = self._load_next(session, before, info)
                self._former = Former(before.info, ref(before.catalog), before.rows)
                hand_on(before.catalog, self._live.catalog)

    def _load_next(self, session: Session, live: StoredCatalog, info: CatalogVersionInfo) -> StoredCatalog:
        """Load only what changed since the live version, where the catalog need not be loaded as a whole."""
        differ = differences(session, live, info.version) if live.info.version < info.version else None
        if differ is None:
            return self._load_whole(session, info, None)
        with self._content_problems():
            after = other_version(session, live, info, differ, redirects(session))
        return after or self._load_whole(session, info, Sharing(live.catalog, differ.documents))

    def _load_whole(self, session: Session, info: CatalogVersionInfo, sharing: Sharing | None) -> StoredCatalog:
        rows, documents = stored_rows(session, info.version), live_documents(session)
        return StoredCatalog(info, self._build(session, info, documents, redirects(session), rows, sharing), rows)

    def _build_past(self, info: CatalogVersionInfo, check: Check) -> Built:
        with reading(self._engine) as session, pause_collector():
            moved, base = redirects_at(session, info.version), self._prepared()
            differ = None if base is None else differences(session, base, info.version)
            check()
            if base is None or differ is None:
                return self._build_past_whole(session, info, moved, None, check)
            with self._content_problems():
                past = other_version(session, base, info, differ, moved)
            if past is None:
                return self._build_past_whole(session, info, moved, (base.catalog, differ), check)
        check()
        catalog = past.catalog
        alone = IN_MEMORY * size_alone(catalog, None, [it for it in differ.documents.values() if it is not None])
        alone += RELINKED * len(changed_items(base.catalog, catalog, "careers"))
        derived = FOLLOWED if derive(catalog, base.catalog, check) else DERIVED
        return Built(catalog, alone + derived * len(catalog.careers))

    def _build_past_whole(
        self,
        session: Session,
        info: CatalogVersionInfo,
        moved: Mapping[Key, str],
        near: tuple[Catalog, Differences] | None,
        check: Check,
    ) -> Built:
        """Build a catalog of the past from all its documents, shared with one `near` to it where there is one."""
        documents = documents_at(session, info.version)
        check()
        sharing = None if near is None else Sharing(near[0], near[1].documents)
        catalog = self._build(session, info, documents, moved, stored_rows(session, info.version), sharing)
        trim()  # what reading it took, and catalogs that were read before it
        alone = size_alone(catalog, None if near is None else near[0], documents)
        return Built(catalog, IN_MEMORY * alone + DERIVED * len(catalog.careers))

    def _prepared(self) -> StoredCatalog | None:
        """The live catalog, or the one before it as long as that is still served: then more was derived of it."""
        live, former = self._live, self._former
        if live is None or former is None or is_ranked(live.catalog):
            return live
        catalog = former.catalog()
        return live if catalog is None or not is_ranked(catalog) else StoredCatalog(former.info, catalog, former.rows)

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
    """Return whether the live catalog, published at some instant, is meant by an instant because the clock was put back
    since then. Raises CodedError (BAD_DATE) for an instant in the future."""
    now = datetime.now(UTC)
    latest = now if published_at is None else max(now, published_at)
    if instant > latest:
        raise CodedError(Code.BAD_DATE, "The instant lies in the future.")
    return latest > now and instant >= now - JUST_NOW
