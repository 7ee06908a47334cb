"""The vendors: how each one's list of entries goes on, and which shape its entries have."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from careergraph.editorial.importers.pulled.fetch import Query
from careergraph.editorial.importers.pulled.flatten import Entry

AT_ONCE = "100"
"""How many entries are asked for at once."""

Page = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A vendor. `lists` are the members of a page that may hold its entries, `query` the parameters of the first page
    where the address lacks them. `following` has those of the next page, or None after the last. `read` yields the
    published entries of a page, each with the name of its table if it has one. `scheme` is how a token is sent."""

    lists: tuple[str, ...]
    query: Query
    following: Callable[[Page, Query], Query | None]
    read: Callable[[list[Any], Page], Iterator[tuple[str | None, Entry]]]
    scheme: str = "Bearer"


def _strapi_next(page: Page, query: Query) -> Query | None:
    pages = _member(_member(page, "meta"), "pagination")
    number = int(query["pagination[page]"])
    return {**query, "pagination[page]": str(number + 1)} if number < _number(pages.get("pageCount")) else None


def _strapi(entries: list[Any], page: Page) -> Iterator[tuple[str | None, Entry]]:
    """Entries of Strapi 5, those of Strapi 4 with their `attributes`, and lines of `strapi export`."""
    for entry in _dicts(entries):
        inside, uid = entry.get("data"), entry.get("type")
        exported = isinstance(inside, dict) and isinstance(uid, str)
        item = _unwrapped({"id": entry.get("id"), **inside} if isinstance(inside, dict) and exported else entry)
        if item.get("publishedAt", True) is not None:
            yield (uid.rpartition(".")[2] if exported and isinstance(uid, str) else None), item


def _unwrapped(value: Any) -> Any:
    """A value of Strapi 4 in the shape of Strapi 5: no `attributes`, and no `data` around what it refers to."""
    if isinstance(value, list):
        return [_unwrapped(it) for it in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"data"}:
        return _unwrapped(value["data"])
    own = value.get("attributes")
    flat = {"id": value.get("id"), **own} if isinstance(own, dict) and value.keys() <= {"id", "attributes"} else value
    return {name: _unwrapped(member) for name, member in flat.items()}


def _directus_next(page: Page, query: Query) -> Query | None:
    """The page after one with entries: a server may give fewer at once than it is asked for. -1 asks for all."""
    more = page.get("data") and query["limit"] != "-1"
    return {**query, "page": str(int(query["page"]) + 1)} if more else None


def _plain(entries: list[Any], page: Page) -> Iterator[tuple[str | None, Entry]]:
    """Entries as they are, without those that Payload keeps as drafts."""
    yield from ((None, entry) for entry in _dicts(entries) if entry.get("_status") != "draft")


def _contentful_next(page: Page, query: Query) -> Query | None:
    reached = int(query["skip"]) + len(page.get("items") or ())
    return {**query, "skip": str(reached)} if page.get("items") and reached < _number(page.get("total")) else None


def _contentful(entries: list[Any], page: Page) -> Iterator[tuple[str | None, Entry]]:
    """Entries with their fields, and in place of a link the entry that it leads to."""
    included = _member(page, "includes").get("Entry")
    every = {_id(it): it for it in _dicts([*(included if isinstance(included, list) else ()), *entries])}
    for entry in _dicts(entries):
        sys = _member(entry, "sys")
        unpublished = "version" in sys and "publishedVersion" not in sys  # an export has drafts too
        if not unpublished and "archivedVersion" not in sys:
            kind = _member(_member(sys, "contentType"), "sys").get("id")
            yield (kind if isinstance(kind, str) else None), _fields(entry, every)


def _fields(entry: Entry, every: Mapping[Any, Entry], *, follow: bool = True) -> Entry:
    return {
        "id": _id(entry),
        **{name: _linked(it, every, follow=follow) for name, it in _member(entry, "fields").items()},
    }


def _linked(value: Any, every: Mapping[Any, Entry], *, follow: bool) -> Any:
    if isinstance(value, list):
        return [_linked(it, every, follow=follow) for it in value]
    if not isinstance(value, dict):
        return value
    if _member(value, "sys").get("type") == "Link":
        target = every.get(_id(value)) if follow else None
        return {"id": _id(value)} if target is None else _fields(target, every, follow=False)
    return {name: _linked(it, every, follow=follow) for name, it in value.items()}


def _payload_next(page: Page, query: Query) -> Query | None:
    return {**query, "page": str(int(query["page"]) + 1)} if page.get("hasNextPage") is True else None


VENDORS: Mapping[str, Vendor] = {
    "strapi": Vendor(
        lists=("data",),
        query={"populate": "*", "pagination[page]": "1", "pagination[pageSize]": AT_ONCE},
        following=_strapi_next,
        read=_strapi,
    ),
    "directus": Vendor(
        lists=("data",), query={"fields": "*.*", "limit": AT_ONCE, "page": "1"}, following=_directus_next, read=_plain
    ),
    "contentful": Vendor(
        lists=("items", "entries"),
        query={"locale": "*", "include": "1", "limit": AT_ONCE, "skip": "0", "order": "sys.id"},
        following=_contentful_next,
        read=_contentful,
    ),
    "payload": Vendor(
        lists=("docs",),
        query={"depth": "1", "locale": "all", "limit": AT_ONCE, "page": "1"},
        following=_payload_next,
        read=_plain,
        scheme="users API-Key",
    ),
}
"""Each vendor by its name."""


def _dicts(entries: list[Any]) -> Iterator[Entry]:
    yield from (entry for entry in entries if isinstance(entry, dict))


def _member(value: Any, name: str) -> Entry:
    member = value.get(name) if isinstance(value, dict) else None
    return member if isinstance(member, dict) else {}


def _id(entry: Any) -> Any:
    return _member(entry, "sys").get("id")


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
