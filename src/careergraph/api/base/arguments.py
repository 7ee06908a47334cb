"""The arguments that several fields share, described once."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from careergraph.api.base.context import Context
from careergraph.engine.errors import Code, CodedError

Info: TypeAlias = strawberry.Info[Context, None]

Locale = Annotated[
    str | None,
    strawberry.argument(
        description="The locale to read in, such as `de`; by default the catalog's default locale. "
        "Where there is no `de-AT`, `de` is read instead. What is not written in it is read in its fallback."
    ),
]
AsOf = Annotated[
    datetime | None,
    strawberry.argument(
        description="An instant, with its time zone: everything below is read from the catalog that was current then."
    ),
]
AttributeKey = Annotated[str, strawberry.argument(description="The key of an attribute.")]
First = Annotated[
    int | None,
    strawberry.argument(description="How many items from the front, at most 100; 20 where `last` is not given either."),
]
Last = Annotated[int | None, strawberry.argument(description="How many items from the back, at most 100.")]
After = Annotated[str | None, strawberry.argument(description="A cursor of this field: only items behind it.")]
Before = Annotated[str | None, strawberry.argument(description="A cursor of this field: only items ahead of it.")]
Most = Annotated[int | None, strawberry.argument(description="How many at most, up to 100.")]

MAXIMUM = 100
"""The most items a field gives at once."""


MAX_TEXT_LENGTH = 200
"""The most characters of a text that is searched for."""


def checked_text(text: str) -> str:
    """A text that is searched for. Raises CodedError TEXT_TOO_LONG."""
    if len(text) > MAX_TEXT_LENGTH:
        message = f"A text that is searched for has at most {MAX_TEXT_LENGTH} characters."
        raise CodedError(Code.TEXT_TOO_LONG, message, maximum=MAX_TEXT_LENGTH)
    return text


def checked_count(count: int | None, default: int) -> int:
    """How many items are wanted. Raises CodedError TOO_MANY or BAD_PAGE."""
    if count is None:
        return default
    if count < 0:
        raise CodedError(Code.BAD_PAGE, "A count of items must not be negative.")
    if count > MAXIMUM:
        raise CodedError(Code.TOO_MANY, f"At most {MAXIMUM} items are given at once.", maximum=MAXIMUM)
    return count
