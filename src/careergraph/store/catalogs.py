"""Catalogs: the one that is live, handed over when another is published, and those of the past."""

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError
from careergraph.store.build import build_catalog
from careergraph.store.database import file_of, reading
from careergraph.store.documents import Document
from careergraph.store.neighbourhoods import held
from careergraph.store.past import Edition, careers_published_at, documents_at, edition_at, edition_of, newest
from careergraph.store.problem import DatabaseProblem, name_of
from careergraph.store.redirects import redirects, redirects_at
from careergraph.store.rows import Key, read_all
from careergraph.store.schema import require

Mark = TypeVar("Mark", bound=Hashable)

MOST_PAST = 4
"""How many catalogs of the past are kept."""

_NONE = Edition(0, datetime(1970, 1, 1, tzinfo=UTC))
"""What is live before anything was published."""


class Catalogs:
    """The catalogs of one database. May be shared by threads.

    `problem` says why the last look at the database failed, or is None. Meanwhile the last catalog is `stale`, and
    goes on being served.
    """

    def __init__(self, engine: Engine, poll_seconds: float = 0.5) -> None:
        self._engine = engine
        self._poll_seconds = poll_seconds
        self._due = 0.0
        self._live: tuple[Edition, Catalog] | None = None
        self._look_lock = Lock()
        self._file: tuple[int, int] | None = None
        self._past: Shelf[Edition] = Shelf(MOST_PAST)
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
            return self._live[1]
        if self._look_lock.acquire(blocking=self._live is None):
            try:
                self._look()
            finally:
                self._look_lock.release()
        if self._live is None:
            raise self.problem or DatabaseProblem("the database was not read yet")
        return self._live[1]

    def as_of(self, instant: datetime) -> Catalog:
        """The catalog that was current at an instant. Raises CodedError (BAD_DATE) for one without a time zone, in the
        future or before the first catalog, and DatabaseProblem."""
        if instant.tzinfo is None:
            raise CodedError(Code.BAD_DATE, "An instant needs a time zone.")
        if instant > datetime.now(UTC):
            raise CodedError(Code.BAD_DATE, "The instant lies in the future.")
        with reading(self._engine) as session:
            edition = edition_at(session, instant)
        if edition is None:
            raise CodedError(Code.BAD_DATE, "The instant lies before the first catalog.")
        return self._of(edition)

    def at_version(self, version: int) -> Catalog:
        """The catalog of a version. Raises CodedError (BAD_VERSION) where there was none of that number, and
        DatabaseProblem."""
        with reading(self._engine) as session:
            edition = edition_of(session, version)
        if edition is None:
            raise CodedError(Code.BAD_VERSION, "The catalog has no such version.")
        return self._of(edition)

    def _of(self, edition: Edition) -> Catalog:
        live = self._live
        if live is not None and live[0] == edition:
            return live[1]
        return self._past.get(edition, self._build_past)

    def _look(self) -> None:
        if self._live is not None and monotonic() < self._due:
            return  # another thread looked while this one waited
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
        with reading(self._engine) as session, uncollected():
            edition = newest(session) or _NONE
            if self._live is not None and self._live[0] == edition:
                return
            self._live = edition, self._build(session, edition, read_all(session), redirects(session))

    def _build_past(self, edition: Edition) -> Catalog:
        with reading(self._engine) as session, uncollected():
            moved = redirects_at(session, edition.version)
            return self._build(session, edition, documents_at(session, edition.version), moved)

    def _build(
        self, session: Session, edition: Edition, documents: Iterable[Document], moved: Mapping[Key, str]
    ) -> Catalog:
        published = careers_published_at(session, edition.version)
        try:
            return build_catalog(documents, *edition, published, moved, held(session, edition.version))
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
            found = file.stat()
        except OSError:
            self._engine.dispose()
            raise DatabaseProblem(f"there is no database {file}: `careergraph upgrade` makes it") from None
        if self._file not in (None, (found.st_dev, found.st_ino)):
            self._engine.dispose()
        self._file = found.st_dev, found.st_ino


@contextmanager
def uncollected() -> Iterator[None]:
    """Puts off the garbage collector: it would look through a growing catalog again and again, and find nothing. That
    is almost half of the time that a large one takes to load."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Shelf(Generic[Mark]):
    """A few catalogs besides the one that is live, those that were asked for last, by what each is built from."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Mark, Catalog] = OrderedDict()
        self._lock = Lock()
        self._building = Lock()

    def get(self, mark: Mark, build: Callable[[Mark], Catalog]) -> Catalog:
        """The catalog of a mark, built where it is not held. One is built at a time."""
        if (held := self._take(mark)) is not None:
            return held
        with self._building:
            if (held := self._take(mark)) is not None:
                return held
            built = build(mark)
        with self._lock:
            self._held[mark] = built
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return built

    def _take(self, mark: Mark) -> Catalog | None:
        with self._lock:
            if mark in self._held:
                self._held.move_to_end(mark)
            return self._held.get(mark)
