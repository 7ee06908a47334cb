"""`python -m benchmarks.http.mounted DATABASE [alone] PORT`: careergraph under a host's uvicorn, mounted in its app or
alone."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from careergraph import CareerGraph, Config
from careergraph.web.server import settings


def host(database: str, *, alone: bool) -> ASGIApp:
    """The app of a host, or ours alone."""
    careergraph = CareerGraph(Config.from_environment().replace(database_url=database))
    if alone:
        return careergraph.asgi()
    return Starlette(routes=[Mount("/careers", careergraph.asgi())], lifespan=careergraph.lifespan)


if __name__ == "__main__":
    config = settings(host(sys.argv[1], alone="alone" in sys.argv[2:]))
    config.port = int(sys.argv[-1])
    uvicorn.Server(config).run()
