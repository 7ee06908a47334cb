"""Ways: the servers that are measured, and how each is asked."""

from typing import NamedTuple

BARE = "bare uvicorn"
SERVE = "careergraph serve"
ASGI = "under uvicorn, alone"
MOUNTED = "mounted"
MERCURIUS = "Mercurius with graphql-jit"
STOCK = "stock Strawberry"

FRESH = ", no answers kept"
"""What the name of a server ends with that keeps no answers."""

SCENARIOS = ("/repeated", "/different", "/facts", "/list")


class Way(NamedTuple):
    """A way to ask a server: with the head and the body of a request `apart`, accepting `gzip`. It gets `fewer` times
    fewer requests, as it takes that much longer."""

    server: str
    apart: bool = False
    gzip: bool = False
    fewer: int = 1

    def __str__(self) -> str:
        return self.server + ", two segments" * self.apart + ", gzip" * self.gzip

    @property
    def path(self) -> str:
        """The path of the endpoint."""
        return "/careers/graphql" if self.server == MOUNTED else "/graphql"


OURS = (SERVE, ASGI, MOUNTED)
"""The servers that run our code."""

CODED = tuple([Way(server, apart, gzip) for server in OURS for gzip in (False, True) for apart in (False, True)])
WATCHED = {
    SERVE + ", metrics": {"CAREERGRAPH_METRICS": "on"},
    SERVE + ", rate limit": {"CAREERGRAPH_RATE_LIMIT": "1000000000"},
    SERVE + ", log": {"CAREERGRAPH_LOG_JSON": "on"},
}
"""Servers that watch or charge each request, with their settings."""

OTHERS = (Way(MERCURIUS), Way(STOCK, fewer=30))
WAYS = (Way(BARE), *CODED, *map(Way, WATCHED), *OTHERS)
"""All ways. Every ratio is to the first."""

GOALS = {SERVE: (2.5, 0.55, 0.50, 2.0, 1.5), MOUNTED: (0.80, 0.35, 0.30, 0.80, 2.5)}
"""The least ratio in each scenario, and the most that p99 may be of that of a bare uvicorn, by the server."""

GOALS_IMPORTED = {SERVE: (2.5, 0.50, 0.33, 2.0, 1.5), MOUNTED: GOALS[MOUNTED]}
"""The same over a catalog that was imported."""
