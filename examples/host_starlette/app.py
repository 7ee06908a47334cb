"""careergraph inside of a Starlette application: below /careers, with the host's own lifespan.

Run it: `uvicorn starlette_host:app` in this folder.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from careergraph import CareerGraph, Config

careers = CareerGraph(Config(database_url="sqlite:///var/careergraph.db"))


async def home(request: Request) -> PlainTextResponse:
    """The host's own page."""
    return PlainTextResponse("The careers are at /careers.")


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """A mounted application's lifespan never runs: without this line the catalog is loaded at the first request."""
    async with careers.lifespan():
        yield


app = Starlette(routes=[Route("/", home), Mount("/careers", careers.asgi())], lifespan=lifespan)
