"""The scalars Date and DateTime: ISO 8601 in full, nothing shortened and nothing guessed."""

import re
from datetime import date, datetime

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)?")


def parse_date(value: object) -> date:
    """A date from an input. Raises GraphQLError BAD_USER_INPUT."""
    if isinstance(value, str) and _DATE.fullmatch(value) and value.isascii():
        try:
            return date.fromisoformat(value)
        except ValueError:  # a day that no calendar has
            pass
    raise _bad("A Date is written as in 2026-01-31.")


def parse_date_time(value: object) -> datetime:
    """An instant from an input, with or without its time zone. Raises GraphQLError BAD_USER_INPUT."""
    if isinstance(value, str) and _DATE_TIME.fullmatch(value) and value.isascii():
        try:
            return datetime.fromisoformat(value.upper())
        except ValueError:  # a day or an hour that no calendar has
            pass
    raise _bad("A DateTime is written as in 2026-01-31T12:00:00Z.")


def _bad(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "BAD_USER_INPUT"})


def _written(value: date) -> str:
    return value.isoformat().replace("+00:00", "Z")


SCALARS: dict[object, ScalarDefinition] = {
    date: strawberry.scalar(
        name="Date",
        description="A day of the calendar, in ISO 8601: `2026-01-31`.",
        serialize=_written,
        parse_value=parse_date,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant with its time zone, in ISO 8601: `2026-01-31T12:00:00Z`.",
        serialize=_written,
        parse_value=parse_date_time,
    ),
}
"""The scalars by the Python type they stand for."""
