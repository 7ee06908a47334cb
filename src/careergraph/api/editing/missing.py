"""Missing: the texts that are missing in a locale, document by document."""

from functools import partial
from typing import NamedTuple

import strawberry
from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import Mirror, attr, child, computed, object_type
from careergraph.api.base.enums import Direction
from careergraph.api.base.page import Paged
from careergraph.api.base.scalars import Json
from careergraph.api.editing.connection import Connection, connect
from careergraph.api.editing.document import EditorDocument
from careergraph.api.editing.transaction import read
from careergraph.editorial.content.outcome import Body
from careergraph.editorial.editing import translations
from careergraph.editorial.editing.document_state import body_at, live_bodies, live_body
from careergraph.editorial.editing.draft_body import decode_draft
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.database.sorted_query import SortedQuery
from careergraph.store.documents.documents import LocaleDocument
from careergraph.store.editing.drafts import DocumentState, bodies_at, states
from careergraph.store.editing.listing import count_lacking, list_lacking


@object_type(
    translations.Missing,
    "A text that is not written in a locale, so that it falls back there. The fallback is never saved.",
)
class MissingText(Mirror):
    path: str = attr("The field, as it would be written in a program.")
    text: Json | None = attr(
        "The text, or list of texts, in the default locale; null where there is none.",
        lambda of: None if of.text is None else Json(of.text),
    )


class Lacking:
    """The texts that a locale lacks: of documents of some types, and of open drafts in the place of what is published,
    or (`drafts` False) of what is published alone."""

    def __init__(self, locale: str, within: frozenset[str] | None, *, drafts: bool) -> None:
        self.locale, self.within, self.drafts = locale, within, drafts
        self._phrases: list[translations.Missing] | None = None

    def documents(self, phrases: int, *, descending: bool = False) -> SortedQuery[tuple[DocumentState, int]]:
        """Return the documents that lack some, with how many; that of the locale lacks a number of phrases."""
        return list_lacking(self.locale, within=self.within, drafts=self.drafts, phrases=phrases, descending=descending)

    def phrases(self, session: Session) -> list[translations.Missing]:
        """Return the phrases that the locale itself lacks, read once; none where there is no such locale."""
        if self._phrases is None:
            self._phrases = self._read_phrases(session)
        return self._phrases

    def _read_phrases(self, session: Session) -> list[translations.Missing]:
        keys = [(LocaleDocument.TYPE, code) for code in (self.locale, DEFAULT_LOCALE)]
        if self.within is not None and LocaleDocument.TYPE not in self.within:
            return []
        current = states(session, keys)
        drafted = {key: it.draft for key, it in current.items() if self.drafts and it.draft is not None}
        bodies = live_bodies(session, [key for key in keys if key not in drafted])
        bodies |= {key: body for key, body in bodies_at(session, drafted).items() if body is not None}
        if not all(key in bodies for key in keys):
            return []
        own, default = (decode_draft(key, bodies[key]) for key in keys)
        if not isinstance(own, LocaleDocument) or not isinstance(default, LocaleDocument):
            return []
        return list(translations.missing_phrases(own, default))

    def texts(self, session: Session, state: DocumentState) -> list[translations.Missing]:
        """Return the texts that a document lacks, and the phrases of that of the locale."""
        body = self._body(session, state)
        missing = [] if body is None else list(translations.missing_texts(state.key, body, self.locale))
        return missing + (self.phrases(session) if state.key == (LocaleDocument.TYPE, self.locale) else [])

    def _body(self, session: Session, state: DocumentState) -> Body | None:
        if self.drafts and state.draft is not None:
            return body_at(session, state.key, state.draft)
        return live_body(session, state.key)


class LackingDocument(NamedTuple):
    """A document, how many texts it lacks, and of which list it is one."""

    state: DocumentState
    number: int
    lacking: Lacking


@object_type(LackingDocument, "A document that is not written in a locale, or not in every part.")
class MissingInDocument(Mirror):
    of: strawberry.Private[LackingDocument]

    document: EditorDocument = child("The document.", "state")
    count: int = attr("How many texts it lacks.", "number")

    @computed("The texts that it lacks; the document is read for them.", cost=20, size=50)
    def texts(self, info: Info) -> list[MissingText]:
        state, _, lacking = self.of
        return [MissingText(it) for it in read(info, lambda it: lacking.texts(it, state), key=state.key)]


@object_type(Lacking, "The texts that are not written in a locale.")
class Missing(Mirror):
    of: strawberry.Private[Lacking]

    @computed("How many texts and phrases are missing in all documents.", cost=50)
    def count(self, info: Info) -> int:
        def find(session: Session) -> int:
            return count_lacking(session, self.of.documents(len(self.of.phrases(session))))

        return read(info, find)

    @computed("The phrases that the document of the locale lacks.", cost=50, size=50)
    def phrases(self, info: Info) -> list[MissingText]:
        return [MissingText(it) for it in read(info, self.of.phrases)]

    @computed("The documents that lack texts, the locale with its phrases among them, by type and slug.", cost=20)
    def documents(self, info: Info, arguments: Paged) -> Connection[MissingInDocument] | None:
        def node(item: tuple[DocumentState, int]) -> MissingInDocument:
            return MissingInDocument(LackingDocument(*item, self.of))

        listing = partial(self.of.documents, len(read(info, self.of.phrases)))
        return connect(info, "missing", listing, node, arguments, None, Direction.ASC)
