"""What each screen of editors costs: the request over ASGI, from the query to the bytes, in CPU time of the process.

Of a copy of a database with O*NET, as `careergraph import onet` makes one, with what is published as it is there,
and once more with a draft of each career, so that drafts are as many as they can be. The audit log, events, deliveries
and schedules are filled up to thousands.

    python -m benchmarks.editors --database FILE [--times 10]
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time, sleep
from typing import Any

import anyio
import httpx
from sqlalchemy import Engine

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.verbs.access.tokens import create_token
from careergraph.store.access import audit
from careergraph.store.database.database import connect, transaction
from careergraph.store.documents.documents import CareerDocument, key_of
from careergraph.store.documents.rows import live_idents, read
from careergraph.store.editing import drafts, releases, schedules
from careergraph.store.events import endpoints, outbox
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config

GOAL, FEW, MANY = 50, 100, 5_000
"""The goal in milliseconds, the rows of a page, and the entries of each log."""
ACTOR = Actor(name="benchmark", role=Role.ADMIN)

_ROW = "type slug title changedAt changedBy isLive inReview archived release revision locales { locale missing }"
_PAGE = "totalCount pageInfo { hasNextPage hasPreviousPage endCursor }"
SCREENS: Mapping[str, str] = {
    "documents": f"documents(first: {FEW}) {{ {_PAGE} nodes {{ {_ROW} }} }}",
    "documents by title": f"documents(first: {FEW}, orderBy: TITLE) {{ {_PAGE} nodes {{ {_ROW} }} }}",
    "documents by change": f"documents(first: {FEW}, orderBy: CHANGED) {{ {_PAGE} nodes {{ {_ROW} }} }}",
    "documents with a text": f'documents(first: {FEW}, filter: {{ text: "nurse" }}) {{ {_PAGE} nodes {{ {_ROW} }} }}',
    "documents that lack de": f'documents(first: {FEW}, filter: {{ lacks: "de" }}) {{ {_PAGE} nodes {{ {_ROW} }} }}',
    "100 titles": f"documents(first: {FEW}) {{ nodes {{ title }} }}",
    "used by (a skill)": f'usedBy(type: SKILL, slug: "python", first: {FEW}) {{ {_PAGE} nodes {{ {_ROW} }} }}',
    "used by (an attribute)": f'usedBy(type: ATTRIBUTE, slug: "salary", first: {FEW}) {{ {_PAGE} nodes {{ {_ROW} }} }}',
    "releases": f"releases(first: {FEW}) {{ {_PAGE} nodes {{ slug title status createdAt createdBy }} }}",
    "schedules": f"schedules(first: {FEW}) {{ {_PAGE} nodes {{ number status document {{ slug }} dueAt outcome }} }}",
    "previews": f"previews(first: {FEW}) {{ {_PAGE} nodes {{ prefix name good documents {{ slug }} }} }}",
    "tokens": f"tokens(first: {FEW}) {{ {_PAGE} nodes {{ prefix name role good lastUsedAt }} }}",
    "endpoints": f"endpoints(first: {FEW}) {{ {_PAGE} nodes {{ number url active pausedReason }} }}",
    "deliveries": f"deliveries(first: {FEW}) {{ {_PAGE} nodes {{ event kind state attempts nextAt status error }} }}",
    "events": f"events(first: {FEW}) {{ {_PAGE} nodes {{ number kind payload createdAt }} }}",
    "audit": f"audit(first: {FEW}) {{ {_PAGE} nodes {{ sequence at actor verb document {{ slug }} detail }} }}",
    "audit of a verb": f'audit(first: {FEW}, filter: {{ verb: "save-draft" }}) {{ {_PAGE} nodes {{ at detail }} }}',
}
_FIGURE = f"{{ {_PAGE} nodes {{ career {{ slug }} title attribute source observedOn inDraft }} }}"
QUEUES: Mapping[str, str] = {
    "links to review": f"linksToReview(first: {FEW}) {{ {_PAGE} nodes {{ career {{ slug }} wording skill }} }}",
    "stale figures": f'staleFigures(olderThan: "2025-01-01", first: {FEW}) {_FIGURE}',
    "undated figures": f"undatedFigures(first: {FEW}) {_FIGURE}",
    "unsourced figures": f"unsourcedFigures(first: {FEW}) {_FIGURE}",
    "missing figures": f"missingFigures(first: {FEW}) {_FIGURE}",
    "missing translations": f'missing(locale: "de") {{ count documents(first: {FEW}) '
    f"{{ {_PAGE} nodes {{ count document {{ slug title }} }} }} }}",
    "drafts in review": f"draftsInReview(first: {FEW}) {{ {_PAGE} nodes {{ {_ROW} }} }}",
    "failed schedules": f"failedSchedules(first: {FEW}) {{ {_PAGE} nodes {{ number outcome }} }}",
    "failed deliveries": f"failedDeliveries(first: {FEW}) {{ {_PAGE} nodes {{ event error }} }}",
    "paused deliveries": f"pausedDeliveries(first: {FEW}) {{ {_PAGE} nodes {{ event }} }}",
}
DASHBOARD = """linksToReview { totalCount } staleFigures(olderThan: "2025-01-01") { totalCount }
  undatedFigures { totalCount } unsourcedFigures { totalCount } missingFigures { totalCount }
  missing(locale: "de") { documents { totalCount } } draftsInReview { totalCount } failedSchedules { totalCount }
  failedDeliveries { totalCount } pausedDeliveries { totalCount }"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.editors", description="Measure the screens of editors.")
    parser.add_argument("--database", type=Path, required=True, help="an SQLite file with O*NET, which is copied")
    parser.add_argument("--times", type=int, default=10, help="requests of each screen")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "copy.db"
        shutil.copy(arguments.database, file)
        engine = connect(f"sqlite:///{file}")
        secret = fill(engine)
        published = dict(measure(file, secret, arguments.times))
        count = draft_all(engine)
        drafted = dict(measure(file, secret, arguments.times))
        engine.dispose()
    print(f"{'':26}{'published':>12}{f'{count} drafts':>14}{'kB':>8}{'goal':>8}")
    for name, (first, size) in published.items():
        second = drafted[name][0]
        missed = "  missed" if max(first, second) > GOAL else ""
        print(f"  {name:24}{first:12.1f}{second:14.1f}{size / 1000:8.1f}{GOAL:8}{missed}")


