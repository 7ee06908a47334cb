"""ResponseCache: the responses that are the same for everybody, of the live catalog, in bounded memory."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from concurrent.futures import Future
from typing import Any

import msgspec

from careergraph.web.core.media_types import Media
from careergraph.web.response.response import RawResponse

Key = tuple[Hashable, ...]
Variant = Media | tuple[Media, bytes]
"""The variant of a response: its media type, and the name of its content coding if it has one."""

OVERHEAD = 1500
"""The bytes that a cached response takes beside its content and its key: headers, objects, entries of tables."""

MAX_SEEN = 50_000
"""How many requests that came once are remembered."""

MAX_SPELLINGS = 4
"""The number of spellings of a request whose response is looked up without decoding the request."""


_CANONICAL = msgspec.json.Encoder(order="deterministic")


def response_key(text: str, name: str | None, variables: Mapping[str, Any] | None) -> Key:
    """The key of the response to an operation of a document with these variables, however they are written."""
    return text, name, _CANONICAL.encode(variables) if variables else b""


class CachedResponse(msgspec.Struct, eq=False):
    """A response with its variants. `tags` name the documents that it depends on; `size` is what it takes, in bytes;
    `title` is the name of its operation, `version` that of the catalog; `compressed` holds its content in content
    codings; `used` is whether it was requested since room was last needed."""

    key: Key
    content: bytes
    tags: bytes
    size: int = 0
    title: str | None = None
    version: int | None = None
    variants: dict[Variant, RawResponse] = {}
    spellings: list[Hashable] = []
    compressed: dict[bytes, Future[bytes]] = {}
    used: bool = False


class ResponseCache:
    """The cached responses of one catalog. A new catalog empties it, so no response of an older one is ever sent.

    A response is stored when it is requested for the second time: one that is requested once would only evict others.
    The oldest that was not `used` since room was last needed is evicted.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._catalog: object = None
        self._responses: OrderedDict[Key, CachedResponse] = OrderedDict()
        self._by_spelling: dict[Hashable, CachedResponse] = {}
        self._seen: set[int] = set()
        self._seen_before: set[int] = set()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._responses)

    def for_catalog(self, catalog: object) -> "ResponseCache":
        """Itself, emptied if it held responses of another catalog."""
        if catalog is not self._catalog:
            self._catalog = catalog
            for collection in (self._responses, self._by_spelling, self._seen, self._seen_before):
                collection.clear()
            self.bytes = 0
        return self

    def by_spelling(self, catalog: object, spelling: Hashable) -> CachedResponse | None:
        """The response to a request that came in these very bytes before."""
        cached = self._by_spelling.get(spelling) if catalog is self._catalog else None
        if cached is not None:
            cached.used = True
        return cached

    def get(self, key: Key, spelling: Hashable, length: int) -> CachedResponse | None:
        """The response to a request; remembers its spelling, which takes `length` bytes."""
        cached = self._responses.get(key)
        if cached is None:
            return None
        cached.used = True
        if len(cached.spellings) < MAX_SPELLINGS and spelling not in self._by_spelling:
            cached.spellings.append(spelling)
            self._by_spelling[spelling] = cached
            self.grow(cached, length)
        return cached

    def should_store(self, key: Key) -> bool:
        """Return whether a response is to be stored: from the second request on."""
        mark = hash(key)
        if mark in self._seen or mark in self._seen_before:
            return True
        if len(self._seen) >= MAX_SEEN:
            self._seen_before, self._seen = self._seen, set()
        self._seen.add(mark)
        return False

    def store(self, catalog: object, cached: CachedResponse) -> None:
        """Store a response of this catalog, unless another catalog came meanwhile or it is too large."""
        cached.size = cached.size or _size(cached)
        if catalog is self._catalog and cached.size <= self._max_bytes // 8 and cached.key not in self._responses:
            self._responses[cached.key] = cached
            self.bytes += cached.size
            self._evict()

    def grow(self, cached: CachedResponse, size: int) -> None:
        """Count `size` more bytes of a cached response."""
        if self._responses.get(cached.key) is cached:
            cached.size += size
            self.bytes += size
            self._evict()

    def _evict(self) -> None:
        while self.bytes > self._max_bytes and self._responses:
            key, oldest = self._responses.popitem(last=False)
            if oldest.used:  # a mark costs less than moving it to the end at each request
                oldest.used = False
                self._responses[key] = oldest
                continue
            self.bytes -= oldest.size
            for spelling in oldest.spellings:
                del self._by_spelling[spelling]


def _size(cached: CachedResponse) -> int:
    key = sum(len(part) for part in cached.key if isinstance(part, str | bytes))
    return OVERHEAD + len(cached.content) + key + 2 * len(cached.tags)
