"""Rows to documents: one SELECT a table, whatever the number of documents."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    Document,
    ExternalIdPart,
    LocaleDocument,
    OptionPart,
    PairDocument,
    QuestionPart,
    SkillDocument,
    SourceDocument,
)
from careergraph.store.documents.rows.career import read_careers
from careergraph.store.documents.rows.ids import Ids, Key, Only
from careergraph.store.documents.rows.query import parents, parts
from careergraph.store.tables.content import CollectionCareer, SkillExternalId, SkillRelation

Reader = Callable[[Session, Ids, Only], Iterator[Document]]


def read_all(session: Session) -> tuple[Document, ...]:
    """Every live document, each type after those that it refers to, by ident within its type."""
    ids = Ids(session)
    return tuple([document for reader in READERS.values() for document in reader(session, ids, None)])


def read(session: Session, keys: Iterable[Key]) -> tuple[Document, ...]:
    """The live documents among these, in the order of `read_all`."""
    idents: dict[str, set[str]] = defaultdict(set)
    for type_name, ident in keys:
        idents[type_name].add(ident)
    ids = Ids(session)
    groups = [reader(session, ids, idents[name]) for name, reader in READERS.items() if name in idents]
    return tuple([document for documents in groups for document in documents])


def _flat(document: type[Document]) -> Reader:
    """Reads documents whose fields are the columns of their table."""
    fields = document.__struct_fields__

    def read_flat(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
        for row in parents(session, document.TYPE, only):
            yield document(**{name: getattr(row, name) for name in fields})

    return read_flat


def _attributes(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
    fields = AttributeDocument.__struct_fields__
    for row in parents(session, AttributeDocument.TYPE, only):
        columns = {name: getattr(row, name) for name in fields}
        yield AttributeDocument(**columns | {"options": msgspec.convert(row.options, list[OptionPart])})


def _skills(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
    rows = parents(session, SkillDocument.TYPE, only)
    relations = parts(session, SkillRelation, rows)
    external_ids = parts(session, SkillExternalId, rows)
    slugs = ids.idents(SkillDocument.TYPE)
    for row in rows:
        edges = relations.get(row.id, ())
        yield SkillDocument(
            slug=row.slug,
            name=row.name,
            aliases=row.aliases,
            family=row.family,
            broader=[slugs[edge.other_id] for edge in edges if edge.kind == "BROADER"],
            related=[slugs[edge.other_id] for edge in edges if edge.kind == "RELATED"],
            external_ids=[ExternalIdPart(scheme=it.scheme, id=it.external_id) for it in external_ids.get(row.id, ())],
        )


def _collections(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
    rows = parents(session, CollectionDocument.TYPE, only)
    members = parts(session, CollectionCareer, rows)
    slugs = ids.idents(CareerDocument.TYPE)
    for row in rows:
        careers = [slugs[part.career_id] for part in members.get(row.id, ())]
        yield CollectionDocument(slug=row.slug, title=row.title, summary=row.summary, careers=careers)


def _pairs(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
    slugs = ids.idents(CareerDocument.TYPE)
    for row in parents(session, PairDocument.TYPE, only):
        yield PairDocument(
            a=slugs[row.a_id],
            b=slugs[row.b_id],
            introduction=row.introduction,
            questions=msgspec.convert(row.questions, list[QuestionPart]),
            featured=row.featured,
            hidden=row.hidden,
        )


READERS: Mapping[str, Reader] = {
    LocaleDocument.TYPE: _flat(LocaleDocument),
    SourceDocument.TYPE: _flat(SourceDocument),
    AttributeDocument.TYPE: _attributes,
    CategoryDocument.TYPE: _flat(CategoryDocument),
    SkillDocument.TYPE: _skills,
    CareerDocument.TYPE: read_careers,
    CollectionDocument.TYPE: _collections,
    PairDocument.TYPE: _pairs,
}
"""How each document type is read, each after those that it refers to."""
