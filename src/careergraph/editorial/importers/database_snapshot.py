"""The state of the database for an import, and the key of each imported document: an existing one, or a new slug."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careergraph.editorial.content.outcome import Body
from careergraph.editorial.editing.document_state import exists, plain
from careergraph.editorial.importers.merge import VALUES
from careergraph.editorial.importers.source_data import REFERENCE, ProposedDocument, whole
from careergraph.engine.text.same_wording import normalised
from careergraph.store.documents.documents import (
    AttributeDocument,
    Key,
    LocaleDocument,
    SkillDocument,
    SourceDocument,
    key_of,
)
from careergraph.store.documents.redirects import redirects
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import DocumentState, bodies, drafts, states
from careergraph.store.editing.imported import every, remembered_documents
from careergraph.store.editing.publish import SEED
from careergraph.store.tables.editing import DocumentRow, Revision


class DatabaseSnapshot:
    """The database at one moment. States of documents are read when they are first needed."""

    def __init__(self, session: Session, importer: str) -> None:
        self._session = session
        self.live = {key_of(document): document for document in read_all(session)}
        self.remembered = remembered_documents(session, importer)
        self.redirects = redirects(session)
        self.drafts = bodies(session, [it.key for it in drafts(session)])
        self._states: dict[Key, DocumentState] = {}

    def look(self, keys: Iterable[Key]) -> None:
        """Read the states of documents, all at once."""
        self._states |= states(self._session, [it for it in dict.fromkeys(keys) if it not in self._states])

    def state(self, key: Key) -> DocumentState:
        """The state of a document."""
        self.look([key])
        return self._states[key]

    def current_key(self, key: Key) -> Key:
        """Follow a rename to the present key of a document."""
        return key[0], self.redirects.get(key, key[1])

    def body(self, key: Key) -> Body | None:
        """The live body of a document; None where it is not live."""
        document = self.live.get(key)
        return None if document is None else plain(document)

    def yielding_values(self, keys: Iterable[Key], *, others: bool) -> Mapping[Key, list[Any]]:
        """Return the values of careers that an import replaces when it first imports them: those of a seed and, with
        `others`, those of other imports."""
        careers = set(keys)
        query = select(DocumentRow.document_type, DocumentRow.slug, Revision.body).join(
            DocumentRow, DocumentRow.id == Revision.document_id
        )
        query = query.where(Revision.author.startswith(SEED))
        values: dict[Key, list[Any]] = {}
        for kind, slug, body in self._session.execute(query):
            if body and (kind, slug) in careers:
                values[kind, slug] = _values(body)
        for document in every(self._session) if others else ():
            if document.key in careers and document.body is not None:
                values.setdefault(document.key, []).extend(_values(whole(document.body)))
        return values

    @cached_property
    def locales(self) -> Mapping[str, LocaleDocument]:
        """The languages, by code."""
        return {it.code: it for it in self.live.values() if isinstance(it, LocaleDocument)}

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The keys of the attributes."""
        return frozenset([it.key for it in self.live.values() if isinstance(it, AttributeDocument)])

    @cached_property
    def by_external_id(self) -> Mapping[tuple[str, str, str], Key]:
        """Documents by type, scheme and external id; where several have the id, the first by slug."""
        keys: dict[tuple[str, str, str], Key] = {}
        drafted = ((owner, body) for owner, body in self.drafts.items() if body is not None)
        live = ((owner, plain(document)) for owner, document in self.live.items())
        for owner, body in sorted([*live, *drafted], key=itemgetter(0)):
            for external in body.get("externalIds", ()):
                keys.setdefault((owner[0], external["scheme"], external["id"]), owner)
        return keys

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Key, ...]]:
        """The skill concepts by the normal form of a name. Aliases are left out: they may mean something else."""
        keys: dict[str, dict[Key, None]] = {}
        for document_key, document in self.live.items():
            if isinstance(document, SkillDocument):
                for name in document.name.values():
                    keys.setdefault(normalised(name), {})[document_key] = None
        return {name: tuple(same) for name, same in keys.items()}


def _values(body: Body) -> list[Any]:
    return [value for name in VALUES for value in body.get(name, ())]


LONGEST = 80
"""The length of a slug that is made from a name, so that a suffix still fits."""


def slug_of(name: str) -> str:
    """Return a slug for a name: letters without accents, words joined by hyphens. A name without Latin letters and
    digits is `x`; the word `vs`, which joins the slugs of a comparison, is spelt out."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    plain = plain.replace("+", " plus ").replace("#", " sharp ")
    words = ["versus" if word == "vs" else word for word in re.findall(r"[a-z0-9]+", plain.lower())]
    return "-".join(words)[:LONGEST].rstrip("-") or "x"


def assign_keys(snapshot: DatabaseSnapshot, documents: Sequence[ProposedDocument]) -> Mapping[str, Key]:
    """Map the ident of each imported document to its key. No two idents share a key."""
    slugs = [(it.type, slug) for it in documents for slug in (it.slug, f"{it.slug}-{it.variant}")]
    snapshot.look([*slugs, *[it.key for it in snapshot.remembered.values()]])
    keys: dict[str, Key] = {}
    taken: set[Key] = set()
    for document in documents:
        if (key := _existing_key(snapshot, document)) is not None and key not in taken:
            keys[document.ident] = key
            taken.add(key)
    for document in documents:
        if document.ident not in keys:
            keys[document.ident] = _new_key(snapshot, document, taken)
            taken.add(keys[document.ident])
    return keys


def slugs_by_reference(snapshot: DatabaseSnapshot, keys: Mapping[str, Key]) -> Mapping[Key, str]:
    """Map each reference of the source, by type, to its slug; also slugs that were renamed since the last import."""
    return {**snapshot.redirects, **{(key[0], REFERENCE + ident): key[1] for ident, key in keys.items()}}


def _existing_key(snapshot: DatabaseSnapshot, document: ProposedDocument) -> Key | None:
    for scheme, identifier in document.ids:
        if (key := snapshot.by_external_id.get((document.type, scheme, identifier))) is not None:
            return key
    imported = snapshot.remembered.get(document.ident)
    key = None if imported is None or imported.body is None else imported.key
    return key if key is not None and exists(snapshot.state(key)) else _same_document(snapshot, document)


def _same_document(snapshot: DatabaseSnapshot, document: ProposedDocument) -> Key | None:
    """Return the key of an equal document that was not imported: a source of the same release, a concept of the same
    name, a category of the same slug."""
    if document.type == SourceDocument.TYPE:
        vintage = next(iter(document.sections.values())).get("vintage")
        for slug in (document.slug, f"{document.slug}-{document.variant}"):
            live = snapshot.live.get((document.type, slug))
            if isinstance(live, SourceDocument) and live.vintage == vintage:
                return document.type, slug
        return None
    if document.type == SkillDocument.TYPE:
        keys = {key for name in document.names for key in snapshot.by_name.get(normalised(name), ())}
        return keys.pop() if len(keys) == 1 else None
    key = (document.type, document.slug)
    return key if document.shared and key in snapshot.live else None


def _new_key(snapshot: DatabaseSnapshot, document: ProposedDocument, taken: set[Key]) -> Key:
    """A key with a slug that is free and redirects nowhere."""
    for slug in (document.slug, *[f"{document.slug}-{document.variant}{behind}" for behind in ("", "-2", "-3", "-4")]):
        key = (document.type, slug)
        if key not in taken and not exists(snapshot.state(key)) and key not in snapshot.redirects:
            return key
    return document.type, f"{document.slug}-{document.variant}"
