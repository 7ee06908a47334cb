"""`python -m benchmarks.eval`: every quality figure in one run, with the simple ways of doing the same beside it.

python -m benchmarks.eval [--data ../shared/data] [--only meaning]
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.eval import listing, meaning, neighbours, searching, transitions, tried
from benchmarks.eval.figure import Figure, Skipped

SECTIONS: dict[str, Callable[[Path], Iterator[Figure | Skipped]]] = {
    "meaning": meaning.figures,
    "neighbours": neighbours.figures,
    "searching": searching.figures,
    "listing": listing.figures,
    "transitions": transitions.figures,
    "tried": tried.figures,
}
"""The parts of the evaluation, by name. Each gives its figures one by one, as they are computed."""

DATA = Path(__file__).parents[3] / "shared" / "data"
"""Where the data lies: beside the checkout."""


def main() -> None:
    """Computes and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.eval", description="Print every quality figure.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the open career data")
    parser.add_argument("--only", choices=tuple(SECTIONS), help="one part of it")
    arguments = parser.parse_args()
    print(f"data: {arguments.data}")
    for name, figures in SECTIONS.items():
        if arguments.only in (None, name):
            print(f"\n{name}")
            for figure in figures(arguments.data):
                print("\n".join(figure.lines()), flush=True)


if __name__ == "__main__":
    main()
