"""Serving: CPU time of a request against a bare uvicorn that sends the same bytes, and against a stock Strawberry; and
how long an ordinary client waits, over one connection and with a head and a body that it sends apart.

Ours is what `make serve` starts: the command `careergraph serve` of `.venv`, with what is installed there.

All servers run at once, on one core; the client has the other one. They are asked in turns, round by round, so that
whatever else the machine does meets all alike; each figure is the median of the rounds. Every answer is looked into,
and of each scenario some are compared with standard execution to the byte.

    make bench-http [ARGS="--careers 1000 --rounds 7 --requests 3000 --connections 32"]
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.http import bare
from benchmarks.http.database import filled_database
from benchmarks.http.measure import Measure
from benchmarks.http.report import report, started
from benchmarks.http.server import careergraph, running
from benchmarks.http.waits import report_waits

UNKEPT = "careergraph, no answers kept"


def main() -> int:
    """Measures and prints; the exit code says whether every answer was right, and came in time."""
    arguments = _arguments()
    program, python = [str(arguments.command)], str(arguments.command.parent / "python")
    database = arguments.database or filled_database(arguments.folder, arguments.careers)
    with TemporaryDirectory() as folder:
        measure = Measure(database, arguments)
        file = Path(folder, "answers.json")
        bare.write(file, measure.answers())
        with (
            running("bare uvicorn", [python, "-m", "benchmarks.http.bare", str(file)], arguments.core) as least,
            careergraph(database, arguments.core, program=program) as ours,
            careergraph(database, arguments.core, UNKEPT, program, CAREERGRAPH_ANSWERS_BYTES="0") as fresh,
            running("stock Strawberry", [python, "-m", "benchmarks.http.stock", database], arguments.core) as stock,
        ):
            measure.run(least, ours, fresh, stock)
            report(measure, ours)
            in_time = report_waits(measure, ours)
    started(database, arguments)
    return 0 if in_time and not measure.wrong else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http", description="Measure the server.")
    parser.add_argument("--careers", type=int, default=1000, help="careers of the catalog that is served")
    parser.add_argument("--database", help="the address of a database to serve instead")
    parser.add_argument("--command", type=Path, default=Path(".venv/bin/careergraph"), help="whose `serve` is measured")
    parser.add_argument("--folder", type=Path, default=Path("var/benchmarks"), help="where made databases are kept")
    parser.add_argument("--rounds", type=int, default=7, help="rounds, of which the median counts")
    parser.add_argument("--requests", type=int, default=3000, help="requests of one server in a round")
    parser.add_argument("--connections", type=int, default=32, help="requests at a time")
    parser.add_argument("--only", default="", help="only scenarios whose name begins so")
    parser.add_argument("--core", type=int, default=0, help="the core of the servers; the client takes the others")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
