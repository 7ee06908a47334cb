"""Pages: a stretch of a list between two cursors, forward from its front or backward from its back.

A cursor holds the sort key of its item, and bisection finds the position of the key in the list. So a page costs the
same wherever it is, and stays right when items are published or withdrawn between two pages.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as stored
from hashlib import sha256
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import msgspec

from careergraph.api.base.arguments import After, Before, First, Last, Most, checked_count
from careergraph.api.base.declaration import FromArguments
from careergraph.api.base.declare import Mirror, attr, object_type
from careergraph.api.base.node_id import pack, unpack
from careergraph.engine.errors import Code, CodedError

Item = TypeVar("Item")
Key = tuple[object, ...]

PAGE_SIZE = 20
"""Items of a page where neither `first` nor `last` is given."""


MOST_PAGES = 1000
"""The pages of a list whose places are found once."""


class PageArguments(NamedTuple):
    """The four arguments of a connection."""

    first: First = None
    after: After = None
    last: Last = None
    before: Before = None

    def size(self) -> int:
        """Return how many items are requested. Raises CodedError BAD_PAGE or TOO_MANY."""
        if self.first is not None and self.last is not None:
            raise CodedError(Code.BAD_PAGE, "Give first or last, not both.")
        return checked_count(self.first if self.last is None else self.last, PAGE_SIZE)


def page_size(first: Most = None) -> int:
    """Return how many items of a list are requested. Raises CodedError TOO_MANY or BAD_PAGE."""
    return checked_count(first, PAGE_SIZE)


Count = Annotated[int, FromArguments(page_size)]
"""A parameter of a list: how many items are requested."""

Paged = Annotated[PageArguments, FromArguments(PageArguments)]
"""A parameter of a connection: the page that is requested."""


def fingerprint_of(name: tuple[object, ...]) -> str:
    """Return the mark of the cursors of a list, given its field and its order."""
    return sha256(json.dumps(name).encode()).hexdigest()[:12]


def encode_cursor(fingerprint: str, key: Key) -> str:
    """Return the cursor of a sort key."""
    return pack((fingerprint, key))


def decode_cursor(cursor: str, fingerprint: str, shape: Any) -> Key:
    """Return the sort key of a cursor, of the type `shape`. Raises CodedError BAD_CURSOR for that of another list."""
    try:
        mark, raw = msgspec.json.decode(unpack(cursor), type=tuple[str, msgspec.Raw])
        key: Key = msgspec.json.decode(raw, type=shape)
    except (ValueError, msgspec.MsgspecError, RecursionError):
        raise bad_cursor() from None
    if mark != fingerprint or encode_cursor(mark, key) != cursor:
        raise bad_cursor()
    return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[Item]):
    """A sorted list with cursors.

    `name` holds the field, its locale and its order, so that a cursor of another list is refused. `key` returns the
    sort key of an item, as JSON values of the type `shape`; `rank` turns a key into a value that sorts as the list.
    """

    name: tuple[object, ...]
    items: Sequence[Item]
    key: Callable[[Item], Key]
    shape: Any
    rank: Callable[[Key], Any]
    memo: dict[str, Any] = stored(default_factory=dict)
    """Results for a list that is itself kept and read again and again."""

    def cursor(self, item: Item) -> str:
        """Return the cursor of an item."""
        return encode_cursor(self._fingerprint(), self.key(item))

    def position(self, cursor: str) -> tuple[int, int]:
        """Return the position of a cursor: how many items precede it, and how many precede it or are at it. Raises
        CodedError BAD_CURSOR."""
        positions: dict[str, tuple[int, int]] = self.memo.setdefault("places", {})
        if (position := positions.get(cursor)) is None:
            rank, places = self.rank(decode_cursor(cursor, self._fingerprint(), self.shape)), range(len(self.items))
            ahead = bisect_left(places, rank, key=self._rank_at)
            position = ahead, bisect_right(places, rank, ahead, key=self._rank_at)
            if position[0] < position[1]:  # an item's own: of others there is no end
                positions[cursor] = position
        return position

    def _rank_at(self, place: int) -> Any:
        """Return the rank of the item at a place, computed when it is first asked for."""
        ranks: dict[int, Any] = self.memo.setdefault("ranks", {})
        if (rank := ranks.get(place)) is None:
            rank = ranks[place] = self.rank(self.key(self.items[place]))
        return rank

    def _fingerprint(self) -> str:
        if (fingerprint := self.memo.get("fingerprint")) is None:
            fingerprint = self.memo["fingerprint"] = fingerprint_of(self.name)
        return str(fingerprint)


class Stretch(Generic[Item]):
    """The items of a sequence from place `start` up to `stop`, without a list of their own."""

    __slots__ = ("start", "stop", "whole")

    def __init__(self, whole: Sequence[Item], start: int, stop: int) -> None:
        self.whole, self.start, self.stop = whole, start, stop

    def __len__(self) -> int:
        return self.stop - self.start

    def __iter__(self) -> Iterator[Item]:
        return iter(self.whole[self.start : self.stop])


class Page(Generic[Item]):
    """The items of a listing from place `start` up to `stop`: a stretch of it where the page came before."""

    __slots__ = ("items", "listing", "start", "stop")

    def __init__(self, listing: Listing[Item], start: int, stop: int, items: Stretch[Item] | None = None) -> None:
        self.listing, self.start, self.stop = listing, start, stop
        self.items: Iterable[Item] = list(listing.items[start:stop]) if items is None else items

    def cursor(self, item: Item) -> str:
        """Return the cursor of an item of the page."""
        return self.listing.cursor(item)

    @property
    def total(self) -> int:
        """The items of the whole listing."""
        return len(self.listing.items)

    @property
    def has_next_page(self) -> bool:
        """Whether items follow the page."""
        return self.stop < self.total

    @property
    def has_previous_page(self) -> bool:
        """Whether items precede the page."""
        return self.start > 0

    @property
    def start_cursor(self) -> str | None:
        """The cursor of the first item."""
        return self.cursor(self.listing.items[self.start]) if self.start < self.stop else None

    @property
    def end_cursor(self) -> str | None:
        """The cursor of the last item."""
        return self.cursor(self.listing.items[self.stop - 1]) if self.start < self.stop else None


def page(listing: Listing[Item], arguments: PageArguments) -> Page[Item]:
    """Return the requested page. Raises CodedError BAD_PAGE, TOO_MANY or BAD_CURSOR."""
    pages: dict[PageArguments, tuple[int, int, Stretch[Item]]] = listing.memo.setdefault("pages", {})
    if (before := pages.get(arguments)) is not None:
        return Page(listing, *before)
    start, stop = _places(listing, arguments)
    if len(pages) >= MOST_PAGES:
        pages.clear()
    pages[arguments] = start, stop, Stretch(listing.items, start, stop)
    return Page(listing, start, stop)


def _places(listing: Listing[Item], arguments: PageArguments) -> tuple[int, int]:
    """Return the place of the first item of a page, and that behind its last one."""
    count = arguments.size()
    start = 0 if arguments.after is None else listing.position(arguments.after)[1]
    stop = len(listing.items) if arguments.before is None else listing.position(arguments.before)[0]
    if start > stop:
        raise CodedError(Code.BAD_PAGE, "The cursor in after is not ahead of the one in before.")
    if arguments.last is not None:
        return max(start, stop - count), stop
    return start, min(stop, start + count)


def bad_cursor() -> CodedError:
    """The refusal of a cursor."""
    return CodedError(Code.BAD_CURSOR, "The cursor was not handed out by this field with this ordering.")


@object_type(Page, "The position of a page in its list.")
class PageInfo(Mirror):
    has_next_page: bool = attr("Whether items follow the page.")
    has_previous_page: bool = attr("Whether items precede the page.")
    start_cursor: str | None = attr("The cursor of the page's first item; null where the page is empty.")
    end_cursor: str | None = attr("The cursor of the page's last item; null where the page is empty.")
