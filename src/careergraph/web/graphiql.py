"""GraphiQL, from files of the package alone."""

from html import escape

from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.assets import ASSETS, digest
from careergraph.web.codes import Refusal
from careergraph.web.config import Config
from careergraph.web.links import link
from careergraph.web.page import POLICY, html, script, stylesheet
from careergraph.web.runtime import Runtime
from careergraph.web.sample import sample_pair, sample_query

STYLES = ("graphiql.min.css", "graphiql.css")
SCRIPTS = ("react.production.min.js", "react-dom.production.min.js", "graphiql.min.js", "graphiql.js")

# GraphiQL's menus put styles into the page while they are open; styles cannot run, scripts stay strict
_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


class GraphiQL:
    """The GraphiQL page, opening on a comparison that runs."""

    def __init__(self, config: Config, runtime: Runtime) -> None:
        self._config = config
        self._runtime = runtime

    async def page(self, request: Request) -> Response:
        """The page. It is answered also while there is no catalog, with a plainer query."""
        try:
            pair = sample_pair(await self._runtime.catalog())
        except Refusal:
            pair = None
        path = self._config.graphiql_path
        head = [stylesheet(self._asset(name)) for name in STYLES] + [script(self._asset(name)) for name in SCRIPTS]
        endpoint = escape(link(path, self._config.graphql_path))
        body = (
            f'<main id="graphiql" data-endpoint="{endpoint}" data-query="{escape(sample_query(pair))}">'
            '<p class="waiting">GraphiQL needs JavaScript.</p></main>'
        )
        return html("careergraph: GraphiQL", "\n".join(head), body, _POLICY)

    def _asset(self, name: str) -> str:
        path = self._config.graphiql_path
        return link(path, f"{ASSETS}/{name}", v=digest(name))
