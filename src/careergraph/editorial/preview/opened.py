"""Opened: an open preview, as its readers see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from careergraph.editorial.preview.mode import PreviewMode
from careergraph.engine.content import Catalog
from careergraph.store.documents.documents import Key

if TYPE_CHECKING:  # a server loads what makes previews with the first of them
    from careergraph.editorial.preview.mending import Laid


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open preview: its catalog, the prefix of its token, which is no secret, its expiry, what of its drafts is not
    as it will be, the documents of a pinned one that have newer drafts, and the ticket to the files of its images."""

    name: str
    expires_at: datetime
    catalog: Catalog
    mode: PreviewMode
    laid: "Laid"
    newer: tuple[Key, ...]
    ticket: str
