"""Warm-up: pages of a new catalog are rendered before it goes live, at nobody's cost and within a time."""

from dataclasses import replace

import pytest

from careergraph import CareerGraph, Config
from careergraph.web.execution.rate_limiter import RateLimiter
from careergraph.web.pages import warm_up
from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.rendering import Rendering
from careergraph.web.pages.rendering.visit import Visit
from truth import seeded
from waiting import wait_until
from web.client import Client
from web.pages.site import PAIR, THREE
from web.stub import Shelf

KINDS = (
    PAIR,
    "/compare/actuary-vs-plumber",
    THREE,
    "/careers/plumber",
    "/compare",
    "/skills/python",
    "/categories/healthcare",
)
TEMPLATES = {"comparison.html", "several.html", "career.html", "tool.html", "skill.html", "category.html"}


class Publisher:
    """An app with pages, of which new versions are published; `charged` is what clients were charged in all."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._shelf = Shelf(seeded.catalog())
        self._app = CareerGraph(
            Config.of(pages=True, rate_limit=1_000_000, poll_seconds=3600), open_catalogs=lambda _: self._shelf
        )
        self.client = Client(self._app.asgi())
        self.charged = 0
        self._rendered: list[tuple[str, str, int, str]] = []
        render, take = Rendering.render, RateLimiter.take

        def note_page(rendering: Rendering, document: Document, visit: Visit) -> bytes:
            self._rendered.append((document.template, visit.addresses.path, visit.catalog.version, visit.locale.code))
            return render(rendering, document, visit)

        def note_charge(limiter: RateLimiter, client: str, cost: int, *, once: bool = False) -> None:
            self.charged += cost
            take(limiter, client, cost, once=once)

        monkeypatch.setattr(warm_up, "SECONDS", 600)  # a busy machine renders fewer in the usual time
        monkeypatch.setattr(Rendering, "render", note_page)
        monkeypatch.setattr(RateLimiter, "take", note_charge)

    def read(self) -> None:
        """Reads a page of each kind often enough for its operations to be compiled."""
        for number in range(4):
            for path in KINDS:
                assert self.client.get(f"{path}?read={number}").status_code == 200

    def publish(self) -> list[tuple[str, str, int, str]]:
        """Publishes another title of plumbers; returns templates, paths, versions and locales of rendered pages."""
        wait_until(
            lambda: self._app.catalog_holder.is_prepared
        )  # what comes before is served at once, and rendered later
        catalog = self._shelf.published
        version = catalog.version + 1
        career = replace(catalog.careers["plumber"], title={"en": f"Plumber of {version}"})
        careers = {**catalog.careers, "plumber": career}
        self._shelf.published = replace(catalog, version=version, careers=careers, neighbourhoods=None, base=catalog)
        self._rendered.clear()
        self._app.catalog_holder.load()
        return list(self._rendered)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Publisher:
    """An app whose versions a test publishes."""
    return Publisher(monkeypatch)


def test_pages_of_each_kind_are_rendered_from_the_new_catalog(publisher: Publisher) -> None:
    """In each language, those of the career that changed first; nobody is charged, and the page is the new one."""
    publisher.read()
    charged = publisher.charged
    assert charged > 0
    rendered = publisher.publish()
    templates, paths, versions, locales = zip(*rendered, strict=True)
    assert set(templates) == TEMPLATES
    assert set(versions) == {seeded.catalog().version + 1}
    assert set(locales) == {"en", "de"}
    assert "plumber" in paths[0]
    assert publisher.charged == charged
    assert "Plumber of 2" in publisher.client.get("/careers/plumber").text


def test_nothing_is_rendered_where_nobody_reads_pages(publisher: Publisher) -> None:
    """A server that answers programs only does nothing for people."""
    assert publisher.client.get("/").status_code == 200
    assert {template for template, *_ in publisher.publish()} <= {"tool.html"}


def test_it_ends_in_time(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pages there are: a new version goes live."""
    publisher.read()
    monkeypatch.setattr(warm_up, "SECONDS", -1)
    assert publisher.publish() == []
