"""Lists: careers, skills, fields and collections, each with a page for one and a page for all."""

from collections.abc import Sequence
from typing import Any

from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.structured import breadcrumbs, graph
from careergraph.web.pages.rendering.visit import Data, Moved, Visit

PAGE = 100
"""How many items of a long list a page shows."""

FIRST: dict[str, Any] = {"first": PAGE}
"""The arguments of the first page of a list, the only one that search engines list."""


async def careers(visit: Visit) -> Document:
    """The page of all careers."""
    data = await visit.ask("careers", **place_of(visit))
    return _list(visit, "careers", data, [edge["node"]["title"] for edge in data["careers"]["edges"]])


async def skills(visit: Visit) -> Document:
    """The page of all skills."""
    data = await visit.ask("skills", **place_of(visit))
    return _list(visit, "skills", data, [edge["node"]["name"] for edge in data["skills"]["edges"]])


async def categories(visit: Visit) -> Document:
    """The page of all fields."""
    data = await visit.ask("categories")
    return _list(visit, "categories", data, [item["name"] for item in data["categories"]])


async def collections(visit: Visit) -> Document:
    """The page of all collections."""
    data = await visit.ask("collections")
    return _list(visit, "collections", data, [item["title"] for item in data["collections"]])


async def skill(visit: Visit) -> Document:
    """The page of a skill. Raises Moved and Failed."""
    data = await visit.ask("skill", slug=visit.names["slug"], **place_of(visit))
    item = data["skill"]
    return _one(visit, "skills", item, item["name"], ", ".join(item["aliases"]), data)


async def category(visit: Visit) -> Document:
    """The page of a field. Raises Moved and Failed."""
    data = await visit.ask("category", slug=visit.names["slug"], **place_of(visit))
    item = data["category"]
    pairs = (await visit.ask("pairs", category=item["slug"]))["comparisons"] if visit.near() else None
    return _one(visit, "categories", item, item["name"], item["summary"], data | {"pairs": pairs})


async def collection(visit: Visit) -> Document:
    """The page of a collection. Raises Moved and Failed."""
    data = await visit.ask("collection", slug=visit.names["slug"])
    item = data["collection"]
    return _one(visit, "collections", item, item["title"], item["summary"], data)


_KINDS = {"skills": "skill", "categories": "category", "collections": "collection"}
"""The names of one of each list: of its template and its label."""

DESCRIPTION = 155
"""The longest description of a list, in characters."""


def place_of(visit: Visit) -> dict[str, Any]:
    """The paging arguments of the address. Ignore unknown parameters: other sites append their own."""
    cursor = cursor_of(visit)
    return {"last" if "before" in cursor else "first": PAGE, **cursor}


def cursor_of(visit: Visit) -> dict[str, str]:
    """The cursor in the address, by the name of its parameter; empty on the first page."""
    query = dict(visit.query())
    return next(({name: query[name]} for name in ("after", "before") if query.get(name)), {})


def _list(visit: Visit, name: str, data: Data, names: Sequence[str]) -> Document:
    """The page of a list; its description for search engines names the first items."""
    description = ", ".join(names)
    if len(description) > DESCRIPTION:
        description = f"{description[:DESCRIPTION].rpartition(', ')[0]} …"
    first = place_of(visit) == FIRST
    trail = breadcrumbs(visit, [(visit.addresses.path, visit.words(f"page.{name}.title"))])
    values = data | {"cursor": cursor_of(visit)}
    label = f"page.{name}.title"
    return Document(f"{name}.html", name, description, values, structured=graph(trail), indexed=first, label=label)


def _one(  # noqa: PLR0913, PLR0917 - a page and its content
    visit: Visit, folder: str, item: Data, title: str, description: str, data: Data
) -> Document:
    path = f"/{folder}/{item['slug']}"
    if visit.addresses.path != path:
        raise Moved(visit.addresses.link(path))
    trail = breadcrumbs(visit, [(f"/{folder}", visit.words(f"nav.{folder}")), (path, title)])
    indexed = place_of(visit) == FIRST
    values = data | {"c": item, "cursor": cursor_of(visit)}
    label = f"page.{_KINDS[folder]}.title"
    return Document(
        f"{_KINDS[folder]}.html",
        title,
        description[:300],
        values,
        structured=graph(trail),
        indexed=indexed,
        label=label,
    )
