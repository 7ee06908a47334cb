"""GraphiQL, from files of the package."""

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
from careergraph.web.developer.page import POLICY, html, stylesheet, template
from careergraph.web.developer.sample import examples

# the editor puts styles into the page while it runs; styles cannot run, scripts stay strict
_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") + "; worker-src 'self'"

_BODY = template("graphiql")
_EDITOR = "monaco-editor"
"""The largest part of the bundle, which is loaded last."""


class GraphiQL:
    """The GraphiQL page, with queries that run."""

    def __init__(self, config: Config, catalog_holder: CatalogHolder) -> None:
        self._config = config
        self._catalog_holder = catalog_holder

    async def page(self, request: Request) -> Response:
        """The page; without a catalog it has a plainer query."""
        try:
            catalog = await self._catalog_holder.catalog()
        except Refusal:
            catalog = None
        endpoint = link(self._config.graphql.graphiql_path, self._config.graphql.path)
        introspection = "on" if self._config.graphql.introspection else "off"
        tabs = json.dumps([example._asdict() for example in examples(catalog)], ensure_ascii=False)
        body = _BODY.format(endpoint=escape(endpoint), introspection=introspection, examples=escape(tabs))
        return html("careergraph: GraphiQL", self._head(), body, _POLICY)

    def _head(self) -> str:
        """The entry of the bundle with its styles, and a link that fetches the editor at the same time."""
        parts = _manifest()
        entry = parts["main.js"]
        editor = next(part for part in parts.values() if part.get("name") == _EDITOR)
        styles = [stylesheet(self._asset(name)) for name in entry["css"]]
        ahead = [f'<link rel="modulepreload" href="{escape(self._asset(editor["file"]))}">']
        script = f'<script type="module" src="{escape(self._asset(entry["file"]))}"></script>'
        return "\n".join([*styles, *ahead, script])

    def _asset(self, name: str) -> str:
        return link(self._config.graphql.graphiql_path, f"{ASSETS}/{name}")


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    """The manifest of the build: source names to files."""
    text = files("careergraph.web").joinpath("vendor/graphiql/manifest.json").read_text(encoding="utf-8")
    manifest: dict[str, dict[str, Any]] = json.loads(text)
    return manifest
