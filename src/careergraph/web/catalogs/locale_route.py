"""Routes below the code of a language."""

from starlette.routing import Match, Route
from starlette.types import ASGIApp, Scope

from careergraph.engine.text.locale_lookup import nearest_locale
from careergraph.web.catalogs.catalog_holder import CatalogHolder

LOCALE = "/{locale}"
"""How the path of such a route begins."""


class LocaleRoute(Route):
    """A route that matches only where the catalog has a locale for the language tag, so that a host's own routes of one
    short word stay its own."""

    def __init__(self, path: str, app: ASGIApp, runtime: CatalogHolder) -> None:
        super().__init__(path, app, name=None)
        self._catalog_holder = runtime

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the route is for a request."""
        match, child = super().matches(scope)
        catalog = self._catalog_holder.last
        tag: str = child.get("path_params", {}).get("locale", "")
        elsewhere = catalog is not None and nearest_locale(catalog.locales, tag) is None
        return (Match.NONE, {}) if elsewhere else (match, child)
