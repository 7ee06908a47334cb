"""A soak: full load for a while, with publishes going on. No answer may be wrong, stale or of two versions at once.

Each publish gives a few careers titles with its number in them, all in one version. So an answer that names two numbers
is of two versions, and one whose number is not that of its version, or that is older than what was published before the
request was sent, is stale. Other requests ask for pages of any careers, search in each language, and ask what a page
was as of one of the versions before. Memory is looked at every second: in the last third of the time it may be at most
a tenth more than in the third before.

    make soak [ARGS="--seconds 60 --careers 1000 --every 1"]
    make soak ARGS="--database onet.db"
"""

import argparse
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from selectors import EVENT_READ, DefaultSelector
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, perf_counter

import msgspec
from sqlalchemy import select

from benchmarks.http.database import filled_database
from benchmarks.http.load import Connection, Request, post
from benchmarks.http.scenario import FACTS, PAGE
from benchmarks.http.server import Server, careergraph
from careergraph.store.catalogs.past import newest
from careergraph.store.catalogs.renewal import NOTE
from careergraph.store.database.database import connect, transaction
from careergraph.store.documents.documents import CareerDocument
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.publish import publish
from careergraph.store.migration.migrate import upgrade
from careergraph.store.tables.editing import CatalogVersion

GRACE = 5.0
"""How long a version may be served after a newer one was published, in seconds of CPU time of the server, which has no
pause under load: on a busy machine the clock on the wall is no judge. The server looks twice a second, and builds the
new catalog beside answering; how long it took is printed."""
ENOUGH = 120.0
"""How much longer it goes on for at most where not enough was seen to judge, in seconds."""

MARKED = """query Marked($a: String!, $b: String!) {
  catalog { version }
  comparison(a: $a, b: $b) { title catalogVersion a { title } b { title } verdict { conclusion { text } } }
}"""

SEARCH = """query Search($text: String!, $locale: String) {
  catalog { version }
  search(text: $text, locale: $locale, first: 10) { score matched }
}"""
PAST = """query Past($a: String!, $b: String!, $at: DateTime!) {
  comparison(a: $a, b: $b, asOf: $at) { title catalogVersion verdict { conclusion { text } } }
  career(slug: $a, asOf: $at) { compareWith(first: 5) { slug } }
}"""
PAST_EVERY = 0.5
"""Seconds between two requests for the past, whose answers cost a hundred times as much as others."""
PAST_AMONG = 20
"""At least so many other requests are between them, so that on a busy machine not all connections wait for the past."""
MOST_GROWTH = 0.1
"""How much more memory may be held in the last third of the time than in the third before, as a share."""

_NUMBER = re.compile(r"Marked \d+ edition (\d+)")


@dataclass
class Soak:
    """What came of it. `versions` are the numbers in the titles by the version that has them, `instants` the versions
    by when they were published, `past` how many answers were about one of these. The times in `published` and `answers`
    are of the CPU clock of the server."""

    seconds: float
    every: float
    versions: dict[int, int] = field(default_factory=dict)
    published: list[tuple[float, int]] = field(default_factory=list)
    instants: dict[str, int] = field(default_factory=dict)
    answers: list[tuple[float, int, frozenset[int]]] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    oldest: float = 0.0
    past: int = 0
    searches: int = 0
    _sent: dict[Connection, float] = field(default_factory=dict)

    @property
    def has_seen_enough(self) -> bool:
        """Whether there is something to judge: answers of several versions, searches, and some about the past."""
        versions = {version for _, version, _ in self.answers}
        return len(versions) > 2 and len(self.took) > 50 and self.searches > 0 and self.past > 0

    def run(self, server: Server, database: str, connections: int = 32) -> None:
        """Asks and publishes until the time is over, then judges."""
        careers = [it for it in _read(database) if isinstance(it, CareerDocument)]
        marked, others = careers[:4], [it.slug for it in careers[4:]]
        self._publish(server, database, marked, 0)
        over = Event()
        publisher = Thread(target=self._publishing, args=(server, database, marked, over))
        publisher.start()
        try:
            self._ask(server, _requests(Random(3), [it.slug for it in marked], others, self.instants), connections)
        finally:
            over.set()
            publisher.join()
        self._note_renewals(database)
        self._judge()

    def _note_renewals(self, database: str) -> None:
        """A version that renews neighbours has the titles of the version before it."""
        engine = connect(database)
        with transaction(engine) as session:
            renewals = select(CatalogVersion.version).where(CatalogVersion.note == NOTE)
            for version in session.scalars(renewals.order_by(CatalogVersion.version)):
                if version - 1 in self.versions:
                    self.versions[version] = self.versions[version - 1]
        engine.dispose()

    def _publishing(self, server: Server, database: str, marked: list[CareerDocument], over: Event) -> None:
        number = 1
        while not over.wait(self.every):
            self._publish(server, database, marked, number)
            number += 1

    def _publish(self, server: Server, database: str, marked: list[CareerDocument], number: int) -> None:
        engine = connect(database)
        titles = [{"en": f"Marked {place} edition {number}"} for place, _ in enumerate(marked)]
        edited = [msgspec.structs.replace(it, title=title) for it, title in zip(marked, titles, strict=True)]
        with transaction(engine) as session:
            version = publish(session, edited, "soak", "")
            info = newest(session)
        assert version is not None and info is not None
        self.instants[info.published_at.isoformat()] = version
        engine.dispose()
        self.versions[version] = number
        self.published.append((server.cpu(), version))

    def _ask(self, server: Server, requests: Iterator[Request], connections: int) -> None:
        selector = DefaultSelector()
        for _ in range(connections):
            connection = Connection(server.port)
            selector.register(connection.socket, EVENT_READ, connection)
            self._send(server, connection, next(requests))
        end = monotonic() + self.seconds
        look = 0.0
        while (now := monotonic()) < end or (now < end + ENOUGH and not self.has_seen_enough):
            if now >= look:
                self.memory.append(server.rss())
                look = now + 1
            for key, _ in selector.select(1):
                connection = key.data
                if connection.receive():
                    self._take(connection)
                    self._send(server, connection, next(requests))
        for key in list(selector.get_map().values()):
            key.data.socket.close()
        selector.close()

    def _send(self, server: Server, connection: Connection, request: Request) -> None:
        self._sent[connection] = server.cpu()
        connection.send(request)

    def _take(self, connection: Connection) -> None:
        self.took.append(perf_counter() - connection.since)
        head, _, body = connection.received.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 ") or not body.startswith(b'{"data":{'):
            self.wrong.append(f"no answer: {connection.received[:300]!r}")
            return
        answer = msgspec.json.decode(body)["data"]
        if "search" in answer:
            self.searches += 1
        elif "career" in answer:
            self.past += 1
            if connection.expected not in body:
                self.wrong.append(f"not of the version of that instant, {connection.expected!r}: {body[:300]!r}")
        elif "catalog" in answer:
            version = answer["catalog"]["version"]
            numbers = frozenset(map(int, _NUMBER.findall(body.decode())))
            if answer["comparison"]["catalogVersion"] != version:
                self.wrong.append(f"two versions: {body[:300]!r}")
            self.answers.append((self._sent[connection], version, numbers))

    def _judge(self) -> None:
        for since, version, numbers in self.answers:
            expected = {self.versions[version]} if version in self.versions else set()
            if numbers != expected:
                self.wrong.append(f"version {version} has {sorted(expected)} in its titles, not {sorted(numbers)}")
            age = since - min((when for when, it in self.published if it > version), default=since)
            self.oldest = max(self.oldest, age)
            if age > GRACE:
                self.wrong.append(
                    f"version {version} was served {age:.1f} s of CPU time after a newer one was published"
                )

    @property
    def growth(self) -> float:
        """How much more memory the last third of the time took than the third before, as a share."""
        third = len(self.memory) // 3
        return max(self.memory[-third:]) / max(self.memory[third:-third]) - 1 if third else 0.0


