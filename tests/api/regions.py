"""Seeded careers with figures of further regions, which no source of the seed has: content that only tests know."""

from collections.abc import Mapping
from functools import cache

from careergraph.api.base.context import Context
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.documents.documents import CareerDocument, Document, ValuePart
from truth.seeded import PUBLISHED, documents

A, B, C = "ai-data-engineer", "nlp-engineer", "plumber"
UK, USA = "United Kingdom", "United States"


def salary(low: float, high: float, region: str = UK) -> ValuePart:
    """A salary in pounds, as an editor has it."""
    return ValuePart(
        attribute="salary",
        source="comparison-page",
        region=region,
        low=low,
        high=high,
        currency="GBP",
        period="YEAR",
        basis="EDITORIAL",
    )


def months(value: float, region: str = UK) -> ValuePart:
    """The months to learn a career in a region."""
    return ValuePart(attribute="learning-curve", source="comparison-page", region=region, value=value, unit="months")


FURTHER = {A: [salary(60_000, 90_000)], B: [salary(50_000, 95_000), salary(40_000, 60_000, "Ireland")]}
"""The further figures of careers, by slug."""


def with_further(document: Document, further: Mapping[str, list[ValuePart]] = FURTHER) -> Document:
    """A document with the further figures that its career has here."""
    if not isinstance(document, CareerDocument) or document.slug not in further:
        return document
    fields = {name: getattr(document, name) for name in document.__struct_fields__}
    return CareerDocument(**(fields | {"regional_values": further[document.slug]}))


def catalog_with(further: Mapping[str, list[ValuePart]], version: int = 1) -> Catalog:
    """The seeded catalog with these further figures, by slug."""
    return build_catalog([with_further(it, further) for it in documents()], version, PUBLISHED)


@cache
def regional_documents() -> tuple[Document, ...]:
    """The seeded documents, with these figures."""
    return tuple([with_further(document) for document in documents()])


@cache
def regional_catalog() -> Catalog:
    """The seeded catalog with these figures."""
    return build_catalog(regional_documents(), 1, PUBLISHED)


REGIONAL = Context(regional_catalog(), lambda _: regional_catalog())
