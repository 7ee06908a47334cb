"""How many pages the engine compares a second on one core, and what a catalog costs in time and memory.

A page is a comparison with its glance, its skills, its summary and its verdict, all statements with all of their facts.
The pairs come in random order, and each figure is the best of several rounds, because other work on the machine only
ever adds to it. The first round of a catalog is printed too: it pays for what is worked out once for a career.

    python -m benchmarks [--careers 1000] [--large 10000] [--pairs 4000] [--rounds 5] [--locale de]
"""

import argparse
import gc
import platform
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random
from time import perf_counter, process_time

import msgspec

from benchmarks.generate import generated, seeded
from careergraph.engine.comparison.compare import Comparison, compare
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.documents.documents import BY_TYPE, Document

SECTIONS = ("glance", "skills", "summary", "verdict")
WHEN = datetime(2026, 1, 1, tzinfo=UTC)

Pair = tuple[str, str]
Stored = Sequence[tuple[str, bytes]]
"""Documents as a database holds them: type and JSON."""


def main() -> None:
    """Measures and prints."""
    arguments = _arguments()
    print(f"Python {platform.python_version()}, one core, CPU time, locale {arguments.locale}")
    catalogs = {"seed": seeded(), f"{arguments.careers:,} careers": generated(arguments.careers)}
    for name, documents in catalogs.items():
        _engine(name, build_catalog(documents, 1, WHEN), arguments)
    print(f"\n{'catalog':<16}{'decode ms':>11}{'build ms':>11}{'memory MB':>11}{'kB a career':>13}")
    _catalog("seed", catalogs["seed"])
    _catalog(f"{arguments.large:,} careers", generated(arguments.large))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the engine and the catalog.")
    parser.add_argument("--careers", type=int, default=1000, help="generated careers that are compared")
    parser.add_argument("--large", type=int, default=10_000, help="generated careers of the catalog that is built")
    parser.add_argument("--pairs", type=int, default=4000, help="pairs in a round")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the best counts")
    parser.add_argument("--locale", default="en", help="locale of the sentences")
    return parser.parse_args()


def _engine(name: str, catalog: Catalog, arguments: argparse.Namespace) -> None:
    pairs = _pairs(catalog, arguments.pairs)

    def pages() -> None:
        for a, b in pairs:
            page = compare(catalog, a, b, arguments.locale)
            _ = page.glance, page.skills, page.summary, page.verdict.conclusion

    first = _seconds(pages)
    best = min(_seconds(pages) for _ in range(arguments.rounds))
    size = f"{len(catalog.careers)} careers, {_statements(catalog, pairs, arguments.locale):.1f} statements a page"
    print(
        f"\n{name}: {len(pairs) / best:,.0f} page comparisons a second ({size}; first round {len(pairs) / first:,.0f})"
    )
    for section in SECTIONS:
        seconds = min(_section(catalog, pairs, section, arguments.locale) for _ in range(arguments.rounds))
        print(f"  {section:<10}{seconds / len(pairs) * 1e6:7.1f} microseconds")


def _pairs(catalog: Catalog, count: int) -> list[Pair]:
    random, slugs = Random(1), list(catalog.careers)
    return [(a, b) for a, b in (random.sample(slugs, 2) for _ in range(count))]


def _section(catalog: Catalog, pairs: Sequence[Pair], section: str, locale: str) -> float:
    """The seconds that one section of all pairs takes, those that it is made from being there already."""
    comparisons = [compare(catalog, a, b, locale) for a, b in pairs]
    if section in ("summary", "verdict"):
        for comparison in comparisons:
            _ = comparison.glance, comparison.skills
    return _seconds(lambda: _read(comparisons, section))


def _read(comparisons: Sequence[Comparison], section: str) -> None:
    for comparison in comparisons:
        getattr(comparison, section)


def _statements(catalog: Catalog, pairs: Sequence[Pair], locale: str) -> float:
    count = 0
    for a, b in pairs:
        page = compare(catalog, a, b, locale)
        verdict = page.verdict
        count += len(page.summary) + len(verdict.either) + len(verdict.conclusion)
        count += len(verdict.choose_a.reasons) + len(verdict.choose_b.reasons)
    return count / len(pairs)


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def _catalog(name: str, documents: Sequence[Document]) -> None:
    stored = [(document.TYPE, msgspec.json.encode(document)) for document in documents]
    start = perf_counter()
    decoded = _decoded(stored)
    middle = perf_counter()
    careers = len(build_catalog(decoded, 1, WHEN).careers)
    end = perf_counter()
    del decoded
    megabytes = _megabytes(stored)
    print(f"{name:<16}{1e3 * (middle - start):>11.1f}{1e3 * (end - middle):>11.1f}", end="")
    print(f"{megabytes:>11.1f}{1e3 * megabytes / careers:>13.1f}")


def _decoded(stored: Stored) -> list[Document]:
    return [msgspec.json.decode(body, type=BY_TYPE[kind]) for kind, body in stored]


def _megabytes(stored: Stored) -> float:
    """What a catalog built from stored documents keeps, the documents themselves being gone."""
    gc.collect()
    tracemalloc.start()
    catalog = build_catalog(_decoded(stored), 1, WHEN)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert catalog.careers
    return kept / 1e6
