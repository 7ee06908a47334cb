"""What one running app holds: the catalog it answers from, looked after without ever blocking the event loop."""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from itertools import chain
from math import inf
from threading import Event, Lock
from time import monotonic, sleep
from typing import Any, Protocol
from weakref import WeakMethod

import anyio
from anyio import to_thread
from graphql import GraphQLError

from careergraph.api.base.context import no_version
from careergraph.api.warm_up import steps
from careergraph.engine.content import Catalog
from careergraph.engine.similarity.pair_ranking import is_ranked
from careergraph.store.catalogs.catalogs import pause_collector
from careergraph.store.database.database import DatabaseProblem
from careergraph.web.core.codes import Refusal, WebCode

LOG = logging.getLogger("careergraph.web")

SPARING = 0.25
"""How long a database in trouble is left alone at least, in seconds."""
PATIENCE = 2.0
"""How long a request waits for a newer catalog when there is one at hand, in seconds."""
SILENCE = 15.0
"""A look that takes longer than this is given up on: the database does not answer. In seconds."""
PAUSE = 0.001
"""How long the event loop has the interpreter to itself between two steps of making a catalog ready, in seconds."""
STEP = 0.25
"""How often the thread that looks for new versions checks whether it shall end, in seconds."""
BUSY = 0.02
"""With fewer seconds between two looks there is no thread that looks: it would do nothing else. Each request looks."""


class Catalogs(Protocol):
    """Where catalogs come from; the store's own `Catalogs` is one. Both verbs may block."""

    problem: Any
    """Why the last look failed while the catalog before it goes on being served; None where it did not."""

    def current(self) -> Catalog:
        """The newest catalog."""
        ...

    def as_of(self, instant: datetime) -> Catalog:
        """The catalog that was current at an instant."""
        ...


