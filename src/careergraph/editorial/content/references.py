"""References: which documents a document refers to, and the same document once one of those has another slug."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.localized_fields import texts
from careergraph.editorial.content.problem import Steps

_EACH = None
"""A step into every item of a list."""

PATHS: Mapping[str, Mapping[tuple[str | None, ...], str]] = {
    "locale": {("fallback",): "locale"},
    "skill": {("broader", _EACH): "skill", ("related", _EACH): "skill"},
    "career": {
        ("category",): "category",
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
"""The fields of each document type that hold idents of others, and of which type those are."""


def references(type_name: str, body: Mapping[str, Any]) -> Iterator[tuple[Steps, Key]]:
    """Every reference of a document to others, and to the locales that its texts are written in."""
    for path, target in PATHS.get(type_name, {}).items():
        for steps, ident in _idents(body, path, ()):
            yield steps, (target, ident)
    for steps, written in texts(type_name, body):
        yield from (((*steps, locale), ("locale", locale)) for locale in written)


def rename_references(type_name: str, body: Mapping[str, Any], changes: Mapping[Key, str]) -> dict[str, Any]:
    """A document whose references follow: those to a key of `changes` lead to the new ident. A list that would then
    hold the same twice holds it once."""
    fresh: dict[str, Any] = deepcopy(dict(body))
    for path, target in PATHS.get(type_name, {}).items():
        for steps, ident in list(_idents(fresh, path, ())):
            if (new := changes.get((target, ident))) is not None:
                _put(fresh, steps, new)
    return fresh


def refers(type_name: str, body: Mapping[str, Any], keys: Iterable[Key]) -> bool:
    """Whether a document refers to any of some others."""
    targets = set(keys)
    return any(key in targets for _, key in references(type_name, body))


def _idents(node: Any, path: tuple[str | None, ...], steps: Steps) -> Iterator[tuple[Steps, str]]:
    if not path:
        if isinstance(node, str):
            yield steps, node
        return
    step, rest = path[0], path[1:]
    if step is _EACH:
        for index, child in enumerate(node if isinstance(node, list) else ()):
            yield from _idents(child, rest, (*steps, index))
    elif isinstance(node, dict) and step in node:
        yield from _idents(node[step], rest, (*steps, step))


def _put(body: dict[str, Any], steps: Steps, value: str) -> None:
    node: Any = body
    for step in steps[:-1]:
        node = node[step]
    node[steps[-1]] = value
