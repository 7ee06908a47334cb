"""Listing: what readers meet first. Whether the first pairs give a reason for either side, and ESCO's own titles."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.eval.catalogs import catalog_of
from benchmarks.eval.figure import Figure, Skipped
from benchmarks.eval.searching import own_titles
from benchmarks.imported import FOLDERS
from careergraph.engine.comparison.compare import compare
from careergraph.engine.content import Catalog
from careergraph.engine.similarity.pair_ranking import ranking
from careergraph.engine.text.localized_catalog import localize

PAIRS = 3_000
"""The first pairs of the list that are looked at."""
NAMES = {"onet": "O*NET", "esco": "ESCO"}


def figures(data: Path) -> Iterator[Figure | Skipped]:
    """The figures, or why there are none."""
    for name, title in NAMES.items():
        if not (data / FOLDERS[name]).is_dir():
            yield Skipped(name=title, reason=f"there is no {data / FOLDERS[name]}")
            continue
        catalog = catalog_of(data, name)
        yield _reasoned(catalog, title)
        if name == "esco":
            yield own_titles(localize(catalog), title)


def _reasoned(catalog: Catalog, title: str) -> Figure:
    """The share of the first pairs that say for each side why one would choose it."""
    first = list(islice(ranking(catalog), PAIRS))
    verdicts = [compare(catalog, *it).verdict for it in first]
    both = [bool(it.choose_a.reasons and it.choose_b.reasons) for it in verdicts]
    return Figure(
        name=f"{title}: listed pairs with reasons for both sides",
        value=sum(both) / len(both),
        target=0.95,
        on=f"the first {len(both)} pairs, {len(both) - sum(both)} of them without",
    )
