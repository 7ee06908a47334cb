"""Waiting for bodies: not for ever, and never at the cost of somebody else's cancellation."""

import asyncio

import pytest

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.request.body import BodyDeadline


async def later(seconds: float) -> str:
    await asyncio.sleep(seconds)
    return "there"


def test_what_comes_in_time_is_taken() -> None:
    async def both() -> list[str]:
        patience = BodyDeadline(5)
        return [await patience.enforce(later(0)), await patience.enforce(later(0.01))]

    assert asyncio.run(both()) == ["there", "there"]


def test_what_does_not_come_is_refused_also_in_a_second_loop() -> None:
    """A mounted app may see more than one loop; a timer of the first must not be waited for in the second."""
    patience = BodyDeadline(0.02)
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            asyncio.run(patience.enforce(later(30)))
        assert refused.value.code is WebCode.BODY_TIMEOUT


def test_a_cancellation_from_outside_stays_one() -> None:
    async def cancelled() -> None:
        task = asyncio.create_task(BodyDeadline(30).enforce(later(30)))
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())
