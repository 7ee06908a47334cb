"""Search: a page for people, and the titles that the boxes of the tool suggest."""

import msgspec

from careergraph.web.pages.rendering.render import Document
from careergraph.web.pages.rendering.titles import label_of
from careergraph.web.pages.rendering.visit import Visit

LONGEST = 200
"""Characters of a text that are looked for."""

MOST_TITLES = 8
"""Careers that a box suggests."""


async def search(visit: Visit) -> Document:
    """The page of what is found by a text."""
    text = dict(visit.query()).get("text", "")[:LONGEST]
    hits = (await visit.ask("search", text=text))["search"] if text else []
    return Document(
        "search.html", "search", values={"text": text, "hits": hits}, indexed=False, label="page.search.title"
    )


async def titles(visit: Visit) -> Document:
    """The careers whose title or other name fits a text, as JSON: what a box would hold, and what to show beside it."""
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
