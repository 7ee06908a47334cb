"""What pages cost that nobody asked for before, in CPU time of the thread that answers, and how large they are.

`first` is the first page of its kind after the process began, with templates and operations still to be compiled. Then
careers are published, one after the other, each loaded in a thread as a server does: how long the first and the tenth
page of each kind take after that, as medians over all publishes, and as a ratio, beside the ratio of the same round of
pages without a publish: whoever turns to another kind of page has cold caches too. Another kind comes first each time.
The sitemap is read as a whole: the index and each file that it names.

    python -m benchmarks.pages [--careers 1000 | --database sqlite:///onet.db] [--pages 200] [--publishes 24]
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
from anyio import to_thread

from benchmarks.generate import generated
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.documents.documents import CareerDocument
from careergraph.web.app import CareerGraph
from careergraph.web.catalogs.catalog_source import open_catalogs
from careergraph.web.core.config import Config

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
SITE = "https://careers.example"


LONGEST = 20
"""Careers with the longest slugs, whose comparisons in another language are the largest pages."""

FIRST = "what comes first"
"""The line about the very first page after a publish, of whichever kind it is."""

Paths = dict[str, Callable[[], str]]
Rounds = dict[str, tuple[list[float], list[float]]]
"""What the first and the tenth pages took, by kind."""

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
    parser.add_argument("--publishes", type=int, default=24, help="versions that are published")
    arguments = parser.parse_args()
    catalog = _catalog(arguments.careers, arguments.database)
    print(f"{len(catalog.careers):,} careers, {catalog.pairs:,} comparisons, {len(catalog.locales)} locales")
    print(f"{'page':<12}{'first ms':>9}{'median':>8}{'p95':>8}{'most':>8}{'largest kB':>12}")
    anyio.run(_measure, catalog, arguments.pages, arguments.publishes)


async def _measure(catalog: Catalog, count: int, publishes: int) -> None:
    shelf = Shelf(catalog)
    careergraph = CareerGraph(Config.of(pages=True, public_url=SITE), open_catalogs=lambda _: shelf)
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
        await _publish(careergraph, client, shelf, publishes)
        start, addresses = process_time(), 0
        index = await client.get("/sitemap.xml")
        for address in re.findall(rf"<loc>{SITE}(.*?)</loc>", index.text):
            addresses += (await client.get(address)).text.count("<url>")
        print(f"the sitemap: {addresses:,} addresses in {process_time() - start:.1f} s")


async def _publish(careergraph: CareerGraph, client: httpx.AsyncClient, shelf: Shelf, publishes: int) -> None:
    """Publishes careers, and prints what the first and the tenth page of each kind take after that."""
    random, paths = Random(2), _paths(shelf.catalog)
    rounds: dict[bool, Rounds] = {True: {}, False: {}}
    for number, slug in enumerate(random.sample(sorted(shelf.catalog.careers), publishes)):
        for published in (True, False):
            if published:
                shelf.publish(slug)
                await to_thread.run_sync(careergraph.catalog_holder.load)
            await _read(client, paths, number % len(paths), rounds[published])
    print(f"{'after a publish':<17}{'first ms':>9}{'tenth ms':>9}{'ratio':>7}{'ratio without a publish':>25}")
    for kind in [*paths, FIRST]:
        (first, tenth), (ratio, control) = rounds[True][kind], [_ratio(*each[kind]) for each in rounds.values()]
        print(f"{kind:<17}{median(first):>9.1f}{median(tenth):>9.1f}{ratio:>7.2f}{control:>25.2f}")


async def _read(client: httpx.AsyncClient, paths: Paths, place: int, times: Rounds) -> None:
    """Reads `TENTH` pages of each kind, from the kind at a place on, and adds what the first and the last took."""
    kinds = [*paths][place:] + [*paths][:place]
    for kind in kinds:
        each = [await _time(client, paths[kind]()) for _ in range(TENTH)]
        for name in (kind, *[FIRST] * (kind == kinds[0])):
            for figures, figure in zip(times.setdefault(name, ([], [])), (each[0], each[-1]), strict=True):
                figures.append(figure)


def _ratio(first: list[float], tenth: list[float]) -> float:
    return median(first) / median(tenth)


async def _time(client: httpx.AsyncClient, path: str) -> float:
    start = thread_time()
    (await client.get(path)).raise_for_status()
    return (thread_time() - start) * 1000


def _paths(catalog: Catalog) -> Paths:
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
