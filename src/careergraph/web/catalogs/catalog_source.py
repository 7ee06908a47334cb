"""What stands behind the web layer: the store's catalogs and the public schema's context."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request

from careergraph.api.base.context import Context, News, no_news, no_version
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect
from careergraph.web.core.config import Config


def open_catalogs(config: Config) -> Catalogs:
    """The catalogs of the configured database. When to look again is the runtime's business, so here it is always."""
    return _Catalogs(connect(config.database_url), poll_seconds=0)


class _Catalogs(Catalogs):
    """Catalogs over an engine of their own, which they dispose of."""

    def close(self) -> None:
        """Closes the connections to the database."""
        self._engine.dispose()


def make_context(  # noqa: PLR0913 - what a context is made of
    catalog: Catalog,
    as_of: Callable[[datetime], Catalog],
    user: object | None,
    request: Request,
    *,
    at_version: Callable[[int], Catalog] = no_version,
    news: News = no_news,
) -> Context:
    """What the public schema's resolvers see of one request."""
    return Context(catalog=catalog, as_of=as_of, user=user, request=request, at_version=at_version, news=news)
