"""The catalog of one running app, refreshed without blocking the event loop."""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import chain
from math import inf
from threading import Event, Lock
from time import monotonic, sleep
from typing import Any, Protocol
from weakref import ref

import anyio
from anyio import to_thread
from graphql import GraphQLError

from careergraph.api.base.context import no_version
from careergraph.api.warm_up import hand_over, steps
from careergraph.engine.content import Catalog
from careergraph.engine.similarity.pair_ranking import is_ranked
from careergraph.engine.text.localized_catalog import retire
from careergraph.store.database.database_problem import DatabaseProblem
from careergraph.store.database.memory import trim
from careergraph.web.core.codes import Refusal, WebCode

LOG = logging.getLogger("careergraph.web")

SPARING = 0.25
"""The least time between two polls of a database in trouble, in seconds."""
PATIENCE = 2.0
"""How long a request with a catalog waits for a newer one, in seconds."""
SILENCE = 15.0
"""The most time of a poll, in seconds; after that the database counts as silent."""
PAUSE = 0.001
"""The pause between two steps of preparing a catalog, for the event loop, in seconds."""
STEP = 0.25
"""How often the polling thread checks for its end, in seconds."""
BUSY = 0.02
"""With fewer seconds between two polls there is no polling thread: each request polls."""


class Catalogs(Protocol):
    """A source of catalogs, such as the store's `Catalogs`. Both methods may block."""

    @property
    def problem(self) -> Any:
        """The failure of the last poll, while the catalog before it stays live; None if there is none."""

    def current(self) -> Catalog:
        """The newest catalog."""

    def as_of(self, instant: datetime) -> Catalog:
        """The catalog that was current at an instant."""