def fill(engine: Engine, many: int = MANY) -> str:
    """Fill the logs with so many entries each, and return the secret of an access token."""
    soon = datetime.now(UTC) + timedelta(days=1)
    with transaction(engine) as session:
        slugs = live_idents(session, CareerDocument.TYPE)
        for number in range(FEW):
            endpoints.add(session, f"https://hook-{number}.example/", ["benchmark"] if number < 2 else ["*none"], "ann")
            releases.open_release(session, f"release-{number}", f"Release {number}", "", "ann")
        for number in range(many):
            key = (CareerDocument.TYPE, slugs[number % len(slugs)])
            audit.record(session, f"person {number % 9}", "save-draft", key, {"number": number})
            outbox.enqueue(session, "benchmark", [key], {"number": number}, None)
            schedules.add(
                session, schedules.Action.UNPUBLISH, key, soon + timedelta(hours=number), zone="UTC", author="ann"
            )
        return create_token(session, ACTOR, "benchmark", Role.ADMIN).secret


def draft_all(engine: Engine) -> int:
    """Draft every career, and return how many there are."""
    with transaction(engine) as session:
        slugs = live_idents(session, CareerDocument.TYPE)
        careers = read(session, [(CareerDocument.TYPE, slug) for slug in slugs])
        drafts.append_all(session, {key_of(it): plain(it) for it in careers}, "ann", "")
        return len(careers)


def measure(file: Path, secret: str, times: int) -> Iterator[tuple[str, tuple[float, int]]]:
    """Yield the milliseconds of CPU of each screen, and the bytes of its answer."""
    config = Config.of(database_url=f"sqlite:///{file}", work=False, max_cost=100_000, rate_limit=0)
    app = CareerGraph(config).asgi()
    queries = {name: f"{{ editor {{ {query} }} }}" for name, query in SCREENS.items()}
    queries |= {name: f"{{ editor {{ queues {{ {query} }} }} }}" for name, query in QUEUES.items()}
    queries["all counts of the queues"] = f"{{ editor {{ queues {{ {DASHBOARD} }} }} }}"
    anyio.run(_ask, app, secret, queries["releases"], 1)
    settle()
    for name, query in queries.items():
        yield name, anyio.run(_ask, app, secret, query, times)


def settle(quiet: int = 3) -> None:
    """Wait until no thread of the process works: behind the first requests one prepares the catalog for readers, whose
    work is none of a screen."""
    calm = 0
    while calm < quiet:
        start = process_time()
        sleep(0.2)
        calm = calm + 1 if process_time() - start < 0.005 else 0


async def _ask(app: Any, secret: str, query: str, times: int) -> tuple[float, int]:
    headers = {"Authorization": f"Bearer {secret}"}
    taken, size = [], 0
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://host", headers=headers) as client:
        for _ in range(times + 2):
            start = process_time()
            response = await client.post("/graphql", json={"query": query})
            taken.append((process_time() - start) * 1000)
            size = len(response.content)
            if "errors" in response.json():
                raise ValueError(f"{query}: {response.text[:500]}")
    return median(taken[2:]), size


if __name__ == "__main__":
    main()
