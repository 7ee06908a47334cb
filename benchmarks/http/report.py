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
from benchmarks.http.ways import GOALS, GOALS_IMPORTED, SCENARIOS


def report(measure: Measure, ours: Server, missing: str) -> None:
    """Print what was measured; `missing` is the reason why Mercurius is not among it."""
    arguments = measure.arguments
    loop = "uvloop" if ours.uses("uvloop") else "asyncio"
    parser = "httptools" if ours.uses("httptools") else "h11"
    print(f"Python {platform.python_version()}, uvicorn {uvicorn.__version__} with {loop} and {parser}")
    print(
        f"{len(measure.catalog.careers):,} careers, {arguments.rounds} rounds of {arguments.requests:,} requests, "
        f"{arguments.connections} at a time; CPU time of the server, medians of the rounds"
    )
    print("warmed up alike: by pairs in which each career stands at each place once; cold is the time of these")
    for scenario in measure.scenarios:
        _scenario(measure, scenario)
    _summary(measure)
    if missing:
        print(f"Mercurius is left out: {missing}")
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
    size = len(measure.samples[scenario.path][1])
    print(f"\n{scenario.name}, {size:,} bytes")
    print(f"  {'':<38}{'CPU µs':>8}{'cold':>7}{'ratio':>8}{'p50 ms':>9}{'p99 ms':>9}{'p99 / bare':>12}")
    for way in measure.ways:
        loads = measure.loads[scenario.name, way]
        cold = "" if way.apart or way.gzip else f"{measure.first[scenario.name, way.server].microseconds:.0f}"
        print(
            f"  {way!s:<38}{median(it.microseconds for it in loads):>8.0f}{cold:>7}{measure.ratio(scenario, way):>8.3f}"
            f"{median(it.percentile(0.5) for it in loads):>9.2f}{median(it.percentile(0.99) for it in loads):>9.2f}"
            f"{measure.slower(scenario, way):>12.1f}"
        )


def _summary(measure: Measure) -> None:
    """Print the ratios of all scenarios, and the worst of the waits, one way below the other."""
    goals = GOALS_IMPORTED if measure.arguments.database else GOALS
    columns = [it.path.removeprefix("/") for it in measure.scenarios]
    print(f"\n{'CPU time of a bare uvicorn / of ours':<40}" + "".join(f"{it:>11}" for it in (*columns, "p99/bare")))
    for way in measure.ways[1:]:
        if way.server in goals and not way.apart and not way.gzip:
            *least, most = goals[way.server]
            goal = [least[SCENARIOS.index(it.path)] for it in measure.scenarios]
            print(
                f"{'goal of ' + way.server:<40}" + "".join(f"{f'≥ {it:.2f}':>11}" for it in goal) + f"{f'≤ {most}':>11}"
            )
        ratios = [measure.ratio(it, way) for it in measure.scenarios]
        worst = max(measure.slower(it, way) for it in measure.scenarios)
        print(f"{way!s:<40}" + "".join(f"{it:>11.3f}" for it in ratios) + f"{worst:>11.1f}")
