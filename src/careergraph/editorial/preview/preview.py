"""Preview: the catalog as it would read with some drafts laid over what is live."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from careergraph.editorial.content.document_index import Key, key
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.editing.draft_body import restore_document
from careergraph.editorial.editing.validation import problems_of
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.neighbourhoods import stored_neighbourhoods
from careergraph.store.catalogs.past import CatalogVersionInfo, careers_published_at, newest
from careergraph.store.documents.documents import Document
from careergraph.store.documents.redirects import redirects
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import bodies, drafts

NOTHING = CatalogVersionInfo(0, datetime(1970, 1, 1, tzinfo=UTC))
"""What is live before anything was published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is laid over: the drafts of a release, or those of some documents; with `types`, only those of these types,
    whatever is put into the release later."""

    release: str | None = None
    keys: tuple[Key, ...] = ()
    types: tuple[str, ...] | None = None

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Selection":
        """A selection as a token keeps it."""
        keys = tuple((str(type_name), str(ident)) for type_name, ident in written.get("keys", ()))
        types = written.get("types")
        return cls(release=written.get("release"), keys=keys, types=None if types is None else tuple(types))

    def to_json(self) -> dict[str, Any]:
        """The selection for a token to keep."""
        types = {} if self.types is None else {"types": list(self.types)}
        what = {"keys": [list(it) for it in self.keys]} if self.release is None else {"release": self.release}
        return what | types


def lay_over(session: Session, selection: Selection) -> tuple[Document, ...]:
    """The live documents, replaced by the open drafts of a selection. Raises Rejected where they make no valid
    catalog."""
    live = {key(document): document for document in read_all(session)}
    drafted = bodies(session, keys_of(session, selection))
    fresh = [restore_document(it, body) for it, body in drafted.items() if body is not None]
    removed = [it for it, body in drafted.items() if body is None]
    if problems := problems_of(live.values(), fresh, removed):
        raise Rejected(problems)
    laid = live | {key(document): document for document in fresh}
    return tuple(document for it, document in laid.items() if it not in removed)


def preview(session: Session, selection: Selection) -> Catalog:
    """The catalog of a selection. It has the version of what is live, which it is not. Raises Rejected."""
    catalog = catalog_of(session, lay_over(session, selection))
    neighbourhoods = stored_neighbourhoods(session, catalog.version)
    if neighbourhoods is None:
        return catalog
    return replace(catalog, base=replace(catalog_of(session, read_all(session)), neighbourhoods=neighbourhoods))


def catalog_of(session: Session, documents: Iterable[Document]) -> Catalog:
    """A catalog of these documents, dated as what is live is. Raises KeyError or ValueError where they make none."""
    info = newest(session) or NOTHING
    published, moved = careers_published_at(session, info.version), redirects(session)
    return build_catalog(documents, info.version, info.published_at, published, moved)


def keys_of(session: Session, selection: Selection) -> tuple[Key, ...]:
    """The documents of a selection, under the names that they have now."""
    if selection.release is not None:
        keys = [it.key for it in drafts(session, selection.release)]
    else:
        moved = redirects(session)
        named = [it if it not in moved else (it[0], moved[it]) for it in selection.keys]
        keys = list(dict.fromkeys((*selection.keys, *named)))
    return tuple([it for it in keys if selection.types is None or it[0] in selection.types])
