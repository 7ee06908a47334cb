"""Answers that are kept: those of the catalog that is live, asked for more than once, in bounded memory."""

from collections import OrderedDict
from collections.abc import Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field

from careergraph.web.core.media_types import Media
from careergraph.web.response.answer import Answer
from careergraph.web.response.response import RawResponse

Key = tuple[Hashable, ...]
Form = Media | tuple[Media, bytes]
"""The form of a reply: its media type, and the name of its content coding where it has one."""

OVERHEAD = 1500
"""What a kept answer takes beside its bytes and its key: headers, objects and places in tables, in bytes."""

MOST_SEEN = 50_000
"""Of how many requests it is remembered that they came once."""

MOST_SPELLINGS = 4
"""Under how many spellings of its request an answer is found without reading the request."""


@dataclass(slots=True, eq=False)
class CachedResponse:
    """An answer with its replies. `size` is what it takes, in bytes, `title` what its operation is called, `version`
    that of the catalog, `packed` its content as compressed; `used` says that it was asked for since room was last
    needed."""

    key: Key
    answer: Answer
    tags: bytes
    replies: dict[Form, RawResponse]
    size: int
    title: str | None = None
    version: int | None = None
    spellings: list[Hashable] = field(default_factory=list)
    packed: dict[bytes, Future[bytes]] = field(default_factory=dict)
    used: bool = False

    def weighed(self) -> "CachedResponse":
        """Itself, with the size that it takes."""
        key = sum(len(part) for part in self.key if isinstance(part, str | bytes))
        self.size = OVERHEAD + len(self.answer.content) + key + 2 * len(self.tags)
        return self


class ResponseCache:
    """The answers of one catalog. Another catalog begins with none, so no answer of an older one is ever sent.

    An answer is kept when it is asked for a second time: what comes once would only drive out what comes again. Where
    room is needed, the oldest goes that was not `used` since it was looked at for the same reason.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._catalog: object = None
        self._kept: OrderedDict[Key, CachedResponse] = OrderedDict()
        self._spelt: dict[Hashable, CachedResponse] = {}
        self._seen: set[int] = set()
        self._seen_before: set[int] = set()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, catalog: object) -> "ResponseCache":
        """Itself, emptied where it was of another catalog."""
        if catalog is not self._catalog:
            self._catalog = catalog
            self._kept.clear()
            self._spelt.clear()
            self._seen.clear()
            self._seen_before.clear()
            self.bytes = 0
        return self

    def spelt(self, catalog: object, spelling: Hashable) -> CachedResponse | None:
        """The answer to a request that came in these very bytes before."""
        cached = self._spelt.get(spelling) if catalog is self._catalog else None
        if cached is not None:
            cached.used = True
        return cached

    def get(self, key: Key, spelling: Hashable, length: int) -> CachedResponse | None:
        """The answer to a request; remembers its spelling, which takes `length` bytes."""
        cached = self._kept.get(key)
        if cached is None:
            return None
        cached.used = True
        if len(cached.spellings) < MOST_SPELLINGS and spelling not in self._spelt:
            cached.spellings.append(spelling)
            self._spelt[spelling] = cached
            cached.size += length
            self.bytes += length
            self._fit()
        return cached

    def wants(self, key: Key) -> bool:
        """Whether an answer is to be kept: on the second time that it is asked for."""
        mark = hash(key)
        if mark in self._seen or mark in self._seen_before:
            return True
        if len(self._seen) >= MOST_SEEN:
            self._seen_before, self._seen = self._seen, set()
        self._seen.add(mark)
        return False

    def keep(self, catalog: object, kept: CachedResponse) -> None:
        """Keeps an answer of this catalog, unless another one came meanwhile or it is too large."""
        if catalog is not self._catalog or kept.size > self._most_bytes // 8 or kept.key in self._kept:
            return
        self._kept[kept.key] = kept
        self.bytes += kept.size
        self._fit()

    def grow(self, kept: CachedResponse, size: int) -> None:
        """Counts what a kept answer takes more, in bytes."""
        if self._kept.get(kept.key) is kept:
            kept.size += size
            self.bytes += size
            self._fit()

    def _fit(self) -> None:
        while self.bytes > self._most_bytes and self._kept:
            key, oldest = self._kept.popitem(last=False)
            if oldest.used:  # a mark costs less than to put it in order each time
                oldest.used = False
                self._kept[key] = oldest
                continue
            self.bytes -= oldest.size
            for spelling in oldest.spellings:
                del self._spelt[spelling]
