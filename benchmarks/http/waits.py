"""Waits: how long an ordinary client waits for an answer: Python's own, over one connection that it keeps.

It sends the head and the body of a request in two segments and accepts gzip, as most do. A server that waits for an
acknowledgement before it sends the body of its answer shows here, at 40 ms each, and nowhere in its CPU time.
"""

from gzip import decompress
from http.client import HTTPConnection
from itertools import cycle, islice
from statistics import median, quantiles
from time import perf_counter

from benchmarks.http.measure import Measure
from benchmarks.http.scenario import Scenario
from benchmarks.http.server import Server

GOAL = 2.0
"""The most that the median may be, in milliseconds."""

REQUESTS = 500
HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}


def report_waits(measure: Measure, server: Server) -> bool:
    """Measures and prints; answers whether all medians are below the goal. Notes wrong answers in `measure.wrong`."""
    print(f"\nan ordinary client: one connection, head and body apart, gzip accepted (goal: median below {GOAL:g} ms)")
    medians = []
    for scenario in measure.scenarios:
        waits, sizes = _waits(measure, scenario, server)
        medians.append(median(waits))
        late = "" if medians[-1] < GOAL else "  TOO LATE"
        p99 = quantiles(waits, n=100)[98]
        print(f"  {scenario.name:<28}{medians[-1]:>7.2f} ms{p99:>9.2f} ms p99{median(sizes):>9,.0f} bytes sent{late}")
    return all(it < GOAL for it in medians)


def _waits(measure: Measure, scenario: Scenario, server: Server) -> tuple[list[float], list[int]]:
    """Milliseconds that each answer took, and its size as it was sent."""
    waits, sizes = [], []
    client = HTTPConnection("127.0.0.1", server.port, timeout=60)
    for variables, expected in islice(cycle(zip(scenario.variables, scenario.expected, strict=True)), REQUESTS):
        body = scenario.body(variables)
        start = perf_counter()
        client.request("POST", "/graphql", body, HEADERS)
        answer = client.getresponse()
        content = answer.read()
        waits.append(1e3 * (perf_counter() - start))
        sizes.append(len(content))
        text = decompress(content) if answer.getheader("Content-Encoding") == "gzip" else content
        if answer.status != 200 or not text.startswith(b'{"data"') or expected not in text:
            measure.wrong.append(f"{server.name}, {scenario.name}, an ordinary client: {text[:300]!r}")
    client.close()
    return waits, sizes
