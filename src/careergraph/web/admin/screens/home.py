"""Home: the first screen, which is the first list that the actor finds."""

from starlette.responses import Response

from careergraph.web.admin.navigation import sections_for
from careergraph.web.admin.visit import Visit


async def home(visit: Visit) -> Response:
    """Go to the first screen of the navigation."""
    (_, items), *_ = sections_for(visit.actor, visit.path)
    return visit.go(items[0][0].path)
