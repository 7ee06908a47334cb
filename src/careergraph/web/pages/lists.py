"""Lists: careers, skills, fields and collections, each with a page for one and a page for all."""

from typing import Any

from careergraph.web.pages.rendering.render import Document
from careergraph.web.pages.rendering.structured import breadcrumbs, graph
from careergraph.web.pages.rendering.visit import Data, Moved, Visit

PAGE = 100
"""How many items of a long list a page shows."""

FIRST: dict[str, Any] = {"first": PAGE}
"""The place of the first page of a list, the one that search engines list."""


async def careers(visit: Visit) -> Document:
    """The page of all careers."""
    data = await visit.ask("careers", **place_of(visit))
    return _list("careers.html", visit, "careers", {"list": data["careers"], "categories": data["categories"]})


async def skills(visit: Visit) -> Document:
    """The page of all skills."""
    data = await visit.ask("skills", **place_of(visit))
    return _list("skills.html", visit, "skills", {"list": data["skills"]})


async def categories(visit: Visit) -> Document:
    """The page of all fields."""
    return _list("categories.html", visit, "categories", await visit.ask("categories"))


async def collections(visit: Visit) -> Document:
    """The page of all collections."""
    return _list("collections.html", visit, "collections", await visit.ask("collections"))


async def skill(visit: Visit) -> Document:
    """The page of a skill. Raises Moved and Failed."""
    item = (await visit.ask("skill", slug=visit.names["slug"], **place_of(visit)))["skill"]
    return _one("skill.html", visit, "skills", item, item["name"], ", ".join(item["aliases"]))


async def category(visit: Visit) -> Document:
    """The page of a field. Raises Moved and Failed."""
    item = (await visit.ask("category", slug=visit.names["slug"], **place_of(visit)))["category"]
    pairs = (await visit.ask("pairs", category=item["slug"]))["comparisons"] if visit.near() else None
    return _one("category.html", visit, "categories", item, item["name"], item["summary"], pairs)


async def collection(visit: Visit) -> Document:
    """The page of a collection. Raises Moved and Failed."""
    item = (await visit.ask("collection", slug=visit.names["slug"]))["collection"]
    return _one("collection.html", visit, "collections", item, item["title"], item["summary"])


_LABELS = {
    "skills": "page.skill.title",
    "categories": "page.category.title",
    "collections": "page.collection.title",
}


def place_of(visit: Visit) -> dict[str, Any]:
    """Where in a long list the page begins or ends. What others put behind addresses is left alone."""
    cursor = cursor_of(visit)
    return {"last" if "before" in cursor else "first": PAGE, **cursor}


def cursor_of(visit: Visit) -> dict[str, str]:
    """The parameter of the address that says where in a long list the page begins or ends; none on the first page."""
    query = dict(visit.query())
    return next(({name: query[name]} for name in ("after", "before") if query.get(name)), {})


def _list(template: str, visit: Visit, name: str, values: Data) -> Document:
    first = place_of(visit) == FIRST
    trail = breadcrumbs(visit, [(visit.addresses.path, visit.words(f"page.{name}.title"))])
    values = values | {"cursor": cursor_of(visit)}
    return Document(template, name, "", values, structured=graph(trail), indexed=first, label=f"page.{name}.title")


def _one(  # noqa: PLR0913, PLR0917 - a page, and what it says
    template: str, visit: Visit, folder: str, item: Data, title: str, description: str, pairs: Data | None = None
) -> Document:
    path = f"/{folder}/{item['slug']}"
    if visit.addresses.path != path:
        raise Moved(visit.addresses.link(path))
    trail = breadcrumbs(visit, [(f"/{folder}", visit.words(f"nav.{folder}")), (path, title)])
    indexed = place_of(visit) == FIRST
    values = {"c": item, "pairs": pairs, "cursor": cursor_of(visit)}
    return Document(
        template, title, description[:300], values, structured=graph(trail), indexed=indexed, label=_LABELS[folder]
    )
