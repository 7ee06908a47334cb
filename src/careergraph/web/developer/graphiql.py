"""GraphiQL, from files of the package alone."""

import json
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.codes import Refusal
from careergraph.web.core.config import Config
from careergraph.web.core.links import link
from careergraph.web.developer.assets import ASSETS
from careergraph.web.developer.examples import Example, examples
from careergraph.web.developer.page import POLICY, html, stylesheet

# the editor puts styles into the page while it runs; styles cannot run, scripts stay strict
_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") + "; worker-src 'self'"

_EDITOR = "monaco-editor"
"""The part of the bundle that is loaded once the rest runs; by far the largest."""


class GraphiQL:
    """The GraphiQL page, opening on queries that run."""

    def __init__(self, config: Config, runtime: CatalogHolder) -> None:
        self._config = config
        self._catalog_holder = runtime

    async def page(self, request: Request) -> Response:
        """The page. It is answered also while there is no catalog, with a plainer query."""
        try:
            catalog = await self._catalog_holder.catalog()
        except Refusal:
            catalog = None
        endpoint = link(self._config.graphiql_path, self._config.graphql_path)
        introspection = "on" if self._config.introspection else "off"
        body = (
            '<main><h1 class="title">GraphiQL</h1>'
            f'<div id="graphiql" data-endpoint="{escape(endpoint)}" data-introspection="{introspection}" '
            f'data-examples="{escape(_as_json(examples(catalog)))}">'
            '<p class="waiting">GraphiQL needs JavaScript.</p></div></main>'
        )
        return html("careergraph: GraphiQL", self._head(), body, _POLICY)

    def _head(self) -> str:
        """The entry of the bundle with its styles, and the editor, so that it is fetched beside the entry."""
        parts = _manifest()
        entry = parts["main.js"]
        editor = next(part for part in parts.values() if part.get("name") == _EDITOR)
        styles = [stylesheet(self._asset(name)) for name in entry["css"]]
        ahead = [f'<link rel="modulepreload" href="{escape(self._asset(editor["file"]))}">']
        script = f'<script type="module" src="{escape(self._asset(entry["file"]))}"></script>'
        return "\n".join([*styles, *ahead, script])

    def _asset(self, name: str) -> str:
        return link(self._config.graphiql_path, f"{ASSETS}/{name}")


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    """What the build wrote of its files: source names to file names."""
    text = files("careergraph.web").joinpath("vendor/graphiql/manifest.json").read_text(encoding="utf-8")
    manifest: dict[str, dict[str, Any]] = json.loads(text)
    return manifest


def _as_json(items: list[Example]) -> str:
    return json.dumps([item._asdict() for item in items], ensure_ascii=False)
