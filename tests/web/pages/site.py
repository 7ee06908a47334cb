"""The pages over the seeded catalog, to be asked and read by tests."""

import re
from html.parser import HTMLParser
from typing import Any

from careergraph import CareerGraph, Config
from careergraph.engine.content import Catalog
from truth import seeded
from web.client import Client
from web.stub import Shelf

PAIR = "/compare/ai-model-routing-engineer-vs-ai-multi-agent-systems-engineer"
THREE = "/compare/llm-application-engineer-vs-machine-learning-engineer-vs-software-developer"
SIX = "/compare/actuary-vs-biostatistician-vs-data-scientist-vs-electrician-vs-lawyer-vs-plumber"

EVERY_KIND = (
    "/",
    "/compare",
    "/compare?a=elec&b=Plumber",
    PAIR,
    PAIR + "?w.salary=8&w.learning-curve=3",
    "/compare/actuary-vs-plumber",
    "/compare/actuary-vs-plumber?region=United%20States",
    THREE,
    "/careers",
    "/careers/ai-model-routing-engineer",
    "/careers/plumber",
    "/skills",
    "/skills/python",
    "/categories",
    "/categories/healthcare",
    "/collections",
    "/collections/building-with-llms",
    "/search?text=python",
    SIX,
    "/search",
    "/search?text=zzzz",
    "/de",
    "/de" + PAIR,
    "/de/careers/plumber",
    "/de/compare/plumber-vs-solar-installer",
)
"""A page of each kind."""

INDEXED = tuple(path for path in EVERY_KIND if "?" not in path and path not in (SIX, "/search"))
"""Those that search engines list."""

PROBLEMS = (
    "/careers/plumbre",
    "/compare/plumbre-vs-actuari",
    "/compare/plumber-vs-plumber",
    "/compare/actuary-vs-plumber?region=Atlantis",
    "/compare/actuary-vs-plumber?w.salary=99",
    "/nothing/here",
    "/search?text=%FF",
    "/de/skills/pythn",
)
"""A page of each kind of problem."""


def site(catalog: Catalog | None = None, **settings: Any) -> CareerGraph:
    """An app with pages over a catalog in memory, the seeded one without another."""
    shelf = Shelf(catalog or seeded.catalog())
    return CareerGraph(Config.of(pages=True, **settings), open_catalogs=lambda _: shelf)


def client(catalog: Catalog | None = None, **settings: Any) -> Client:
    """A client of such an app."""
    return Client(site(catalog, **settings).asgi())


class Page(HTMLParser):
    """A page as tests read it: its elements, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Notes a text."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All that the page says, with single spaces."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of a tag."""
        return [attributes for name, attributes in self.elements if name == tag]

    def hrefs(self) -> list[str]:
        """Where the links of the page lead."""
        return [href for each in self.all("a") if (href := each.get("href"))]


def cells(html: str) -> dict[str, list[str]]:
    """The rows of the table at a glance: the texts of their cells, by attribute."""
    rows = re.findall(r'<tr[^>]*><th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', html, re.DOTALL)
    plain = [(label, re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL)) for label, row in rows]
    return {label: [" ".join(Page(cell).text.replace("\u200b", "").split()) for cell in row] for label, row in plain}
