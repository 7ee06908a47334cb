"""The feed of new versions for subscriptions, at most so many at once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from careergraph.engine.content import Catalog
from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.codes import Refusal, WebCode, overloaded

LOOK_SECONDS = 0.25
"""How often a subscription checks for a new version or the end of the server, in seconds."""


class VersionFeed:
    """New versions of the catalog, as long as the server runs."""

    def __init__(self, catalog_holder: CatalogHolder, most: int) -> None:
        self.catalog_holder = catalog_holder
        self._most = most
        self._listening = 0
        self._closed = False

    def open(self) -> None:
        """Open the feed."""
        self._closed = False

    def close(self) -> None:
        """End all subscriptions: a server that stops would wait for them."""
        self._closed = True

    def check(self) -> None:
        """Raise Refusal (SUBSCRIPTIONS_OFF, OVERLOADED) if no further subscription is allowed."""
        if self._most == 0:
            raise Refusal(WebCode.SUBSCRIPTIONS_OFF, "This server has turned subscriptions off.")
        if self._listening >= self._most or self._closed:
            raise overloaded()

    @contextmanager
    def seat(self) -> Iterator[None]:
        """Count one subscription."""
        self._listening += 1
        try:
            yield
        finally:
            self._listening -= 1

    async def versions(self, since: int) -> AsyncIterator[Catalog]:
        """Yield the catalog at each version other than `since`."""
        while not self._closed:
            catalog = await self._current()
            if catalog is not None and catalog.version != since:
                since = catalog.version
                yield catalog
            await asyncio.sleep(LOOK_SECONDS)

    async def _current(self) -> Catalog | None:
        try:
            return await self.catalog_holder.catalog()
        except Refusal:
            return None
