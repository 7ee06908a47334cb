"""The fields of a document by its definition: their kinds, references, choices and lengths."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from careergraph.editorial.checks.form import MAX_LABEL, MAX_PROSE, MAX_SLUG
from careergraph.engine.content.attribute import Better, TransitionRole, ValueKind
from careergraph.engine.content.money_range import Basis, Period
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.content.source import SourceKind
from careergraph.store.documents.documents import BY_TYPE, CareerDocument, LocaleDocument, ValuePart
from careergraph.store.documents.references import PATHS, is_localised


class Kind(StrEnum):
    """How a field is edited."""

    LINE = "line"
    PROSE = "prose"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    REFERENCE = "reference"
    LINES = "lines"
    TEXT = "text"
    TEXTS = "texts"
    PART = "part"
    LIST = "list"
    MAP = "map"
    VALUES = "values"


Path = tuple[str | None, ...]
"""The way to a field in the definition: names, and None for each item of a list or map."""

CONCEPT: Path = ("skills", None, "concepts", None)
"""The way to a link from a career's wording to a skill."""

LONG = frozenset({"summary", "introduction", "answer", "method", "text", "alt"})
"""The fields whose texts take more than a line."""

CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("attribute", "kind"): tuple(ValueKind),
    ("attribute", "better"): tuple(Better),
    ("attribute", "transitionRole"): tuple(TransitionRole),
    ("source", "kind"): tuple(SourceKind),
    ("career", "basis"): tuple(Basis),
    ("career", "period"): tuple(Period),
    ("career", "openEnd"): tuple(RangeEnd),
}
"""The fields, by type and name, that hold one of a closed set."""

CHOSEN = frozenset(name for _, name in CHOICES)
"""Their names."""

TARGETS: Mapping[str, str] = {
    [step or "" for step in path if step not in (None, "slug")][-1]: target
    for paths in PATHS.values()
    for path, target in paths.items()
}
"""The types of documents that references name, by the name of the field or list that holds them."""

KEPT: Mapping[tuple[str, Path], frozenset[str]] = {
    (CareerDocument.TYPE, ()): frozenset({"regionalValues", "profile", "relations"}),
    (CareerDocument.TYPE, CONCEPT): frozenset({"proposedBy", "acceptedBy", "method", "score", "model"}),
    ("image", ()): frozenset({"file"}),
}
"""The fields, by where they are, that no form shows: a save keeps them as they are."""

_AMOUNTS = (inspect.IntType, inspect.FloatType)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a definition. `fields` are those inside of it, `item` is what a list or a map holds."""

    name: str
    kind: Kind
    required: bool = False
    whole: bool = False
    exact: bool = False
    longest: int = MAX_LABEL
    target: str | None = None
    choices: tuple[str, ...] = ()
    fields: tuple["Field", ...] = ()
    path: Path = ()
    item: "Field | None" = None


@cache
def fields_of(type_name: str) -> tuple[Field, ...]:
    """The fields of a type of document, in the order of its definition."""
    return _fields(type_name, BY_TYPE[type_name], ())


def _fields(type_name: str, struct: type[msgspec.Struct], path: Path) -> tuple[Field, ...]:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)  # noqa: S101 - a struct is one
    hidden = KEPT.get((type_name, path), frozenset())
    return tuple(
        _field(type_name, field.encode_name, field.type, (*path, field.encode_name), required=field.required)
        for field in info.fields
        if field.encode_name not in hidden
    )


def _field(type_name: str, name: str, kind: inspect.Type, path: Path, *, required: bool) -> Field:
    if isinstance(kind, inspect.UnionType):
        kind = next(each for each in kind.types if not isinstance(each, inspect.NoneType))
    if choices := CHOICES.get((type_name, name)):
        return Field(name, Kind.CHOICE, required, choices=choices)
    if (target := PATHS.get(type_name, {}).get(path)) is not None:
        return Field(name, Kind.REFERENCE, required, longest=MAX_SLUG, target=target)
    if type_name != LocaleDocument.TYPE and is_localised(kind):
        several = isinstance(kind, inspect.DictType) and isinstance(kind.value_type, inspect.ListType)
        longest = MAX_PROSE if name in LONG else MAX_LABEL
        return Field(name, Kind.TEXTS if several else Kind.TEXT, required, longest=longest)
    return _plain(type_name, name, kind, path, required=required)


def _plain(  # noqa: PLR0911 - one for each kind
    type_name: str, name: str, kind: inspect.Type, path: Path, *, required: bool
) -> Field:
    if (type_name, name) == (CareerDocument.TYPE, "values"):
        return Field(name, Kind.VALUES)
    match kind:
        case inspect.BoolType():
            return Field(name, Kind.CHOICE, required, choices=("true", "false"))
        case inspect.IntType() | inspect.FloatType():
            return Field(name, Kind.NUMBER, required, whole=isinstance(kind, inspect.IntType))
        case inspect.DateType():
            return Field(name, Kind.DATE, required)
        case inspect.StructType(cls=struct):
            parts = _fields(type_name, struct, path)
            # a part that may be left out requires nothing of who leaves it out
            parts = parts if required else tuple([replace(part, required=False) for part in parts])
            return Field(name, Kind.PART, required, fields=parts, path=path)
        case inspect.ListType(item_type=inner) if isinstance(inner, inspect.StrType) and not _refers(type_name, path):
            return Field(name, Kind.LINES, required)
        case inspect.ListType(item_type=inner):
            return Field(name, Kind.LIST, item=_field(type_name, name, inner, (*path, None), required=True))
        case inspect.DictType(value_type=inner):
            return Field(name, Kind.MAP, item=_field(type_name, name, inner, (*path, None), required=True))
    exact = type_name == LocaleDocument.TYPE  # a separator may be a space
    return Field(name, Kind.PROSE if name in LONG else Kind.LINE, required, exact=exact)


def _refers(type_name: str, path: Path) -> bool:
    return (*path, None) in PATHS.get(type_name, {})


@cache
def has_texts(type_name: str) -> bool:
    """Return whether a type of document has texts in languages."""
    return any(_has_texts(field) for field in fields_of(type_name))


def _has_texts(field: Field) -> bool:
    if field.kind in (Kind.TEXT, Kind.TEXTS, Kind.VALUES):
        return True
    return any(_has_texts(each) for each in (*field.fields, *((field.item,) if field.item is not None else ())))


def is_blank(value: Any) -> bool:
    """Return whether a field holds nothing, so that a document does not write it."""
    return value is None or value in ("", [], {})


def as_text(value: Any) -> str:
    """A value as its field shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return format(Decimal(f"{value:.15g}"), "f")
    return value.isoformat() if isinstance(value, date) else str(value)


VALUES: Mapping[str, Field] = {each.name: each for each in _fields(CareerDocument.TYPE, ValuePart, ("values", None))}
"""The fields of a career's figure, by name."""
