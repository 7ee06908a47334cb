"""Previews: the catalogs that preview tokens open, a few of them kept as long as nothing in them changes."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from careergraph.editorial.access.editing_database import Desk
from careergraph.editorial.access.sign_in import preview_of
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.preview.preview import NOTHING, Selection, keys_of, preview
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.catalog_cache import Built, CatalogCache
from careergraph.store.catalogs.catalogs import pause_collector
from careergraph.store.catalogs.past import CatalogVersionInfo, newest
from careergraph.store.editing.drafts import states

MOST = 4
"""How many catalogs of previews are kept."""

Mark = tuple[CatalogVersionInfo, tuple[tuple[Key, int | None], ...]]
"""What a preview is built from: the version that is live, and the drafts laid over it by their revisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A preview that a token opened: its catalog, the prefix of the token, which is no secret, and when it ends."""

    name: str
    expires_at: datetime
    catalog: Catalog


class Previews:
    """The previews of one desk. May be shared by threads; opening one may block."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._shelf: CatalogCache[Mark] = CatalogCache(MOST)

    def open(self, secret: str) -> Opened | None:
        """What a secret opens; None for one that is unknown, expired or revoked, and where the drafts make no sound
        catalog any longer. It is looked up each time, so that revoking holds at once. Raises DatabaseProblem."""
        with self._desk.reading() as session:
            token = preview_of(session, secret, datetime.now(UTC))
            if token is None or token.grant.expires_at is None:
                return None
            catalog = self._catalog(session, Selection.read(token.grant.selection or {}))
        if catalog is None:
            return None
        return Opened(name=token.prefix, expires_at=token.grant.expires_at, catalog=catalog)

    def _catalog(self, session: Session, selection: Selection) -> Catalog | None:
        """The catalog of a selection, built in the very moment of the database that its mark is of."""
        try:
            return self._shelf.get(_mark(session, selection), lambda *_: _built(session, selection))
        except (Rejected, KeyError, ValueError):
            return None


def _mark(session: Session, selection: Selection) -> Mark:
    drafted = states(session, keys_of(session, selection))
    return newest(session) or NOTHING, tuple((key, drafted[key].draft) for key in sorted(drafted))


def _built(session: Session, selection: Selection) -> Built:
    with pause_collector():
        return Built(preview(session, selection))
