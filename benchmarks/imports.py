"""What an import of the open data costs: time, processor time and memory of the command, each run on its own.

The table of figures is generated: a figure of demand in each of many regions for every career that O*NET brought.

    python -m benchmarks.imports [--data ../shared/data] [--only figures]
"""

import argparse
import csv
import gzip
import os
import sys
import tempfile
from itertools import islice, product
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"


ROWS = 200_000
"""The figures of the generated table."""
SOURCE = "editorial-estimate"
"""The source of the generated figures, which the seed has."""
REGIONS = 250
"""Regions to draw from; enough that `ROWS` are reached with the careers of O*NET."""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description="Measure imports.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of open data")
    parser.add_argument("--only", choices=("onet", "esco", "figures"), help="one of the imports")
    arguments = parser.parse_args()
    measure(arguments.data, arguments.only)


def measure(data: Path, only: str | None = None) -> None:
    """Imports what is there, and prints the cost of each step. ESCO goes into a database of its own."""
    if not (data / "onet_29_3").is_dir():
        print(f"\nimports: no open data at {data}")
        return
    print(f"\n{'import':<44}{'seconds':>9}{'CPU s':>8}{'memory MiB':>12}")
    with tempfile.TemporaryDirectory() as folder:
        if only != "esco":
            _measure_onet(data, Path(folder), only)
        if only in (None, "esco"):
            esco = ["import", "esco", str(data / "esco_1_2_0"), str(data / "esco_labels_2026-06")]
            _line("ESCO 1.2.0: publish", [*esco, "--publish", "--database", _database(Path(folder), "esco")])


def _measure_onet(data: Path, folder: Path, only: str | None) -> None:
    database = _database(folder, "onet")
    publish = ["--publish", "--database", database]
    _line("O*NET 29.3, wages, exposure: publish", [*onet_command(data), *publish])
    if only != "figures":
        _line("the same again", [*onet_command(data), *publish])
    if only is None:
        later = ["import", "onet", str(data / "onet_30_2_partial")]
        _line("O*NET 30.2, three tables: publish", [*later, *publish])
    if only != "onet":
        table = folder / "demand.csv"
        _write_figures(data, table)
        _line(f"{ROWS:,} figures: publish", ["import", "figures", str(table), *publish])


def onet_command(data: Path) -> list[str]:
    """The arguments that import O*NET 29.3 with wages and exposure."""
    wages = data / "bls_oews_2025" / "national_cross_industry.tsv.gz"
    exposure = data / "ai_exposure" / "gpts_are_gpts_occ_level.csv.gz"
    return ["import", "onet", str(data / "onet_29_3"), "--wages", str(wages), "--exposure", str(exposure)]


def _database(folder: Path, name: str) -> str:
    database = f"sqlite:///{folder}/{name}.db"
    run(["upgrade", "--database", database])
    return database


def _write_figures(data: Path, table: Path) -> None:
    with gzip.open(data / "onet_29_3" / "Job Zones.txt.gz", "rt", encoding="utf-8") as zones:
        codes = list(dict.fromkeys(row["O*NET-SOC Code"] for row in csv.DictReader(zones, delimiter="\t")))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("career", "attribute", "value", "unit", "source", "date", "region", "further"))
        for region, code in islice(product(range(REGIONS), codes), ROWS):
            value = f"{1 + (region * 7 + int(code[:2])) % 90 / 10}"
            place = f"Region {region:03}"
            writer.writerow((f"onet:{code}", "demand-score", value, "points", SOURCE, "2026-05", place, "yes"))


def _line(name: str, arguments: list[str]) -> None:
    start = perf_counter()
    cpu, memory = run(arguments)
    print(f"{name:<44}{perf_counter() - start:>9.1f}{cpu:>8.1f}{memory:>12.0f}")


def run(arguments: list[str]) -> tuple[float, float]:
    """Runs a command of its own; answers its processor seconds and the most memory it held, in MiB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    line = [sys.executable, "-m", "careergraph", *arguments]
    quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    child = os.posix_spawn(sys.executable, line, environment, file_actions=quiet)
    _, status, used = os.wait4(child, 0)
    assert status == 0, f"{' '.join(line)} ended with {status}"
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
