"""Tolerance: published content of a later version is read as far as this one knows its fields.

Servers of both versions share a database while one takes the place of the other, and reads must not fail meanwhile.
Drafts are not read so: who saved one would lose what this version does not know.
"""

from typing import Any, TypeVar

import msgspec
from msgspec import inspect

Item = TypeVar("Item")


def convert_known(value: Any, kind: type[Item]) -> Item:
    """Convert JSON to a type, without the fields that its structs do not have. Raises msgspec.ValidationError."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return msgspec.convert(_known(value, inspect.type_info(kind)), kind)


def decode_known(text: str, kind: type[Item]) -> Item:
    """Decode a JSON text to a type, likewise, with no objects in between."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError:
        return convert_known(msgspec.json.decode(text), kind)


def _known(value: Any, kind: inspect.Type) -> Any:
    match kind:
        case inspect.StructType() if isinstance(value, dict):
            fields = {field.encode_name: field.type for field in kind.fields}
            return {name: _known(value[name], fields[name]) for name in fields if name in value}
        case inspect.ListType() if isinstance(value, list):
            return [_known(item, kind.item_type) for item in value]
        case inspect.UnionType() if value is not None:
            return _known(value, next(it for it in kind.types if not isinstance(it, inspect.NoneType)))
    return value
