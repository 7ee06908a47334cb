"""What each screen of the admin costs: the request over ASGI, from the address to the HTML, in CPU time of the process.

Of a copy of a database with O*NET, with what editors leave in it (`benchmarks.editors.fill`) and a draft of one career.
Of some of them also the first request after a publish, with what the process does by itself meanwhile.

    python -m benchmarks.admin --database FILE [--times 5]

Of a database with so many generated careers, each with a draft, what each list costs:

    python -m benchmarks.admin --careers 10000 [--times 5]
"""

import argparse
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from time import process_time
from typing import Any

import anyio
import httpx

from benchmarks.editors import draft_all, fill
from benchmarks.generate import generated
from careergraph.store.database.database import connect, transaction
from careergraph.store.editing import publish as store
from careergraph.store.migration.migrate import upgrade
from careergraph.web.app import CareerGraph
from careergraph.web.catalogs import catalog_holder
from careergraph.web.core.config import Config

HOST = "http://127.0.0.1"
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": HOST}
PART = {"X-CareerGraph-Admin": "1"}
"""What the script of a page sends for a part of it."""
CAREER, OTHER, SKILL, ATTRIBUTE, CATEGORY = "registered-nurse", "actuary", "active-listening", "salary", "healthcare"
LOGGED = 200
"""The entries of each log, which every screen shows a page of."""
SCREEN, IMPACT, READING = 100, 300, 1000
"""The goals in milliseconds: of a screen, of an impact, and of a page of readers with a draft laid over."""

QUEUES = (
    *("links", "stale", "undated", "unsourced", "missing", "texts"),
    *("review", "drafts", "schedules", "deliveries", "paused"),
)
SCREENS = (
    "",
    "documents/career",
    "documents/career?text=nurse",
    "documents/career?order=by",
    "documents/career?lacks=de",
    "documents/career?view=drafts",
    "documents/skill",
    f"documents/career/{CAREER}",
    f"documents/career/{OTHER}",
    f"documents/skill/{SKILL}",
    f"documents/attribute/{ATTRIBUTE}",
    f"documents/category/{CATEGORY}",
    "new/career",
    f"documents/career/{CAREER}/changes",
    f"documents/career/{CAREER}/history",
    f"documents/career/{CAREER}/actions",
    *(f"queues/{name}" for name in QUEUES),
    *("releases", "imports", "audit", "account"),
    *("settings/tokens", "settings/endpoints", "settings/previews", "settings/roles"),
)
"""The screens with a goal of 100 ms, by path."""

LISTS = (
    "documents/career",
    "documents/career?text=engineer",
    "documents/career?order=title",
    "documents/career?order=by",
    "documents/career?lacks=de",
    "documents/career?view=drafts",
    "documents/career?view=review",
    "documents/skill",
    "find?text=engineer",
    "suggest?type=career&text=engineer",
    "",
    *(f"queues/{name}" for name in ("drafts", "stale", "undated", "missing", "texts")),
)
"""The lists of an editor of many careers, by path; of the first one also the page after."""

PARTS = {
    f"documents/career/{CAREER}/impact": IMPACT,
    f"documents/career/{CAREER}/preview": READING,
    f"documents/career/{CAREER}/preview?against={OTHER}": READING,
    f"documents/skill/{SKILL}/impact": 5_000,
    f"documents/attribute/{ATTRIBUTE}/impact": 5_000,
    f"documents/category/{CATEGORY}/impact": 5_000,
}
"""The parts that a screen asks for when it is there, by path, with their goals."""
DRAFTED = {
    ("CAREER", CAREER): "title",
    ("SKILL", SKILL): "name",
    ("ATTRIBUTE", ATTRIBUTE): "label",
    ("CATEGORY", CATEGORY): "name",
}
"""The documents with a draft, and the text that it changes."""

READ = "query($type: DocumentType!, $slug: String!) { editor { document(type: $type, slug: $slug) { live revision } } }"
SAVE = """mutation($type: DocumentType!, $document: Document!, $base: Int) {
  saveDraft(type: $type, document: $document, base: $base) { __typename ... on SavedDraft { revision } } }"""
PUBLISH = "mutation($documents: [DocumentBaseInput!]!) { publish(documents: $documents) { __typename } }"


class Browser:
    """An administrator before the admin, who may ask the API too."""

    def __init__(self, app: Any, secret: str) -> None:
        self._secret = secret
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST, headers=OWN, timeout=600)

    async def sign_in(self) -> None:
        """Sign in by the access token."""
        response = await self.client.post("/admin/sign-in", data={"secret": self._secret})
        if response.status_code != 303:
            raise ValueError(response.text)

    async def show(self, path: str) -> tuple[float, int]:
        """Return the milliseconds of CPU of a screen or part, and its bytes."""
        headers = PART if "/impact" in path else {}
        start = process_time()
        response = await self.client.get(f"/admin/{path}", headers=headers)
        taken = (process_time() - start) * 1000
        if response.status_code != 200:
            raise ValueError(f"{path}: {response.status_code} {response.text[:500]}")
        return taken, len(response.content)

    async def settle(self) -> None:
        """Wait until the process does nothing by itself any more, such as to warm up a new catalog. On a busy machine
        it may just not have had its turn."""
        calm = 0
        while calm < 5:
            start = process_time()
            await anyio.sleep(0.3)
            calm = calm + 1 if process_time() - start < 0.01 else 0

    async def run(self, query: str, **variables: Any) -> Any:
        """Return the data of an operation."""
        headers = {"Authorization": f"Bearer {self._secret}"}
        response = await self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        answer = response.json()
        if "errors" in answer:
            raise ValueError(answer["errors"])
        return answer["data"]

    async def save(self, type_name: str, slug: str, field: str, text: str) -> int:
        """Save a draft with a text, and return its number."""
        state = (await self.run(READ, type=type_name, slug=slug))["editor"]["document"]
        document = {**state["live"], field: {**state["live"][field], "en": text}}
        saved = await self.run(SAVE, type=type_name, document=document, base=state["revision"])
        number: int = saved["saveDraft"]["revision"]
        return number

    async def publish(self, slug: str, text: str) -> None:
        """Publish a career with another title."""
        number = await self.save("CAREER", slug, "title", text)
        documents = [{"type": "CAREER", "slug": slug, "base": number}]
        await self.run(PUBLISH, documents=documents)


