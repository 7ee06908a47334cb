"""News: those who listen for new versions of the catalog, at most so many at once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from careergraph.engine.content import Catalog
from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.execution.run_queue import overloaded

LOOK_SECONDS = 0.25
"""How often a listener looks whether there is a new version at hand, or the server ends."""


class VersionFeed:
    """Tells of new versions for as long as the server runs."""

    def __init__(self, runtime: CatalogHolder, most: int) -> None:
        self.runtime = runtime
        self._most = most
        self._listening = 0
        self._closed = False

    def open(self) -> None:
        """Begins to tell."""
        self._closed = False

    def close(self) -> None:
        """Ends whatever is listened to. For a server that is about to stop: it waits for those who listen."""
        self._closed = True

    def check(self) -> None:
        """Raises Refusal (SUBSCRIPTIONS_OFF, OVERLOADED) where nobody more may listen."""
        if self._most == 0:
            raise Refusal(WebCode.SUBSCRIPTIONS_OFF, "This server has turned subscriptions off.")
        if self._listening >= self._most or self._closed:
            raise overloaded()

    @contextmanager
    def seat(self) -> Iterator[None]:
        """The place of one who listens."""
        self._listening += 1
        try:
            yield
        finally:
            self._listening -= 1

    async def versions(self, since: int) -> AsyncIterator[Catalog]:
        """The catalog whenever it has another version than is known."""
        while not self._closed:
            catalog = await self._current()
            if catalog is not None and catalog.version != since:
                since = catalog.version
                yield catalog
            await asyncio.sleep(LOOK_SECONDS)

    async def _current(self) -> Catalog | None:
        try:
            return await self.runtime.catalog()
        except Refusal:
            return None
