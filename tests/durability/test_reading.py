"""Readers of a real server, while editors publish: each answer is of one version, and never of an older one again."""

import json
from http.client import HTTPConnection
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from durability.asking import ask, serving
from durability.children import Nursery
from durability.small import CAREERS
from waiting import CEILING

pytestmark = pytest.mark.long

WRITER = "durability.racer:rewrite"
TIMES = 10
"""How often something is published."""
PAUSE = 0.1
"""How long a version stays before the next one is written, in seconds: several looks of a server."""
QUERY = f"""{{ catalog {{ version }}
  {" ".join(f'c{n}: career(slug: "{slug}") {{ title category {{ slug }} }}' for n, slug in enumerate(CAREERS))}
  comparison(a: "{CAREERS[0]}", b: "{CAREERS[1]}") {{ catalogVersion a {{ title }} b {{ title }} }}
  collection(slug: "bundled") {{ title careers {{ title }} }} }}"""


class Reader(Thread):
    """Reads until it is told to stop, and keeps what each answer was of: its version, and the marks in it.

    Every other request is one that was never asked before, so that both kept answers and fresh ones are read.
    """

    def __init__(self, address: str, number: int) -> None:
        super().__init__()
        self._address, self._number = address, number
        self.enough = Event()
        self.seen: list[tuple[int, frozenset[str]]] = []
        self.problem: BaseException | None = None

    def run(self) -> None:
        connection = HTTPConnection(urlsplit(self._address).netloc, timeout=CEILING)
        count = 0
        try:
            while not self.enough.is_set():
                count += 1
                fresh = f"query Fresh{self._number}x{count} " if count % 2 else ""
                self.seen.append(_versions(ask(self._address, fresh + QUERY, connection)))
        except BaseException as problem:
            self.problem = problem
        finally:
            connection.close()


def _versions(data: Any) -> tuple[int, frozenset[str]]:
    """The one version of an answer, and all marks in it."""
    version, titles = data["catalog"]["version"], json.dumps(data).split('"')
    assert data["comparison"]["catalogVersion"] == version
    return version, frozenset(it.split()[-1] for it in titles if " as of " in it)


def test_each_answer_is_of_one_version(small_url: str, children: Nursery) -> None:
    keys = [*[["career", slug] for slug in CAREERS], ["collection", "bundled"]]
    with serving(children, database_url=small_url, poll_seconds=0.02, work=False) as address:
        readers = [Reader(address, number) for number in range(3)]
        for reader in readers:
            reader.start()
        messages = children.child(WRITER, url=small_url, keys=keys, times=TIMES, pause=PAUSE).last_words()
        for reader in readers:
            reader.enough.set()
            reader.join()
            assert reader.problem is None, reader.problem
    marks = {1: frozenset[str]()} | {it["published"]: frozenset([it["mark"]]) for it in messages if "published" in it}
    assert len(marks) == TIMES + 1
    for reader in readers:
        versions = [version for version, _ in reader.seen]
        assert versions == sorted(versions)
        assert all(mark == marks[version] for version, mark in reader.seen)
    seen = {version for reader in readers for version, _ in reader.seen}
    print(f"{sum(len(reader.seen) for reader in readers)} answers, of {len(seen)} versions")
    assert len(seen) > TIMES // 3
