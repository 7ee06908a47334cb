"""How many comparisons a second `careergraph export --comparisons` writes, by one process and by several.

Two shares of all pairs are written by each number of processes, a small one and a large one, each by the command itself
into a folder of its own. The rate is that of the difference, so that starting and reading the catalog are not in it;
what they take is printed beside it, and from how many comparisons on several processes are sooner done than one. CPU
time is that of all processes together: on a machine with other work on it, it says more than the clock.

    python -m benchmarks.export [--careers 1000 | --database ADDRESS] [--share 10] [--processes 2]
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
from careergraph.store.database.database import connect, transaction
from careergraph.store.editing.publish import publish
from careergraph.store.migration.migrate import upgrade


class Run(NamedTuple):
    """What one run of the command took, in seconds, and what it wrote."""

    wall: float
    cpu: float
    lines: int
    size: int


class Rate(NamedTuple):
    """What writing takes: seconds to start, seconds for each comparison, and CPU seconds of each."""

    start: float
    start_cpu: float
    each: float
    each_cpu: float


def main() -> None:
    """Measures and prints."""
    options = _arguments()
    with TemporaryDirectory() as folder:
        database = options.database or _database(Path(folder), options.careers)
        alone, together = (_measured(Path(folder), database, options.share, it) for it in (1, options.processes))
    if (count := pays_from(alone.start, together.start, alone.each, together.each)) is not None:
        print(f"by the clock, {options.processes} processes are sooner done than one from {count:,} comparisons on")
    divided = together.each_cpu / options.processes
    started = alone.start_cpu + (together.start_cpu - alone.start_cpu) / options.processes
    if (count := pays_from(alone.start_cpu, started, alone.each_cpu, divided)) is not None:
        print(f"by CPU time, on so many idle cores, from {count:,} on")


def pays_from(start: float, other_start: float, each: float, other_each: float) -> int | None:
    """From how many comparisons on the other way takes less time; None where it never does."""
    return None if other_each >= each else max(0, round((other_start - start) / (each - other_each)))


def _measured(folder: Path, database: str, share: int, processes: int) -> Rate:
    small = _run(folder / f"small-{processes}", database, share * 10, processes)
    large = _run(folder / f"large-{processes}", database, share, processes)
    lines, wall, cpu = large.lines - small.lines, large.wall - small.wall, large.cpu - small.cpu
    each, each_cpu = wall / lines, cpu / lines
    start, start_cpu = small.wall - small.lines * each, small.cpu - small.lines * each_cpu
    print(f"{large.lines:,} comparisons of {large.size / large.lines / 1000:.1f} kB by {processes} processes")
    print(f"  {1 / each:,.0f} a second, {1 / each_cpu:,.0f} for each second of CPU")
    print(f"  start: {start:.1f} s, {start_cpu:.1f} s of CPU")
    return Rate(start, start_cpu, each, each_cpu)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export", description="Measure the export.")
    parser.add_argument("--careers", type=int, default=1000, help="generated careers, beside those of the seed")
    parser.add_argument("--database", help="the address of a database to export from instead")
    parser.add_argument("--share", type=int, default=10, help="which part of all pairs is written: 1 out of so many")
    parser.add_argument("--processes", type=int, default=2, help="processes that are compared with one")
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
