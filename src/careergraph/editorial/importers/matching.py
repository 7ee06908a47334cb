"""Matching: the key of each imported document, which is that of an existing document, or has a new slug.

A document is the same as an existing one by its external id, else by what an earlier import made of it, else by its
name, a category by its slug too, and a skill concept by an alias. A name or an alias that several documents have tells
nothing, and no document with another id of the same scheme is the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from careergraph.editorial.editing.document_state import is_present
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot, name_form
from careergraph.editorial.importers.source_data import REFERENCE, ProposedDocument
from careergraph.store.documents.documents import Key, SkillDocument, SourceDocument

BY_ID = "external id"
"""What most documents are matched by, of which a report has the number alone."""


@dataclass(slots=True)
class Matches:
    """The keys of imported documents by ident, and by what those that are matched for the first time were: `external
    id`, `slug`, `name` or `alias`. No two idents share a key, but those of a shared category."""

    keys: dict[str, Key] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)


def match_documents(snapshot: DatabaseSnapshot, documents: Sequence[ProposedDocument]) -> Matches:
    """Match imported documents with those that are there."""
    slugs = [(it.type, slug) for it in documents for slug in (it.slug, f"{it.slug}-{it.variant}")]
    snapshot.look([*slugs, *[it.key for it in snapshot.remembered.values()]])
    matches, taken = Matches(), set[Key]()
    for reason, find in _WAYS.items():
        for document in documents:
            if document.ident in matches.keys or (key := find(snapshot, document)) is None:
                continue
            if key not in taken or document.shared:
                matches.keys[document.ident] = key
                taken.add(key)
                if reason and not document.partial and document.ident not in snapshot.remembered:
                    matches.reasons[document.ident] = reason
    for document in documents:
        if document.ident not in matches.keys:
            matches.keys[document.ident] = _new_key(snapshot, document, taken)
            taken.add(matches.keys[document.ident])
    return matches


def slugs_by_reference(snapshot: DatabaseSnapshot, keys: Mapping[str, Key]) -> Mapping[Key, str]:
    """Map each reference of the source, by type, to its slug; also slugs that were renamed since the last import."""
    return {**snapshot.redirects, **{(key[0], REFERENCE + ident): key[1] for ident, key in keys.items()}}


def _by_external_id(snapshot: DatabaseSnapshot, document: ProposedDocument) -> Key | None:
    keys = (snapshot.by_external_id.get((document.type, *identifier)) for identifier in document.ids)
    return next((key for key in keys if key is not None), None)


def _as_before(snapshot: DatabaseSnapshot, document: ProposedDocument) -> Key | None:
    """Return the key that an earlier import gave the document, or that of a source of the same release."""
    imported = snapshot.remembered.get(document.ident)
    if imported is not None and imported.body is not None and is_present(snapshot.state(imported.key)):
        return imported.key
    if document.type == SourceDocument.TYPE:
        vintage = next(iter(document.sections.values())).get("vintage")
        for slug in (document.slug, f"{document.slug}-{document.variant}"):
            live = snapshot.live.get((document.type, slug))
            if isinstance(live, SourceDocument) and live.vintage == vintage:
                return document.type, slug
    return None


def _by_slug(snapshot: DatabaseSnapshot, document: ProposedDocument) -> Key | None:
    key = (document.type, document.slug)
    return key if document.shared and key in snapshot.live else None


def _by_name(snapshot: DatabaseSnapshot, document: ProposedDocument) -> Key | None:
    return _only(snapshot, document, snapshot.by_name)


def _by_alias(snapshot: DatabaseSnapshot, document: ProposedDocument) -> Key | None:
    return _only(snapshot, document, snapshot.by_alias) if document.type == SkillDocument.TYPE else None


def _only(
    snapshot: DatabaseSnapshot, document: ProposedDocument, keys_by_name: Mapping[tuple[str, str], tuple[Key, ...]]
) -> Key | None:
    """Return the only document that has one of the names of another, unless it has other ids of its schemes."""
    names = [(document.type, name_form(document.type, name)) for name in document.names]
    keys = {key for name in names for key in keys_by_name.get(name, ())}
    if len(keys) != 1:
        return None
    key = keys.pop()
    schemes = {scheme for scheme, _ in document.ids}
    return None if schemes & set(_schemes(snapshot, key)) else key


def _schemes(snapshot: DatabaseSnapshot, key: Key) -> Iterator[str]:
    for external in (snapshot.body(key) or {}).get("externalIds", ()):
        yield external["scheme"]


_WAYS: Mapping[str, Callable[[DatabaseSnapshot, ProposedDocument], Key | None]] = {
    BY_ID: _by_external_id,
    "": _as_before,
    "slug": _by_slug,
    "name": _by_name,
    "alias": _by_alias,
}
"""The ways to find a document that is there, the surest first, and what the report says of each."""


def _new_key(snapshot: DatabaseSnapshot, document: ProposedDocument, taken: set[Key]) -> Key:
    """A key with a slug that is free and redirects nowhere."""
    for slug in (document.slug, *[f"{document.slug}-{document.variant}{behind}" for behind in ("", "-2", "-3", "-4")]):
        key = (document.type, slug)
        if key not in taken and not is_present(snapshot.state(key)) and key not in snapshot.redirects:
            return key
    return document.type, f"{document.slug}-{document.variant}"
