"""Compressor: responses in the content coding that their clients accept.

A cached response is compressed once at the best level, in a thread of its own, for all later requests. Until that is
ready, and for a response that is not cached, a fast level is used.
"""

from collections.abc import Callable, MutableMapping
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore

import anyio
from anyio import to_thread

from careergraph.web.core.content_codings import Accepted, Coding
from careergraph.web.core.media_types import Media
from careergraph.web.response.response import RawResponse, encode
from careergraph.web.response.response_cache import OVERHEAD, CachedResponse

MIN_CACHED = 1000
"""The smallest cached response that is compressed, in bytes: a smaller one fits into one packet."""

MIN_SENT = 4096
"""The smallest response that is compressed for one client, in bytes."""

MAX_INLINE = 64 * 1024
"""The largest response that is compressed on the event loop, in bytes: level 1 takes about 0.3 ms for it."""

MAX_WAITING = 32
"""The number of responses that may wait to be compressed at the best level. Beyond it, a later request tries again."""

Compressed = MutableMapping[bytes, Future[bytes]]
"""A content at the best level, by the name of the coding."""


class Compressor:
    """Compresses the responses of one app. Its threads start when they are needed."""

    def __init__(self) -> None:
        self._pool = _pool()
        self._places = BoundedSemaphore(MAX_WAITING)
        self._threads: anyio.CapacityLimiter | None = None

    def close(self) -> None:
        """Drop waiting work. A later request starts anew."""
        pool, self._pool = self._pool, _pool()
        pool.shutdown(wait=False, cancel_futures=True)

    def best(self, compressed: Compressed, content: bytes, coding: Coding) -> bytes | None:
        """A cached content at the best level; None until it is ready, or if it would be no smaller."""
        if len(content) < MIN_CACHED:
            return None
        result = compressed.get(coding.name)
        if result is None or result.cancelled():
            self._submit(compressed, content, coding)
            return None
        if not result.done() or result.exception() is not None:
            return None
        return smaller if len(smaller := result.result()) < len(content) else None

    def from_cache(
        self, cached: CachedResponse, media: Media, accepted: Accepted, grow: Callable[[CachedResponse, int], None]
    ) -> RawResponse:
        """A cached response in the coding that its client prefers, or without one until that is ready.

        `grow` is called with the number of bytes that it takes more.
        """
        response, coding = cached.variants[media], accepted.coding
        if coding is None:
            return response
        encoded = cached.variants.get((media, coding.name))
        if encoded is None and (body := self.best(cached.compressed, response.body, coding)) is not None:
            encoded = cached.variants[media, coding.name] = encode(response, coding, coding.best, body)
            grow(cached, OVERHEAD + len(body))
        return encoded or response

    async def compress(self, response: RawResponse, accepted: Accepted, smallest: int = MIN_SENT) -> RawResponse:
        """A response in the coding that its client prefers, if that pays or the client accepts nothing else."""
        coding = _due(response, accepted, smallest)
        if coding is None:
            return response
        return encode(response, coding, coding.fast, await self.fast(response.body, coding))

    def compress_inline(self, response: RawResponse, accepted: Accepted) -> RawResponse | None:
        """The same without waiting; None for a large response, which is compressed in a thread."""
        coding = _due(response, accepted, MIN_SENT)
        if coding is None:
            return response
        if len(response.body) >= MAX_INLINE:
            return None
        return encode(response, coding, coding.fast, coding.compress(response.body, coding.fast))

    async def fast(self, content: bytes, coding: Coding) -> bytes:
        """A content at the fast level, off the event loop if it is large."""
        if len(content) < MAX_INLINE:
            return coding.compress(content, coding.fast)
        if self._threads is None:
            self._threads = anyio.CapacityLimiter(2)
        return await to_thread.run_sync(coding.compress, content, coding.fast, limiter=self._threads)

    def _submit(self, compressed: Compressed, content: bytes, coding: Coding) -> None:
        if not self._places.acquire(blocking=False):
            return
        try:
            task = self._pool.submit(coding.compress, content, coding.best)
        except RuntimeError:  # the process is about to end, and answers its last requests
            self._places.release()
            return
        compressed[coding.name] = task
        task.add_done_callback(lambda _: self._places.release())


def _due(response: RawResponse, accepted: Accepted, smallest: int) -> Coding | None:
    """The coding that a response is still to be compressed in."""
    body = response.body
    return None if response.encoded or not body or (len(body) < smallest and accepted.plain) else accepted.coding


def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "careergraph-compressor")
