"""Parts: where the time of an answer goes, without sockets, in this process.

The parts are timed within one sequence of requests, by clocks around their functions: each part without those that it
calls, so that they add up to the whole. For each request and part the best of several rounds counts, which another load
of the machine hardly changes. What is left is `the rest`: the request, its turn, headers.

    python -m benchmarks.http.parts [--careers 1000] [--requests 2000] [--rounds 10]
"""

import argparse
import asyncio
import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import wraps
from random import Random
from time import perf_counter_ns
from typing import Any
from unittest.mock import patch

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.generate import generated
from benchmarks.http.growth import Held, ask
from benchmarks.http.scenario import CURSORS, FACTS, LIST, PAGE
from careergraph.api.compiler import plan
from careergraph.api.compiler.comparison.statement_bytes import BytesNarrator
from careergraph.api.compiler.plan import Plan
from careergraph.engine.comparison import compare, narration
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from careergraph.web.execution.tags import Tags
from careergraph.web.ready_operations import ReadyOperations
from careergraph.web.response import response

PARTS = [
    ("reading, price and headers", ReadyOperations, "respond"),
    ("glance", compare, "glance"),
    ("glance", BytesNarrator, "__init__"),
    ("skills", compare, "compare_skill_sets"),
    ("summary", narration, "summary"),
    ("reasons", narration, "reasons"),
    ("conclusion", narration, "conclusion"),
    ("rest of the plan", Plan, "run_coerced"),
    ("encoder", plan, "encode"),
    ("tags", Tags, "of"),
    ("digest", response, "etag"),
]
"""The parts, each with the name of its function and where that is looked up."""

REST = "the rest"

Given = dict[str, Any]


class Clocks:
    """The nanoseconds of the parts of one request, each without those of the parts within."""

    def __init__(self) -> None:
        self.parts: dict[str, int] = defaultdict(int)
        self._within = [0]

    def timed(self, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function with a clock."""

        @wraps(work)
        def run(*arguments: Any, **options: Any) -> Any:
            start = perf_counter_ns()
            self._within.append(0)
            try:
                return work(*arguments, **options)
            finally:
                taken = perf_counter_ns() - start
                self.parts[part] += taken - self._within.pop()
                self._within[-1] += taken

        return run

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time all parts within the block."""
        with ExitStack() as stack:
            for part, owner, name in PARTS:
                stack.enter_context(patch.object(owner, name, self.timed(part, getattr(owner, name))))
            yield


class Parts:
    """What is timed: one catalog, and an app over it that keeps answers or keeps none."""

    def __init__(self, catalog: Catalog, arguments: argparse.Namespace) -> None:
        self._catalog, self._arguments = catalog, arguments

    def app(self, **settings: Any) -> ASGIApp:
        """The app."""
        return CareerGraph(Config.of(work=False, **settings), open_catalogs=lambda _: Held(self._catalog)).asgi()

    async def kept(self, name: str, query: str, variables: Sequence[Given]) -> None:
        """Prints what a kept answer takes, and an app that does nothing but send one."""
        app, bodies = self.app(), [_body(query, it) for it in variables]
        for _ in range(3):
            answers = [await ask(app, body) for body in bodies]
        kept, bare = [await self._whole(it, bodies) for it in (app, _Bare(answers[0]))]
        print(f"\n{name}: {kept:.1f} µs, of which {bare:.1f} are those of an app that only sends bytes")

    async def different(self, name: str, query: str, variables: Sequence[Given]) -> None:
        """Prints the parts of an answer that is not kept."""
        app, bodies = self.app(answers_bytes=0), [_body(query, values) for values in variables]
        for _ in range(2):
            for body in bodies:
                await ask(app, body)
        whole = await self._whole(app, bodies)
        clocks = Clocks()
        with clocks.running():
            parts = await self._timed(app, bodies, clocks)
        timed = sum(parts.values())
        print(f"\n{name}: {whole:.0f} µs; {timed:.0f} µs with the clocks")
        for part in dict.fromkeys([*[part for part, _, _ in PARTS], REST]):
            if part in parts:
                print(f"  {part:<26}{parts[part]:6.1f} µs{parts[part] / timed:7.0%}")

    async def _timed(self, app: ASGIApp, bodies: Sequence[bytes], clocks: Clocks) -> dict[str, float]:
        """The microseconds of each part of a request."""
        best: dict[tuple[int, str], int] = {}
        for _ in range(self._arguments.rounds):
            for place, body in enumerate(bodies):
                clocks.parts.clear()
                start = perf_counter_ns()
                await ask(app, body)
                clocks.parts[REST] = perf_counter_ns() - start - sum(clocks.parts.values())
                for part, taken in clocks.parts.items():
                    best[place, part] = min(taken, best.get((place, part), taken))
        parts: dict[str, float] = defaultdict(float)
        for (_, part), taken in best.items():
            parts[part] += taken / 1000 / len(bodies)
        return parts

    async def _whole(self, app: ASGIApp, bodies: Sequence[bytes]) -> float:
        """The microseconds of a request without clocks."""
        best = [1 << 62] * len(bodies)
        for _ in range(self._arguments.rounds):
            for place, body in enumerate(bodies):
                start = perf_counter_ns()
                await ask(app, body)
                best[place] = min(perf_counter_ns() - start, best[place])
        return sum(best) / 1000 / len(bodies)


class _Bare:
    """Sends the same bytes each time."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": self._answer})


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http.parts", description="Take an answer's time apart.")
    parser.add_argument("--careers", type=int, default=1000, help="careers of the catalog")
    parser.add_argument("--requests", type=int, default=2000, help="requests of a round")
    parser.add_argument("--rounds", type=int, default=10, help="rounds, of which the best counts")
    arguments = parser.parse_args()
    asyncio.run(_measured(arguments))


async def _measured(arguments: argparse.Namespace) -> None:
    catalog = build_catalog(generated(arguments.careers), 1, datetime(2026, 1, 1, tzinfo=UTC))
    parts, random, slugs = Parts(catalog, arguments), Random(1), list(catalog.careers)
    pairs = [dict(zip("ab", random.sample(slugs, 2), strict=True)) for _ in range(arguments.requests)]
    cursors = await _cursors(parts.app())
    gc.collect()
    gc.freeze()
    load = f"{arguments.careers:,} careers, {arguments.requests:,} requests"
    print(f"{load}, the best of {arguments.rounds} rounds")
    await parts.kept("repeated pairs", PAGE, pairs[:100])
    await parts.different("a different pair each time", PAGE, pairs)
    await parts.different("the same with all facts", FACTS, pairs)
    await parts.different("a list of 50 careers", LIST, [{"after": it} for it in cursors[:-50]])


async def _cursors(app: ASGIApp) -> list[str]:
    cursors: list[str] = []
    while True:
        body = await ask(app, _body(CURSORS, {"after": cursors[-1] if cursors else None}))
        edges = msgspec.json.decode(body)["data"]["careers"]["edges"]
        cursors += [it["cursor"] for it in edges]
        if len(edges) < 100:
            return cursors


def _body(query: str, variables: Given) -> bytes:
    return msgspec.json.encode({"query": query, "variables": variables})


if __name__ == "__main__":
    main()
