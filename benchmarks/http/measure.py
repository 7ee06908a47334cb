"""Measure: the rounds of the benchmark, and what comes of them."""

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

import msgspec
from graphql import ExecutionResult, execute, parse

from benchmarks.http.bare import Headers
from benchmarks.http.load import Load, Request, ask, run
from benchmarks.http.scenario import CURSORS, Scenario, scenarios
from benchmarks.http.server import Server, careergraph
from careergraph.api.base.context import Context
from careergraph.api.schema import schema
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect

SLOWER = 30
"""A stock Strawberry gets so many requests fewer, as it takes that much longer."""

COMPARED = 60
"""Answers of each scenario that are compared to the byte."""

SENT_BY_UVICORN = (b"date", b"server")


class Measure:
    """What one run measures."""

    def __init__(self, database: str, arguments: argparse.Namespace) -> None:
        self._database, self.arguments = database, arguments
        self._catalogs = Catalogs(connect(database))
        self.catalog = self._catalogs.current()
        every_scenario = scenarios(self.catalog, self._cursors(), arguments.rounds * arguments.requests + 1000)
        self.scenarios = [it for it in every_scenario if it.name.startswith(arguments.only)]
        self.loads: dict[tuple[str, str], list[Load]] = defaultdict(list)
        self.wrong: list[str] = []
        self.compared = 0

    def answers(self) -> dict[str, tuple[Headers, bytes]]:
        """One answer of each scenario, for the bare server: that of middle length of a few."""
        sample = {}
        with careergraph(self._database, None, program=[str(self.arguments.command)]) as server:
            for scenario in self.scenarios:
                few = [ask(server.port, scenario.request(it)) for it in scenario.variables[:41]]
                headers, body = sorted(few, key=lambda it: len(it[1]))[20]
                sample[scenario.path] = ([it for it in headers if it[0] not in SENT_BY_UVICORN], body)
        self.samples = sample
        return sample

    def run(self, least: Server, ours: Server, fresh: Server, stock: Server) -> None:
        """All rounds."""
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, cores - {self.arguments.core} or cores)
        streams = {it.name: it.requests() for it in self.scenarios}
        for scenario in self.scenarios:
            self._compare(scenario, ours)
            self._compare(scenario, fresh)
        for round_ in range(self.arguments.rounds + 1):  # the first one warms up
            for scenario in self.scenarios:
                alike = scenario.alike(self.samples[scenario.path][1])
                server = ours if scenario.kept else fresh
                self._load(scenario, least, alike, 1, round_)
                self._load(scenario, server, streams[scenario.name], 1, round_)
                self._load(scenario, stock, scenario.requests(), SLOWER, round_)
        os.sched_setaffinity(0, cores)

    def ratio(self, scenario: Scenario, name: str) -> float:
        """The CPU time of a bare uvicorn as a part of that of another server."""
        pairs = zip(self.loads[scenario.name, "bare uvicorn"], self.loads[scenario.name, name], strict=True)
        return median(least.microseconds / load.microseconds for least, load in pairs)

    def _load(self, scenario: Scenario, server: Server, requests: Iterator[Request], slower: int, round_: int) -> None:
        count = self.arguments.requests // slower
        if not round_:
            count = min(count, 1000)
        load = run(server, requests, count, self.arguments.connections)
        self.wrong += [f"{server.name}, {scenario.name}: {it[:300]!r}" for it in load.wrong]
        if round_:
            name = "careergraph" if server.name.startswith("careergraph") else server.name
            self.loads[scenario.name, name].append(load)

    def _compare(self, scenario: Scenario, server: Server) -> None:
        """Compares answers with standard execution, all but their cost."""
        document = parse(scenario.query)
        for variables in scenario.variables[-COMPARED:]:
            _, body = ask(server.port, scenario.request(variables))
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
                self.wrong.append(f"{server.name}, {scenario.name}: {body[:300]!r}")

    def _cursors(self) -> list[str]:
        cursors: list[str] = []
        while True:
            result = schema.execute_sync(
                CURSORS,
                variable_values={"after": cursors[-1] if cursors else None},
                context_value=Context(self.catalog, self._catalogs.as_of),
            )
            edges = json.loads(json.dumps(result.data))["careers"]["edges"]
            cursors += [it["cursor"] for it in edges]
            if len(edges) < 100:
                return cursors
