"""Compressor: answers in the coding that their clients accept.

What is kept is compressed once at the best level, in a thread of its own, and everybody gets the result. Until it is
ready, and for what is not kept, a fast level is used on the way.
"""

from collections.abc import Callable, MutableMapping
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore

import anyio
from anyio import to_thread

from careergraph.web.core.content_codings import Accepted, Coding
from careergraph.web.core.media_types import Media
from careergraph.web.response.response import RawResponse, coded
from careergraph.web.response.response_cache import OVERHEAD, CachedResponse

SMALLEST_KEPT = 1000
"""The smallest answer that is compressed where the result is kept, in bytes: a smaller one fits into one packet."""

SMALLEST_SENT = 4096
"""The smallest answer that is compressed for one client, in bytes."""

LARGEST_INLINE = 64 * 1024
"""The largest answer that is compressed on the event loop, in bytes: level 1 takes about 0.3 ms for it."""

MOST_WAITING = 32
"""How many answers may wait to be compressed at the best level. Where more do, a later request asks again."""

Packed = MutableMapping[bytes, Future[bytes]]
"""The results for one content, by the name of the coding."""


class Compressor:
    """Compresses for one app. Its threads start when they are needed."""

    def __init__(self) -> None:
        self._pool = _pool()
        self._places = BoundedSemaphore(MOST_WAITING)
        self._threads: anyio.CapacityLimiter | None = None

    def close(self) -> None:
        """Drops what waits. A later request begins anew."""
        pool, self._pool = self._pool, _pool()
        pool.shutdown(wait=False, cancel_futures=True)

    def best(self, packed: Packed, content: bytes, coding: Coding) -> bytes | None:
        """A kept content at the best level; None until it is there, and where it would be no smaller."""
        if len(content) < SMALLEST_KEPT:
            return None
        result = packed.get(coding.name)
        if result is None or result.cancelled():
            self._begin(packed, content, coding)
            return None
        if not result.done() or result.exception() is not None:
            return None
        return smaller if len(smaller := result.result()) < len(content) else None

    def kept(
        self, kept: CachedResponse, media: Media, accepted: Accepted, grow: Callable[[CachedResponse, int], None]
    ) -> RawResponse:
        """The reply with a kept answer in the coding that its client prefers, or as it is until that is there.

        `grow` is told what it takes more, in bytes.
        """
        reply, coding = kept.replies[media], accepted.coding
        if coding is None:
            return reply
        packed = kept.replies.get((media, coding.name))
        if packed is None and (body := self.best(kept.packed, reply.body, coding)) is not None:
            packed = kept.replies[media, coding.name] = coded(reply, coding, coding.best, body)
            grow(kept, OVERHEAD + len(body))
        return packed or reply

    async def reply(self, reply: RawResponse, accepted: Accepted, smallest: int = SMALLEST_SENT) -> RawResponse:
        """A reply in the coding that its client prefers, where that pays or the client accepts nothing else."""
        coding, body = accepted.coding, reply.body
        if coding is None or reply.coded or not body or (len(body) < smallest and accepted.plain):
            return reply
        return coded(reply, coding, coding.fast, await self.fast(body, coding))

    async def fast(self, content: bytes, coding: Coding) -> bytes:
        """A content at the fast level, off the event loop where it is large."""
        if len(content) < LARGEST_INLINE:
            return coding.compress(content, coding.fast)
        if self._threads is None:
            self._threads = anyio.CapacityLimiter(2)
        return await to_thread.run_sync(coding.compress, content, coding.fast, limiter=self._threads)

    def _begin(self, packed: Packed, content: bytes, coding: Coding) -> None:
        if not self._places.acquire(blocking=False):
            return
        try:
            task = self._pool.submit(coding.compress, content, coding.best)
        except RuntimeError:  # the process is about to end, and answers its last requests
            self._places.release()
            return
        packed[coding.name] = task
        task.add_done_callback(lambda _: self._places.release())


def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "careergraph-compressor")
