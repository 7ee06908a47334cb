"""Search: a page for people, and the titles that the boxes of the tool suggest."""

import msgspec

from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.titles import label_of
from careergraph.web.pages.rendering.visit import Visit

LONGEST = 200
"""The longest text that is searched for, in characters."""

MOST_TITLES = 8
"""Careers that a box suggests."""


async def search(visit: Visit) -> Document:
    """The page of search results."""
    text = dict(visit.query()).get("text", "")[:LONGEST]
    data = await visit.ask("search", text=text) if text else {"search": []}
    values = data | {"text": text, "hits": data["search"]}
    return Document("search.html", "search", values=values, indexed=False, label="page.search.title")


async def titles(visit: Visit) -> Document:
    """The careers with a title or other name that matches a text, as JSON: value, field and alias of each option."""
    text = dict(visit.query()).get("text", "")[:LONGEST]
    hits = (await visit.ask("titles", text=text))["search"] if text else []
    careers = [hit for hit in hits if hit["node"]["__typename"] == "Career"]
    fitting = [hit for hit in careers if hit["matched"] in (hit["node"]["title"], *hit["node"]["aliases"])]
    options = [
        {
            "value": label_of(visit.catalog, visit.locale, hit["node"]["slug"]),
            "field": hit["node"]["category"]["name"],
            "alias": None if hit["matched"] == hit["node"]["title"] else hit["matched"],
        }
        for hit in fitting[:MOST_TITLES]
    ]
    return Document("", "titles", raw=msgspec.json.encode(options))
