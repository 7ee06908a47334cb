"""Parse the JSON of a draft into a document, with all problems of its form."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple, get_args

import msgspec

from careergraph.editorial.checks.check import check_form
from careergraph.editorial.content.content_file import Item, shape
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import Body, Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.store.documents.documents import BY_TYPE, Document, Key, PairDocument, Text


def parse_body(type_name: str, body: Body) -> Document:
    """Parse the body of a draft, which may lack texts and references: a field that is left out is an empty one. Raises
    Rejected."""
    kind = BY_TYPE.get(type_name)
    if kind is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no document type {quoted(type_name)}")
    document = _document_of(body, kind)
    if bad := check_form(document):
        raise Rejected(bad)
    return document


def _document_of(body: Body, kind: type[Document]) -> Document:
    """Return the document of a body. Raises Rejected with all that is wrong with its shape."""
    try:
        return msgspec.convert(body, kind)  # few lack anything
    except (msgspec.ValidationError, OverflowError, RecursionError):
        pass
    try:
        fields = msgspec.to_builtins(body)
        _fill_in(fields, kind, _idents(kind))
        results = list(shape(Item(fields=fields, steps=()), kind))
    except RecursionError:
        raise rejection(ProblemCode.BAD_SHAPE, "objects and lists are nested too deeply") from None
    document = next((it for it in results if isinstance(it, Document)), None)
    if document is None:
        raise Rejected(replace(it, type=kind.TYPE) for it in results if isinstance(it, Problem))
    return document


def _fill_in(fields: object, kind: type[msgspec.Struct], idents: Collection[str] = ()) -> None:
    """Set required texts and references that are left out to empty ones, in the parts of a document too, but for those
    that name it."""
    if not isinstance(fields, dict):
        return
    for field in _fillable(kind):
        value = fields.get(field.key)
        if value is None and field.empty is not None and field.name not in idents:
            fields.setdefault(field.key, field.empty())
        if field.part is not None and isinstance(value, list):
            for item in value:
                _fill_in(item, field.part)


def _idents(kind: type[msgspec.Struct]) -> frozenset[str]:
    """Return the fields that name a document; none of a part."""
    if kind is PairDocument:
        return frozenset({"a", "b"})
    return frozenset({kind.IDENT}) if issubclass(kind, Document) else frozenset()


def required_fields(kind: type[msgspec.Struct]) -> frozenset[str]:
    """Return the fields that a draft must have too, of a document or a part."""
    filled = {it.name for it in _fillable(kind) if it.empty is not None} - _idents(kind)
    return frozenset(it.name for it in msgspec.structs.fields(kind) if it.required and it.name not in filled)


class _Fillable(NamedTuple):
    """A field that may be filled in, or whose items may: with what, and of which type they are."""

    name: str
    key: str
    empty: Callable[[], object] | None
    part: type[msgspec.Struct] | None


@cache
def _fillable(kind: type[msgspec.Struct]) -> tuple[_Fillable, ...]:
    """Return the fields of a type to fill in. Annotations take long to read: an import has a part for each figure."""
    fields = []
    for field in msgspec.structs.fields(kind):
        parts = [it for it in get_args(field.type) if isinstance(it, type) and issubclass(it, msgspec.Struct)]
        empty = _EMPTY.get(field.type) if field.required and field.type in _EMPTY else None
        if empty is not None or parts:
            fields.append(_Fillable(field.name, field.encode_name, empty, parts[0] if parts else None))
    return tuple(fields)


_EMPTY: Mapping[Any, Callable[[], object]] = {Text: dict, str: str}


def restore_document(key: Key, body: Body) -> Document:
    """Parse a revision, which may have an earlier shape of documents. Raises Rejected."""
    return _require_ident(key, parse_body(key[0], body))


def decode_draft(key: Key, body: Body) -> Document:
    """Parse a draft that is validated next, with the live documents. Raises Rejected."""
    try:
        document = msgspec.convert(body, BY_TYPE[key[0]])
    except (KeyError, RecursionError, msgspec.ValidationError):  # to name all that is wrong with it
        return restore_document(key, body)
    return _require_ident(key, document)


def _require_ident(key: Key, document: Document) -> Document:
    if document.ident != key[1]:
        raise rejection(ProblemCode.BAD_IDENT, "the revision is of another document", key)
    return document
