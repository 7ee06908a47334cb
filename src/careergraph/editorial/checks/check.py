"""Check: everything that is wrong with some documents, at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from careergraph.editorial.checks import form
from careergraph.editorial.checks.attribute import check_attribute
from careergraph.editorial.checks.career import check_career
from careergraph.editorial.checks.category import check_category
from careergraph.editorial.checks.collection import check_collection
from careergraph.editorial.checks.locale import check_locale
from careergraph.editorial.checks.pair import check_pair
from careergraph.editorial.checks.skill import check_skill
from careergraph.editorial.checks.source import check_source
from careergraph.editorial.content.content_folder import Entry, Reading, read
from careergraph.editorial.content.document_index import DocumentIndex, Key, key, quoted
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    Document,
    LocaleDocument,
    PairDocument,
    SkillDocument,
    SourceDocument,
)


def check(documents: Iterable[Document], live: Iterable[Document] = ()) -> tuple[Problem, ...]:
    """The problems of documents, in the order of the documents. They may refer to each other and to the `live`
    documents, which they replace. Problems that they would cause in live documents come last."""
    return tuple(problem for _, problem in _problems(tuple(documents), tuple(live)))


def check_folders(folders: Iterable[Path], live: Iterable[Document] = ()) -> tuple[Reading, tuple[Problem, ...]]:
    """Reads content folders, and returns their documents with all problems, sorted by file and line."""
    reading = read(folders)
    documents = tuple(entry.document for entry in reading.entries)
    problems = _problems(documents, tuple(live), reading.broken)
    placed = (_locate(reading.entries, index, problem) for index, problem in problems)
    return reading, tuple(sorted((*reading.problems, *placed), key=_place))


def _locate(entries: Sequence[Entry], index: int | None, problem: Problem) -> Problem:
    return problem if index is None else entries[index].place(problem)


def _place(problem: Problem) -> tuple[str, int, str, str]:
    return problem.file or "~", problem.line or 0, problem.path, problem.message


def _problems(
    documents: Sequence[Document], live: Sequence[Document], broken: Iterable[Key] = ()
) -> Iterator[tuple[int | None, Problem]]:
    """Each problem with the position of its document; None where the document is live."""
    world = DocumentIndex.of(live, documents, broken)
    yield from _duplicates(documents)
    for index, document in enumerate(documents):
        for problem in _document(document, world):
            yield index, problem
    if documents:
        fresh = {key(document) for document in documents}
        untouched = [document for document in live if key(document) not in fresh]
        yield from ((None, problem) for problem in _newly_wrong(untouched, world, live))


def _document(document: Document, world: DocumentIndex) -> Iterator[Problem]:
    for problem in (*form.strings(msgspec.to_builtins(document)), *_own(document, world)):
        yield replace(problem, type=document.TYPE, ident=document.ident)


def _own(document: Document, world: DocumentIndex) -> Iterator[Problem]:
    match document:
        case LocaleDocument():
            yield from check_locale(document, world)
        case SourceDocument():
            yield from check_source(document, world)
        case AttributeDocument():
            yield from check_attribute(document, world)
        case CategoryDocument():
            yield from check_category(document, world)
        case SkillDocument():
            yield from check_skill(document, world)
        case CareerDocument():
            yield from check_career(document, world)
        case CollectionDocument():
            yield from check_collection(document, world)
        case PairDocument():
            yield from check_pair(document, world)
        case _:
            raise TypeError(f"no check for {type(document).__name__}")


def _duplicates(documents: Sequence[Document]) -> Iterator[tuple[int, Problem]]:
    first: dict[Key, int] = {}
    for index, document in enumerate(documents):
        if first.setdefault(key(document), index) != index:
            message = f"there is another {document.TYPE} {quoted(document.ident)}"
            type_name, ident = key(document)
            yield index, Problem(code=ProblemCode.DUPLICATE, message=message, type=type_name, ident=ident)


def _newly_wrong(untouched: Sequence[Document], world: DocumentIndex, live: Sequence[Document]) -> Iterator[Problem]:
    """Problems that live documents have only once the others replace some of them."""
    problems = [problem for document in untouched for problem in _document(document, world)]
    if problems:
        alone = DocumentIndex.of(live, ())
        before = {problem for document in untouched for problem in _document(document, alone)}
        yield from (problem for problem in problems if problem not in before)
