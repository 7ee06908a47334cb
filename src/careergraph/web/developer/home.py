"""The home page: the size of the catalog, and links."""

from html import escape

from starlette.requests import Request
from starlette.responses import Response

from careergraph.engine.content import Catalog
from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.codes import Refusal
from careergraph.web.core.config import Config
from careergraph.web.core.links import link
from careergraph.web.developer.assets import ASSETS, asset
from careergraph.web.developer.page import element, html, stylesheet, template
from careergraph.web.developer.sample import SHORT, sample_pair, sample_query

HOME = "/"
_HOME = template("home")


class Home:
    """The page at the root of the app."""

    def __init__(self, config: Config, catalog_holder: CatalogHolder) -> None:
        self._config = config
        self._catalog_holder = catalog_holder

    async def page(self, request: Request) -> Response:
        """The page; with status 503 and no figures without a catalog."""
        head = stylesheet(link(HOME, f"{ASSETS}/home.css", v=asset("home.css").digest))
        try:
            catalog = await self._catalog_holder.catalog()
        except Refusal as refusal:
            problem = element("p", refusal.message, class_="problem")
            return html("careergraph", head, self._body(problem, None), status=refusal.status)
        return html("careergraph", head, self._body(_figures(catalog), catalog))

    def _body(self, figures: str, catalog: Catalog | None) -> str:
        return _HOME.format(figures=figures, sample=self._sample(catalog) if catalog else "", links=self._links())

    def _sample(self, catalog: Catalog) -> str:
        pair = sample_pair(catalog)
        if pair is None:
            return ""
        locale = catalog.locales.get(catalog.default_locale)
        names = [catalog.careers[slug].title for slug in pair]
        title = " vs ".join(locale.read(name) if locale else next(iter(name.values()), "") for name in names)
        query = sample_query(pair, SHORT)
        ways = [element("a", "the answer as JSON", href=link(HOME, self._config.graphql.path, query=query))]
        if self._config.graphql.graphiql:
            target = link(HOME, self._config.graphql.graphiql_path, query=sample_query(pair))
            ways.insert(0, element("a", "Open it in GraphiQL", href=target, class_="button"))
        code = element("pre", query)
        heading = element("h2", "A comparison") + element("p", title, class_="pair")
        return f"<section>{heading}{code}<p>{' '.join(ways)}</p></section>"

    def _links(self) -> str:
        paths = {
            "GraphQL": (self._config.graphql.path, "the endpoint, for POST and GET"),
            "GraphiQL": (self._config.graphql.graphiql_path, "try queries, read the schema"),
            "Schema": (self._config.graphql.schema_path, "the schema as a text"),
            "Health": ("/healthz", "whether the process is up"),
            "Readiness": ("/readyz", "whether the catalog is loaded, and its version"),
        }
        if not self._config.graphql.graphiql:
            del paths["GraphiQL"]
        if not self._config.graphql.introspection:
            del paths["Schema"]
        items = [
            f"<li>{element('a', name, href=link(HOME, path))}<code>{escape(path)}</code>{element('span', text)}</li>"
            for name, (path, text) in paths.items()
        ]
        return f'<nav aria-label="Addresses"><ul>{"".join(items)}</ul></nav>'


def _figures(catalog: Catalog) -> str:
    figures = {
        "careers": f"{len(catalog.careers):,}",
        "comparisons": f"{catalog.pairs:,}",
        "skills": f"{len(catalog.skills):,}",
        "locales": ", ".join(sorted(catalog.locales, key=lambda code: (code != catalog.default_locale, code))),
        "catalog version": str(catalog.version),
    }
    items = [f"<div>{element('dt', name)}{element('dd', figure)}</div>" for name, figure in figures.items()]
    return f"<dl>{''.join(items)}</dl>"
