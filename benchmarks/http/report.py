"""Report: the figures as they are printed."""

import argparse
import platform
from statistics import median
from time import perf_counter

import uvicorn

from benchmarks.http.load import ask, post
from benchmarks.http.measure import Measure
from benchmarks.http.scenario import Scenario
from benchmarks.http.server import Server, careergraph

SERVERS = ("bare uvicorn", "careergraph", "stock Strawberry")


def report(measure: Measure, ours: Server) -> None:
    """Prints what was measured."""
    arguments = measure.arguments
    loop = "uvloop" if ours.uses("uvloop") else "asyncio"
    parser = "httptools" if ours.uses("httptools") else "h11"
    print(f"Python {platform.python_version()}, uvicorn {uvicorn.__version__} with {loop} and {parser}")
    print(
        f"{len(measure.catalog.careers):,} careers, {arguments.rounds} rounds of {arguments.requests:,} requests, "
        f"{arguments.connections} at a time; CPU time of the server, medians of the rounds"
    )
    for scenario in measure.scenarios:
        _scenario(measure, scenario)
    right = "all right" if not measure.wrong else f"{len(measure.wrong)} WRONG"
    print(f"\nanswers: {right}; {measure.compared} of them compared with standard execution to the byte")
    for text in measure.wrong[:5]:
        print(f"  {text}")
    print(f"memory: {ours.rss():.0f} MB now, {ours.peak():.0f} MB at most")


def started(database: str, arguments: argparse.Namespace) -> None:
    """Prints how long a start takes, to the first answer."""
    seconds, cpu = [], []
    for _ in range(3):
        start = perf_counter()
        with careergraph(database, arguments.core, program=[str(arguments.command)]) as server:
            ask(server.port, _FIRST)
            seconds.append(perf_counter() - start)
            cpu.append(server.cpu())
            memory = server.rss()
    print(f"start to first answer: {min(seconds):.2f} s ({min(cpu):.2f} s of CPU time), {memory:.0f} MB then")


_FIRST = post("/graphql", b'{"query":"{ catalog { version careers } }"}')


def _scenario(measure: Measure, scenario: Scenario) -> None:
    goal = f" (goal {scenario.least:.2f})" if scenario.least else ""
    size = len(measure.samples[scenario.path][1])
    print(f"\n{scenario.name}, {size:,} bytes{goal}")
    print(f"  {'':<18}{'CPU µs':>8}{'ratio':>8}{'p50 ms':>9}{'p99 ms':>9}{'p99 / bare':>12}")
    for name in SERVERS:
        loads = measure.loads[scenario.name, name]
        least = measure.loads[scenario.name, "bare uvicorn"]
        slower = median(it.percentile(0.99) / other.percentile(0.99) for it, other in zip(loads, least, strict=True))
        print(
            f"  {name:<18}{median(it.microseconds for it in loads):>8.0f}{measure.ratio(scenario, name):>8.3f}"
            f"{median(it.percentile(0.5) for it in loads):>9.2f}{median(it.percentile(0.99) for it in loads):>9.2f}"
            f"{slower:>12.1f}"
        )