class CatalogHolder:
    """Opens the catalogs at the first request, and polls for a newer version every `poll_seconds`.

    A thread polls (`poll`), and prepares a new catalog before it goes live: no request waits for either, but those of
    a client that may have published just now. If `poll_seconds` is below `BUSY`, each request polls in a thread, and
    concurrent ones get the current catalog. If polling fails or hangs, the last catalog stays and `problem` says why.
    """

    def __init__(self, open_catalogs: Callable[[], Catalogs], poll_seconds: float) -> None:
        self._open = open_catalogs
        self._poll_seconds = poll_seconds
        self._catalogs: Catalogs | None = None
        self._catalog: Catalog | None = None
        self._lock = anyio.Lock()
        self._due = 0.0
        self._news = self._seen = 0
        self._one_looks = Lock()
        self._looking_since: float | None = None
        self._wake: Event | None = None
        self._ready: Catalog | None = None
        self._prepared: Catalog | None = None
        self.problem: str | None = None
        self.public_problem: str | None = None
        """The problem in words for clients, with advice; None if there are none for them."""
        self.settle: Callable[[], bool] = lambda: True
        """Called where a retired catalog is still there a poll later; again if it returns False."""
        self.preparations: list[Callable[[Catalog, Catalog | None], Iterable[None]]] = []
        """Further steps of preparing a catalog, given that and its predecessor."""
        self.pause: Callable[[], None] = partial(sleep, PAUSE)
        """Called between two steps of preparing the first catalog; readers of a later one wait."""
        self._replaced: list[Catalog] = []
        self._retired: list[ref[Catalog]] = []
        """Catalogs that were replaced in the last poll, and those that were before."""

    def at_hand(self) -> Catalog | None:
        """The catalog, unless a poll is due: then None, and `catalog` has to be awaited."""
        looked = self._seen == self._news if self._wake is not None else monotonic() < self._due
        return self._catalog if looked else None

    @property
    def last(self) -> Catalog | None:
        """The current catalog; None before the first."""
        return self._catalog

    async def catalog(self) -> Catalog:
        """The catalog of one request. Raises Refusal (NOT_READY) before the first is loaded."""
        if self._catalog is not None and self._wake is not None:
            self._check_look()
            return self._catalog
        if self._catalog is not None and (monotonic() < self._due or self._lock.locked()):
            return self._catalog
        async with self._lock:
            if monotonic() >= self._due:
                await self._looked()
        if self._catalog is None:
            raise Refusal(WebCode.NOT_READY, "The catalog cannot be read yet.", headers={"Retry-After": "1"})
        return self._catalog

    async def newest(self) -> Catalog:
        """The catalog with all announced versions, if that takes at most `PATIENCE`. Raises Refusal."""
        news = self._news
        if (wake := self._wake) is not None and self._seen < news and self.problem is None:
            wake.set()
            with anyio.move_on_after(PATIENCE):
                while self._seen < news and self._wake is not None:  # noqa: ASYNC110 - another thread looks
                    await anyio.sleep(0.01)
        return await self.catalog()

    def stored(self) -> Any:
        """The newest catalog as the store has it; None before the first, and for a host's own content source."""
        return getattr(self._catalogs, "live", None)

    async def start(self) -> None:
        """Load the catalog before the first request. A missing database is no error here."""
        with suppress(Refusal):
            await self.catalog()

    def expire(self) -> None:
        """Make a poll due now. For any thread."""
        self._news += 1
        # a database that announces a version answers again: it is polled soon, however long `poll_seconds` is
        self._due = 0.0 if self.problem is None else min(self._due, monotonic() + SPARING)

    async def stop(self) -> None:
        """Close the database. The next request opens it again."""
        catalogs, self._catalogs, self._due, self._wake = self._catalogs, None, 0.0, None
        close = getattr(catalogs, "close", None)  # a host's own content source may have nothing to close
        if close is not None:
            await to_thread.run_sync(close)

    def load(self) -> Catalog:
        """Load the newest catalog, blocking, and replace the current one once it is ready. Raises store errors."""
        if self._catalogs is None:
            self._catalogs = self._open()
        news, before = self._news, self._catalog
        catalog = self._catalogs.current()
        self._looking_since = None  # the database answered
        if before is not None and catalog is not before:
            first = None if self._prepared is not None else self._ready  # it is still being prepared
            self._make_ready(catalog, before) if first is None else self._hand_over(catalog, first)
            self._replaced += [] if before is first else [before]
        self._catalog, self._seen = catalog, news
        # a version announced during this poll may have come too late for it
        self._due = monotonic() + self._poll_seconds if news == self._news else 0.0
        return catalog

    def look(self, wake: Event | None) -> float:
        """Poll for a newer version if it is due, in a thread of its own that waits for `wake`; None is the end of that
        thread. Return the seconds that it may wait."""
        if wake is None or self._catalogs is None or self._catalog is None:
            self._wake = None
            return STEP
        self._wake = wake
        if self._ready is None:
            self._make_first_ready(self._catalog)
        if monotonic() >= self._due:
            self._look()
        return min(STEP, max(0.0, self._due - monotonic()))

    def is_preparing(self, catalog: Catalog) -> bool:
        """Return whether a thread is still ranking the pairs of a catalog: a request for them would wait."""
        mine = self._catalog is catalog is not self._prepared
        return mine and self._poll_seconds >= BUSY and not is_ranked(catalog)

    @property
    def is_prepared(self) -> bool:
        """Whether the first catalog is prepared, or nobody prepares any."""
        return self._prepared is not None or self._poll_seconds < BUSY

    def steps_after(self, catalog: Catalog, before: Catalog) -> Iterable[None]:
        """The steps of preparing a preview of a catalog, which reuse its derived data; none where it is not prepared
        itself: then each request derives its own."""
        return steps(catalog, before) if self._prepared is before else ()

    def as_of(self, instant: datetime) -> Catalog:
        """The catalog that was current at an instant. Blocks while a catalog of the past is read.

        Raises CodedError (BAD_DATE), and GraphQLError (NOT_READY) where the database cannot be read.
        """
        return self._past(lambda catalogs: catalogs.as_of(instant))

    def at_version(self, version: int) -> Catalog:
        """The catalog of a version. Blocks while a catalog of the past is read.

        Raises CodedError (BAD_VERSION), and GraphQLError (NOT_READY) where the database cannot be read.
        """
        # a host's own content source may have no versions
        return self._past(lambda catalogs: getattr(catalogs, "at_version", no_version)(version))

    def _past(self, read: Callable[[Catalogs], Catalog]) -> Catalog:
        try:
            if self._catalogs is None:
                self._catalogs = self._open()
            return read(self._catalogs)
        except DatabaseProblem as problem:
            LOG.warning("a catalog of the past cannot be read: %s", problem)
            message = "The catalog of that time cannot be read now."
            raise GraphQLError(message, extensions={"code": WebCode.NOT_READY}) from problem

    async def _looked(self) -> None:
        """Poll in a thread. With a current catalog wait no longer than `PATIENCE`, and leave a hanging thread alone."""
        since = self._looking_since
        if since is None:
            with anyio.move_on_after(PATIENCE if self._catalog is not None else inf):
                await to_thread.run_sync(self._look, abandon_on_cancel=True)
                return
        self._check_look()
        self._due = max(self._due, monotonic() + SPARING)

    def _check_look(self) -> None:
        """Note a silent database if a poll takes too long."""
        since = self._looking_since
        if since is not None and monotonic() - since > SILENCE:
            self._note(TimeoutError("the database does not answer"))

    def _make_first_ready(self, first: Catalog) -> None:
        """Prepare the first catalog, and the one that has taken its place meanwhile."""
        self._make_ready(first, None)
        if (newest := self._catalog) is not None and newest is not first:
            self._make_ready(newest, first)
            self._replaced.append(first)

    def _hand_over(self, catalog: Catalog, first: Catalog) -> None:
        try:
            hand_over(catalog, first)
        except Exception:  # a bug: requests that need the missing part raise it again
            LOG.exception("the catalog of version %s has nothing of the first", catalog.version)

    def _make_ready(self, catalog: Catalog, before: Catalog | None) -> None:
        """Prepare a catalog, with a pause for the event loop after each step; no later version waits for the first. The
        collector is not put off until the end: all that requests made meanwhile would be looked through at once."""
        self._ready = catalog
        try:
            for _ in chain(steps(catalog, before), *[prepare(catalog, before) for prepare in self.preparations]):
                self.pause() if before is None else sleep(PAUSE)
                if before is None and monotonic() >= self._due:
                    self._look()
        except Exception:  # a bug: requests that need the missing part raise it again
            LOG.exception("the catalog of version %s is not ready", catalog.version)
        self._prepared = catalog
        trim()  # what the preparation used by the way

    def _look(self) -> None:
        """Poll unless another thread does: the store does not notice if that one hangs."""
        if not self._one_looks.acquire(blocking=False):
            self._check_look()
            self._due = max(self._due, monotonic() + SPARING)
            return
        try:
            self._look_alone()
        finally:
            self._one_looks.release()

    def _look_alone(self) -> None:
        self._looking_since = monotonic()
        replaced, self._replaced = self._replaced, []
        try:
            self.load()
        except Exception as problem:  # whatever the problem, reads stay up on the last catalog
            self._note(problem)
        else:
            self._note(self._catalogs.problem if self._catalogs else None)
        finally:
            self._looking_since = None
        self._let_go(replaced)

    def _let_go(self, replaced: Iterable[Catalog]) -> None:
        """Retire catalogs that no new request reads, which frees most of them at once."""
        if not any(it() for it in self._retired) or self.settle():
            self._retired.clear()
        for catalog in replaced:
            retire(catalog)
            self._retired.append(ref(catalog))

    def _note(self, problem: Exception | None) -> None:
        """Keep the problem of the database, and log its begin and end."""
        text = None if problem is None else f"{type(problem).__name__}: {problem}"
        if text is not None:
            self._due = monotonic() + max(self._poll_seconds, SPARING)
        if text != self.problem:
            LOG.warning("the catalog %s", f"cannot be read: {text}" if text else "can be read again")
        self.problem = text
        self.public_problem = getattr(problem, "public", None)
