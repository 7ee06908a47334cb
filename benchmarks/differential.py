"""Plans against standard execution: random queries, whose answers must be the same bytes.

Fragments, aliases, `@skip` and `@include`, variables, unions, interfaces, refused arguments, over two catalogs.

    python -m benchmarks.differential [--cases 20000] [--seed 1]
"""

import argparse
import sys
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from api.compiler.comparing import Comparison


def main() -> int:
    """Compares, and prints what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.differential", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="valid queries that are compared")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the random numbers")
    arguments = parser.parse_args()
    start = perf_counter()
    comparison = Comparison(Random(arguments.seed))
    comparison.run(arguments.cases)
    for what, count in comparison.counts.most_common():
        print(f"{count:12,} {what}")
    print(f"{len(comparison.different):12,} different, in {perf_counter() - start:.0f} s")
    for case in comparison.different[:3]:
        print(f"\n{case}")
    return 1 if comparison.different else 0


if __name__ == "__main__":
    sys.exit(main())
