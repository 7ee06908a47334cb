"""Read the bodies of requests, in bounded size and time. Most arrive with the head, and need no waiting."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Coroutine, Generator, Mapping
from functools import partial
from time import monotonic
from types import CoroutineType, coroutine
from typing import IO, Any, TypeVar

from anyio import to_thread
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from careergraph.web.core.codes import Refusal, WebCode

Result = TypeVar("Result")

CHECK_SECONDS = 1.0
"""Seconds between two checks for late bodies: a wait may last so much longer than its deadline."""


class BodyReader:
    """Reads bodies of at most `max_bytes` that arrive within `seconds`."""

    def __init__(self, max_bytes: int, seconds: float) -> None:
        self._max_bytes, self._digits = max_bytes, len(str(max_bytes))
        self._deadline = BodyDeadline(seconds)

    def read(self, headers: Mapping[bytes, bytes], receive: Receive) -> bytes | Awaitable[bytes]:
        """The body of a POST if it is here already, else an awaitable of it.

        Both raise Refusal (BODY_TOO_LARGE, BODY_TIMEOUT), and ClientDisconnect for half a body.
        """
        self._check_length(headers)
        first = receive()
        if type(first) is not CoroutineType:
            return self._deadline.enforce(self._read_all(first, receive))
        try:
            awaited = first.send(None)
        except StopIteration as end:
            message: Message = end.value
            body = message.get("body")
            if type(body) is bytes and message.get("more_body") is False and len(body) <= self._max_bytes:
                return body
            return self._deadline.enforce(self._read_all(_ready(message), receive))
        return self._deadline.enforce(self._read_all(_resume(first, awaited), receive))

    async def read_into(self, file: IO[bytes], headers: Mapping[bytes, bytes], receive: Receive) -> None:
        """Write the body into a file as it arrives. Raises what `read` does."""
        self._check_length(headers)
        await self._deadline.enforce(self._write_all(file, receive))

    def _check_length(self, headers: Mapping[bytes, bytes]) -> None:
        declared = headers.get(b"content-length", b"0")
        if len(declared) >= self._digits and declared.isdigit() and int(declared[:20]) > self._max_bytes:
            raise self._too_large()

    async def _write_all(self, file: IO[bytes], receive: Receive) -> None:
        async for chunk in self._chunks(receive(), receive):
            await to_thread.run_sync(file.write, chunk)

    async def _read_all(self, first: Awaitable[Message], receive: Receive) -> bytes:
        body = bytearray()
        async for chunk in self._chunks(first, receive):
            body += chunk
        return bytes(body)

    async def _chunks(self, first: Awaitable[Message], receive: Receive) -> AsyncIterator[bytes]:
        size, message = 0, await first
        while message["type"] != "http.disconnect":
            chunk: bytes = message.get("body", b"")
            size += len(chunk)
            if size > self._max_bytes:
                raise self._too_large()
            yield chunk
            if not message.get("more_body", False):
                return
            message = await receive()
        raise ClientDisconnect

    def _too_large(self) -> Refusal:
        message = f"The body is larger than {self._max_bytes} bytes."
        close = {"Connection": "close"}  # the rest of the body is not read
        return Refusal(WebCode.BODY_TOO_LARGE, message, headers=close, maximum=self._max_bytes)


class BodyDeadline:
    """Ends waits that last longer than `seconds`. One timer serves all of them."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[asyncio.Task[Any], float] = {}
        self._ended: set[asyncio.Task[Any]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def enforce(self, result: Awaitable[Result]) -> Result:
        """Await a result. Raises Refusal (BODY_TIMEOUT) after the deadline."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - only a task can await
        self._since[task] = monotonic()
        if self._loop is not (loop := asyncio.get_running_loop()):
            self._loop = loop
            self._cancel_late()
        try:
            return await result
        except asyncio.CancelledError:
            if task not in self._ended or task.uncancel() > 0:
                raise  # cancelled by somebody else
            problem = f"The body did not arrive within {self._seconds:g} seconds."
            raise Refusal(WebCode.BODY_TIMEOUT, problem, headers={"Connection": "close"}) from None
        finally:
            self._since.pop(task, None)
            self._ended.discard(task)

    def _cancel_late(self) -> None:
        late = monotonic() - self._seconds
        for task in [task for task, since in self._since.items() if since <= late]:
            del self._since[task]
            self._ended.add(task)
            task.cancel()
        if self._since and self._loop is not None:
            self._loop.call_later(min(CHECK_SECONDS, self._seconds), self._cancel_late)
        else:
            self._loop = None


async def _ready(message: Message) -> Message:
    return message


@coroutine
def _resume(begun: Coroutine[Any, Any, Message], awaited: object) -> Generator[object, object, Message]:
    """Resume a coroutine that has begun and awaits something."""
    while True:
        try:
            step = partial(begun.send, (yield awaited))
        except BaseException as thrown:  # mostly a cancellation: the coroutine handles it
            step = partial(begun.throw, thrown)
        try:
            awaited = step()
        except StopIteration as end:
            message: Message = end.value
            return message
