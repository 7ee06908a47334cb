"""The independent judge over pairs of a catalog: it re-derives every statement, and both moves, from their facts.

The seed's pairs are judged all of them, each written in both orders; of O*NET with wages and exposure, and of ESCO, it
takes random ones. Each pair is judged in English or German.

    python -m benchmarks.truth [--only onet] [--pairs 20000] [--seed 1] [--data ../shared/data]
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.imported import FOLDERS, imported

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from benchmarks.imports import DATA
from careergraph.engine.comparison.compare import compare
from careergraph.engine.content import Catalog
from careergraph.engine.content.outcome import Side
from truth.checker import faults
from truth.moves import transition_faults


def main() -> int:
    """Judge, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.truth", description=__doc__)
    parser.add_argument("--only", choices=tuple(FOLDERS), help="one of the catalogs")
    parser.add_argument("--pairs", type=int, default=20_000, help="pairs that are judged of each catalog, at most")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the random numbers")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of open data")
    arguments = parser.parse_args()
    names = [it for it in FOLDERS if arguments.only in (None, it)]
    return max([_judge(name, arguments.data, arguments.pairs, arguments.seed) for name in names])


def _judge(name: str, data: Path, most: int, seed: int) -> int:
    """Judge the pairs of a catalog; return 1 where any statement is wrong."""
    if not (data / FOLDERS[name]).is_dir():
        print(f"{name}: no open data at {data / FOLDERS[name]}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        catalog = imported(data, Path(folder), name)
    start, random, slugs = perf_counter(), Random(seed), list(catalog.careers)
    pairs = _pairs(slugs, most, random)
    wrong = [f"{a} {b}: {it}" for a, b in pairs for it in _faults(catalog, a, b, random.choice(("en", "de")))]
    print(f"{name}: {len(pairs):,} pairs of {len(slugs):,} careers judged in {perf_counter() - start:.0f} s")
    print(f"{len(wrong):12,} false or missing statements", *wrong[:10], sep="\n  ", flush=True)
    return bool(wrong)


def _pairs(slugs: Sequence[str], most: int, random: Random) -> list[tuple[str, str]]:
    """All pairs in both orders, or so many random ones where there are more."""
    if len(slugs) * (len(slugs) - 1) <= most:
        return list(permutations(slugs, 2))
    return [(a, b) for a, b in (random.sample(slugs, 2) for _ in range(most))]


def _faults(catalog: Catalog, a: str, b: str, locale: str) -> list[str]:
    comparison = compare(catalog, a, b, locale)
    moves = [comparison.transition(side) for side in Side]
    return [*faults(comparison), *[wrong for it in moves for wrong in transition_faults(catalog, it)]]


if __name__ == "__main__":
    sys.exit(main())
