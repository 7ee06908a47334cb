"""Checks of a source."""

from collections.abc import Iterator

from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import DocumentIndex
from careergraph.editorial.content.problem import Problem
from careergraph.engine.content.source import SourceKind
from careergraph.store.documents.documents import SourceDocument


def check_source(source: SourceDocument, world: DocumentIndex) -> Iterator[Problem]:
    """Problems of a source."""
    yield from form.slug(source.slug, ("slug",))
    yield from form.line(source.title, ("title",))
    yield from form.line(source.publisher, ("publisher",))
    yield from form.word(source.kind, SourceKind, ("kind",))
    yield from form.url(source.url, ("url",))
    yield from form.maybe_line(source.licence, ("licence",))
    yield from form.maybe_line(source.credit, ("credit",), longest=1_000)
    yield from form.maybe_line(source.vintage, ("vintage",))
