"""The number of a catalog version, and when it was published."""

from datetime import UTC, datetime
from typing import NamedTuple


class CatalogVersionInfo(NamedTuple):
    """A version of the catalog, and when it was published. Both, because a restored database may count anew."""

    version: int
    published_at: datetime


NOTHING = CatalogVersionInfo(0, datetime(1970, 1, 1, tzinfo=UTC))
"""The version before anything was published."""

EPOCH = 1_000_000
"""The versions of one epoch. A restore begins the next one, so that no number of a version is ever used twice."""
