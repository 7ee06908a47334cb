"""Schedules: each is carried out once, by any worker, however late, and whatever the clock does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from careergraph.store.database.database import reading, transaction
from careergraph.store.editing import releases, schedules
from careergraph.store.editing.schedules import Action, Schedule

KEY = ("career", "registered-nurse")
DUE = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def add(engine: Engine, due_at: datetime = DUE) -> Schedule:
    with transaction(engine) as session:
        return schedules.add(session, Action.PUBLISH, KEY, due_at, zone="Europe/Berlin", author="ann")


def claim(engine: Engine, now: datetime) -> Schedule | None:
    with transaction(engine) as session:
        return schedules.claim(session, now)


def test_an_instant_of_any_zone_is_kept_in_utc_with_the_zone_beside_it(engine: Engine) -> None:
    """The hour that comes twice when summer time ends: which of the two is meant is in the instant."""
    berlin = ZoneInfo("Europe/Berlin")
    for fold, hour in ((0, 0), (1, 1)):
        schedule = add(engine, datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold))
        assert schedule.due_at == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    with reading(engine) as session:
        assert [it.due_at.utcoffset() for it in schedules.schedules(session)] == [timedelta(0)] * 2
        assert {it.zone for it in schedules.schedules(session, KEY)} == {"Europe/Berlin"}
        assert schedules.next_due(session) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match="no time zone"):
        add(engine, datetime(2026, 5, 1, 12))  # noqa: DTZ001 - that is what is refused


def test_it_is_claimed_when_due_and_never_again(engine: Engine) -> None:
    number = add(engine).number
    assert claim(engine, DUE - MINUTE) is None
    with transaction(engine) as session:
        claimed = schedules.claim(session, DUE)
        assert claimed is not None
        assert (claimed.number, claimed.subject, claimed.action) == (number, KEY, Action.PUBLISH)
        schedules.finish(session, number, "version 2")
    for now in (DUE, DUE - timedelta(days=400), DUE + timedelta(days=400)):
        assert claim(engine, now) is None
    with reading(engine) as session:
        done = schedules.schedule(session, number)
        assert done is not None
        assert (done.done_at, done.outcome) == (DUE, "version 2")
        assert schedules.schedules(session) == ()
        assert schedules.schedules(session, pending=False) == (done,)
        assert schedules.next_due(session) is None


def test_what_a_crash_cuts_off_is_due_again(engine: Engine) -> None:
    number = add(engine).number
    with pytest.raises(RuntimeError), transaction(engine) as session:
        assert schedules.claim(session, DUE) is not None
        raise RuntimeError
    again = claim(engine, DUE + MINUTE)
    assert again is not None
    assert again.number == number


def test_what_fell_due_long_ago_is_done_in_order(engine: Engine) -> None:
    late, early = add(engine, DUE + MINUTE), add(engine, DUE)
    order = [claim(engine, DUE + timedelta(days=30)) for _ in range(3)]
    assert [it and it.number for it in order] == [early.number, late.number, None]


def test_a_cancelled_one_is_not_done(engine: Engine) -> None:
    number = add(engine).number
    with transaction(engine) as session:
        assert schedules.cancel(session, number)
        assert not schedules.cancel(session, number)
        assert not schedules.cancel(session, 4711)
    assert claim(engine, DUE) is None
    done = add(engine).number
    assert claim(engine, DUE)
    with transaction(engine) as session:
        assert not schedules.cancel(session, done)


def test_a_release_is_scheduled_too(engine: Engine) -> None:
    with transaction(engine) as session:
        releases.open_release(session, "may", "May", "", "ann")
        schedule = schedules.add(session, Action.PUBLISH, "may", DUE, zone="UTC", author="ann")
        assert schedule.subject == "may"
        assert schedules.schedules(session, "may") == (schedule,)
        assert schedules.schedules(session, KEY) == ()


def test_several_workers_claim_each_once(engine: Engine) -> None:
    numbers = {add(engine).number for _ in range(12)}
    start = Barrier(4)

    def work(_: int) -> list[int]:
        start.wait()
        mine = []
        while (claimed := claim(engine, DUE)) is not None:
            mine.append(claimed.number)
        return mine

    with ThreadPoolExecutor(4) as pool:
        done = [number for mine in pool.map(work, range(4)) for number in mine]
    assert sorted(done) == sorted(numbers)
