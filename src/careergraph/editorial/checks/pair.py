"""Checks of the editors' notes on a pair."""

from collections.abc import Iterator

from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import DocumentIndex
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.store.documents.documents import CareerDocument, PairDocument


def check_pair(pair: PairDocument, world: DocumentIndex) -> Iterator[Problem]:
    """Problems of a pair."""
    yield from world.unknown(CareerDocument.TYPE, pair.a, ("a",))
    yield from world.unknown(CareerDocument.TYPE, pair.b, ("b",))
    if pair.a >= pair.b:
        message = "a pair is two careers, the one whose slug comes first in the alphabet as `a`"
        yield Problem(code=ProblemCode.BAD_IDENT, message=message, steps=("b",))
    yield from form.maybe_text(pair.introduction, world, ("introduction",), longest=form.MAX_PROSE)
    for index, part in enumerate(pair.questions):
        yield from form.text(part.question, world, ("questions", index, "question"))
        yield from form.text(part.answer, world, ("questions", index, "answer"), longest=form.MAX_PROSE)
