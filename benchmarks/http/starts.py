"""Starts: how long `careergraph serve` takes to its first response, and how long the first request of each kind takes
right after the start and some seconds later.

Each is asked of a server of its own. What a server does beside the request counts as CPU time too.

    python -m benchmarks.http.starts [--database sqlite:///copy.db] [--careers 1000] [--rounds 3] [--rest 8]
"""

import argparse
import sys
from pathlib import Path
from time import perf_counter, sleep

import msgspec

from benchmarks.http.database import filled_database
from benchmarks.http.load import ask, post
from benchmarks.http.report import started
from benchmarks.http.server import careergraph
from careergraph.store.catalogs.first_catalog import read_first

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def requests(database: str) -> dict[str, bytes]:
    """The requests by their names."""
    first = read_first(database)
    if first is None:
        raise SystemExit(f"{database} is no SQLite database of this version")
    a, b = list(first.catalog.careers)[:2]
    return {
        "comparison": _query(f'{{ comparison(a: "{a}", b: "{b}") {{ title summary {{ text }} }} }}'),
        "search": _query('{ search(text: "engineer", first: 5) { score } }'),
        "editors' query": _query("{ editor { queues { missing { totalCount } } } }"),
        "page": _get("/compare"),
        "page of a comparison": _get(f"/compare/{a}-vs-{b}"),
        "screen of the admin": _get("/admin/sign-in"),
        "REST": _get("/api/careers?first=5"),
    }


def _query(text: str) -> bytes:
    return post("/graphql", msgspec.json.encode({"query": text}))


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def measured(database: str, command: Path, request: bytes, rest: float) -> tuple[float, float]:
    """The milliseconds, and those of CPU time, of a request some seconds after the start."""
    with careergraph(database, None, program=[str(command)]) as server:
        ask(server.port, HEALTH)
        sleep(rest)
        start, cpu = perf_counter(), server.cpu()
        ask(server.port, request)
        return 1e3 * (perf_counter() - start), 1e3 * (server.cpu() - cpu)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http.starts", description=__doc__)
    parser.add_argument("--database", help="the address of an SQLite database to serve")
    parser.add_argument("--careers", type=int, default=1000, help="careers of the catalog otherwise")
    parser.add_argument("--rounds", type=int, default=3, help="starts for each figure, of which the least counts")
    parser.add_argument("--rest", type=float, default=8.0, help="seconds after which a server is at rest")
    parser.add_argument("--folder", type=Path, default=Path("var/benchmarks"), help="where made databases are kept")
    parser.add_argument("--command", type=Path, default=Path(".venv/bin/careergraph"), help="whose `serve` is measured")
    parser.add_argument("--core", type=int, help="the core of the servers; any by default")
    parser.add_argument("--only", help="names of requests with commas between; empty for the start alone")
    options = parser.parse_args()
    database = options.database or filled_database(options.folder, options.careers)
    started(database, options)
    names = None if options.only is None else options.only.split(",")
    print(f"{'first request, ms':24}{'at once':>10}{'CPU':>8}{f'after {options.rest:g} s':>12}{'CPU':>8}")
    for name, request in requests(database).items():
        if names is None or name in names:
            times = [
                [measured(database, options.command, request, rest) for _ in range(options.rounds)]
                for rest in (0.0, options.rest)
            ]
            (soon, soon_cpu), (late, late_cpu) = [map(min, zip(*some, strict=True)) for some in times]
            print(f"{name:24}{soon:>10.0f}{soon_cpu:>8.0f}{late:>12.0f}{late_cpu:>8.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
