"""Body: from the JSON that an editor sends to a document, and all that is wrong with its form."""

from copy import deepcopy
from dataclasses import replace

from careergraph.editorial.checks.check import check
from careergraph.editorial.content.content_file import Item, shape
from careergraph.editorial.content.document_index import Key, quoted
from careergraph.editorial.content.outcome import Body, Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.store.documents.documents import BY_TYPE, Document

_FORM = {ProblemCode.BAD_TEXT, ProblemCode.TOO_LONG, ProblemCode.BAD_IDENT}
"""What even a draft is held to; anything else may wait until it is to be live."""


def parse_body(type_name: str, body: Body) -> Document:
    """The document of a draft's body. It may lack texts and refer to nothing. Raises Rejected."""
    kind = BY_TYPE.get(type_name)
    if kind is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no document type {quoted(type_name)}")
    try:
        results = list(shape(Item(fields=deepcopy(dict(body)), steps=()), kind))
    except RecursionError:
        raise rejection(ProblemCode.BAD_SHAPE, "objects and lists are nested too deeply") from None
    document = next((it for it in results if isinstance(it, Document)), None)
    if document is None:
        raise Rejected(replace(it, type=type_name) for it in results if isinstance(it, Problem))
    if bad := [problem for problem in check([document]) if problem.code in _FORM]:
        raise Rejected(bad)
    return document


def restore_document(key: Key, body: Body) -> Document:
    """The document of a revision, which may be older than the shape of documents today. Raises Rejected."""
    document = parse_body(key[0], body)
    if document.ident != key[1]:
        raise rejection(ProblemCode.BAD_IDENT, "the revision is of another document", key)
    return document
