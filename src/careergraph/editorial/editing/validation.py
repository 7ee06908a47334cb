"""Validation: everything that would be wrong with what is live once some documents come and others go."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from careergraph.editorial.checks.check import check
from careergraph.editorial.content.document_index import Key, key, quoted
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.content.references import references
from careergraph.editorial.editing.document_state import plain
from careergraph.store.documents.documents import Document


def problems_of(
    live: Iterable[Document], documents: Sequence[Document], removed: Collection[Key] = ()
) -> tuple[Problem, ...]:
    """All that would be wrong. `documents` are laid over what is live, `removed` is taken from it."""
    staying = [document for document in live if key(document) not in removed]
    return tuple(dict.fromkeys((*check(documents, staying), *_dangling_references(staying, documents, removed))))


def require_valid(live: Iterable[Document], documents: Sequence[Document], removed: Collection[Key] = ()) -> None:
    """Raises Rejected with all that would be wrong."""
    if problems := problems_of(live, documents, removed):
        raise Rejected(problems)


def _dangling_references(
    staying: Iterable[Document], documents: Sequence[Document], removed: Collection[Key]
) -> Iterator[Problem]:
    """References from documents that stay to documents that go; each problem names the document that refers."""
    if not removed:
        return
    fresh = {key(document) for document in documents}
    for document in staying:
        if key(document) not in fresh:
            yield from _references_to(document, removed)


def _references_to(document: Document, removed: Collection[Key]) -> Iterator[Problem]:
    for steps, target in references(document.TYPE, plain(document)):
        if target in removed:
            message = f"refers to the {target[0]} {quoted(target[1])}, which would be live no longer"
            yield Problem(
                code=ProblemCode.IN_USE, message=message, steps=steps, type=document.TYPE, ident=document.ident
            )
