"""Whether the process is up, and whether it can answer."""

from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.codes import Refusal
from careergraph.web.request.endpoint import respond


class Health:
    """The two addresses that a load balancer asks."""

    def __init__(self, runtime: CatalogHolder) -> None:
        self._catalog_holder = runtime

    async def up(self, request: Request) -> Response:
        """The process is up. Asks nothing and nobody."""
        return respond({"status": "up"}, 200)

    async def ready(self, request: Request) -> Response:
        """The catalog is there, and its version; 503 as long as it is not. A database that went away later is told."""
        try:
            catalog = await self._catalog_holder.catalog()
        except Refusal as refusal:
            return respond({"status": "not ready", "problem": self._problem()}, refusal.status, headers=refusal.headers)
        status = "ready" if self._catalog_holder.problem is None else "stale"
        return respond({"status": status, "version": catalog.version, "problem": self._problem()}, 200)

    def _problem(self) -> str | None:
        # the log has the details: they can hold addresses and paths
        return (
            None
            if self._catalog_holder.problem is None
            else self._catalog_holder.public_problem or "The database cannot be read."
        )
