"""The localised fields of documents, the references between documents, and how those are renamed."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from careergraph.store.documents.documents import BY_TYPE, AttributeDocument, Key, LocaleDocument, PairDocument

Steps = tuple[str | int, ...]
"""The way from a document to a field: names of fields, keys of maps, positions (from 0) in lists."""


def locale_of(type_name: str, steps: Steps) -> str | None:
    """The locale that a field of a document is written in; None for one that is the same in all."""
    kind: inspect.Type = kind_of(type_name)
    for step in steps:
        if is_localised(kind):
            return str(step) if type_name != LocaleDocument.TYPE else None
        if (inner := _inner(kind, step)) is None:
            return None
        kind = inner
    return None


def texts(type_name: str, body: Mapping[str, Any]) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """Every localised field of a document: the steps to it, and its texts (or lists of texts) by locale."""
    if type_name != LocaleDocument.TYPE:  # all texts of a locale document are written in that locale
        yield from _walk(kind_of(type_name), body, ())


def _walk(kind: inspect.Type, node: Any, steps: Steps) -> Iterator[tuple[Steps, dict[str, Any]]]:
    if is_localised(kind):
        yield steps, node
    elif isinstance(kind, inspect.StructType) and isinstance(node, dict):
        fields = text_fields(kind.cls)
        for step, child in list(node.items()):
            if child is not None and step in fields:
                yield from _walk(fields[step], child, (*steps, step))
    elif isinstance(kind, inspect.DictType) and isinstance(node, dict):
        for step, child in node.items():
            yield from _walk(kind.value_type, child, (*steps, step))
    elif isinstance(kind, inspect.ListType) and isinstance(node, list):
        inner = kind.item_type
        worded = text_fields(inner.cls).keys() if isinstance(inner, inspect.StructType) else None
        for index, child in enumerate(node):
            # imports have figures without a text by the hundred thousand
            if worded is None or (isinstance(child, dict) and not worded.isdisjoint(child)):
                yield from _walk(inner, child, (*steps, index))


@cache
def text_fields(struct: type[msgspec.Struct]) -> Mapping[str, inspect.Type]:
    """Return the types of the fields of a struct that are or contain localised texts, by their name in JSON."""
    return {name: kind for name, kind in _fields(struct).items() if _has_texts(kind)}


def _has_texts(kind: inspect.Type) -> bool:
    match kind:
        case inspect.ListType(item_type=inner):
            return _has_texts(inner)
        case inspect.StructType(cls=struct):
            return bool(text_fields(struct))
        case inspect.DictType(value_type=inner):
            return is_localised(kind) or _has_texts(inner)
    return False


def is_localised(kind: inspect.Type) -> bool:
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
def kind_of(type_name: str) -> inspect.Type:
    """Return the type of the fields of a document."""
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


_EACH = None
"""A step into every item of a list."""

PATHS: Mapping[str, Mapping[tuple[str | None, ...], str]] = {
    "locale": {("fallback",): "locale"},
    "skill": {("broader", _EACH): "skill", ("related", _EACH): "skill"},
    "career": {
        ("category",): "category",
        ("image", "slug"): "image",
        ("values", _EACH, "attribute"): "attribute",
        ("values", _EACH, "source"): "source",
        ("regionalValues", _EACH, "attribute"): "attribute",
        ("regionalValues", _EACH, "source"): "source",
        ("profile", "source"): "source",
        ("relations", _EACH, "source"): "source",
        ("skills", _EACH, "concepts", _EACH, "skill"): "skill",
        ("roadmap", _EACH, "skills", _EACH): "skill",
    },
    "collection": {("careers", _EACH): "career"},
    "pair": {("a",): "career", ("b",): "career"},
}
"""The fields of each document type that refer to others, and the types of those."""


def references(type_name: str, body: Mapping[str, Any]) -> Iterator[tuple[Steps, Key]]:
    """Return every reference of a document to others, and to the locales that its texts are written in."""
    yield from named_references(type_name, body)
    for steps, written in texts(type_name, body):
        yield from (((*steps, locale), ("locale", locale)) for locale in written)


def named_references(type_name: str, body: Mapping[str, Any]) -> Iterator[tuple[Steps, Key]]:
    """Return every reference of a document to others in fields that name them."""
    for path, target in PATHS.get(type_name, {}).items():
        if path[0] in body:  # imports have a body of one field for each figure
            for steps, ident in _idents(body, path, ()):
                yield steps, (target, ident)


@cache
def fields_with_references(type_name: str, targets: frozenset[str]) -> frozenset[str]:
    """Return the fields of a document that may refer to documents of some types, in themselves or inside."""
    return frozenset([str(path[0]) for path, target in PATHS.get(type_name, {}).items() if target in targets])


def rename_references(type_name: str, body: Mapping[str, Any], changes: Mapping[Key, str]) -> Mapping[str, Any]:
    """Return a document with its references to keys of `changes` renamed; the document itself if it has none of
    them."""
    named = named_references(type_name, body)
    renamed = [(steps, new) for steps, key in named if (new := changes.get(key)) is not None]
    if not renamed:
        return body
    fresh: dict[str, Any] = msgspec.to_builtins(body)
    for steps, new in renamed:
        _put(fresh, steps, new)
    return fresh


def rename_document(key: Key, body: Mapping[str, Any], changes: Mapping[Key, str]) -> Mapping[str, Any]:
    """Return a document with its ident and its references renamed; the document itself if it has none of them."""
    fresh = rename_references(key[0], body, changes)
    if key in changes:
        fresh = {**fresh, "key" if key[0] == AttributeDocument.TYPE else "slug": changes[key]}
    if key[0] == PairDocument.TYPE and fresh is not body:
        fresh = {**fresh, **dict(zip("ab", sorted((fresh["a"], fresh["b"])), strict=True))}
    return fresh


def refers(type_name: str, body: Mapping[str, Any], keys: Iterable[Key]) -> bool:
    """Return whether a document refers to any of some others."""
    targets = set(keys)
    return any(key in targets for _, key in references(type_name, body))


def _idents(node: Any, path: tuple[str | None, ...], steps: Steps) -> Iterator[tuple[Steps, str]]:
    if not path:
        if isinstance(node, str):
            yield steps, node
        return
    step, rest = path[0], path[1:]
    if step is _EACH:
        children = node if isinstance(node, list) else ()
        if len(rest) == 1 and rest[0] is not _EACH:
            yield from _idents_of_each(children, rest[0], steps)
            return
        for index, child in enumerate(children):
            yield from _idents(child, rest, (*steps, index))
    elif isinstance(node, dict) and step in node:
        yield from _idents(node[step], rest, (*steps, step))


def _idents_of_each(items: Iterable[Any], field: str, steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Yield what `_idents` would of a field of each item, at once: an import has hundreds of thousands of figures."""
    for index, item in enumerate(items):
        if isinstance(item, dict) and isinstance(ident := item.get(field), str):
            yield (*steps, index, field), ident


def _put(body: dict[str, Any], steps: Steps, value: str) -> None:
    node: Any = body
    for step in steps[:-1]:
        node = node[step]
    node[steps[-1]] = value
