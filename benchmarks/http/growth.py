"""Growth: what a page of ever different pairs costs as the catalog grows, without sockets: CPU time in this process.

Each career is asked for once before, in a plan's second run at the earliest, so that what is rendered once is there.

python -m benchmarks.http.growth [--sizes 1000,10000,50000]
"""

import argparse
import asyncio
import gc
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from random import Random
from statistics import median
from time import process_time
from typing import Any

import msgspec
from starlette.types import ASGIApp, Message

from benchmarks.generate import generated
from benchmarks.http.scenario import PAGE
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config

REQUESTS, ROUNDS = 2000, 5


class Held:
    """One catalog in memory, where the app looks for catalogs."""

    problem = None

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def current(self) -> Catalog:
        """The catalog."""
        return self._catalog

    def as_of(self, instant: datetime) -> Catalog:
        """The same at any time."""
        return self._catalog


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http.growth", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,50000", help="careers of the catalogs")
    sizes = [int(it) for it in parser.parse_args().sizes.split(",")]
    print(f"{'careers':>10}{'CPU µs of a first answer':>28}{'of any other, median of rounds':>34}")
    for size in sizes:
        first, other = asyncio.run(_measured(size))
        print(f"{size:>10,}{first:>28.0f}{other:>34.0f}", flush=True)


async def _measured(size: int) -> tuple[float, float]:
    """Microseconds of an answer that is the first of two careers, and of one that is not."""
    catalog = build_catalog(generated(size), 1, datetime(2026, 1, 1, tzinfo=UTC))
    app = CareerGraph(Config(work=False), open_catalogs=lambda _: Held(catalog)).asgi()
    random, slugs = Random(size), list(catalog.careers)
    gc.collect()
    gc.freeze()
    first = await _round(app, [slugs[:2], *zip(slugs[::2], slugs[1::2], strict=False)])
    rounds = [await _round(app, [random.sample(slugs, 2) for _ in range(REQUESTS)]) for _ in range(ROUNDS)]
    gc.unfreeze()
    return first, median(rounds)


async def _round(app: ASGIApp, pairs: Iterable[Sequence[str]]) -> float:
    bodies = [msgspec.json.encode({"query": PAGE, "variables": {"a": a, "b": b}}) for a, b in pairs]
    start = process_time()
    for body in bodies:
        assert (await ask(app, body)).startswith(b'{"data":{"comparison":{')
    return 1e6 * (process_time() - start) / len(bodies)


async def ask(app: ASGIApp, body: bytes) -> bytes:
    """The answer to one POST, handed over as a server does."""
    got: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        got.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/json")],
    }
    await app(scope, receive, send)
    assert got[0]["status"] == 200, got
    answer: bytes = got[1]["body"]
    return answer


if __name__ == "__main__":
    main()
