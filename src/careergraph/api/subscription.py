"""Subscription: what a client is told of as it happens."""

from collections.abc import AsyncIterator
from typing import Annotated

import strawberry

from careergraph.api.base.context import Context
from careergraph.api.base.describe import object_type, source
from careergraph.api.types.catalog import CatalogInfo

Known = Annotated[
    int | None,
    strawberry.argument(
        description="The version that you know: where the catalog has another one already, that is told at once."
    ),
]


@object_type
class Subscription:
    """What can be listened to, over Server-Sent Events at the address that answers everything else."""

    @source
    async def catalog_changed(
        self, info: strawberry.Info[Context, None], since: Known = None
    ) -> AsyncIterator[CatalogInfo]:
        """The catalog, whenever it has another version. `changes` tells which pages that changed."""
        async for catalog in info.context.news(info.context.catalog.version if since is None else since):
            yield CatalogInfo(catalog, None)
