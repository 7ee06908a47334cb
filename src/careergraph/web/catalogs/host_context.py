"""The context of our resolvers in a schema of the host's: the catalog as everybody reads it."""

from datetime import datetime

from careergraph.api.base.context import Context, MediaLinks
from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError
from careergraph.web.catalogs.catalog_holder import BUSY, CatalogHolder
from careergraph.web.core.config import Config


def host_context(holder: CatalogHolder, config: Config) -> Context:
    """Return the context of one operation. The first one blocks until the catalog is read, unless the lifespan did it.
    Raises store errors then."""
    catalog = holder.last
    if catalog is None or config.poll_seconds < BUSY:  # else a thread looks for newer ones
        catalog = holder.load()
    return Context(catalog, _no_past, media=MediaLinks(config.media_url))


def _no_past(instant: datetime) -> Catalog:
    # it may have to be read from the database, for seconds in which the host's event loop would stand still
    raise CodedError(Code.BAD_DATE, "This schema reads the present only; careergraph's own answers for the past.")