class CatalogHolder:
    """Opens the catalogs at the first request, and looks for a newer version every `poll_seconds`.

    A thread looks (`poll`), and makes a new catalog ready before it takes the place of the one before: no request waits
    for either, but those of somebody who may have published just now. Where `poll_seconds` are fewer than `BUSY`, there
    is no such thread: each request looks, in a thread, and those that come meanwhile get the catalog at hand.
    When looking fails, or never ends, the last catalog stays and `problem` says why.
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
        """The same as whoever asks may know it, and what to do; None where it is not known to be fit for them."""
        self.settle: Callable[[], None] = _nothing
        """What is done a look after a new catalog came, when nothing is left that is answered from the one before."""
        self.preparations: list[Callable[[Catalog, Catalog | None], Iterable[None]]] = []
        """What else makes a catalog ready, step by step, given that and the one before."""
        self._replaced: list[Catalog] = []
        """Catalogs that another one took the place of in the last look."""
        self._has_arrived = False
        """Whether the last look brought a catalog."""

    def at_hand(self) -> Catalog | None:
        """The catalog, where nobody needs to look for a newer one; None where `catalog` has to be awaited."""
        looked = self._seen == self._news if self._wake is not None else monotonic() < self._due
        return self._catalog if looked else None

    @property
    def last(self) -> Catalog | None:
        """The catalog that answered last; None before the first."""
        return self._catalog

    async def catalog(self) -> Catalog:
        """The catalog to answer one request from. Raises Refusal (NOT_READY) as long as there is none."""
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
        """The catalog with what was told of until now, if that takes no longer than `PATIENCE`. Raises Refusal."""
        news = self._news
        if (wake := self._wake) is not None and self._seen < news and self.problem is None:
            wake.set()
            with anyio.move_on_after(PATIENCE):
                while self._seen < news and self._wake is not None:  # noqa: ASYNC110 - another thread looks
                    await anyio.sleep(0.01)
        return await self.catalog()

    async def start(self) -> None:
        """Loads the catalog before the first request. A database that is not there yet is no error here."""
        with suppress(Refusal):
            await self.catalog()

    def expire(self) -> None:
        """Has somebody look for a newer version, however short ago the last look was. For any thread."""
        self._news += 1
        if self.problem is None:
            self._due = 0.0

    async def stop(self) -> None:
        """Lets go of the database. The next request opens it again."""
        catalogs, self._catalogs, self._due, self._wake = self._catalogs, None, 0.0, None
        close = getattr(catalogs, "close", None)  # a host's own content source may have nothing to close
        if close is not None:
            await to_thread.run_sync(close)

    def load(self) -> Catalog:
        """Loads the newest catalog, blocking; it takes the place of another one when it is ready. Raises whatever the
        store raises."""
        if self._catalogs is None:
            self._catalogs = self._open()
        news, before = self._news, self._catalog
        catalog = self._catalogs.current()
        self._looking_since = None  # the database has answered
        if before is not None and catalog is not before:
            self._make_ready(catalog, before)
            self._replaced.append(before)
        self._has_arrived |= catalog is not before
        self._catalog, self._seen = catalog, news
        # what was told of while this look was under way may have come too late for it
        self._due = monotonic() + self._poll_seconds if news == self._news else 0.0
        return catalog

    def look(self, wake: Event | None) -> float:
        """Looks for a newer version where it is time to, in a thread that does nothing else and waits for `wake`; with
        None, that thread ends. Answers for how many seconds it may wait."""
        if wake is None or self._catalogs is None or self._catalog is None:
            self._wake = None
            return STEP
        self._wake = wake
        if self._ready is None:
            self._make_ready(self._catalog, None)
        if monotonic() >= self._due:
            self._look()
        return min(STEP, max(0.0, self._due - monotonic()))

    def is_preparing(self, catalog: Catalog) -> bool:
        """Whether the pairs of a catalog are still to be ranked by a thread: whoever asked for them now would wait."""
        mine = self._catalog is catalog is not self._prepared
        return mine and self._poll_seconds >= BUSY and not is_ranked(catalog)

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
        """Looks, in a thread. With a catalog at hand nobody waits long, and a thread that hangs is left alone."""
        since = self._looking_since
        if since is None:
            with anyio.move_on_after(PATIENCE if self._catalog is not None else inf):
                await to_thread.run_sync(self._look, abandon_on_cancel=True)
                return
        self._check_look()
        self._due = max(self._due, monotonic() + SPARING)

    def _check_look(self) -> None:
        """Notes that the database does not answer where a look takes too long."""
        since = self._looking_since
        if since is not None and monotonic() - since > SILENCE:
            self._note(TimeoutError("the database does not answer"))

    def _make_ready(self, catalog: Catalog, before: Catalog | None) -> None:
        """Derives whatever answers need, with a pause for the event loop after each step."""
        self._ready = catalog
        try:
            with pause_collector():
                for _ in chain(steps(catalog, before), *[prepare(catalog, before) for prepare in self.preparations]):
                    sleep(PAUSE)
        except Exception:  # a bug: whoever asks for what is missing meets it again, and is told
            LOG.exception("the catalog of version %s is not ready", catalog.version)
        self._prepared = catalog

    def _look(self) -> None:
        """Looks for a newer version, unless another thread does: where that one hangs, the store would not say so."""
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
        has_arrived, self._has_arrived = self._has_arrived, False
        try:
            self.load()
        except Exception as problem:  # whatever ails the database, reads stay up on the last catalog
            self._note(problem)
        else:
            self._note(self._catalogs.problem if self._catalogs else None)
        finally:
            self._looking_since = None
        for catalog in replaced:
            catalog.retire()
        if has_arrived:  # also where this look brought another one: under load each look may
            self.settle()

    def _note(self, problem: Exception | None) -> None:
        """Keeps what ails the database, and logs it when it begins and when it ends."""
        text = None if problem is None else f"{type(problem).__name__}: {problem}"
        if text is not None:
            self._due = monotonic() + max(self._poll_seconds, SPARING)
        if text != self.problem:
            LOG.warning("the catalog %s", f"cannot be read: {text}" if text else "can be read again")
        self.problem = text
        self.public_problem = getattr(problem, "public", None)


def _nothing() -> None:
    """What is done where nobody says otherwise."""


def poll(look: WeakMethod[Callable[[Event | None], float]], stop: Event) -> None:
    """Looks for new versions until it is told to stop, or until nobody holds the runtime any longer."""
    wake = Event()
    try:
        while not stop.is_set() and (method := look()) is not None:
            seconds = method(wake)
            del method
            wake.wait(seconds)
            wake.clear()
    finally:
        if (method := look()) is not None:
            method(None)
