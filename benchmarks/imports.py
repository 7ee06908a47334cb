"""What an import of the open data costs: time, processor time and memory of the command, each run on its own.

python -m benchmarks.imports [--data ../shared/data]
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description="Measure imports.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of open data")
    measure(parser.parse_args().data)


def measure(data: Path) -> None:
    """Imports what is there into a database of its own, and prints what each step costs."""
    if not (data / "onet_29_3").is_dir():
        print(f"\nimports: no open data at {data}")
        return
    wages = data / "bls_oews_2025" / "national_cross_industry.tsv.gz"
    exposure = data / "ai_exposure" / "gpts_are_gpts_occ_level.csv.gz"
    onet = ["import", "onet", str(data / "onet_29_3"), "--wages", str(wages), "--exposure", str(exposure)]
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/careergraph.db"
        run(["upgrade", "--database", database])
        print(f"\n{'import':<44}{'seconds':>9}{'CPU s':>8}{'memory MiB':>12}")
        _line("O*NET 29.3, wages, exposure: publish", [*onet, "--publish", "--database", database])
        _line("the same again", [*onet, "--publish", "--database", database])
        later = ["import", "onet", str(data / "onet_30_2_partial"), "--publish", "--database", database]
        _line("O*NET 30.2, three tables: publish", later)
        esco = ["import", "esco", str(data / "esco_1_2_0"), str(data / "esco_labels_2026-06")]
        _line("ESCO 1.2.0: drafts", [*esco, "--database", database])


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
