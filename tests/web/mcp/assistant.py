"""An assistant: the SDK's own client, in this process or over HTTP without a socket."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import anyio
import httpx2
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from starlette.types import ASGIApp

from careergraph import CareerGraph, Config
from careergraph.engine.content import Catalog
from truth import seeded
from web.stub import Shelf

Result = TypeVar("Result")

CALLS: dict[str, dict[str, Any]] = {
    "search": {"text": "python", "first": 3},
    "career": {"slug": "plumber"},
    "compare": {"a": "actuary", "b": "plumber"},
    "transition_path": {"from": "plumber", "to": "electrician"},
    "pairs": {"career": "plumber", "first": 2},
}
"""How each tool is called."""


def app(catalog: Catalog | None = None, **settings: Any) -> CareerGraph:
    """An app over a catalog, the seeded one without another, that answers assistants."""
    shelf = Shelf(catalog or seeded.catalog())
    return CareerGraph(Config.of(mcp_path="/mcp", **settings), open_catalogs=lambda _: shelf)


@asynccontextmanager
async def over_http(asgi: ASGIApp, **options: Any) -> AsyncIterator[Client]:
    """A client over HTTP, as another program is."""
    transport = httpx2.ASGITransport(asgi)
    async with (
        httpx2.AsyncClient(transport=transport) as http,
        Client(streamable_http_client("http://host/mcp", http_client=http), **options) as client,
    ):
        yield client


def ask(careergraph: CareerGraph, question: Callable[[Client], Awaitable[Result]]) -> Result:
    """What a client in this process finds out."""

    async def converse() -> Result:
        async with Client(careergraph.assistants().server) as client:
            return await question(client)

    return anyio.run(converse)
