"""Health checks: whether the process is up, and whether it can respond."""

from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.codes import Refusal
from careergraph.web.request.endpoint import json_response


class Health:
    """The two addresses that a load balancer checks."""

    def __init__(self, catalog_holder: CatalogHolder) -> None:
        self._catalog_holder = catalog_holder

    async def up(self, request: Request) -> Response:
        """Report that the process is up, without any check."""
        return json_response({"status": "up"}, 200)

    async def ready(self, request: Request) -> Response:
        """Report the version of the catalog; 503 without a catalog. `problem` is why the database cannot be read
        now."""
        try:
            catalog = await self._catalog_holder.catalog()
        except Refusal as refusal:
            return json_response(
                {"status": "not ready", "problem": self._problem()}, refusal.status, headers=refusal.headers
            )
        status = "ready" if self._catalog_holder.problem is None else "stale"
        return json_response({"status": status, "version": catalog.version, "problem": self._problem()}, 200)

    def _problem(self) -> str | None:
        # the log has the details: they can hold addresses and paths
        holder = self._catalog_holder
        return None if holder.problem is None else holder.public_problem or "The database cannot be read."