FIRST = ("", "documents/career", f"documents/career/{CAREER}", *[path for path in PARTS if CAREER in path])
"""The screens and parts that are also asked for right after a publish."""


async def measure(app: Any, secret: str, times: int) -> AsyncIterator[tuple[str, int, float | None, float, int]]:
    """Yield each path with its goal, the milliseconds of the first request after a publish and the least of later ones,
    and the bytes of the answer."""
    browser = Browser(app, secret)
    await browser.sign_in()
    for (type_name, slug), field in DRAFTED.items():
        await browser.save(type_name, slug, field, "Nobody Called It So Before")
    await browser.show(f"documents/career/{CAREER}/impact")
    for number, (path, goal) in enumerate((dict.fromkeys(SCREENS, SCREEN) | PARTS).items()):
        first = None
        if path in FIRST:
            await browser.publish("economists", f"Economist {number}")
            first, _ = await browser.show(path)
        await browser.settle()
        later = [await browser.show(path) for _ in range(times)]
        yield path, goal, first, min(later)[0], later[0][1]


async def measure_lists(app: Any, secret: str, times: int) -> AsyncIterator[tuple[str, float, int]]:
    """Yield the path of each list with the least milliseconds, and the bytes of the answer."""
    browser = Browser(app, secret)
    await browser.sign_in()
    await browser.show(LISTS[0])
    await browser.settle()
    page = (await browser.client.get(f"/admin/{LISTS[0]}")).text
    following = re.search(r'(documents/career\?[^"]*after=[^"]+)" rel="next"', page)
    paths = [LISTS[0], *([] if following is None else [following[1].replace("&amp;", "&")]), *LISTS[1:]]
    for path in paths:
        taken = [await browser.show(path) for _ in range(times)]
        yield path, min(taken)[0], taken[0][1]


async def _print_lists(file: Path, secret: str, times: int) -> None:
    print(f"{'':58}{'CPU ms':>10}{'kB':>8}{'goal':>8}")
    # a server would first work out the neighbours of all careers, for minutes, as nobody stored those of generated ones
    vars(catalog_holder)["steps"] = lambda *_: ()
    async for path, taken, size in measure_lists(CareerGraph(_config(file)).asgi(), secret, times):
        missed = "  missed" if taken > SCREEN else ""
        print(f"  {path[:54] or 'home':56}{taken:10.1f}{size / 1000:8.1f}{SCREEN:8}{missed}", flush=True)


def generate(file: Path, careers: int) -> str:
    """Publish generated careers, draft each, and return the secret of an administrator."""
    engine = connect(f"sqlite:///{file}")
    upgrade(engine)
    with transaction(engine) as session:
        store.publish(session, list(generated(careers)), "benchmark", "")
    draft_all(engine)
    secret = fill(engine, LOGGED)
    engine.dispose()
    return secret


def _config(file: Path) -> Config:
    return Config.of(
        database_url=f"sqlite:///{file}",
        work=False,
        admin_path="/admin",
        pages=True,
        max_cost=100_000,
        request_seconds=600.0,
        operation_seconds=300.0,
        rate_limit=0,
        imports_folder=str(file.parent / "imports"),
    )


async def _print(file: Path, secret: str, times: int) -> None:
    print(f"{'':58}{'at a publish':>12}{'then':>8}{'kB':>8}{'goal':>8}")
    async for path, goal, first, later, size in measure(CareerGraph(_config(file)).asgi(), secret, times):
        missed = "  missed" if max(first or 0.0, later) > goal else ""
        after = "" if first is None else f"{first:.1f}"
        print(f"  {path or 'home':56}{after:>12}{later:8.1f}{size / 1000:8.1f}{goal:8}{missed}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.admin", description="Measure the screens of the admin.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--database", type=Path, help="an SQLite file with O*NET, which is copied")
    source.add_argument("--careers", type=int, help="generated careers, of whose lists it is said what they cost")
    parser.add_argument("--times", type=int, default=3, help="requests of each screen, of which the quickest counts")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "copy.db"
        if arguments.careers:
            anyio.run(_print_lists, file, generate(file, arguments.careers), arguments.times)
            return
        shutil.copy(arguments.database, file)
        engine = connect(f"sqlite:///{file}")
        secret = fill(engine, LOGGED)
        engine.dispose()
        anyio.run(_print, file, secret, arguments.times)


if __name__ == "__main__":
    main()
