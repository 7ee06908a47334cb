"""Titles of documents in a locale: lists of editors show those of the language that somebody reads."""

from collections.abc import Mapping
from typing import Any

from careergraph.engine.content import Catalog
from careergraph.store.documents.documents import Key
from careergraph.store.documents.index import NAMES

_IN_CATALOG = {
    "attribute": ("attributes", "label"),
    "career": ("careers", "title"),
    "category": ("categories", "name"),
    "collection": ("collections", "title"),
    "image": ("images", "alt"),
    "skill": ("skills", "name"),
}
"""Where the catalog has documents of a type, and the field that they are called by."""


def live_title(catalog: Catalog, key: Key, locale: str) -> str:
    """The title of a published document in a locale, or in the first of its fallbacks that has one; empty where none
    has, or where documents of this type have one title for all."""
    if key[0] not in _IN_CATALOG:
        return ""
    documents, field = _IN_CATALOG[key[0]]
    document = getattr(catalog, documents).get(key[1])
    return "" if document is None else _worded(catalog, getattr(document, field), locale)


def title_in(catalog: Catalog, body: Mapping[str, Any], locale: str) -> str:
    """The title in a document that need not be published, likewise."""
    named = next((body[name] for name in NAMES if body.get(name)), "")
    return _worded(catalog, named, locale) if isinstance(named, Mapping) else str(named)


def _worded(catalog: Catalog, text: Mapping[str, str], locale: str) -> str:
    own = catalog.locales.get(locale)
    return text.get(locale, "") if own is None else own.read(text)
