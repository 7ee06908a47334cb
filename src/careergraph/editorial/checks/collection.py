"""Checks of a collection."""

from collections.abc import Iterator

from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import DocumentIndex
from careergraph.editorial.content.problem import Problem
from careergraph.store.documents.documents import CareerDocument, CollectionDocument


def check_collection(collection: CollectionDocument, world: DocumentIndex) -> Iterator[Problem]:
    """Problems of a collection."""
    yield from form.slug(collection.slug, ("slug",))
    yield from form.text(collection.title, world, ("title",))
    yield from form.maybe_text(collection.summary, world, ("summary",), longest=form.MAX_PROSE)
    yield from form.references(CareerDocument.TYPE, collection.careers, world, ("careers",))
