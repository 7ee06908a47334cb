"""Cancel work whose client has disconnected."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

Result = TypeVar("Result")


async def cancel_on_disconnect(receive: Receive, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of some work. Cancels the work and raises ClientDisconnect if the client disconnects meanwhile. The
    request's body must have been read."""
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_is_disconnected(receive))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done() and watch.exception() is None and watch.result():
            raise ClientDisconnect
        return await task
    finally:
        watch.cancel()
        task.cancel()  # does nothing to a task that is done


async def _is_disconnected(receive: Receive) -> bool:
    """Wait for the client to disconnect. A GET still has an empty body to be received first."""
    message = await receive()
    if message["type"] == "http.request":
        message = await receive()
    return bool(message["type"] == "http.disconnect")
