"""The seeded content as documents and as a catalog, straight from its files."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from careergraph.editorial.files import read
from careergraph.engine.content import Catalog
from careergraph.store.build import build_catalog
from careergraph.store.documents import Document

SEED = Path(__file__).parents[2] / "seed" / "0001"
PUBLISHED = datetime(2026, 11, 23, tzinfo=UTC)


@cache
def documents() -> tuple[Document, ...]:
    """Every seeded document."""
    reading = read([SEED])
    assert not reading.problems, reading.problems
    return tuple(entry.document for entry in reading.entries)


@cache
def catalog() -> Catalog:
    """The seeded catalog at version 1."""
    return build_catalog(documents(), 1, PUBLISHED)
