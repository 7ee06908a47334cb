"""Ground: the database as an import finds it: live documents, open drafts, and what the importer said before."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careergraph.editorial.content.document_index import Key, key
from careergraph.editorial.content.outcome import Body
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.importers.merge import VALUES
from careergraph.editorial.importers.proposed_document import whole
from careergraph.engine.text.same_wording import normalised
from careergraph.store.documents.documents import AttributeDocument, LocaleDocument, SkillDocument
from careergraph.store.documents.history import Revision
from careergraph.store.documents.redirects import redirects
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import DocumentState, bodies, drafts, states
from careergraph.store.editing.imported import every, remembered_documents

SEED = "seed:"
"""What the author of a seed's revisions begins with."""


class DatabaseSnapshot:
    """The database at one moment. States of documents are read when they are first needed."""

    def __init__(self, session: Session, importer: str) -> None:
        self._session = session
        self.live = {key(document): document for document in read_all(session)}
        self.remembered = remembered_documents(session, importer)
        self.redirects = redirects(session)
        self.drafts = bodies(session, [it.key for it in drafts(session)])
        self._states: dict[Key, DocumentState] = {}

    def look(self, keys: Iterable[Key]) -> None:
        """Looks up how documents stand, all at once."""
        self._states |= states(self._session, [it for it in dict.fromkeys(keys) if it not in self._states])

    def state(self, key: Key) -> DocumentState:
        """The state of a document."""
        self.look([key])
        return self._states[key]

    def body(self, key: Key) -> Body | None:
        """The live body of a document; None where it is not live."""
        document = self.live.get(key)
        return None if document is None else plain(document)

    def yielding_values(self, keys: Iterable[Key], *, others: bool) -> Mapping[Key, list[Any]]:
        """The values of careers that give way to an import which says something of them first: those that a seed
        brought them with, and, where that is asked for, those of `others`' imports."""
        careers = set(keys)
        query = select(Revision.document_type, Revision.slug, Revision.body).where(Revision.author.startswith(SEED))
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
        for owner, body in sorted(
            [*((owner, plain(document)) for owner, document in self.live.items()), *drafted], key=_first
        ):
            for external in body.get("externalIds", ()):
                keys.setdefault((owner[0], external["scheme"], external["id"]), owner)
        return keys

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Key, ...]]:
        """The skill concepts of a name, by its normal form. Their aliases are not looked at: what goes by one of them
        may mean something else."""
        keys: dict[str, dict[Key, None]] = {}
        for document_key, document in self.live.items():
            if isinstance(document, SkillDocument):
                for name in document.name.values():
                    keys.setdefault(normalised(name), {})[document_key] = None
        return {name: tuple(same) for name, same in keys.items()}


def _first(entry: tuple[Key, Body]) -> Key:
    return entry[0]


def _values(body: Body) -> list[Any]:
    return [value for name in VALUES for value in body.get(name, ())]
