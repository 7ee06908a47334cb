"""Parts: where the time of an answer goes, without sockets: CPU time in this process, the best of several rounds.

The parts are timed one by one, each over the same requests; what is left of the whole is `the rest`: reading the
request, its turn, headers, and whatever the parts drive out of the processor's caches for each other.

    python -m benchmarks.http.parts [--careers 1000] [--requests 2000] [--rounds 10]
"""

import argparse
import asyncio
import gc
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random
from time import process_time
from typing import Any

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.generate import generated
from benchmarks.http.growth import Held, ask
from benchmarks.http.scenario import CURSORS, FACTS, LIST, PAGE
from careergraph.api.base.context import Context
from careergraph.api.schema import schema
from careergraph.engine.comparison.compare import compare
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from careergraph.web.core.media_types import Media
from careergraph.web.execution.documents import Documents, Operation
from careergraph.web.execution.tags import Tags
from careergraph.web.response.answer import cost_shown
from careergraph.web.response.response import etag

Given = dict[str, Any]


class Parts:
    """What is timed: one catalog, and an app over it that keeps answers or keeps none."""

    def __init__(self, catalog: Catalog, arguments: argparse.Namespace) -> None:
        self._catalog, self._arguments = catalog, arguments
        self._config = Config(work=False)
        self._tags = Tags(self._config.max_tags_bytes)
        self._documents = Documents(schema, self._config)
        self._context = Context(catalog, lambda _: catalog)

    def app(self, **settings: Any) -> ASGIApp:
        """The app."""
        return CareerGraph(Config(work=False, **settings), open_catalogs=lambda _: Held(self._catalog)).asgi()

    async def kept(self, name: str, query: str, variables: Sequence[Given]) -> None:
        """Prints what a kept answer takes, and an app that does nothing but send one."""
        app, bodies = self.app(), [_body(query, it) for it in variables]
        for _ in range(3):
            answers = [await ask(app, body) for body in bodies]
        kept, bare = await self._whole(app, bodies), await self._whole(_Bare(answers[0]), bodies)
        print(f"\n{name}: {kept:.1f} µs, of which {bare:.1f} are those of an app that only sends bytes")

    async def different(self, name: str, query: str, variables: Sequence[Given], *, compared: bool) -> None:
        """Prints the parts of an answer that is not kept."""
        app, bodies = self.app(answers_bytes=0), [_body(query, values) for values in variables]
        for _ in range(2):
            answers = [await ask(app, body) for body in bodies]
        operation = self._documents.find(query, None)
        assert isinstance(operation, Operation) and operation.plan is not None
        extensions, plan = cost_shown(1, self._config.max_cost), operation.plan
        for values in variables[:2]:
            plan.run(values, self._context, extensions)
        whole = await self._whole(app, bodies)
        run = self._each(lambda values: plan.run(values, self._context, extensions), variables)
        engine = self._each(lambda values: _page(self._catalog, values), variables) if compared else 0.0
        parts = {
            "engine": engine,
            "plan, fragments, encoder": run - engine,
            "tags": self._each(lambda values: self._tags.of(operation, values, self._catalog), variables),
            "digest": self._each(lambda values: etag(values, Media.JSON), answers),
        }
        parts["the rest"] = whole - sum(parts.values())
        print(f"\n{name}: {whole:.0f} µs")
        for part, microseconds in parts.items():
            print(f"  {part:<26}{microseconds:6.1f} µs{microseconds / whole:7.0%}")

    async def _whole(self, app: ASGIApp, bodies: Sequence[bytes]) -> float:
        async def once() -> float:
            start = process_time()
            for body in bodies:
                await ask(app, body)
            return process_time() - start

        return 1e6 * min([await once() for _ in range(self._arguments.rounds)]) / len(bodies)

    def _each(self, work: Callable[[Any], object], variables: Sequence[Any]) -> float:
        def once() -> float:
            start = process_time()
            for values in variables:
                work(values)
            return process_time() - start

        return 1e6 * min([once() for _ in range(self._arguments.rounds)]) / len(variables)


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
    print(f"{load}, the best of {arguments.rounds} rounds; CPU time")
    await parts.kept("repeated pairs", PAGE, pairs[:100])
    await parts.different("a different pair each time", PAGE, pairs, compared=True)
    await parts.different("the same with all facts", FACTS, pairs, compared=True)
    await parts.different("a list of 50 careers", LIST, [{"after": it} for it in cursors[:-50]], compared=False)


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


def _page(catalog: Catalog, variables: Given) -> object:
    page = compare(catalog, variables["a"], variables["b"])
    return page.glance, page.skills, page.summary, page.verdict


if __name__ == "__main__":
    main()
