"""Routes below the code of a language."""

from starlette.routing import Match
from starlette.types import ASGIApp, Scope

from careergraph.engine.text.locale_lookup import nearest_locale
from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.exact_route import ExactRoute

LOCALE = "/{locale}"
"""The first part of such a path."""


class LocaleRoute(ExactRoute):
    """A route that matches only if the catalog has a locale for the tag, and leaves other short words to the host."""

    def __init__(self, path: str, app: ASGIApp, catalog_holder: CatalogHolder) -> None:
        super().__init__(path, app)
        self._catalog_holder = catalog_holder

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match a request."""
        match, child = super().matches(scope)
        catalog = self._catalog_holder.last
        tag: str = child.get("path_params", {}).get("locale", "")
        elsewhere = catalog is not None and nearest_locale(catalog.locales, tag) is None
        return (Match.NONE, {}) if elsewhere else (match, child)
