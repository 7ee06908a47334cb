"""Lease: the catalogs of the past that one operation reads, and whether anybody still waits for its answer.

Editions point to their catalog, and it to them: left alone, both would stay in memory until the garbage collector looks
through everything. So an operation reads a catalog of the past through a copy of its own, which shares all content, and
whose editions are taken apart when the operation is over.
"""

from contextvars import ContextVar

from careergraph.engine.content import Catalog
from careergraph.engine.text.localized_catalog import take_apart


class Abandoned(Exception):
    """Nobody waits any longer for a catalog that is being read."""


class Lease:
    """What one operation borrowed. It has `begun` when a thread works for it; any thread may abandon it."""

    def __init__(self) -> None:
        self.begun = self.abandoned = False
        self._copies: list[Catalog] = []

    def abandon(self) -> None:
        """Lets whatever works for the operation stop at its next step."""
        self.abandoned = True

    def check(self) -> None:
        """Raises Abandoned where nobody waits any longer."""
        if self.abandoned:
            raise Abandoned

    def lend(self, catalog: Catalog) -> Catalog:
        """A copy of a catalog of the past, good until the lease ends."""
        self._copies.append(lent := catalog.twin())
        return lent

    def end(self) -> None:
        """Takes the copies apart. They must not be read any longer."""
        while self._copies:
            take_apart(self._copies.pop())


LEASE: ContextVar[Lease | None] = ContextVar("careergraph_lease", default=None)
"""The lease of the operation that runs; None where nothing was leased, as in a command."""
