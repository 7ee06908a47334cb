"""The seeded content as documents and as a catalog, straight from its files."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from careergraph.editorial.content.content_folder import read
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.documents.documents import CareerDocument, Document

SEEDS = sorted((Path(__file__).parents[2] / "seed").iterdir())
PUBLISHED = datetime(2026, 11, 23, tzinfo=UTC)


@cache
def documents() -> tuple[Document, ...]:
    """Every seeded document, each as the last seed that has it says."""
    latest: dict[tuple[str, str], Document] = {}
    for folder in SEEDS:
        reading = read([folder])
        assert not reading.problems, reading.problems
        latest |= {(it.document.TYPE, it.document.ident): it.document for it in reading.entries}
    return tuple(latest.values())


@cache
def catalog() -> Catalog:
    """The seeded catalog at version 1."""
    return build_catalog(documents(), 1, PUBLISHED)


@cache
def untranslated() -> Catalog:
    """The seeded catalog, whose careers and skills are named and described in English only."""

    def english(document: Document) -> Document:
        names = {"career": ("title", "summary"), "skill": ("name",)}.get(document.TYPE, ())
        return replace(document, **{name: {"en": getattr(document, name)["en"]} for name in names})

    return build_catalog([english(it) for it in documents()], 1, PUBLISHED)


@cache
def beginning_alike() -> Catalog:
    """The seeded catalog, in which every salary is from $100,000, and nobody knows up to what."""

    def from_alike(document: Document) -> Document:
        if not isinstance(document, CareerDocument):
            return document
        open_above = {"low": 100_000, "high": None, "open_end": None}
        values = [replace(it, **open_above) if it.attribute == "salary" else it for it in document.values]
        return replace(document, values=values)

    return build_catalog([from_alike(it) for it in documents()], 1, PUBLISHED)
