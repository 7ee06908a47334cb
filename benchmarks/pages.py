"""What pages cost that nobody asked for before, in CPU time of the thread that answers, and how large they are.

`first` is the first page of its kind after the catalog came, with templates and operations still to be compiled. The
sitemap is read as a whole: the index and each file that it names.

    python -m benchmarks.pages [--careers 1000 | --database sqlite:///onet.db] [--pages 200]
"""

import argparse
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from random import Random
from time import process_time, thread_time

import anyio
import httpx

from benchmarks.generate import generated
from careergraph.engine.content import Catalog
from careergraph.store.build import build_catalog
from careergraph.store.documents import CareerDocument
from careergraph.web.app import CareerGraph
from careergraph.web.config import Config
from careergraph.web.content import open_catalogs

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
SITE = "https://careers.example"


class Fixed:
    """Catalogs of one version."""

    problem = None

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def current(self) -> Catalog:
        """The catalog."""
        return self._catalog

    def as_of(self, instant: datetime) -> Catalog:
        """The same catalog."""
        return self._catalog


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
    careergraph = CareerGraph(Config(pages=True, public_url=SITE), open_catalogs=lambda _: Fixed(catalog))
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
            median, p95 = ordered[count // 2], ordered[int(count * 0.95)]
            print(f"{kind:<12}{times[0]:>9.1f}{median:>8.1f}{p95:>8.1f}{ordered[-1]:>8.1f}{max(sizes) / 1000:>12.1f}")
        start, addresses = process_time(), 0
        index = await client.get("/sitemap.xml")
        for address in re.findall(rf"<loc>{SITE}(.*?)</loc>", index.text):
            addresses += (await client.get(address)).text.count("<url>")
        print(f"the sitemap: {addresses:,} addresses in {process_time() - start:.1f} s")


def _paths(catalog: Catalog) -> dict[str, Callable[[], str]]:
    """How to make an address of each kind of page, another one each time."""
    random, slugs = Random(1), sorted(catalog.careers)
    skills = _cycle(sorted(catalog.skills))

    def comparison(careers: int) -> Callable[[], str]:
        return lambda: "/compare/" + "-vs-".join(sorted(random.sample(slugs, careers)))

    each = _cycle(slugs)
    return {
        "comparison": comparison(2),
        "of three": comparison(3),
        "of six": comparison(6),
        "career": lambda: f"/careers/{next(each)}",
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
