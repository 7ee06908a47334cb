"""What a unit of cost buys: CPU time and bytes for each 100 units, by root field, of the worst queries of a generator.

    python -m benchmarks.costs [--cases 2000] [--seed 1] [--data ../shared/data]

With `--data`, over the catalog of the open data instead of the seed's.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from api.asking import SEEDED
from api.worst import PRIVATE, Work, measured, set_aside, works
from benchmarks.imported import imported
from careergraph.api.base.context import Context
from careergraph.api.schema import schema
from careergraph.api.warm_up import steps

HIGHEST, AGAIN = 3, 4
"""How many works of a root field are measured again, and how often."""


def main() -> None:
    """Measures and prints a line for each root field."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.costs", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000, help="queries that are measured")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the random numbers")
    parser.add_argument("--data", type=Path, help="a folder of open data: measure over its catalog")
    parser.add_argument("--show", action="store_true", help="print the worst query of each root field")
    options = parser.parse_args()
    context = SEEDED if options.data is None else _imported(options.data)
    for _ in steps(context.catalog, None):
        pass  # as a server does before it answers from a catalog
    assert schema._schema.query_type is not None
    roots = [name for name in schema._schema.query_type.fields if name not in (*PRIVATE, "changes")]
    by_root: dict[str, list[Work]] = defaultdict(list)
    with set_aside():
        for root, work in works(context, [*roots, "__schema", "__type"], Random(options.seed), options.cases):
            by_root[root].append(work)
        dearest = {root: _dearest(context, works_) for root, works_ in by_root.items()}
    print(f"{'root field':<22}{'cases':>6}{'median':>9}{'worst':>9}{'longest':>10}{'worst kB':>10}")
    print(f"{'':<22}{'':>6}{'ms/100':>9}{'ms/100':>9}{'ms':>10}{'/100':>10}")
    worst: list[float] = []
    for root, works_ in sorted(by_root.items()):
        dear = dearest[root]
        worst.append(dear.rate)
        print(
            f"{root:<22}{len(works_):>6}{median(it.rate for it in works_):>9.2f}{dear.rate:>9.2f}"
            f"{max(it.milliseconds for it in works_):>10.1f}{max(it.size / it.cost / 10 for it in works_):>10.1f}"
        )
        if options.show:
            print(f"    cost {dear.cost}, {dear.standard:.1f} and {dear.planned:.1f} ms: {dear.query[:1000]}")
    print(f"the dearest root field takes {max(worst) / median(worst):.1f} times what the median does")


def _dearest(context: Context, drawn: list[Work]) -> Work:
    """The work with the highest rate, once the highest few were measured again: a busy machine only adds to one."""
    highest = sorted(drawn, key=lambda work: -work.rate)[:HIGHEST]
    for _ in range(AGAIN):
        highest = [work.least(again) for work in highest if (again := measured(work.query, context)) is not None]
    return max(highest, key=lambda work: work.rate)


def _imported(data: Path) -> Context:
    with TemporaryDirectory() as folder:
        catalog = imported(data, Path(folder))
    return Context(catalog, lambda _: catalog)


if __name__ == "__main__":
    main()
