"""Connected: work that is given up when its client goes away."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

Result = TypeVar("Result")


async def while_connected(receive: Receive, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of some work. Raises ClientDisconnect, and cancels the work, where its client went away meanwhile; the
    request's body must have been read."""
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done() and watch.exception() is None and watch.result():
            raise ClientDisconnect
        return await task
    finally:
        watch.cancel()
        task.cancel()  # no harm where it is done


async def _gone(receive: Receive) -> bool:
    """Whether the client went away: waits for it. A GET still has an empty body to be received first."""
    messages = [await receive()]
    if messages[0]["type"] == "http.request":
        messages.append(await receive())
    return bool(messages[-1]["type"] == "http.disconnect")
