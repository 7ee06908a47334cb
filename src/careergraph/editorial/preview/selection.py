"""Selections: which drafts a preview shows, as tokens keep them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from careergraph.editorial.preview.mode import PreviewMode as PreviewMode
from careergraph.store.access.tokens import Token
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import drafts, ids_at, states, states_by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The drafts of a preview: those of a release, or of some documents, of these names, or with `documents` of these
    ids, whatever they are called; with `types`, only those of these types, also of later members of the release; with
    `pinned`, only the revisions of these ids, whatever is saved later."""

    release: str | None = None
    keys: tuple[Key, ...] = ()
    documents: tuple[int, ...] | None = None
    types: tuple[str, ...] | None = None
    pinned: tuple[int, ...] | None = None

    @property
    def mode(self) -> PreviewMode:
        """Whether it follows the drafts."""
        return PreviewMode.FOLLOWING if self.pinned is None else PreviewMode.PINNED

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Selection":
        """Read a selection from a token, with the names that its documents had when it was made."""
        keys = tuple((str(type_name), str(ident)) for type_name, ident in written.get("keys", ()))
        documents, types, pinned = (written.get(name) for name in ("documents", "types", "revisions"))
        return cls(
            release=written.get("release"),
            keys=keys,
            documents=None if documents is None else tuple(documents),
            types=None if types is None else tuple(types),
            pinned=None if pinned is None else tuple(pinned),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the selection for a token."""
        documents = {} if self.documents is None else {"documents": list(self.documents)}
        types = {} if self.types is None else {"types": list(self.types)}
        what = {"keys": [list(it) for it in self.keys]} if self.release is None else {"release": self.release}
        pinned = {} if self.pinned is None else {"revisions": list(self.pinned)}
        return what | documents | types | pinned


def selection_of(session: Session, token: Token) -> Selection:
    """Return the selection of a preview's token, with the names that its documents have now, or had last."""
    selection = Selection.read(token.grant.selection or {})
    if selection.release is not None:
        return selection
    documents = selection.documents
    if documents is None:  # the tokens of earlier versions hold names alone
        ids = ids_at(session, selection.keys, token.created_at)
        documents = tuple([ids[key] for key in selection.keys if key in ids])
    present = states_by_id(session, documents)
    keys = tuple([present[ident].key for ident in documents])
    return replace(selection, keys=keys, documents=documents)


def revisions_of(session: Session, selection: Selection) -> dict[Key, int]:
    """Return the revisions of a selection, by document: those in the release, or the open drafts of documents, by their
    present names."""
    if selection.release is not None:
        revisions = [(it.key, it.release_revision) for it in drafts(session, selection.release)]
    elif selection.documents is not None:
        revisions = [(it.key, it.draft) for it in states_by_id(session, selection.documents).values()]
    else:
        revisions = [(key, it.draft) for key, it in states(session, selection.keys).items()]
    types = selection.types
    return {key: number for key, number in revisions if number and (types is None or key[0] in types)}
