"""Checks of external ids."""

from collections.abc import Iterator, Sequence

from careergraph.editorial.checks import form
from careergraph.editorial.content.problem import Problem
from careergraph.store.documents.documents import ExternalIdPart


def external_ids(parts: Sequence[ExternalIdPart]) -> Iterator[Problem]:
    """Problems of a document's `externalIds`."""
    for index, part in enumerate(parts):
        yield from form.line(part.scheme, ("externalIds", index, "scheme"), longest=form.MAX_SLUG)
        yield from form.line(part.id, ("externalIds", index, "id"))
    yield from form.distinct(((part.scheme, part.id) for part in parts), ("externalIds",))
