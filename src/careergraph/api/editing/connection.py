"""Connection: a page of a list of the editors, of whatever type. The nodes, the count and the position of the page are
each read when they are selected, so that a count alone reads no rows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, Generic, TypeVar

import msgspec
import strawberry
from sqlalchemy.orm import Session
from strawberry.types.nodes import SelectedField

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import Mirror, computed, object_type
from careergraph.api.base.enums import Direction
from careergraph.api.base.page import (
    Key,
    PageArguments,
    PageInfo,
    bad_cursor,
    decode_cursor,
    encode_cursor,
    fingerprint_of,
)
from careergraph.api.editing.enums import DocumentType
from careergraph.api.editing.transaction import read, require
from careergraph.editorial.access.roles import Verb
from careergraph.engine.errors import Code, CodedError
from careergraph.store.database.sorted_query import SortedQuery

Node = TypeVar("Node")

_NO_ROWS = ("totalCount", "__typename")
"""The fields of a list that its rows say nothing of."""
_SHAPES: dict[type, Any] = {
    int: Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)],
    datetime: Annotated[datetime, msgspec.Meta(tz=True)],
}
"""The types of sort keys in cursors, where the database holds less than JSON."""


class QueryPage:
    """A page of a sorted query, whose rows are read in an editor's transaction when they are needed first."""

    def __init__(  # noqa: PLR0913, PLR0917 - a page, and its list
        self,
        info: Info,
        name: tuple[str, str],
        query: SortedQuery[Any],
        arguments: PageArguments,
        node: Callable[[Any], Any],
        verb: Verb,
    ) -> None:
        """`name` is the field with its order. Raises CodedError BAD_PAGE, TOO_MANY or BAD_CURSOR."""
        self._info, self._query, self._node, self._verb = info, query, node, verb
        self._fingerprint = fingerprint_of(("Editor", *name, query.descending))
        self._size, self._backward = arguments.size(), arguments.last is not None
        self._after, self._before = self._key(arguments.after), self._key(arguments.before)

    def _key(self, cursor: str | None) -> Key | None:
        if cursor is None:
            return None
        types = [it.type.python_type for it in self._query.key]
        shape: Any = tuple.__class_getitem__(tuple([_SHAPES.get(it, it) for it in types]))
        key = decode_cursor(cursor, self._fingerprint, shape)
        if any(it.utcoffset() != timedelta(0) for it in key if isinstance(it, datetime)):
            raise bad_cursor()
        return key

    @cached_property
    def edges(self) -> list[tuple[Any, str]]:
        """The nodes of the page with their cursors."""
        return [(self._node(item), encode_cursor(self._fingerprint, key)) for item, key in self._rows]

    @property
    def _rows(self) -> list[tuple[Any, Key]]:
        return self._rows_and_more[0]

    @cached_property
    def _rows_and_more(self) -> tuple[list[tuple[Any, Key]], bool]:
        """The rows of the page, and whether there is one more between its cursors."""
        bounds = {"after": self._after, "before": self._before}

        def find(session: Session) -> list[tuple[Any, Key]]:
            return self._query.page(session, self._size + 1, **bounds, backward=self._backward)

        rows = read(self._info, find, verb=self._verb)
        more = len(rows) > self._size
        return (rows[more:] if self._backward else rows[: self._size]), more

    @property
    def total(self) -> int:
        """How many rows the query has: those of the page, where it is read anyhow and is all of the list."""
        if self._after is None and self._before is None and not self._is_count() and not self._rows_and_more[1]:
            return len(self._rows)
        return read(self._info, self._query.count, verb=self._verb)

    def _is_count(self) -> bool:
        """Return whether nothing is selected but the count, so that no row has to be read."""
        selections = [it for field in self._info.selected_fields for it in field.selections]
        return all(isinstance(it, SelectedField) and it.name in _NO_ROWS for it in selections)

    @property
    def has_next_page(self) -> bool:
        """Whether rows follow the page: its last row, or where it is empty the place that it is at."""
        if not self._backward and (self._rows_and_more[1] or self._before is None):
            return self._rows_and_more[1]
        return self._before is not None and self._has(self._rows[-1][1] if self._rows else None, follows=True)

    @property
    def has_previous_page(self) -> bool:
        """Whether rows precede the page."""
        if self._backward and (self._rows_and_more[1] or self._after is None):
            return self._rows_and_more[1]
        return self._after is not None and self._has(self._rows[0][1] if self._rows else None, follows=False)

    def _has(self, key: Key | None, *, follows: bool) -> bool:
        inclusive = key is None
        if key is None:  # an empty page lies right behind `after` or right before `before`
            key = self._after if not self._backward else self._before
            inclusive = follows == self._backward
        if key is None:
            return False
        return read(
            self._info, lambda it: self._query.has(it, key, follows=follows, inclusive=inclusive), verb=self._verb
        )

    @property
    def start_cursor(self) -> str | None:
        """The cursor of the first node."""
        return self.edges[0][1] if self.edges else None

    @property
    def end_cursor(self) -> str | None:
        """The cursor of the last node."""
        return self.edges[-1][1] if self.edges else None


