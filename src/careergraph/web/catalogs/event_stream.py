"""Stream: the response to a subscription, and to any operation whose client takes no other, as Server-Sent Events in
the distinct connections mode of GraphQL over SSE.

Each result is an event `next`; `complete` is the last. A comment now and then keeps the connection open, or finds it
closed.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress

from starlette.types import Receive, Send

from careergraph.web.catalogs.version_feed import VersionFeed
from careergraph.web.core.media_types import EVENT_STREAM
from careergraph.web.response.response import NO_STORE, NOSNIFF, VARY, Header, Headers, RawResponse

HEADERS: Headers = [
    (b"content-type", f"{EVENT_STREAM}; charset=utf-8".encode()),
    (b"cache-control", NO_STORE),
    (b"x-accel-buffering", b"no"),  # or nginx buffers events
    VARY,
    NOSNIFF,
]
BEAT, NEXT, COMPLETE = b":\n\n", b"event: next\ndata: %b\n\n", b"event: complete\ndata:\n\n"

Results = AsyncGenerator[bytes, None]


def single_event(content: bytes) -> RawResponse:
    """The whole stream of an operation with one result. Errors come this way too, as such a client reads no JSON."""
    body = NEXT % content + COMPLETE
    return RawResponse(200, [*HEADERS, (b"content-length", b"%d" % len(body))], body)


class Stream:
    """The results of a subscription for one client."""

    def __init__(self, results: Results, receive: Receive, version_feed: VersionFeed, beat_seconds: float) -> None:
        self._results = results
        self._receive = receive
        self._version_feed = version_feed
        self._beat_seconds = beat_seconds

    async def send(self, send: Send, more: Sequence[Header], *, head: bool = False) -> None:
        """Send events until the last, or until the client disconnects."""
        with self._version_feed.seat():
            async with aclosing(self._results):
                await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, *more]})
                if not head:
                    async with aclosing(self._events()) as events:
                        async for event in events:
                            await send({"type": "http.response.body", "body": event, "more_body": True})
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _events(self) -> AsyncGenerator[bytes, None]:
        yield BEAT  # the client sees at once that the stream is open
        gone = asyncio.ensure_future(self._gone())
        result = asyncio.ensure_future(anext(self._results, None))
        try:
            while not gone.done():
                await asyncio.wait({result, gone}, timeout=self._beat_seconds, return_when=asyncio.FIRST_COMPLETED)
                if not result.done():
                    yield BEAT
                    continue
                content = result.result()
                if content is None:
                    yield COMPLETE
                    return
                yield NEXT % content
                result = asyncio.ensure_future(anext(self._results, None))
        finally:
            for task in (gone, result):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
