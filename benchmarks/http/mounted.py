"""`python -m benchmarks.http.mounted DATABASE PORT`: careergraph mounted in a host's own app, under uvicorn."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from careergraph import CareerGraph, Config
from careergraph.web.server import settings


def host(database: str) -> Starlette:
    """The app of a host."""
    careergraph = CareerGraph(Config.from_environment().replace(database_url=database))
    return Starlette(routes=[Mount("/careers", careergraph.asgi())], lifespan=careergraph.lifespan)


if __name__ == "__main__":
    config = settings(host(sys.argv[1]))
    config.port = int(sys.argv[2])
    uvicorn.Server(config).run()
