"""Instructions: what a request to `careergraph serve` takes in Python's own instructions, which no other load changes.

The short cut is called in this process, without sockets. Nothing is answered from the cache of responses, and all that
is rendered once for a career is there, as each pair is asked for once before it is counted.

    python -m benchmarks.http.instructions [--careers 1000] [--requests 100] [--functions 20]
"""

import argparse
import asyncio
import sys
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from random import Random
from types import FrameType
from typing import Any
from unittest.mock import patch

import msgspec

from benchmarks.generate import generated
from benchmarks.http.growth import Held, ask
from benchmarks.http.load import post
from benchmarks.http.scenario import FACTS, PAGE
from careergraph.store.catalogs.build import build_catalog
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from careergraph.web.execution import executor, run_queue
from careergraph.web.protocol import read_head
from careergraph.web.shortcut import Shortcut

FOREVER = 1e9
"""Seconds that no request takes: here all have their turn at once, on the event loop."""

COMPILED = 3
"""Requests after which a plan is compiled."""

HEADERS = [(b"server", b"uvicorn")]
"""Those that uvicorn adds."""


class Instructions:
    """The instructions of Python code that run, and its calls, by function."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()

    def trace(self, frame: FrameType, _event: str, _argument: object) -> Any:
        """Count a call, and what runs in it: a function for `sys.settrace`."""
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        name = frame.f_code.co_qualname
        self.calls[name] += 1

        def count(_frame: FrameType, event: str, _argument: object) -> Any:
            self.counts[name] += event == "opcode"
            return count

        return count


class Server:
    """The short cut of an app over one catalog, whose cache of responses stores nothing."""

    def __init__(self, shortcut: Shortcut) -> None:
        self._shortcut = shortcut

    def respond(self, request: bytes) -> bytes:
        """The whole response to a request."""
        size = request.index(b"\r\n\r\n") + 4
        head = self._shortcut.heads.get(request[:size]) or self._shortcut.add_head(request[:size], read_head)
        assert head is not None, "the request has no short cut"
        response = self._shortcut.respond(head, request[size:], HEADERS, ("127.0.0.1", 1))
        assert isinstance(response, bytes)
        assert b'"data":{"comparison":{' in response, response
        return response


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http.instructions", description="Count instructions.")
    parser.add_argument("--careers", type=int, default=1000, help="careers of the catalog")
    parser.add_argument("--requests", type=int, default=100, help="requests that are counted")
    parser.add_argument("--functions", type=int, default=0, help="the dearest functions that are printed too")
    asyncio.run(_measured(parser.parse_args()))


async def _measured(arguments: argparse.Namespace) -> None:
    catalog = build_catalog(generated(arguments.careers), 1, datetime(2026, 1, 1, tzinfo=UTC))
    app = CareerGraph(Config.of(work=False, answers_bytes=0), open_catalogs=lambda _: Held(catalog))
    slugs, asgi = list(catalog.careers), app.asgi()
    with patch.object(run_queue, "SLICE", FOREVER), patch.object(executor, "LOOP_SECONDS", FOREVER):
        for name, query in (("a different pair", PAGE), ("the same with all facts", FACTS)):
            for pair in list(pairwise(slugs))[:COMPILED]:
                await ask(asgi, _body(query, *pair))
            shortcut = app.shortcut()
            assert shortcut is not None
            _print(name, Server(shortcut), query, slugs, arguments)


def _print(name: str, server: Server, query: str, slugs: list[str], arguments: argparse.Namespace) -> None:
    random = Random(1)
    pairs = [tuple(random.sample(slugs, 2)) for _ in range(arguments.requests)]
    requests = [post("/graphql", _body(query, *pair)) for pair in pairs]
    for pair in (*pairwise(slugs), *[(b, a) for a, b in pairwise(slugs)]):
        server.respond(post("/graphql", _body(query, *pair)))
    for request in requests:
        server.respond(request)
    instructions = Instructions()
    sys.settrace(instructions.trace)
    for request in requests:
        server.respond(request)
    sys.settrace(None)
    each = 1 / len(requests)
    total, calls = instructions.counts.total() * each, instructions.calls.total() * each
    print(f"{name:<26}{total:8,.0f} instructions{calls:6.0f} calls of Python functions")
    for function, count in instructions.counts.most_common(arguments.functions):
        print(f"  {count * each:8,.0f}  {function}")


def _body(query: str, a: str, b: str) -> bytes:
    return msgspec.json.encode({"query": query, "variables": {"a": a, "b": b}})


if __name__ == "__main__":
    main()
