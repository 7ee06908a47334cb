"""Catalogs: the one that is live, handed over when another is published, and those of the past."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.catalog_cache import Built, CatalogCache, Check
from careergraph.store.catalogs.lease import LEASE
from careergraph.store.catalogs.neighbourhoods import stored_neighbourhoods
from careergraph.store.catalogs.past import (
    CatalogVersionInfo,
    careers_published_at,
    documents_at,
    newest,
    version_at,
    version_info,
)
from careergraph.store.catalogs.sharing import Fingerprints, Printed, Sharing
from careergraph.store.database.database import file_of, reading
from careergraph.store.database.memory import trim
from careergraph.store.database.problem import DatabaseProblem, missing_database, name_of
from careergraph.store.documents.documents import Document
from careergraph.store.documents.redirects import redirects, redirects_at
from careergraph.store.documents.rows import Key, read_all
from careergraph.store.migration.schema import require

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

_NONE = CatalogVersionInfo(0, datetime(1970, 1, 1, tzinfo=UTC))
"""What is live before anything was published."""


class Live(NamedTuple):
    """The catalog that is live, its edition, and the fingerprints of its documents."""

    info: CatalogVersionInfo
    catalog: Catalog
    fingerprints: Fingerprints


class Catalogs:
    """The catalogs of one database. May be shared by threads.

    `problem` says why the last look at the database failed, or is None. Meanwhile the last catalog is `stale`, and
    goes on being served.
    """

    def __init__(self, engine: Engine, poll_seconds: float = 0.5) -> None:
        self._engine = engine
        self._poll_seconds = poll_seconds
        self._due = 0.0
        self._live: Live | None = None
        self._look_lock = Lock()
        self._file: tuple[int, int] | None = None
        self._past: CatalogCache[CatalogVersionInfo] = CatalogCache(MOST_PAST, MOST_PAST_BYTES)
        self.problem: DatabaseProblem | None = None

    @property
    def stale(self) -> bool:
        """Whether the catalog at hand may no longer be the newest, as the database cannot be read."""
        return self.problem is not None

    def current(self) -> Catalog:
        """The newest catalog, at most `poll_seconds` after it was published, whoever published it.

        One thread looks and loads; others meanwhile get the one before. Raises DatabaseProblem only as long as there is
        no catalog at all.
        """
        if self._live is not None and monotonic() < self._due:
            return self._live.catalog
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
            info = live if is_now(instant, live.published_at if live else None) else version_at(session, instant)
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
        if self._live is not None and monotonic() < self._due:
            return  # another thread looked while this one waited
        if self._past.drop_idle():
            trim()
        try:
            self._watch_file()
            if self._live is None:
                require(self._engine)
            self._load()
            self.problem = None
        except DatabaseProblem as problem:
            self.problem = problem
        self._due = monotonic() + self._poll_seconds

    def _load(self) -> None:
        with reading(self._engine) as session, pause_collector():
            info = newest(session) or _NONE
            if self._live is not None and self._live.info == info:
                return
            documents = tuple(read_all(session))
            printed = Printed.of(documents)
            catalog = self._build(session, info, documents, redirects(session), self._sharing(printed))
            self._live = Live(info, catalog, printed.fingerprints)

    def _build_past(self, info: CatalogVersionInfo, check: Check) -> Built:
        with reading(self._engine) as session, pause_collector():
            moved = redirects_at(session, info.version)
            documents = documents_at(session, info.version)
            check()
            printed = Printed.of(documents)
            sharing = self._sharing(printed)
            check()
            catalog = self._build(session, info, documents, moved, sharing)
        trim()  # what reading it took, and catalogs that were read before it
        alone = printed.size if sharing is None else sharing.size_alone(catalog, printed)
        return Built(catalog, IN_MEMORY * alone + DERIVED * len(catalog.careers))

    def _sharing(self, printed: Printed) -> Sharing | None:
        live = self._live
        return None if live is None else Sharing(live.catalog, live.fingerprints, printed.fingerprints)

    def _build(
        self,
        session: Session,
        info: CatalogVersionInfo,
        documents: Iterable[Document],
        moved: Mapping[Key, str],
        sharing: Sharing | None,
    ) -> Catalog:
        published = careers_published_at(session, info.version)
        near = stored_neighbourhoods(session, info.version)
        try:
            return build_catalog(documents, *info, published, moved, near, sharing)
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


@contextmanager
def pause_collector() -> Iterator[None]:
    """Puts off the garbage collector: it would look through a growing catalog again and again, and find nothing. That
    is almost half of the time that a large one takes to load."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