def _read(database: str) -> list[object]:
    engine = connect(database)
    with transaction(engine) as session:
        documents: list[object] = list(read_all(session))
    engine.dispose()
    return documents


def _requests(random: Random, marked: list[str], others: list[str], instants: Mapping[str, int]) -> Iterator[Request]:
    """Requests without end, and what must stand in the answers of those for the past."""
    due, between = monotonic() + PAST_EVERY, 0
    while True:
        a, b = random.sample(others, 2)
        between += 1
        if monotonic() >= due and between > PAST_AMONG:
            due, between = monotonic() + PAST_EVERY, 0
            at, version = random.choice(list(instants.items()))
            yield _request(PAST, a=a, b=b, at=at), f'"catalogVersion":{version},'.encode()
            continue
        query = random.choice((MARKED, PAGE, FACTS, SEARCH))
        if query == SEARCH:
            yield _request(SEARCH, text=f"{a} {random.randrange(1000)}", locale=random.choice(("en", "de"))), b""
            continue
        if query == MARKED:
            a, b = random.sample(marked, 2)
        yield _request(query, a=a, b=b), b""


def _request(query: str, **variables: str) -> bytes:
    return post("/graphql", msgspec.json.encode({"query": query, "variables": variables}))


def main() -> int:
    """Soaks, and prints what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long")
    parser.add_argument("--careers", type=int, default=1000, help="careers of the catalog")
    parser.add_argument("--database", type=Path, help="an SQLite file in their place, of which a copy is served")
    parser.add_argument("--every", type=float, default=1, help="seconds between two publishes")
    parser.add_argument("--folder", type=Path, default=Path("var/benchmarks"), help="where made databases are kept")
    arguments = parser.parse_args()
    soak = Soak(arguments.seconds, arguments.every)
    with TemporaryDirectory() as folder:
        source = arguments.database or filled_database(arguments.folder, arguments.careers).removeprefix("sqlite:///")
        file = shutil.copy(source, Path(folder, "soak.db"))
        engine = connect(f"sqlite:///{file}")
        upgrade(engine)  # it may have been made by an earlier version
        engine.dispose()
        with careergraph(f"sqlite:///{file}", None) as server:
            soak.run(server, f"sqlite:///{file}")
            used, peak = server.cpu(), server.peak()
    ordered = sorted(soak.took)
    print(f"{len(soak.took):,} answers in {arguments.seconds:g} s, {len(soak.published)} publishes, 32 connections")
    print(f"the server used {used:.1f} s of CPU time, from its start: {1e3 * used / len(soak.took):.2f} ms an answer")
    print(f"latency: p50 {1e3 * median(ordered):.1f} ms, p99 {1e3 * ordered[int(0.99 * len(ordered))]:.1f} ms")
    print(f"judged by their version: {len(soak.answers):,}, of {len({it[1] for it in soak.answers})} versions")
    print(f"searches: {soak.searches:,}; answers about the past: {soak.past:,}")
    print(f"a version was served for at most {soak.oldest:.2f} s of CPU time after a newer one was published")
    print(f"wrong, stale or of two versions: {len(soak.wrong)}")
    for text in soak.wrong[:5]:
        print(f"  {text}")
    print(f"memory: {' '.join(f'{it:.0f}' for it in soak.memory[:: max(1, len(soak.memory) // 12)])} MB")
    print(f"at most {peak:.0f} MB")
    print(f"growth from the second third of the time to the last: {100 * soak.growth:+.1f} %")
    return 1 if soak.wrong or soak.growth > MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
