"""Serving: CPU time of a request against a bare uvicorn that sends the same bytes, for `careergraph serve`, and for its
app under a host's uvicorn, alone and mounted in the host's own; beside Mercurius with graphql-jit and a stock
Strawberry; and how long an ordinary client waits, over one connection and with a head and a body that it sends apart.

Ours is what `make serve` starts: the command `careergraph serve` of `.venv`, with what is installed there.

All servers run at once, on one core; the client has the other one. They are asked in turns, round by round, so that
whatever else the machine does meets all alike; each figure is the median of the rounds. Before the rounds each server
is warmed up in the same way: by pairs in which each career stands at each place once. Every answer is looked into, and
of each scenario some are compared with standard execution to the byte.

With `--watched` it measures what metrics, a rate limit and a log cost, by the servers of this Python, which has their
packages.

    make bench-http [ARGS="--careers 1000 --rounds 7 --requests 3000 --connections 32"]
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.http import bare, mercurius
from benchmarks.http.database import filled_database
from benchmarks.http.measure import Measure
from benchmarks.http.report import report, started
from benchmarks.http.server import Server, careergraph, running
from benchmarks.http.waits import report_waits
from benchmarks.http.ways import ASGI, BARE, FRESH, MERCURIUS, MOUNTED, SERVE, STOCK, WATCHED

NONE_KEPT = {"CAREERGRAPH_ANSWERS_BYTES": "0"}


def main() -> int:
    """Measure and print; the exit code says whether every answer was right, and came in time."""
    arguments = _arguments()
    database = arguments.database or filled_database(arguments.folder, arguments.careers)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        measure = Measure(database, arguments)
        servers, missing = _start(measure, database, Path(folder), stack)
        measure.run(servers)
        report(measure, servers[SERVE], missing)
        in_time = report_waits(measure, servers[SERVE])
    started(database, arguments)
    return 0 if in_time and not measure.wrong else 1


def _start(measure: Measure, database: str, folder: Path, stack: ExitStack) -> tuple[dict[str, Server], str]:
    """Start all servers. Return them by name, and the reason why Mercurius is missing, if it is."""
    arguments = measure.arguments
    core, program = arguments.core, [str(arguments.command)]
    python = str(arguments.command.parent / "python")
    answers, careers = folder / "answers.json", folder / "careers.json"
    bare.write(answers, measure.answers())
    bare_uvicorn = running(BARE, [python, "-m", "benchmarks.http.bare", str(answers)], core)
    if arguments.watched:
        watched = [careergraph(database, core, name, **settings) for name, settings in WATCHED.items()]
        starts = [bare_uvicorn, careergraph(database, core, SERVE), *watched]
        return {server.name: server for server in map(stack.enter_context, starts)}, ""
    mercurius.write_careers(careers, measure.attributes, measure.edges)
    mounted = [python, "-m", "benchmarks.http.mounted", database]
    starts = [
        bare_uvicorn,
        careergraph(database, core, SERVE, program),
        careergraph(database, core, SERVE + FRESH, program, **NONE_KEPT),
        running(ASGI, [*mounted, "alone"], core),
        running(ASGI + FRESH, [*mounted, "alone"], core, **NONE_KEPT),
        running(MOUNTED, mounted, core),
        running(MOUNTED + FRESH, mounted, core, **NONE_KEPT),
        running(STOCK, [python, "-m", "benchmarks.http.stock", database], core),
    ]
    if not (missing := mercurius.install(folder)):
        starts.append(running(MERCURIUS, ["node", str(folder / "server.mjs"), str(careers)], core))
    return {server.name: server for server in map(stack.enter_context, starts)}, missing


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http", description="Measure the server.")
    parser.add_argument("--careers", type=int, default=1000, help="careers of the catalog that is served")
    parser.add_argument("--database", help="the address of a database to serve instead")
    parser.add_argument("--command", type=Path, default=Path(".venv/bin/careergraph"), help="whose `serve` is measured")
    parser.add_argument("--folder", type=Path, default=Path("var/benchmarks"), help="where made databases are kept")
    parser.add_argument("--rounds", type=int, default=7, help="rounds, of which the median counts")
    parser.add_argument("--requests", type=int, default=3000, help="requests of one server in a round")
    parser.add_argument("--connections", type=int, default=32, help="requests at a time")
    parser.add_argument("--watched", action="store_true", help="measure metrics, a rate limit and a log instead")
    parser.add_argument("--only", default="", help="only scenarios whose name begins so")
    parser.add_argument("--core", type=int, default=0, help="the core of the servers; the client takes the others")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
