"""What the content codings make of the pages of the seed, and what they cost: bytes, and microseconds of CPU time.

python -m benchmarks.compression [--rounds 20]
"""

import argparse
import asyncio
import json
import zlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import brotli

from benchmarks.http.growth import Held, ask
from careergraph.api.changes.page_documents import text_of
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect
from careergraph.store.migration.migrate import upgrade
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from careergraph.web.core.content_codings import CODINGS, ISAL

LEVELS = {b"gzip": (ISAL, 1, 6, 9), b"br": (1, 5, 10, 11)}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compression", description="Measure content codings.")
    parser.add_argument("--rounds", type=int, default=20, help="rounds, of which the best counts")
    rounds: int = parser.parse_args().rounds
    isal = f"gzip {ISAL} by isal {version('isal')}"
    print(f"zlib {zlib.ZLIB_RUNTIME_VERSION}, {isal}, brotli {brotli.__version__}; the best of {rounds} rounds")
    for name, content in _pages().items():
        print(f"\n{name}, {len(content):,} bytes")
        for coding in CODINGS:
            for level in LEVELS[coding.name]:
                size, microseconds = _measured(lambda: coding.compress(content, level), rounds)  # noqa: B023
                use = {coding.fast: "sent", coding.best: "kept"}.get(level, "")
                print(f"  {coding.name.decode():<5}{level:>3}{size:>9,} bytes{microseconds:>9,.0f} µs  {use}".rstrip())


def _pages() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'careergraph.db'}")
        upgrade(engine)
        catalog = Catalogs(engine).current()
        engine.dispose()
    app = CareerGraph(Config(work=False), open_catalogs=lambda _: Held(catalog)).asgi()
    a, b, *_ = sorted(catalog.careers)
    variables = {"comparison": {"a": a, "b": b}, "career": {"slug": a}}
    return {name: asyncio.run(ask(app, _body(text_of(name), it))) for name, it in variables.items()}


def _body(query: str, variables: dict[str, str]) -> bytes:
    return json.dumps({"query": query, "variables": variables}).encode()


def _measured(work: Callable[[], bytes], rounds: int) -> tuple[int, float]:
    best = float("inf")
    for _ in range(rounds):
        start = process_time()
        packed = work()
        best = min(best, process_time() - start)
    return len(packed), 1e6 * best


if __name__ == "__main__":
    main()
