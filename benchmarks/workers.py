"""Memory of `careergraph serve --workers N`: resident (RSS) and proportional (PSS) megabytes of all its processes.

Run it: `python -m benchmarks.workers [--database URL] [--workers 1 2 4]`. Needs Linux's /proc.
"""

import argparse
import subprocess
import sys
import urllib.request
from pathlib import Path

QUERY = "/graphql?query=%7Bcareers(first:20)%7Bedges%7Bnode%7Bslug%20title%7D%7D%7D%7D"
REQUESTS = 200
"""Requests before memory is read: every worker has answered by then."""


def main() -> None:
    """Print a line for each number of workers."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--database", default="sqlite:///var/careergraph.db")
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    arguments = options.parse_args()
    print("workers  processes  RSS MB  PSS MB")
    for count in arguments.workers:
        resident, proportional, processes = measure(count, arguments.database)
        print(f"{count:7}  {processes:9}  {resident:6.0f}  {proportional:6.0f}")


def measure(count: int, database: str) -> tuple[float, float, int]:
    """Return megabytes of RSS and PSS, and the number of processes."""
    command = [sys.executable, "-m", "careergraph", "serve", "--port", "0", "--database", database]
    with subprocess.Popen([*command, "--workers", str(count)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        for _ in range(REQUESTS):
            with urllib.request.urlopen(address + QUERY) as response:  # noqa: S310 - our own address
                response.read()
        sizes = [_memory(pid) for pid in _family(server.pid)]
        server.terminate()
    return sum(it[0] for it in sizes) / 1000, sum(it[1] for it in sizes) / 1000, len(sizes)


def _family(pid: int) -> list[int]:
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *[it for child in below for it in _family(int(child))]]


def _memory(pid: int) -> tuple[int, int]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return kilobytes["Rss"], kilobytes["Pss"]


if __name__ == "__main__":
    main()
