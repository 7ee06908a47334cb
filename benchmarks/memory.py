"""Memory: what `careergraph serve` holds at its first answer, once it is prepared, and after each kind of query.

The queries are sent one after the other over one connection, so that what a row has more than the row before is what
its kind of query left. A file of SQLite is copied first: an administrator signs in at the end. The goals are for a
catalog of 1,000 careers.

    python -m benchmarks.memory --database ADDRESS [--pairs 3000] [--command .venv/bin/careergraph]
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep
from urllib.parse import urlencode

from graphql import get_introspection_query

from benchmarks.http.scenario import CURSORS, FACTS, LIST, PAGE
from benchmarks.http.server import Server, careergraph
from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.verbs.access.tokens import create_token
from careergraph.engine.content import Catalog
from careergraph.engine.text.localized_catalog import localize
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect, transaction

FIRST_GOAL, GOAL = 135, 165
"""The most megabytes at the first answer, and after all kinds of query."""

REPEATED, SEARCHES = 1000, 500
"""Requests of one pair, and searches in each language."""

ACTOR = Actor(name="benchmark", role=Role.ADMIN)
SEARCH = """query Search($text: String!, $locale: String!) {
  search(text: $text, locale: $locale, first: 20) { score matched }
}"""
COMPARE_WITH = "query With($slug: String!) { career(slug: $slug) { compareWith(first: 10) { slug title } } }"
INTROSPECTION = get_introspection_query()
ADDRESSES = (
    *("/api/careers/{a}", "/api/comparisons/{a}/{b}"),
    *("/careers/{a}", "/compare/{a}-vs-{b}"),
)
"""Addresses of the REST view, and of pages, of a career or a pair."""
ONCE = ("/", "/careers", "/skills", "/search?q=nurse", "/api/search?text=nurse", "/api/careers", "/api/openapi.json")
SCREENS = ("", "documents/career", "queues/stale", "queues/drafts", "audit", "new/career", "settings/roles")

Request = tuple[str, str, bytes | None]
"""A request: its method, its address, and its body if it has one."""


class Client:
    """A program that keeps one connection to a server."""

    def __init__(self, server: Server) -> None:
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=120)
        self._headers = {"Content-Type": "application/json"}

    def ask(self, request: Request) -> bytes:
        """Return the body of an answer. Raises ValueError for a failure."""
        self._connection.request(*request, headers=self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 400 or content.startswith(b'{"errors"'):
            raise ValueError(f"{request[:2]}: {answer.status} {content[:500]!r}")
        return content

    def close(self) -> None:
        """Close the connection, which a server does not keep for long; the next request opens another."""
        self._connection.close()

    def sign_in(self, secret: str) -> None:
        """Sign in to the admin by an access token."""
        origin = f"http://127.0.0.1:{self._connection.port}"
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": origin}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", "/admin/sign-in", urlencode({"secret": secret}), {**headers, **form})
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != 303:
            raise ValueError(f"no sign-in: {answer.status} {text[:500]!r}")
        cookie = str(answer.getheader("Set-Cookie")).partition(";")[0]
        self._headers = {**headers, "Cookie": cookie}


def kinds(catalog: Catalog, client: Client, pairs: int) -> Iterator[tuple[str, Iterable[Request]]]:
    """Yield each kind of query with its requests."""
    random, slugs = Random(5), list(catalog.careers)
    several = [random.sample(slugs, 2) for _ in range(pairs)]
    each = [*pairwise(slugs), (slugs[-1], slugs[0])]
    yield f"one pair, {REPEATED:,} times", [_pair(PAGE, slugs[0], slugs[1])] * REPEATED
    yield f"each career at each place, {len(each):,}", [_pair(PAGE, *it) for it in each]
    yield f"different pairs, {pairs:,}", [_pair(PAGE, *it) for it in several]
    yield f"the same with all facts, {pairs:,}", [_pair(FACTS, *it) for it in several]
    yield "lists of 50 careers, all", _lists(client)
    for code in catalog.locales:
        texts = [random.choice(_titles(catalog, code)) for _ in range(SEARCHES)]
        yield f"searches in {code}, {SEARCHES:,}", [_post(SEARCH, text=it, locale=code) for it in texts]
    yield "compareWith of each career", [_post(COMPARE_WITH, slug=it) for it in slugs]
    places = [address.format(a=a, b=b) for a, b in each[:: len(each) // 200 or 1] for address in ADDRESSES]
    yield f"REST and pages, {len(places) + len(ONCE):,}", [("GET", it, None) for it in (*ONCE, *places)]
    yield "the schema with the editors' side", [_post(INTROSPECTION)]
    yield "the sign-in of the admin", [("GET", "/admin/sign-in", None)]


def _titles(catalog: Catalog, code: str) -> list[str]:
    """What people may type: the beginnings of titles."""
    localized = localize(catalog, code)
    return [localized.read(it.title)[: 4 + number % 12] for number, it in enumerate(catalog.careers.values())]


def _lists(client: Client) -> Iterator[Request]:
    after = None
    while after != (after := _following(client, after)):
        yield _post(LIST, after=after)


def _following(client: Client, after: str | None) -> str | None:
    edges = json.loads(client.ask(_post(CURSORS, after=after)))["data"]["careers"]["edges"]
    return edges[-1]["cursor"] if edges else after


def _pair(query: str, a: str, b: str) -> Request:
    return _post(query, a=a, b=b)


def _post(query: str, **variables: object) -> Request:
    return "POST", "/graphql", json.dumps({"query": query, "variables": variables}).encode()


def settle(server: Server) -> None:
    """Wait until a server does nothing by itself any more."""
    calm = 0
    while calm < 6:
        start = server.cpu()
        sleep(0.5)
        calm = calm + 1 if server.cpu() - start < 0.02 else 0


class Table:
    """The rows, printed as they come."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._before = 0.0
        print(f"{'':44}{'MB now':>8}{'more':>8}{'at most':>9}")

    def row(self, name: str, goal: int | None = None) -> bool:
        """Print what the server holds; return whether that is within the goal."""
        now = self._server.rss()
        met = goal is None or now <= goal
        note = "" if goal is None else f"  goal {goal}" + ("" if met else ", missed")
        print(f"{name:44}{now:8.1f}{now - self._before:8.1f}{self._server.peak():9.1f}{note}", flush=True)
        self._before = now
        return met


