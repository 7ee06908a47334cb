"""Shelf: a few catalogs besides the live one, as many as have room, each built once however many ask for it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from math import inf
from threading import Condition, Event, Lock
from time import monotonic
from typing import Generic, NamedTuple, TypeVar
from weakref import WeakValueDictionary

from careergraph.engine.content import Catalog
from careergraph.store.catalogs.lease import LEASE, Abandoned, Lease

Mark = TypeVar("Mark", bound=Hashable)

STEP = 0.05
"""How often a thread that waits for a build looks whether anybody still waits for it, in seconds."""


IDLE_SECONDS = 30.0
"""How long a catalog stays that nobody asks for: longer than any request may take."""


class Built(NamedTuple):
    """A catalog, and about how many bytes it takes that no other catalog has a part in."""

    catalog: Catalog
    size: int = 0


Check = Callable[[], None]
"""Raises Abandoned where nobody waits for a build any longer."""


class Build:
    """A build under way, and the leases of those who wait for it; one without a lease never goes away."""

    def __init__(self) -> None:
        self.over = Event()
        self.catalog: Catalog | None = None
        self.problem: Exception | None = None
        self._waiting: list[Lease | None] = []

    def join(self) -> None:
        """Waits for it, too."""
        self._waiting.append(LEASE.get())

    def check(self) -> None:
        """Raises Abandoned where nobody waits any longer."""
        if all(lease is not None and lease.abandoned for lease in self._waiting):
            raise Abandoned


class CatalogCache(Generic[Mark]):
    """Catalogs by what each is built from: at most `most`, and at most so many bytes but for the last one.

    One is built at a time. A catalog that was taken off, but that somebody still reads, is handed out again.
    """

    def __init__(self, most: int, most_bytes: float = inf) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[Mark, Built] = OrderedDict()
        self._used: dict[Mark, float] = {}
        self._alive: WeakValueDictionary[Mark, Catalog] = WeakValueDictionary()
        self._builds: dict[Mark, Build] = {}
        self._lock = Lock()
        self._turn = Condition()
        self._busy = False

    def get(self, mark: Mark, build: Callable[[Mark, Check], Built]) -> Catalog:
        """The catalog of a mark, built where it is not there. Raises what `build` raises, and Abandoned."""
        while True:
            with self._lock:
                if (catalog := self._take(mark)) is not None:
                    return catalog
                first = mark not in self._builds
                under_way = self._builds.setdefault(mark, Build())
                under_way.join()
            if first:
                return self._run(mark, under_way, build)
            if (catalog := self._wait(under_way)) is not None:
                return catalog

    def drop_idle(self) -> bool:
        """Lets go of catalogs that nobody has asked for lately. Answers whether there were any."""
        with self._lock:
            due = monotonic() - IDLE_SECONDS
            idle = [mark for mark in self._kept if self._used[mark] < due]
            for mark in idle:
                self._drop(mark)
        return bool(idle)

    def _run(self, mark: Mark, under_way: Build, build: Callable[[Mark, Check], Built]) -> Catalog:
        try:
            with self._build_slot(under_way):
                built = build(mark, under_way.check)
            with self._lock:
                self._put(mark, built)
            under_way.catalog = built.catalog
            return built.catalog
        except Abandoned:
            raise  # not kept: its traceback would hold all that was read, and itself, until the garbage collector comes
        except Exception as problem:
            under_way.problem = problem
            raise
        finally:
            with self._lock:
                del self._builds[mark]
            under_way.over.set()

    @contextmanager
    def _build_slot(self, under_way: Build) -> Iterator[None]:
        """Waits until nothing else is built. Raises Abandoned."""
        with self._turn:
            while self._busy:
                under_way.check()
                self._turn.wait(STEP)
            self._busy = True
        try:
            under_way.check()
            yield
        finally:
            with self._turn:
                self._busy = False
                self._turn.notify()

    @staticmethod
    def _wait(under_way: Build) -> Catalog | None:
        """The catalog that another thread builds; None where that gave up, so that it has to be built after all."""
        lease = LEASE.get()
        while not under_way.over.wait(STEP):
            if lease is not None:
                lease.check()
        if under_way.problem is not None:
            raise under_way.problem
        return under_way.catalog

    def _take(self, mark: Mark) -> Catalog | None:
        if mark in self._kept:
            self._kept.move_to_end(mark)
            self._used[mark] = monotonic()
            return self._kept[mark].catalog
        return self._alive.get(mark)

    def _put(self, mark: Mark, built: Built) -> None:
        self._kept[mark], self._alive[mark], self._used[mark] = built, built.catalog, monotonic()
        while len(self._kept) > self._most or (len(self._kept) > 1 and self._size() > self._most_bytes):
            self._drop(next(iter(self._kept)))

    def _drop(self, mark: Mark) -> None:
        del self._kept[mark], self._used[mark]

    def _size(self) -> int:
        return sum([built.size for built in self._kept.values()])
