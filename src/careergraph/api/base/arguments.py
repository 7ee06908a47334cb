"""The arguments that several fields share, described once."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from careergraph.api.base.context import Context
from careergraph.api.base.declare import argument
from careergraph.engine.errors import Code, CodedError

Info: TypeAlias = strawberry.Info[Context, None]

Locale = Annotated[
    str | None,
    argument(
        "The locale to read in, such as `de`; by default the catalog's default locale. "
        "Where there is no `de-AT`, `de` is read instead. Texts that it lacks are read in its fallback."
    ),
]
AsOf = Annotated[
    datetime | None,
    argument("An instant, with its time zone: everything below is read from the catalog that was current then."),
]
Region = Annotated[
    str | None,
    argument(
        "A region, such as one of `Career.regions`: of each figure that which was observed there, or that "
        "of which no source says where. What was observed elsewhere counts as not known. By default the first figure "
        "of each attribute, wherever it was observed."
    ),
]
AttributeKey = Annotated[str, argument("The key of an attribute.")]
First = Annotated[int | None, argument("How many items from the front, at most 100; 20 where `last` is missing too.")]
Last = Annotated[int | None, argument("How many items from the back, at most 100.")]
After = Annotated[str | None, argument("A cursor of this field: only items after it.")]
Before = Annotated[str | None, argument("A cursor of this field: only items before it.")]
Most = Annotated[int | None, argument("How many at most, up to 100.")]

MAXIMUM = 100
"""The maximum of items that a field returns."""

MOST_REPRESENTATIONS = 1000
"""The maximum of entities that a gateway asks for at once: as many as another subgraph has in a list."""


MAX_TEXT_LENGTH = 200
"""The maximum of characters of a text to search for."""


def checked_text(text: str) -> str:
    """Return a text to search for. Raises CodedError TEXT_TOO_LONG."""
    if len(text) > MAX_TEXT_LENGTH:
        message = f"A text that is searched for has at most {MAX_TEXT_LENGTH} characters."
        raise CodedError(Code.TEXT_TOO_LONG, message, maximum=MAX_TEXT_LENGTH)
    return text


def checked_count(count: int | None, default: int) -> int:
    """Return how many items are requested. Raises CodedError TOO_MANY or BAD_PAGE."""
    if count is None:
        return default
    if count < 0:
        raise CodedError(Code.BAD_PAGE, "A count of items must not be negative.")
    if count > MAXIMUM:
        raise CodedError(Code.TOO_MANY, f"At most {MAXIMUM} items are returned at once.", maximum=MAXIMUM)
    return count
