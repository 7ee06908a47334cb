"""Bodies of requests: taken at once where they arrived with the head, as most have, or waited for with patience."""

from collections.abc import Awaitable, Coroutine, Generator, Mapping
from functools import partial
from types import CoroutineType, coroutine
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.request.body_deadline import BodyDeadline


class BodyReader:
    """Reads bodies of at most so many bytes that arrive within so many seconds."""

    def __init__(self, most_bytes: int, seconds: float) -> None:
        self._most, self._digits = most_bytes, len(str(most_bytes))
        self._patience = BodyDeadline(seconds)

    def read(self, headers: Mapping[bytes, bytes], receive: Receive) -> bytes | Awaitable[bytes]:
        """The body of a POST that is here already, or the wait for it.

        Both raise Refusal (BODY_TOO_LARGE, BODY_TIMEOUT), and ClientDisconnect for half a body.
        """
        declared = headers.get(b"content-length", b"0")
        if len(declared) >= self._digits and declared.isdigit() and int(declared[:20]) > self._most:
            raise self._too_large()
        first = receive()
        if type(first) is not CoroutineType:
            return self._patience.with_(self._whole(first, receive))
        try:
            awaited = first.send(None)
        except StopIteration as end:
            message: Message = end.value
            body = message.get("body")
            if type(body) is bytes and message.get("more_body") is False and len(body) <= self._most:
                return body
            return self._patience.with_(self._whole(_ready(message), receive))
        return self._patience.with_(self._whole(_rest(first, awaited), receive))

    async def _whole(self, first: Awaitable[Message], receive: Receive) -> bytes:
        body = bytearray()
        message = await first
        while message["type"] != "http.disconnect":
            body += message.get("body", b"")
            if len(body) > self._most:
                raise self._too_large()
            if not message.get("more_body", False):
                return bytes(body)
            message = await receive()
        raise ClientDisconnect

    def _too_large(self) -> Refusal:
        message = f"The body is larger than {self._most} bytes."
        close = {"Connection": "close"}  # the rest of the body is not read
        return Refusal(WebCode.BODY_TOO_LARGE, message, headers=close, maximum=self._most)


async def _ready(message: Message) -> Message:
    return message


@coroutine
def _rest(begun: Coroutine[Any, Any, Message], awaited: object) -> Generator[object, object, Message]:
    """Goes on with a coroutine that has begun and awaits something."""
    while True:
        try:
            step = partial(begun.send, (yield awaited))
        except BaseException as thrown:  # its own affair: a cancellation, mostly
            step = partial(begun.throw, thrown)
        try:
            awaited = step()
        except StopIteration as end:
            message: Message = end.value
            return message
