"""DocumentInput: a document with a GraphQL input for each type and part, made of the definitions of documents.

Compilers of clients check by it what they send. Maps whose keys are content (texts by locale, phrases by name) are
scalars, and a figure has the fields of all kinds: which of them its attribute takes is content too, and is checked with
the document.
"""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, get_args, get_origin

import msgspec
import strawberry

from careergraph.api.base.codes import EditorCode, refused
from careergraph.api.base.declare import argument, input_field, input_type
from careergraph.api.base.document_key import DocumentType
from careergraph.api.base.enums import Basis, Better, Period, RangeEnd, SourceKind, ValueKind
from careergraph.api.base.scalars import Document, Json, TextListMap, TextMap
from careergraph.api.editing.inputs.descriptions import FIELDS, TYPES
from careergraph.editorial.content.outcome import Body
from careergraph.editorial.editing.draft_body import required_fields
from careergraph.store.documents.documents import DOCUMENTS, Text, Texts

_WORDS: dict[tuple[str, str], Any] = {
    ("SourceDocument", "kind"): SourceKind,
    ("AttributeDocument", "kind"): ValueKind,
    ("AttributeDocument", "better"): Better,
    ("ValuePart", "open_end"): RangeEnd,
    ("ValuePart", "period"): Period,
    ("ValuePart", "basis"): Basis,
}
"""The fields whose strings are words of an enum of the schema."""
_SCALARS: dict[Any, Any] = {Text: TextMap, Texts: TextListMap, str: str, int: int, float: float, bool: bool, date: date}


@cache
def _input_of(kind: type[msgspec.Struct]) -> Any:
    """Return the input of a document or a part. What a draft may lack may be null."""
    required = required_fields(kind)
    contents = {}
    for field in msgspec.structs.fields(kind):
        type_ = _WORDS.get((kind.__name__, field.name)) or _type_of(field.type)
        optional = field.name not in required
        contents[field.name] = (type_ | None if optional else type_, FIELDS[field.encode_name], None)
    return _input(f"{kind.__name__}Input", TYPES[kind.__name__], contents)


def _type_of(type_: Any) -> Any:
    """Return the type of an input field, by the type of the document's field without its None."""
    [inner] = [it for it in get_args(type_) if it is not type(None)][:1] or [type_]
    if type_ in _SCALARS:
        return _SCALARS[type_]
    if get_origin(type_) is list:
        return list[_type_of(inner)]  # type: ignore[misc] # made while this runs
    if inner is not type_ and get_origin(type_) is not dict:
        return _type_of(inner)
    return _input_of(type_) if isinstance(type_, type) and issubclass(type_, msgspec.Struct) else Json


def _input(name: str, description: str, contents: dict[str, tuple[Any, str, Any]], *, one_of: bool = False) -> Any:
    body: dict[str, Any] = {"__annotations__": {it: type_ for it, (type_, _, _) in contents.items()}}
    for field, (type_, text, default) in contents.items():
        options = {"default": default} if type(None) in get_args(type_) else {}
        body[field] = input_field(text, **options)
    return input_type(description, one_of=one_of)(type(name, (), body))


DocumentInput: Any = _input(
    "DocumentInput",
    "A whole document, with its slug. Exactly one is set: that of its type. Null is the same as absence. It holds what "
    "a `Document` does, so what is wrong with its content is answered in the same way.",
    {
        kind.TYPE: (_input_of(kind) | None, f"A document of the type {kind.TYPE.upper()}.", strawberry.UNSET)
        for kind in DOCUMENTS
    },
    one_of=True,
)
"""A document of any type."""


Untyped = Annotated[Document | None, argument("The whole document as JSON, with its slug; with `type`.")]
Typed = Annotated[
    Any,
    argument(
        "The whole document by the input of its type, in the place of `type` and `document`.",
        graphql_type=DocumentInput | None,
    ),
]
TypeOfUntyped = Annotated[DocumentType | None, argument("The type of `document`.")]


def content_of(type: TypeOfUntyped = None, document: Untyped = None, content: Typed = None) -> tuple[str, Body]:
    """Return the type and the body of a document. Raises GraphQLError BAD_USER_INPUT where it is not there once."""
    if content is None and type is not None and document is not None:
        return type.value.lower(), document
    if content is None or type is not None or document is not None:
        raise refused(
            EditorCode.BAD_USER_INPUT, "Give the document once: as `content`, or as `document` with its `type`."
        )
    [(type_name, body)] = _plain(content).items()
    return type_name, body


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(it) for it in value]
    if is_dataclass(value):
        items = {_camel(field.name): getattr(value, field.name) for field in fields(value)}
        return {name: _plain(item) for name, item in items.items() if item is not None and item is not strawberry.UNSET}
    return value.value if isinstance(value, Enum) else value


@cache
def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(map(str.capitalize, rest))
