"""Renewing: a renewal follows each publish, and rests in proportion to what it took."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import Engine

from careergraph.editorial.editing.publication import renew_neighbours
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.worker import renewing
from careergraph.editorial.worker.renewing import REST, Renewing
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.renewal import Renewed
from careergraph.store.catalogs.stored_catalog import StoredCatalog
from careergraph.store.database.database import DatabaseProblem
from editorial.verbs.desk import ADMIN, Desk

KEY = ("career", "accountant")


class Clocks:
    """A clock on the wall, and what a renewal costs."""

    def __init__(self) -> None:
        self.now = self.used = 0.0
        self.renewals: list[float] = []
        self.live: list[StoredCatalog | None] = []

    def renew(self, engine: Engine, live: StoredCatalog | None) -> Renewed | None:
        self.renewals.append(self.now)
        self.live.append(live)
        self.used += 0.5
        return renew_neighbours(engine, live)


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    clocks = Clocks()
    monkeypatch.setattr(renewing, "renew_neighbours", clocks.renew)
    monkeypatch.setattr(renewing, "monotonic", lambda: clocks.now)
    monkeypatch.setattr(renewing, "thread_time", lambda: clocks.used)
    return clocks


def publisher(desk: Desk) -> Callable[[int], None]:
    def one(number: int) -> None:
        desk.edit(KEY, title={"en": f"Title {number}"})
        desk.do(publish, ADMIN, [KEY])

    return one


def test_constant_publishes_leave_most_of_the_time_to_others(desk: Desk, clocks: Clocks) -> None:
    """Each was renewed at once: where that takes half a second, a thread did nothing else."""
    publish_one, work = publisher(desk), Renewing(desk.engine)
    for number in range(20):
        publish_one(number)
        work.renew()
        clocks.now += 1
    assert clocks.renewals == [0, 4, 8, 12, 16]
    assert clocks.used * (REST + 1) <= clocks.now


def test_the_first_publish_after_a_rest_is_renewed_at_once(desk: Desk, clocks: Clocks) -> None:
    publish_one, work = publisher(desk), Renewing(desk.engine)
    for now in (0, 5, 10):  # the second finds nothing due, and nothing is looked into from then on
        clocks.now = now
        work.renew()
    count = len(clocks.renewals)
    clocks.now = 20
    work.renew()
    assert len(clocks.renewals) == count
    publish_one(1)
    work.renew()
    assert clocks.renewals[count:] == [20]


def test_the_catalog_of_the_process_is_used(desk: Desk, clocks: Clocks) -> None:
    catalogs = Catalogs(desk.engine)
    catalogs.current()
    Renewing(desk.engine, lambda: catalogs.live).renew()
    assert clocks.live == [catalogs.live] != [None]


def test_a_mistake_is_not_made_again_with_each_try(desk: Desk, clocks: Clocks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the next version is tried, while a database that cannot be written is tried again."""
    tries: list[type[Exception]] = []

    def fail(problem: type[Exception]) -> Callable[..., None]:
        def raise_problem(*_: object) -> None:
            tries.append(problem)
            raise problem("no")

        return raise_problem

    for problem, count in ((DatabaseProblem, 3), (TypeError, 1)):
        monkeypatch.setattr(renewing, "renew_neighbours", fail(problem))
        work = Renewing(desk.engine)
        for _ in range(3):
            with suppress(problem):
                work.renew()
        assert tries.count(problem) == count
