"""The scalars: Date and DateTime in full ISO 8601, nothing shortened and nothing guessed; JSON as it is."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NewType, TypeVar

import strawberry
from graphql import GraphQLError, ValueNode
from graphql.utilities import value_from_ast_untyped
from strawberry.types.scalar import ScalarDefinition

Parsed = TypeVar("Parsed")

Document = NewType("Document", dict[str, Any])
"""A document as plain JSON."""
Json = NewType("Json", object)
"""Any plain JSON."""
TextMap = NewType("TextMap", dict[str, str])
"""Texts by their keys."""
TextListMap = NewType("TextListMap", dict[str, list[str]])
"""Lists of texts by their keys."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)?")


def parse_date(value: object) -> date:
    """Return a date from an input. Raises GraphQLError BAD_USER_INPUT."""
    if isinstance(value, str) and _DATE.fullmatch(value) and value.isascii():
        try:
            return date.fromisoformat(value)
        except ValueError:  # a day that no calendar has
            pass
    raise _bad("A Date is written as in 2026-01-31.")


def parse_date_time(value: object) -> datetime:
    """Return an instant from an input, with or without its time zone. Raises GraphQLError BAD_USER_INPUT."""
    if isinstance(value, str) and _DATE_TIME.fullmatch(value) and value.isascii():
        try:
            return datetime.fromisoformat(value.upper())
        except ValueError:  # a day or an hour that no calendar has
            pass
    raise _bad("A DateTime is written as in 2026-01-31T12:00:00Z.")


def parse_text_map(value: object) -> TextMap:
    """Return texts by their keys from an input. Raises GraphQLError BAD_USER_INPUT."""
    if isinstance(value, dict) and all(isinstance(it, str) for it in value.values()):
        return TextMap(value)
    raise _bad('A TextMap is an object of strings, such as {"en": "Baker"}.')


def parse_text_list_map(value: object) -> TextListMap:
    """Return lists of texts by their keys from an input. Raises GraphQLError BAD_USER_INPUT."""
    if isinstance(value, dict) and all(_is_texts(it) for it in value.values()):
        return TextListMap(value)
    raise _bad('A TextListMap is an object of lists of strings, such as {"en": ["Baker"]}.')


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(it, str) for it in value)


def parse_document(value: object) -> Document:
    """Return a document from an input; the verb that takes it checks its content. Raises GraphQLError."""
    if isinstance(value, dict):
        return Document(value)
    raise _bad("A Document is an object.")


def literal_parser(parse: Callable[[object], Parsed], name: str) -> Callable[..., Parsed]:
    """The parser of a value that is written in the query itself: its error points there."""

    def parse_literal(node: ValueNode, variables: dict[str, Any] | None = None) -> Parsed:
        try:
            return parse(value_from_ast_untyped(node, variables))
        except RecursionError:
            raise GraphQLError(f"The {name} is nested too deeply.", node, extensions=_BAD_USER_INPUT) from None
        except GraphQLError as problem:
            raise GraphQLError(problem.message, node, extensions=problem.extensions) from None

    return parse_literal


_BAD_USER_INPUT = {"code": "BAD_USER_INPUT"}


def _bad(message: str) -> GraphQLError:
    return GraphQLError(message, extensions=_BAD_USER_INPUT)


def _written(value: date) -> str:
    return value.isoformat().replace("+00:00", "Z")


_JSON = "https://www.rfc-editor.org/rfc/rfc8259"
_INTERNET_DATES = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"


def _scalar(
    name: str,
    description: str,
    parse: Callable[[Any], object],
    specification: str = _JSON,
    serialize: Callable[[Any], object] = lambda value: value,
) -> ScalarDefinition:
    return strawberry.scalar(
        name=name,
        description=description,
        specified_by_url=specification,
        serialize=serialize,
        parse_value=parse,
        parse_literal=literal_parser(parse, name),
    )


SCALARS: dict[object, ScalarDefinition] = {
    date: _scalar("Date", "A day of the calendar, in ISO 8601: `2026-01-31`.", parse_date, _INTERNET_DATES, _written),
    datetime: _scalar(
        "DateTime",
        "An instant with its time zone, in ISO 8601: `2026-01-31T12:00:00Z`.",
        parse_date_time,
        _INTERNET_DATES,
        _written,
    ),
    Document: _scalar(
        "Document",
        "A document as a JSON object, in the one shape of content files, inputs, revisions and exports: "
        "names in camelCase, texts by locale, what is absent left out. `docs/content-format.md` describes it.",
        parse_document,
    ),
    Json: _scalar("Json", "Any plain JSON, such as a part of a document.", Json),
    TextMap: _scalar(
        "TextMap",
        'Texts by their keys, as a JSON object of strings: of what readers see by locale, as `{"en": "Baker"}`.',
        parse_text_map,
    ),
    TextListMap: _scalar(
        "TextListMap",
        'Lists of texts by their keys, as a JSON object of lists: of aliases by locale, as `{"en": ["Baker"]}`.',
        parse_text_list_map,
    ),
}
"""The scalars by their Python types."""
