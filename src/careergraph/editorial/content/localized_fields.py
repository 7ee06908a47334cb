"""Localised fields: which parts of a document are written once for each locale, told from the documents' types."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from careergraph.editorial.content.problem import Steps
from careergraph.store.documents.documents import BY_TYPE, LocaleDocument


def locale_of(type_name: str, steps: Steps) -> str | None:
    """The locale that a field of a document is written in; None for one that is the same in all."""
    kind: inspect.Type = _kind(type_name)
    for step in steps:
        if _is_localised(kind):
            return str(step) if type_name != LocaleDocument.TYPE else None
        if (inner := _inner(kind, step)) is None:
            return None
        kind = inner
    return None


def texts(type_name: str, body: Mapping[str, Any]) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """Every localised field of a document: the steps to it, and its texts (or lists of texts) by locale."""
    if type_name != LocaleDocument.TYPE:  # what a locale itself holds is written in that locale, all of it
        yield from _walk(_kind(type_name), body, ())


def _walk(kind: inspect.Type, node: Any, steps: Steps) -> Iterator[tuple[Steps, dict[str, Any]]]:
    if _is_localised(kind):
        yield steps, node
    elif isinstance(node, dict | list):
        for step, child in list(node.items() if isinstance(node, dict) else enumerate(node)):
            if child is not None and (inner := _inner(kind, step)) is not None:
                yield from _walk(inner, child, (*steps, step))


def _is_localised(kind: inspect.Type) -> bool:
    """A map of texts, or of lists of texts: no document but a locale has one by anything else than locale."""
    if not isinstance(kind, inspect.DictType):
        return False
    inside = kind.value_type.item_type if isinstance(kind.value_type, inspect.ListType) else kind.value_type
    return isinstance(inside, inspect.StrType)


def _inner(kind: inspect.Type, step: str | int) -> inspect.Type | None:
    match kind:
        case inspect.StructType():
            return _fields(kind.cls).get(str(step))
        case inspect.DictType():
            return kind.value_type
        case inspect.ListType():
            return kind.item_type
    return None


@cache
def _kind(type_name: str) -> inspect.Type:
    return inspect.type_info(BY_TYPE[type_name])


@cache
def _fields(struct: type[msgspec.Struct]) -> Mapping[str, inspect.Type]:
    """The types of a struct's fields by their name in JSON, without the None that an absent one may be."""
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)  # noqa: S101 - a struct is one
    return {field.encode_name: _present(field.type) for field in info.fields}


def _present(kind: inspect.Type) -> inspect.Type:
    if isinstance(kind, inspect.UnionType):
        return next(it for it in kind.types if not isinstance(it, inspect.NoneType))
    return kind
