"""Checks of a category."""

from collections.abc import Iterator

from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import DocumentIndex
from careergraph.editorial.content.problem import Problem
from careergraph.store.documents.documents import CategoryDocument


def check_category(category: CategoryDocument, world: DocumentIndex) -> Iterator[Problem]:
    """Problems of a category."""
    yield from form.slug(category.slug, ("slug",))
    yield from form.text(category.name, world, ("name",))
    yield from form.maybe_text(category.summary, world, ("summary",), longest=form.MAX_PROSE)
