"""A small catalog of imported careers, as O*NET and ESCO have them, for sentences to be read aloud.

`imported.json` holds what the importers made of O*NET 29.3 with wages, and of ESCO 1.2.0. ESCO's relations of
occupations and skills are not among the open data: some careers have skills of it by hand.
"""

from functools import cache
from pathlib import Path

import msgspec

from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.documents.documents import BY_TYPE, CareerDocument, CollectionDocument, PairDocument
from truth.seeded import PUBLISHED, documents

SEEDED = (CareerDocument, CollectionDocument, PairDocument)
"""What of the seed is left out."""


@cache
def catalog() -> Catalog:
    """The catalog: the seed's words and attributes, and the careers that were imported."""
    by_type = msgspec.json.decode((Path(__file__).parent / "imported.json").read_bytes())
    imported = [msgspec.convert(it, BY_TYPE[name]) for name, items in by_type.items() for it in items]
    every = {(it.TYPE, it.ident): it for it in documents() if not isinstance(it, SEEDED)}
    every |= {(it.TYPE, it.ident): it for it in imported}
    return build_catalog(tuple(every.values()), 1, PUBLISHED)