def measure(database: str, arguments: argparse.Namespace) -> bool:
    """Print what a server holds; return whether the goals are met."""
    engine = connect(database)
    catalog = Catalogs(engine).current()
    with careergraph(database, None, program=[str(arguments.command)]) as server:
        client, table = Client(server), Table(server)
        slugs = list(catalog.careers)
        client.ask(_pair(PAGE, slugs[0], slugs[1]))
        met = table.row("the first answer", FIRST_GOAL)
        client.close()
        settle(server)
        table.row("prepared: nothing more to do by itself")
        for name, requests in kinds(catalog, client, arguments.pairs):
            for request in requests:
                client.ask(request)
            client.close()
            settle(server)
            table.row(name)
        with transaction(engine) as session:  # not before: where there is a token, a server prepares for editors
            secret = create_token(session, ACTOR, "benchmark", Role.ADMIN).secret
        client.sign_in(secret)
        for screen in SCREENS:
            client.ask(("GET", f"/admin/{screen}", None))
        settle(server)
        engine.dispose()
        return table.row("screens of the admin, signed in", GOAL) and met


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description="Measure a server's memory.")
    parser.add_argument("--database", required=True, help="the address of the database to serve, of SQLite: a copy")
    parser.add_argument("--pairs", type=int, default=3000, help="different pairs")
    parser.add_argument("--command", type=Path, default=Path(".venv/bin/careergraph"), help="whose `serve` is measured")
    return parser.parse_args()


def main() -> int:
    """Measure and print; the exit code says whether the goals are met."""
    arguments = _arguments()
    with TemporaryDirectory() as folder:
        file = shutil.copy(arguments.database.removeprefix("sqlite:///"), Path(folder) / "copy.db")
        return 0 if measure(f"sqlite:///{file}", arguments) else 1


if __name__ == "__main__":
    sys.exit(main())
