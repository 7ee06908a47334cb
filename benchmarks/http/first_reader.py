"""The first reader after a publish: how long the first answer of a new version takes, and the tenth, and all meanwhile.

A server is asked without a pause for searches, for what a career is worth comparing with, and for searches in another
locale, while another process publishes a career's new title. No question is asked twice, so none is answered from what
was kept. `/healthz` is asked beside it.

python -m benchmarks.http.first_reader [--database sqlite:///copy.db] [--careers 1000] [--rounds 3]
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, perf_counter, sleep

import msgspec

from benchmarks.http.database import filled_database
from benchmarks.http.load import Connection, post
from benchmarks.http.server import Server, careergraph
from careergraph.store.database.database import connect, transaction
from careergraph.store.documents.documents import CareerDocument
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.publish import publish

AFTER = 10
"""Answers of the new version that are looked at."""
LOOK = 0.02
"""Seconds between two looks at /healthz."""
LONGEST = 120.0
"""How long a new version may take to come, in seconds."""
_SEARCH = "catalog { version } search(text: $text, first: 10, locale: $locale) { score }"
SCENARIOS = {
    "search": (_SEARCH, "en"),
    "compareWith": ("catalog { version } career(slug: $career) { compareWith(first: 10) { slug } }", "en"),
    "search in another locale": (_SEARCH, "de"),
}
_DECLARED = {"search": "$text: String!, $locale: String", "compareWith": "$career: String!"}


@dataclass
class Round:
    """Seconds: of the answers of the new version, of the slowest answer before, and of the slowest look at /healthz;
    and how long the new version took to be there."""

    answers: list[float] = field(default_factory=list)
    before: float = 0.0
    healthz: float = 0.0
    there: float = 0.0


class Questions:
    """Requests of one scenario, each another one."""

    def __init__(self, scenario: str, careers: list[CareerDocument]) -> None:
        fields, self._locale = SCENARIOS[scenario]
        declared = _DECLARED["compareWith" if "compareWith" in fields else "search"]
        self._query = f"query({declared}) {{ {fields} }}"
        self._careers, self._numbers = careers, count()
        self._searches = "search(" in fields

    def next(self) -> bytes:
        """The next request."""
        number = next(self._numbers)
        career = self._careers[number % len(self._careers)]
        words = f"{career.title['en']} {number}"
        variables = {"text": words, "locale": self._locale} if self._searches else {"career": career.slug}
        return post("/graphql", msgspec.json.encode({"query": self._query, "variables": variables}))


def measured(server: Server, database: str, questions: Questions, title: str) -> Round:
    """One publish, and what those see who ask meanwhile."""
    times, over = Round(), Event()
    watch = Thread(target=_watch, args=(server, times, over))
    connection = Connection(server.port)
    before = _answer(connection, questions.next())[1]
    publisher = Thread(target=_publish, args=(database, title))
    publisher.start()
    watch.start()
    count, start = 0, monotonic()
    while count < AFTER and monotonic() - start < LONGEST:
        seconds, version = _answer(connection, questions.next())
        if version == before:
            times.before = max(times.before, seconds)
        else:
            times.there = times.there or monotonic() - start
            times.answers.append(seconds)
            count += 1
    over.set()
    publisher.join()
    watch.join()
    connection.socket.close()
    return times


def _answer(connection: Connection, request: bytes) -> tuple[float, int]:
    """How long an answer took, in seconds, and its version."""
    start = perf_counter()
    connection.send((request, b'"version"'))
    while not connection.receive():
        pass
    took = perf_counter() - start
    if not connection.right:
        raise ValueError(connection.received[:500])
    body = msgspec.json.decode(connection.received.partition(b"\r\n\r\n")[2])
    return took, body["data"]["catalog"]["version"]


def _watch(server: Server, times: Round, over: Event) -> None:
    connection = Connection(server.port)
    while not over.is_set():
        start = perf_counter()
        connection.send((b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b""))
        while not connection.receive():
            pass
        times.healthz = max(times.healthz, perf_counter() - start)
        sleep(LOOK)
    connection.socket.close()


def _publish(database: str, title: str) -> None:
    engine = connect(database)
    with transaction(engine) as session:
        career = next(it for it in read_all(session) if isinstance(it, CareerDocument))
        publish(session, [msgspec.structs.replace(career, title={"en": title})], "first-reader", "")
    engine.dispose()


def careers_of(database: str) -> list[CareerDocument]:
    """The careers of a database."""
    engine = connect(database)
    with transaction(engine) as session:
        careers = [it for it in read_all(session) if isinstance(it, CareerDocument)]
    engine.dispose()
    return careers


def rounds(server: Server, database: str, number: int) -> Iterator[tuple[str, list[Round]]]:
    """Some rounds of each scenario."""
    careers = careers_of(database)
    for scenario in SCENARIOS:
        questions = Questions(scenario, careers)
        yield scenario, [measured(server, database, questions, f"{scenario} {it}") for it in range(number)]


def main() -> int:
    """Measures and prints; the exit code says whether any answer was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http.first_reader", description=__doc__)
    parser.add_argument("--database", help="the file of an SQLite database to copy and serve")
    parser.add_argument("--careers", type=int, default=1000, help="careers of the catalog otherwise")
    parser.add_argument("--rounds", type=int, default=3, help="publishes of each scenario, of which the median counts")
    parser.add_argument("--folder", type=Path, default=Path("var/benchmarks"), help="where made databases are kept")
    options = parser.parse_args()
    source = options.database or filled_database(options.folder, options.careers).removeprefix("sqlite:///")
    with TemporaryDirectory() as folder:
        database = f"sqlite:///{shutil.copy(source, Path(folder, 'first.db'))}"
        with careergraph(database, None, CAREERGRAPH_WORK="0") as server:
            sleep(5)  # what is made ready behind the start is ready
            columns = ("first", "tenth", "worst before", "worst healthz", "there after")
            print(f"{'median of ' + str(options.rounds) + ' publishes, ms':32}", *[f"{it:>14}" for it in columns])
            for scenario, results in rounds(server, database, options.rounds):
                rows = [(it.answers[0], it.answers[-1], it.before, it.healthz, it.there) for it in results]
                print(f"{scenario:32}", *[f"{1e3 * median(it):14.1f}" for it in zip(*rows, strict=True)], flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
