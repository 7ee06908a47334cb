"""How many comparisons a second `careergraph export --comparisons` writes, each with all that its page says.

Two shares of all pairs of a generated catalog are written, a small one and a large one, each by the command itself into
a folder of its own. The rate is that of the difference, so that starting and reading the catalog are not in it; what
they take is printed beside it. CPU time is that of all processes together: on a machine with other work on it, the rate
for each second of CPU is the one to look at.

    python -m benchmarks.export [--careers 1000] [--share 25] [--processes 2]
"""

import argparse
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks.generate import generated
from careergraph.store.database import connect, transaction
from careergraph.store.migrate import upgrade
from careergraph.store.publish import publish


class Run(NamedTuple):
    """What one run of the command took, in seconds, and what it wrote."""

    wall: float
    cpu: float
    lines: int
    size: int


def main() -> None:
    """Measures and prints."""
    asked = _arguments()
    with TemporaryDirectory() as folder:
        database = _database(Path(folder), asked.careers)
        small = _run(Path(folder) / "small", database, asked.share * 10, asked.processes)
        large = _run(Path(folder) / "large", database, asked.share, asked.processes)
    lines, wall, cpu = large.lines - small.lines, large.wall - small.wall, large.cpu - small.cpu
    print(f"{large.lines:,} comparisons of {large.size / large.lines / 1000:.1f} kB by {asked.processes} processes")
    print(f"  {lines / wall:,.0f} a second, {lines / cpu:,.0f} for each second of CPU")
    print(f"  start: {small.wall - small.lines * wall / lines:.1f} s")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export", description="Measure the export.")
    parser.add_argument("--careers", type=int, default=1000, help="generated careers, beside those of the seed")
    parser.add_argument("--share", type=int, default=25, help="which part of all pairs is written: 1 out of so many")
    parser.add_argument("--processes", type=int, default=2, help="processes that write")
    return parser.parse_args()


def _database(folder: Path, careers: int) -> str:
    database = f"sqlite:///{folder / 'careergraph.db'}"
    engine = connect(database)
    upgrade(engine)
    with transaction(engine) as session:
        publish(session, list(generated(careers)), "benchmark", "")
    engine.dispose()
    return database


def _run(folder: Path, database: str, share: int, processes: int) -> Run:
    command = (sys.executable, "-m", "careergraph", "export", "--comparisons", str(folder), "--database", database)
    before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
    more = ("--shard", f"1/{share}", "--processes", str(processes))
    subprocess.run((*command, *more), check=True, capture_output=True)
    wall, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    files = list(folder.glob("*/*.jsonl"))
    lines = sum(file.read_bytes().count(b"\n") for file in files)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, lines, sum(file.stat().st_size for file in files))


if __name__ == "__main__":
    main()
