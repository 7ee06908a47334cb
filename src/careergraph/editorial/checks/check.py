"""Check documents, and report all their problems at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from careergraph.editorial.checks import form
from careergraph.editorial.checks.attribute import check_attribute
from careergraph.editorial.checks.career import check_career
from careergraph.editorial.checks.documents import (
    check_category,
    check_collection,
    check_image,
    check_pair,
    check_skill,
    check_source,
)
from careergraph.editorial.checks.locale import check_locale
from careergraph.editorial.content.content_folder import Reading, read
from careergraph.editorial.content.document_index import DocumentIndex, OpenIndex, quoted
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    Document,
    ImageDocument,
    Key,
    LocaleDocument,
    PairDocument,
    SkillDocument,
    SourceDocument,
    key_of,
)

CHECKS: Mapping[type[Document], Callable[[Any, DocumentIndex], Iterator[Problem]]] = {
    LocaleDocument: check_locale,
    SourceDocument: check_source,
    AttributeDocument: check_attribute,
    CategoryDocument: check_category,
    SkillDocument: check_skill,
    ImageDocument: check_image,
    CareerDocument: check_career,
    CollectionDocument: check_collection,
    PairDocument: check_pair,
}
FORM = {ProblemCode.BAD_TEXT, ProblemCode.TOO_LONG, ProblemCode.BAD_IDENT}
"""The problems that even a draft must not have; all others may wait until it goes live."""


def check(
    documents: Iterable[Document],
    live: Iterable[Document] = (),
    present: Iterable[Key] = (),
    affected: Iterable[Document] | None = None,
) -> tuple[Problem, ...]:
    """Return the problems of documents, in the order of the documents. They may refer to each other, to the `live`
    documents, which they replace, and to those `present` by key. Problems that they would cause in `affected` live
    documents (by default in any) come last."""
    others = None if affected is None else tuple(affected)
    return tuple(problem for _, problem in _problems(tuple(documents), tuple(live), present, others))


def check_form(document: Document) -> tuple[Problem, ...]:
    """Return the problems of a draft's form. References are not looked up."""
    return tuple(problem for problem in _document(document, OpenIndex({})) if problem.code in FORM)


def check_folders(folders: Iterable[Path], live: Iterable[Document] = ()) -> tuple[Reading, tuple[Problem, ...]]:
    """Read content folders, and return their documents with all problems, sorted by file and line."""
    reading = read(folders)
    return reading, check_reading(reading, live)


def check_reading(reading: Reading, live: Iterable[Document]) -> tuple[Problem, ...]:
    """Return all problems of the documents of content folders, sorted by file and line."""
    problems = _problems(reading.documents, tuple(live), reading.broken)
    placed = (problem if at is None else reading.entries[at].place(problem) for at, problem in problems)
    return tuple(sorted((*reading.problems, *placed), key=_place))


def _place(problem: Problem) -> tuple[str, int, str, str]:
    return problem.file or "~", problem.line or 0, problem.path, problem.message


def _problems(
    documents: Sequence[Document],
    live: Sequence[Document],
    broken: Iterable[Key] = (),
    affected: Sequence[Document] | None = None,
) -> Iterator[tuple[int | None, Problem]]:
    """Yield each problem with the position of its document; None where the document is live."""
    index = DocumentIndex.of(live, documents, broken)
    yield from _duplicates(documents)
    for position, document in enumerate(documents):
        for problem in _document(document, index):
            yield position, problem
    if documents:
        fresh = {key_of(document) for document in documents}
        others = live if affected is None else affected
        untouched = [document for document in others if key_of(document) not in fresh]
        yield from ((None, problem) for problem in _newly_wrong(untouched, index, live, broken))


def _document(document: Document, index: DocumentIndex) -> Iterator[Problem]:
    for problem in (*form.strings(document), *CHECKS[type(document)](document, index)):
        yield replace(problem, type=document.TYPE, ident=document.ident)


def _duplicates(documents: Sequence[Document]) -> Iterator[tuple[int, Problem]]:
    first: dict[Key, int] = {}
    for position, document in enumerate(documents):
        if first.setdefault(key_of(document), position) != position:
            message = f"there is another {document.TYPE} {quoted(document.ident)}"
            type_name, ident = key_of(document)
            yield position, Problem(code=ProblemCode.DUPLICATE, message=message, type=type_name, ident=ident)


def _newly_wrong(
    untouched: Sequence[Document], index: DocumentIndex, live: Sequence[Document], broken: Iterable[Key]
) -> Iterator[Problem]:
    """Problems that live documents have only once the others replace some of them."""
    problems = [problem for document in untouched for problem in _document(document, index)]
    if problems:
        alone = DocumentIndex.of(live, (), broken)
        before = {problem for document in untouched for problem in _document(document, alone)}
        yield from (problem for problem in problems if problem not in before)
