"""Pages: a stretch of a list between two cursors, forward from its front or backward from its back.

A cursor is a keyset: it holds what its item is put in order by, and where in the list that stands is found by halving.
So a page costs the same wherever it is, and stays right when items are published or withdrawn between two pages.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as stored
from hashlib import sha256
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
import strawberry

from careergraph.api.base.arguments import checked_count
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.node_id import pack, unpack
from careergraph.engine.errors import Code, CodedError

Item = TypeVar("Item")
Key = tuple[object, ...]

PAGE_SIZE = 20
"""Items of a page where neither `first` nor `last` is given."""


class PageArguments(NamedTuple):
    """The four arguments of a connection."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[Item]):
    """A list in order, and how its cursors are made.

    `name` names the field, its locale and its order, so that a cursor of another list is told apart. `key` is what an
    item is put in order by, as JSON values; `shape` is its type. `rank` turns a key into something that sorts as the
    list does.
    """

    name: tuple[object, ...]
    items: Sequence[Item]
    key: Callable[[Item], Key]
    shape: Any
    rank: Callable[[Key], Any]
    memo: dict[str, Any] = stored(default_factory=dict)
    """What was worked out for a list that is looked into again and again: one that is itself kept."""

    def cursor(self, item: Item) -> str:
        """The cursor of an item."""
        return pack((self._fingerprint(), self.key(item)))

    def ahead_of(self, cursor: str) -> int:
        """How many items stand ahead of a cursor. Raises CodedError BAD_CURSOR."""
        return self._around(cursor)[0]

    def up_to(self, cursor: str) -> int:
        """How many items stand ahead of a cursor or at it. Raises CodedError BAD_CURSOR."""
        return self._around(cursor)[1]

    def _around(self, cursor: str) -> tuple[int, int]:
        """Where a cursor stands: the places ahead of which and up to which items are ahead of it."""
        positions: dict[str, tuple[int, int]] = self.memo.setdefault("places", {})
        if (position := positions.get(cursor)) is None:
            rank = self.rank(self._key_of(cursor))
            ahead = bisect_left(self._ranks, rank)
            position = ahead, bisect_right(self._ranks, rank, ahead)
            if position[0] < position[1]:  # an item's own: of others there is no end
                positions[cursor] = position
        return position

    @property
    def _ranks(self) -> Sequence[Any]:
        return _Ranks(self)

    def _key_of(self, cursor: str) -> Key:
        try:
            fingerprint, raw = msgspec.json.decode(unpack(cursor), type=tuple[str, msgspec.Raw])
            key: Key = msgspec.json.decode(raw, type=self.shape)
        except (ValueError, msgspec.MsgspecError, RecursionError):
            raise _bad_cursor() from None
        if fingerprint != self._fingerprint() or pack((fingerprint, key)) != cursor:
            raise _bad_cursor()
        return key

    def _fingerprint(self) -> str:
        if (fingerprint := self.memo.get("fingerprint")) is None:
            fingerprint = self.memo["fingerprint"] = sha256(json.dumps(self.name).encode()).hexdigest()[:12]
        return str(fingerprint)


class _Ranks(Sequence[Any]):
    """The ranks of a listing's items, each worked out when it is first looked at."""

    def __init__(self, listing: Listing[Any]) -> None:
        self._listing = listing
        self._known: dict[int, Any] = listing.memo.setdefault("ranks", {})

    def __len__(self) -> int:
        return len(self._listing.items)

    def __getitem__(self, place: Any) -> Any:
        if (rank := self._known.get(place)) is None:
            listing = self._listing
            rank = self._known[place] = listing.rank(listing.key(listing.items[place]))
        return rank


class Page(Generic[Item]):
    """The items of a listing from place `start` up to `stop`."""

    def __init__(self, listing: Listing[Item], start: int, stop: int) -> None:
        self.listing, self.start, self.stop = listing, start, stop

    @property
    def items(self) -> list[Item]:
        """The items of the page."""
        return list(self.listing.items[self.start : self.stop])

    @property
    def total(self) -> int:
        """The items of the whole listing."""
        return len(self.listing.items)


def page(listing: Listing[Item], arguments: PageArguments) -> Page[Item]:
    """The page that is asked for. Raises CodedError BAD_PAGE, TOO_MANY or BAD_CURSOR."""
    if arguments.first is not None and arguments.last is not None:
        raise CodedError(Code.BAD_PAGE, "Give first or last, not both.")
    count = checked_count(arguments.first if arguments.last is None else arguments.last, PAGE_SIZE)
    start = 0 if arguments.after is None else listing.up_to(arguments.after)
    stop = len(listing.items) if arguments.before is None else listing.ahead_of(arguments.before)
    if start > stop:
        raise CodedError(Code.BAD_PAGE, "The cursor in after does not stand ahead of the one in before.")
    if arguments.last is not None:
        return Page(listing, max(start, stop - count), stop)
    return Page(listing, start, min(stop, start + count))


def _bad_cursor() -> CodedError:
    return CodedError(Code.BAD_CURSOR, "The cursor was not handed out by this field with this ordering.")


@object_type
class PageInfo:
    """Where a page stands in its list."""

    of: strawberry.Private[Page[Any]]

    @field
    def has_next_page(self) -> bool:
        """Whether items follow behind the page."""
        return self.of.stop < self.of.total

    @field
    def has_previous_page(self) -> bool:
        """Whether items stand ahead of the page."""
        return self.of.start > 0

    @field
    def start_cursor(self) -> str | None:
        """The cursor of the page's first item; null where the page is empty."""
        return self._cursor(self.of.start)

    @field
    def end_cursor(self) -> str | None:
        """The cursor of the page's last item; null where the page is empty."""
        return self._cursor(self.of.stop - 1)

    def _cursor(self, place: int) -> str | None:
        page = self.of
        return page.listing.cursor(page.listing.items[place]) if page.start < page.stop else None
