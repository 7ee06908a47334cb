"""`python -m benchmarks.http.stock DATABASE PORT`: the same schema behind Strawberry's own ASGI app.

The catalog is in memory, so what is measured is Strawberry and not a database.
"""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from careergraph.api.base.context import Context
from careergraph.api.schema import schema
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect
from careergraph.web.server import settings


class Stock(GraphQL[Context, None]):
    """Strawberry's own app over one catalog."""

    def __init__(self, database: str) -> None:
        super().__init__(schema, graphql_ide=None)
        self._catalogs = Catalogs(connect(database))
        self._catalog = self._catalogs.current()

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """What the resolvers see."""
        return Context(self._catalog, self._catalogs.as_of)


if __name__ == "__main__":
    config = settings(Starlette(routes=[Route("/graphql", Stock(sys.argv[1]))]))
    config.port = int(sys.argv[2])
    uvicorn.Server(config).run()
