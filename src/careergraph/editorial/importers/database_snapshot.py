"""The state of the database for an import."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careergraph.editorial.content.outcome import Body
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.importers.merge import VALUES
from careergraph.editorial.importers.source_data import whole
from careergraph.editorial.importers.writers import Writers, writers_of
from careergraph.engine.search.spelling import singular
from careergraph.engine.text.same_wording import normalised
from careergraph.store.catalogs.past import live_documents
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    Document,
    Key,
    LocaleDocument,
    SkillDocument,
    key_of,
)
from careergraph.store.documents.redirects import redirects
from careergraph.store.editing.drafts import DocumentState, bodies, drafts, states
from careergraph.store.editing.imported import every, remembered_documents
from careergraph.store.editing.publish import SEED
from careergraph.store.tables.editing import DocumentRow, Revision


class DatabaseSnapshot:
    """The database at one moment. States of documents are read when they are first needed."""

    def __init__(self, session: Session, importer: str) -> None:
        self._session = session
        self.live = {key_of(document): document for document in live_documents(session)}
        self.remembered = remembered_documents(session, importer)
        self.redirects = redirects(session)
        self.drafts = bodies(session, [it.key for it in drafts(session)])
        self._states: dict[Key, DocumentState] = {}

    def look(self, keys: Iterable[Key]) -> None:
        """Read the states of documents, all at once."""
        if unread := [it for it in dict.fromkeys(keys) if it not in self._states]:
            self._states |= states(self._session, unread)

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

    def writers_of(self, keys: Iterable[Key]) -> Writers:
        """Read who wrote some documents."""
        return writers_of(self._session, keys)

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
    def attributes(self) -> Mapping[str, AttributeDocument]:
        """The attributes, by key."""
        return {it.key: it for it in self.live.values() if isinstance(it, AttributeDocument)}

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
    def by_name(self) -> Mapping[tuple[str, str], tuple[Key, ...]]:
        """The live skill concepts, careers and categories by type and the normal form of a name; careers in either
        number."""
        return self._by(lambda document: _names(document).values())

    @cached_property
    def by_alias(self) -> Mapping[tuple[str, str], tuple[Key, ...]]:
        """The live skill concepts by type and the normal form of a name or a telling alias."""
        return self._by(_names_and_aliases)

    def _by(self, names_of: Callable[[Document], Iterable[str]]) -> dict[tuple[str, str], tuple[Key, ...]]:
        keys: dict[tuple[str, str], dict[Key, None]] = {}
        for key, document in self.live.items():
            for name in names_of(document):
                keys.setdefault((key[0], name_form(key[0], name)), {})[key] = None
        return {name: tuple(same) for name, same in keys.items()}


def _names(document: Document) -> Mapping[str, str]:
    match document:
        case SkillDocument() | CategoryDocument():
            return document.name
        case CareerDocument():
            return document.title
    return {}


def _names_and_aliases(document: Document) -> Iterator[str]:
    if isinstance(document, SkillDocument):
        yield from document.name.values()
        yield from (alias for alias in chain(*document.aliases.values()) if is_telling(alias))


def is_telling(alias: str) -> bool:
    """Return whether an alias is a phrase, an acronym or a proper name. A plain word may mean something else: to
    monitor people is no observability of software."""
    return len(normalised(alias).split()) > 1 or any(not char.islower() for char in alias[1:])


def name_form(type_name: str, name: str) -> str:
    """Return the form of a name in which it is the same as another of its type."""
    return singular(normalised(name)) if type_name == CareerDocument.TYPE else normalised(name)


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
