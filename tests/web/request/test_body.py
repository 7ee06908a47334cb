"""Reading bodies: at once where they are here, bounded in size and time however they come."""

import asyncio
from collections.abc import Awaitable, Generator

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.request.body import BodyReader

GONE: Message = {"type": "http.disconnect"}


def chunk(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def sending(*messages: Message, pause: float | None = None) -> Receive:
    """What a server hands on: message by message, with a pause ahead of each."""
    left = list(messages)

    async def receive() -> Message:
        if pause is not None:
            await asyncio.sleep(pause)
        return left.pop(0)

    return receive


def read(receive: Receive, *, most: int = 10, seconds: float = 5, declared: bytes | None = None) -> bytes:
    async def whole() -> bytes:
        headers = {} if declared is None else {b"content-length": declared}
        body = BodyReader(most, seconds).read(headers, receive)
        return body if isinstance(body, bytes) else await body

    return asyncio.run(whole())


def test_a_body_that_is_here_is_not_waited_for() -> None:
    assert BodyReader(10, 5).read({}, sending(chunk(b"here"))) == b"here"


@pytest.mark.parametrize("pause", [None, 0, 0.001])
def test_chunks_are_put_together(pause: float | None) -> None:
    parts = chunk(b"a", more=True), chunk(b"", more=True), chunk(b"bc", more=True), chunk(b"d")
    assert read(sending(*parts, pause=pause)) == b"abcd"
    assert read(sending(chunk(b"whole"), pause=pause)) == b"whole"


def test_a_message_says_no_more_than_it_has_to() -> None:
    """ASGI lets a server leave out an empty body, and that no more will come."""
    assert read(sending({"type": "http.request"})) == b""
    assert read(sending({"type": "http.request", "body": b"x"})) == b"x"


@pytest.mark.parametrize(
    "messages", [(chunk(b"x" * 11),), (chunk(b"x" * 6, more=True), chunk(b"x" * 6)), (chunk(b"x" * 11, more=True),)]
)
@pytest.mark.parametrize("pause", [None, 0])
def test_a_large_body_is_refused_as_soon_as_it_is_seen(messages: tuple[Message, ...], pause: float | None) -> None:
    with pytest.raises(Refusal) as refused:
        read(sending(*messages, pause=pause))
    assert refused.value.code is WebCode.BODY_TOO_LARGE
    assert read(sending(chunk(b"x" * 10), pause=pause)) == b"x" * 10


def test_a_body_that_is_announced_too_large_is_not_read() -> None:
    for declared in (b"11", b"100", b"9" * 5000):
        with pytest.raises(Refusal) as refused:
            read(sending(), declared=declared)
        assert refused.value.code is WebCode.BODY_TOO_LARGE
    for declared in (b"10", b"9", b"ten", b"-1"):
        assert read(sending(chunk(b"x")), declared=declared) == b"x"


@pytest.mark.parametrize("pause", [None, 0])
@pytest.mark.parametrize("ahead", [(), (chunk(b"half", more=True),)])
def test_half_a_body_has_no_answer(ahead: tuple[Message, ...], pause: float | None) -> None:
    with pytest.raises(ClientDisconnect):
        read(sending(*ahead, GONE, pause=pause))


def test_a_body_that_does_not_come_is_refused() -> None:
    for ahead in ((), (chunk(b"half", more=True),)):
        with pytest.raises(Refusal) as refused:
            read(sending(*ahead, chunk(b"never"), pause=30), seconds=0.02)
        assert refused.value.code is WebCode.BODY_TIMEOUT


def test_what_a_server_hands_on_need_not_be_a_coroutine() -> None:
    class Later:
        def __await__(self) -> Generator[None, None, Message]:
            yield
            return chunk(b"later")

    def receive() -> Awaitable[Message]:
        return Later()

    assert read(receive) == b"later"


def test_a_cancellation_reaches_what_is_waited_for() -> None:
    ended: list[str] = []

    async def receive() -> Message:
        try:
            await asyncio.sleep(30)
        finally:
            ended.append("receive")
        return GONE

    async def cancelled() -> None:
        async def reading() -> None:
            body = BodyReader(10, 30).read({}, receive)
            assert not isinstance(body, bytes)
            await body

        task = asyncio.create_task(reading())
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())
    assert ended == ["receive"]
