"""The independent judge over random pairs of the imported catalog: it re-derives every statement from its facts.

O*NET with wages and exposure is imported into a database of its own; each pair is judged in English or German.

    python -m benchmarks.truth [--pairs 20000] [--seed 1] [--data ../shared/data]
"""

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.imported import imported

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from benchmarks.imports import DATA
from careergraph.engine.comparison.compare import compare
from careergraph.engine.content import Catalog
from careergraph.engine.content.outcome import Side
from truth.checker import faults
from truth.moves import transition_faults


def main() -> int:
    """Judges, and prints what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.truth", description=__doc__)
    parser.add_argument("--pairs", type=int, default=20_000, help="pairs that are judged")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the random numbers")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of open data")
    arguments = parser.parse_args()
    if not (arguments.data / "onet_29_3").is_dir():
        print(f"truth: no open data at {arguments.data}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        catalog = imported(arguments.data, Path(folder))
    start = perf_counter()
    random, slugs = Random(arguments.seed), list(catalog.careers)
    wrong_statements = [
        f"{a} {b}: {wrong}"
        for a, b in (random.sample(slugs, 2) for _ in range(arguments.pairs))
        for wrong in _faults(catalog, a, b, random.choice(("en", "de")))
    ]
    print(f"{arguments.pairs:12,} pairs of {len(slugs):,} careers judged in {perf_counter() - start:.0f} s")
    print(f"{len(wrong_statements):12,} false or missing statements")
    for statement in wrong_statements[:10]:
        print(f"  {statement}")
    return 1 if wrong_statements else 0


def _faults(catalog: Catalog, a: str, b: str, locale: str) -> list[str]:
    comparison = compare(catalog, a, b, locale)
    moves = [comparison.transition(side) for side in Side]
    return [*faults(comparison), *[wrong for it in moves for wrong in transition_faults(catalog, it)]]


if __name__ == "__main__":
    sys.exit(main())
