"""Field paths: whether a path leads to a field that a document of a type has, or could have."""

import re
from collections.abc import Mapping, Sequence
from types import NoneType
from typing import Any, get_args, get_origin

import msgspec

from careergraph.editorial.content.diff import KNOWN_BY, item_key
from careergraph.editorial.content.outcome import Body
from careergraph.editorial.content.problem import Steps
from careergraph.store.documents.documents import BY_TYPE

_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def has_field(type_name: str, body: Body, steps: Steps) -> bool:
    """Return whether steps lead to a field of a document, present or absent. Items of lists, which must be there, go by
    their position or by their key, as in differences; a text has any locale."""
    kind: Any = BY_TYPE[type_name]
    node: Any = body
    name = ""
    for step in steps:
        kind = _present(kind)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
            if step not in fields:
                return False
            kind, node, name = fields[str(step)], node.get(step) if isinstance(node, Mapping) else None, str(step)
        elif get_origin(kind) is dict:
            entries = node if isinstance(node, Mapping) else {}
            if step not in entries and not (isinstance(step, str) and _LOCALE.fullmatch(step)):
                return False
            kind, node = get_args(kind)[1], entries.get(step)
        elif get_origin(kind) is list:
            items = _items(node if isinstance(node, list) else [], name)
            if step not in items:
                return False
            kind, node = get_args(kind)[0], items[step]
        else:
            return False
    return True


def _items(items: Sequence[Any], name: str) -> Mapping[object, Any]:
    """Return the items of a list by position, and those that have a key by it too."""
    keys = [item_key(item, KNOWN_BY[name]) for item in items] if name in KNOWN_BY else []
    return {**dict(enumerate(items)), **{key: item for key, item in zip(keys, items, strict=False) if key is not None}}


def _present(kind: Any) -> Any:
    """Return the type of a field without None."""
    kinds = [it for it in get_args(kind) if it is not NoneType] if NoneType in get_args(kind) else []
    return kinds[0] if kinds else kind
