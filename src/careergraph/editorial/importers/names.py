"""Names: which document each thing is that a source speaks of, one that is there or a new one."""

from collections.abc import Iterable, Mapping, Sequence

from careergraph.editorial.content.document_index import Key
from careergraph.editorial.editing.document_state import exists
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.proposed_document import ProposedDocument
from careergraph.engine.text.same_wording import normalised
from careergraph.store.documents.documents import SkillDocument, SourceDocument

REFERENCE = "@"
"""What a reference to something that a source speaks of begins with; its ident follows. No slug looks like it."""


def assign_keys(ground: DatabaseSnapshot, documents: Sequence[ProposedDocument]) -> Mapping[str, Key]:
    """Maps the ident of each imported document to its key. No two idents share a key."""
    _look(ground, documents)
    keys: dict[str, Key] = {}
    taken: set[Key] = set()
    for document in documents:
        if (key := _existing_key(ground, document)) is not None and key not in taken:
            keys[document.ident] = key
            taken.add(key)
    for document in documents:
        if document.ident not in keys:
            keys[document.ident] = _new_key(ground, document, taken)
            taken.add(keys[document.ident])
    return keys


def references(ground: DatabaseSnapshot, keys: Mapping[str, Key]) -> Mapping[Key, str]:
    """Maps each reference of the source, by type, to the slug it stands for; also slugs that were renamed since the
    last import."""
    return {**ground.redirects, **{(key[0], REFERENCE + ident): key[1] for ident, key in keys.items()}}


def current_key(ground: DatabaseSnapshot, key: Key) -> Key:
    """Follows a rename to the present key of a document."""
    return key[0], ground.redirects.get(key, key[1])


def _look(ground: DatabaseSnapshot, documents: Iterable[ProposedDocument]) -> None:
    slugs = [(it.type, slug) for it in documents for slug in (it.slug, f"{it.slug}-{it.variant}")]
    ground.look([*slugs, *[current_key(ground, it.key) for it in ground.remembered.values()]])


def _existing_key(ground: DatabaseSnapshot, document: ProposedDocument) -> Key | None:
    for scheme, identifier in document.ids:
        if (key := ground.by_external_id.get((document.type, scheme, identifier))) is not None:
            return key
    imported = ground.remembered.get(document.ident)
    key = None if imported is None or imported.body is None else current_key(ground, imported.key)
    return key if key is not None and exists(ground.state(key)) else _same_document(ground, document)


def _same_document(ground: DatabaseSnapshot, document: ProposedDocument) -> Key | None:
    """The key of a document that is the same without having been imported: a source of the same edition, a concept of
    the same name, a category of the same slug."""
    if document.type == SourceDocument.TYPE:
        vintage = next(iter(document.sections.values())).get("vintage")
        for slug in (document.slug, f"{document.slug}-{document.variant}"):
            live = ground.live.get((document.type, slug))
            if isinstance(live, SourceDocument) and live.vintage == vintage:
                return document.type, slug
        return None
    if document.type == SkillDocument.TYPE:
        keys = {key for name in document.names for key in ground.by_name.get(normalised(name), ())}
        return keys.pop() if len(keys) == 1 else None
    return (document.type, document.slug) if document.shared and (document.type, document.slug) in ground.live else None


def _new_key(ground: DatabaseSnapshot, document: ProposedDocument, taken: set[Key]) -> Key:
    """A key with a slug that is free and redirects nowhere."""
    for slug in (document.slug, *[f"{document.slug}-{document.variant}{behind}" for behind in ("", "-2", "-3", "-4")]):
        key = (document.type, slug)
        if key not in taken and not exists(ground.state(key)) and key not in ground.redirects:
            return key
    return document.type, f"{document.slug}-{document.variant}"
