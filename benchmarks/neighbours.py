"""What neighbours, paths and the listing of pairs cost, on O*NET's occupations where they are at hand, else on as many
generated careers. Processor time on one core.

    python -m benchmarks.neighbours [--data ../shared/data] [--careers 1000]
"""

import argparse
import gc
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from time import process_time

from benchmarks.engine import WHEN
from benchmarks.generate import generated
from benchmarks.imported import imported
from benchmarks.imports import DATA
from careergraph.api.base.page import PageArguments
from careergraph.api.base.view import View
from careergraph.api.connections.comparison_page import ComparisonFilter, comparisons
from careergraph.engine.content import Catalog
from careergraph.engine.similarity.incremental import renewed
from careergraph.engine.similarity.neighbours import neighbourhoods, worked_out
from careergraph.engine.similarity.pair_ranking import ranking
from careergraph.engine.text.localized_catalog import localize
from careergraph.engine.transition.path import LONGEST, cheapest
from careergraph.store.catalogs.build import build_catalog

TIMES = 3
PATHS = 200
PAGES = 50


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.neighbours", description="Measure neighbours.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of open data")
    parser.add_argument("--careers", type=int, default=1000, help="generated careers, where there is no open data")
    arguments = parser.parse_args()
    if (arguments.data / "onet_29_3").is_dir():
        with tempfile.TemporaryDirectory() as folder:
            catalog = imported(arguments.data, Path(folder))
    else:
        catalog = build_catalog(generated(arguments.careers), 1, WHEN)
    gc.collect()
    gc.freeze()  # the catalog is not looked through again and again
    print(f"\nneighbours of {len(catalog.careers):,} careers")
    _line("all of them, from the beginning", lambda: worked_out(catalog))
    _renewals(catalog)
    _line("ranking of pairs", lambda: ranking(replace(catalog, neighbourhoods=neighbourhoods(catalog))))
    _paths(catalog)
    _pages(catalog)


def _renewals(catalog: Catalog) -> None:
    """What a publish adds that edits a career's tasks, and one that adds a career."""
    all_neighbours, random = neighbourhoods(catalog), Random(1)
    seconds: dict[str, list[float]] = {"after an edit of one career": [], "after one career more": []}
    for slug in random.sample(list(catalog.careers), TIMES):
        career = catalog.careers[slug]
        profile = None if career.profile is None else replace(career.profile, tasks=career.profile.tasks[1:])
        edited = replace(catalog, careers={**catalog.careers, slug: replace(career, profile=profile)})
        seconds["after an edit of one career"].append(_seconds(lambda: renewed(catalog, all_neighbours, edited)))  # noqa: B023
        less = replace(catalog, careers={it: other for it, other in catalog.careers.items() if it != slug})
        before = worked_out(less)
        seconds["after one career more"].append(_seconds(lambda: renewed(less, before, catalog)))  # noqa: B023
    for name, times in seconds.items():
        print(f"  {name:<44}{min(times):9.2f} s    (longest of {TIMES}: {max(times):.2f} s)")


def _paths(catalog: Catalog) -> None:
    localized, random = localize(catalog), Random(1)
    careers = list(catalog.careers.values())
    pairs = [tuple(random.sample(careers, 2)) for _ in range(PATHS)]
    for most in range(2, LONGEST + 1):
        times = sorted(_seconds(lambda: cheapest(localized, a, b, most)) for a, b in pairs)  # noqa: B023
        name = f"path of {most} steps at most"
        print(f"  {name:<44}{1e3 * times[PATHS // 2]:9.2f} ms   (longest of {PATHS}: {1e3 * times[-1]:.1f} ms)")


def _pages(catalog: Catalog) -> None:
    """Pages of 100 all along the list: the cost must not grow on the way."""
    view = View(localize(catalog))
    whole = comparisons(view, PageArguments(first=1), ComparisonFilter()).total
    deep = Random(1)
    filters = {
        "a page of all pairs": ComparisonFilter(),
        "a page of pairs that score": ComparisonFilter(min_score=0.01),
    }
    for name, pair_filter in filters.items():
        listing = comparisons(view, PageArguments(first=1), pair_filter).listing
        places = sorted(deep.randrange(len(listing.items)) for _ in range(PAGES))
        cursors = [listing.cursor(listing.items[place]) for place in places]
        times = [
            _seconds(lambda: comparisons(view, PageArguments(first=100, after=cursor), pair_filter).items)  # noqa: B023
            for cursor in cursors
        ]
        near, far = sum(times[: PAGES // 2]), sum(times[PAGES // 2 :])
        print(f"  {name:<44}{1e3 * sum(times) / PAGES:9.2f} ms   (back half / front half: {far / near:.2f})")
    print(f"  {whole:,} pairs are listed, of which {len(ranking(catalog)):,} are ranked")


def _line(name: str, work: Callable[[], object]) -> None:
    print(f"  {name:<44}{_seconds(work):9.2f} s")


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


if __name__ == "__main__":
    main()