@object_type(tuple, "An item of a page, with its cursor.")
class Edge(Mirror, Generic[Node]):
    of: strawberry.Private[tuple[Any, str]]

    @computed("The item.")
    def node(self) -> Node:
        node: Node = self.of[0]
        return node

    @computed("The cursor of the item, for `after` and `before`.")
    def cursor(self) -> str:
        return self.of[1]


@object_type(QueryPage, "A page of a list.")
class Connection(Mirror, Generic[Node]):
    of: strawberry.Private[QueryPage]

    @computed("The items of the page.")
    def nodes(self) -> list[Node]:
        return [node for node, _ in self.of.edges]

    @computed("The items of the page, each with its cursor.")
    def edges(self) -> list[Edge[Node]]:
        return [Edge(it) for it in self.of.edges]

    @computed("The position of the page in the list.")
    def page_info(self) -> PageInfo:
        return PageInfo(self.of)

    @computed("How many items the whole list has.", cost=10)
    def total_count(self) -> int:
        return self.of.total


def connect(  # noqa: PLR0913, PLR0917 - a list, and what narrows it down
    info: Info,
    name: str,
    listing: Callable[..., SortedQuery[Any]],
    node: Callable[[Any], Node],
    arguments: PageArguments,
    criteria: object | None,
    direction: Direction,
    *,
    verb: Verb = Verb.VIEW,
    **fixed: Any,
) -> Connection[Node]:
    """Return a page of a listing of the store, which takes the fields of a filter, and `fixed` arguments. `name` is the
    field. Raises GraphQLError for an actor without the right, and CodedError for bad arguments."""
    require(info, verb)
    query = listing(**{**conditions(criteria), **fixed}, descending=direction == Direction.DESC)
    return Connection(QueryPage(info, (name, fixed.get("order", "")), query, arguments, node, verb))


def conditions(filter_input: object | None) -> dict[str, Any]:
    """Return the fields of a filter input that are set, in the form of the store: types of documents in lower case,
    instants in UTC. Raises CodedError BAD_DATE."""
    fields = {} if filter_input is None else vars(filter_input)
    return {name: _condition(value) for name, value in fields.items() if value is not None}


def _condition(value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_condition(it) for it in value])
    if isinstance(value, DocumentType):
        return value.value.lower()
    return instant_of(value) if isinstance(value, datetime) else value


def instant_of(value: datetime) -> datetime:
    """Return an instant in UTC. Raises CodedError BAD_DATE."""
    if value.tzinfo is None:
        raise CodedError(Code.BAD_DATE, "The instant needs a time zone, such as Z or +02:00.")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise CodedError(Code.BAD_DATE, "The instant lies outside of the calendar.") from None
