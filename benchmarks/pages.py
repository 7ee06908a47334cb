"""What pages cost that nobody asked for before, in CPU time of the thread that answers, and how large they are.

`first` is the first page of its kind after the process began, with templates and operations still to be compiled. Then
careers are published, one after the other: how long the first and the tenth page of each kind take after that, each the
median of `PUBLISHES`. The sitemap is read as a whole: the index and each file that it names.

    python -m benchmarks.pages [--careers 1000 | --database sqlite:///onet.db] [--pages 200]
"""

import argparse
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from random import Random
from statistics import median
from time import process_time, thread_time
from types import MappingProxyType

import anyio
import httpx

from benchmarks.generate import generated
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.documents.documents import CareerDocument
from careergraph.web.app import CareerGraph
from careergraph.web.catalogs.catalog_source import open_catalogs
from careergraph.web.core.config import Config

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
SITE = "https://careers.example"


PUBLISHES = 5
"""How many publishes there are."""

LONGEST = 20
"""Careers with the longest slugs, whose comparisons in another language are the largest pages."""

TENTH = 10
"""Pages of a kind that are read after each."""


class Shelf:
    """Catalogs in memory, of which the newest is `catalog`."""

    problem = None

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def current(self) -> Catalog:
        """The catalog."""
        return self.catalog

    def publish(self, slug: str) -> None:
        """Makes a version with another title of a career."""
        career = self.catalog.careers[slug]
        title = {code: f"{text} of {self.catalog.version}" for code, text in career.title.items()}
        careers = MappingProxyType({**self.catalog.careers, slug: replace(career, title=title)})
        version, base = self.catalog.version + 1, self.catalog
        self.catalog = replace(self.catalog, version=version, careers=careers, neighbourhoods=None, base=base)

    def as_of(self, instant: datetime) -> Catalog:
        """The same catalog."""
        return self.catalog


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description="Measure pages.")
    parser.add_argument("--careers", type=int, default=1000, help="generated careers")
    parser.add_argument("--database", help="the address of a database, in place of generated careers")
    parser.add_argument("--pages", type=int, default=200, help="pages of each kind")
    arguments = parser.parse_args()
    catalog = _catalog(arguments.careers, arguments.database)
    print(f"{len(catalog.careers):,} careers, {catalog.pairs:,} comparisons, {len(catalog.locales)} locales")
    print(f"{'page':<12}{'first ms':>9}{'median':>8}{'p95':>8}{'most':>8}{'largest kB':>12}")
    anyio.run(_measure, catalog, arguments.pages)


async def _measure(catalog: Catalog, count: int) -> None:
    shelf = Shelf(catalog)
    careergraph = CareerGraph(Config(pages=True, public_url=SITE), open_catalogs=lambda _: shelf)
    transport = httpx.ASGITransport(careergraph.asgi())
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for kind, path in _paths(catalog).items():
            times, sizes = [], []
            for _ in range(count):
                start = thread_time()
                response = await client.get(path())
                times.append((thread_time() - start) * 1000)
                sizes.append(len(response.content))
                response.raise_for_status()
            ordered = sorted(times)
            p95 = ordered[int(count * 0.95)]
            figures = f"{times[0]:>9.1f}{median(ordered):>8.1f}{p95:>8.1f}{ordered[-1]:>8.1f}"
            print(f"{kind:<12}{figures}{max(sizes) / 1000:>12.1f}")
        await _publish(careergraph, client, shelf)
        start, addresses = process_time(), 0
        index = await client.get("/sitemap.xml")
        for address in re.findall(rf"<loc>{SITE}(.*?)</loc>", index.text):
            addresses += (await client.get(address)).text.count("<url>")
        print(f"the sitemap: {addresses:,} addresses in {process_time() - start:.1f} s")


async def _publish(careergraph: CareerGraph, client: httpx.AsyncClient, shelf: Shelf) -> None:
    """Publishes careers, and prints what the first and the tenth page of each kind take after that."""
    paths = _paths(shelf.catalog)
    times: dict[str, tuple[list[float], list[float]]] = {kind: ([], []) for kind in paths}
    for slug in Random(2).sample(sorted(shelf.catalog.careers), PUBLISHES):
        shelf.publish(slug)
        careergraph.runtime.load()
        for kind, path in paths.items():
            each = [await _time(client, path()) for _ in range(TENTH)]
            times[kind][0].append(each[0])
            times[kind][1].append(each[-1])
    print(f"{'after a publish':<15}{'first ms':>9}{'tenth ms':>9}")
    for kind, (first, tenth) in times.items():
        print(f"{kind:<15}{median(first):>9.1f}{median(tenth):>9.1f}")


async def _time(client: httpx.AsyncClient, path: str) -> float:
    start = thread_time()
    (await client.get(path)).raise_for_status()
    return (thread_time() - start) * 1000


def _paths(catalog: Catalog) -> dict[str, Callable[[], str]]:
    """How to make an address of each kind of page, another one each time."""
    random, slugs = Random(1), sorted(catalog.careers)
    skills = _cycle(sorted(catalog.skills))

    def comparison(careers: int) -> Callable[[], str]:
        return lambda: "/compare/" + "-vs-".join(sorted(random.sample(slugs, careers)))

    each = _cycle(slugs)
    longest = _cycle(["-vs-".join(pair) for pair in combinations(sorted(sorted(slugs, key=len)[-LONGEST:]), 2)])
    other = next((f"/{code}" for code in catalog.locales if code != catalog.default_locale), "")
    return {
        "comparison": comparison(2),
        "longest": lambda: f"{other}/compare/{next(longest)}",
        "of three": comparison(3),
        "of six": comparison(6),
        "career": lambda: f"/careers/{next(each)}",
        "tool": lambda: f"/compare?a={next(each)}",
        "skill": lambda: f"/skills/{next(skills)}",
        "suggestion": lambda: f"/titles.json?text={random.choice(slugs)[: random.randint(2, 6)]}",
    }


def _cycle(items: list[str]) -> Iterator[str]:
    while True:
        yield from items


def _catalog(careers: int, database: str | None) -> Catalog:
    if database is not None:
        return open_catalogs(Config(database_url=database)).current()
    documents = generated(careers)
    published = {document.ident: WHEN for document in documents if isinstance(document, CareerDocument)}
    return build_catalog(documents, 1, WHEN, published)


if __name__ == "__main__":
    main()
