"""Measure: the rounds of the benchmark, and what comes of them."""

import argparse
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from statistics import median
from typing import Any

import msgspec
from graphql import ExecutionResult, execute, parse

from benchmarks.http.bare import Headers
from benchmarks.http.load import Load, Request, ask, run
from benchmarks.http.scenario import CAREERS, Scenario, scenarios
from benchmarks.http.server import Server, careergraph
from benchmarks.http.ways import BARE, FRESH, OURS, WAYS, Way
from careergraph.api.base.context import Context
from careergraph.api.schema import schema
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect

COMPARED = 60
"""Answers of each scenario that are compared to the byte."""

AHEAD = 200
"""Requests that a server gets ahead of each load, uncounted: it has slept while others were asked."""

SENT_BY_UVICORN = (b"date", b"server")


class Measure:
    """One run: loads by scenario and way, and the first load of each server, when nothing is rendered."""

    def __init__(self, database: str, arguments: argparse.Namespace) -> None:
        self._database, self.arguments = database, arguments
        self._catalogs = Catalogs(connect(database))
        self.catalog = self._catalogs.current()
        self.attributes, edges = self._careers()
        self.edges = edges
        count = 4 * arguments.rounds * (arguments.requests + AHEAD) + COMPARED
        every_scenario = scenarios(self.catalog, [it["cursor"] for it in edges], count)
        chosen = [it for it in every_scenario if it.kept or not arguments.watched]
        self.scenarios = [it for it in chosen if it.name.startswith(arguments.only)]
        self.loads: dict[tuple[str, Way], list[Load]] = defaultdict(list)
        self.first: dict[tuple[str, str], Load] = {}
        self.ways: list[Way] = []
        self.wrong: list[str] = []
        self.compared = 0

    def answers(self) -> dict[str, tuple[Headers, bytes]]:
        """Return one answer of each scenario, for the bare server: that of middle length of a few."""
        sample = {}
        with careergraph(self._database, None, program=[str(self.arguments.command)]) as server:
            for scenario in self.scenarios:
                few = [ask(server.port, scenario.request(it)) for it in scenario.variables[:41]]
                headers, body = sorted(few, key=lambda it: len(it[1]))[20]
                sample[scenario.path] = ([it for it in headers if it[0] not in SENT_BY_UVICORN], body)
        self.samples = sample
        return sample

    def run(self, servers: Mapping[str, Server]) -> None:
        """Warm all servers up in the same way, then run all rounds."""
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, cores - {self.arguments.core} or cores)
        self.ways = [way for way in WAYS if way.server in servers]
        for scenario in self.scenarios:
            for way in self.ways:
                if not way.apart and not way.gzip:
                    self._warm_up(scenario, servers[_name(scenario, way)], way)
                    if way.server in OURS:
                        self._compare(scenario, servers[_name(scenario, way)], way)
        streams = {(it.path, way): self._requests(it, way) for it in self.scenarios for way in self.ways}
        for _ in range(self.arguments.rounds):
            for scenario in self.scenarios:
                for way in self.ways:
                    server, count = servers[_name(scenario, way)], self.arguments.requests // way.fewer
                    ahead = AHEAD // way.fewer
                    requests = islice(streams[scenario.path, way], ahead + count)
                    self._load(scenario, server, way, islice(requests, ahead), ahead)
                    load = self._load(scenario, server, way, requests, count)
                    self.loads[scenario.name, way].append(load)
        os.sched_setaffinity(0, cores)

    def ratio(self, scenario: Scenario, way: Way) -> float:
        """Return the CPU time of a bare uvicorn as a part of that of a way."""
        pairs = zip(self.loads[scenario.name, Way(BARE)], self.loads[scenario.name, way], strict=True)
        return median(least.microseconds / load.microseconds for least, load in pairs)

    def slower(self, scenario: Scenario, way: Way) -> float:
        """Return the p99 of a way as a multiple of that of a bare uvicorn."""
        pairs = zip(self.loads[scenario.name, Way(BARE)], self.loads[scenario.name, way], strict=True)
        return median(load.percentile(0.99) / least.percentile(0.99) for least, load in pairs)

    def _requests(self, scenario: Scenario, way: Way) -> Iterator[Request]:
        if way.server == BARE:
            return scenario.alike(self.samples[scenario.path][1])
        place = [it for it in WAYS if it.server == way.server].index(way)  # no pair comes to a server twice
        return scenario.requests(
            way.path, gzip=way.gzip, start=place * self.arguments.rounds * (self.arguments.requests + AHEAD)
        )

    def _warm_up(self, scenario: Scenario, server: Server, way: Way) -> None:
        path, expected = way.path, b""
        if way.server == BARE:
            path, expected = scenario.path, self.samples[scenario.path][1]
        requests = [(scenario.request(it, path), expected) for it in scenario.warm_up]
        count = len(requests) // way.fewer
        # a plan is compiled when its operation comes for the second time
        self._load(scenario, server, way, cycle(requests[:1]), 40)
        self.first[scenario.name, way.server] = self._load(scenario, server, way, iter(requests), count)

    def _load(self, scenario: Scenario, server: Server, way: Way, requests: Iterator[Request], count: int) -> Load:
        load = run(server, requests, count, self.arguments.connections, apart=way.apart)
        self.wrong += [f"{way}, {scenario.name}: {it[:300]!r}" for it in load.wrong]
        return load

    def _compare(self, scenario: Scenario, server: Server, way: Way) -> None:
        """Compare answers with standard execution, all but their cost."""
        document = parse(scenario.query)
        for variables in scenario.variables[-COMPARED:]:
            _, body = ask(server.port, scenario.request(variables, way.path))
            expected = execute(
                schema._schema,
                document,
                context_value=Context(self.catalog, self._catalogs.as_of),
                variable_values=variables,
                executor_class=schema.execution_context_class,
                operation_extensions=None,
            )
            assert isinstance(expected, ExecutionResult)
            self.compared += 1
            whole = msgspec.json.encode({"data": expected.data})
            if body.partition(b',"extensions":{"cost"')[0] != whole[:-1]:
                self.wrong.append(f"{way}, {scenario.name}: {body[:300]!r}")

    def _careers(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return the attributes, and the edges of all careers in the order of the list."""
        edges: list[dict[str, Any]] = []
        while True:
            result = schema.execute_sync(
                CAREERS,
                variable_values={"after": edges[-1]["cursor"] if edges else None},
                context_value=Context(self.catalog, self._catalogs.as_of),
            )
            data = msgspec.json.decode(msgspec.json.encode(result.data))
            edges += data["careers"]["edges"]
            if len(data["careers"]["edges"]) < 100:
                return data["attributes"], edges


def _name(scenario: Scenario, way: Way) -> str:
    """The name of the server that a way asks: another one where no answers may come from the cache."""
    return way.server + FRESH if not scenario.kept and way.server in OURS else way.server
