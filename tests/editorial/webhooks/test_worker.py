"""Schedules are carried out when they are due, also after a time without workers, and lead to events."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from careergraph.editorial.editing.publication import PUBLISHED, renew_neighbours
from careergraph.editorial.verbs.access.manage_endpoints import add, inspect, log, redeliver, resume
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.webhooks.deliver import PAUSED
from careergraph.editorial.webhooks.message import message_id
from careergraph.editorial.webhooks.settings import Settings
from careergraph.editorial.worker import renewing
from careergraph.editorial.worker.worker import FAILED, Worker
from careergraph.store.catalogs.past import CatalogVersionInfo, newest
from careergraph.store.catalogs.renewal import Renewed
from careergraph.store.catalogs.stored_catalog import StoredCatalog
from careergraph.store.editing.schedules import Action, Schedule, schedules
from careergraph.store.events.deliveries import LEASE, MOST_WAIT, State, claim, deliveries, mark_failed
from careergraph.store.tables.editing import AuditRow
from editorial.verbs.desk import ADMIN, EDITOR, Desk
from editorial.webhooks.receiver import SETTINGS, Receiver
from listed import events
from waiting import CEILING, wait_until

SURVEYOR, ACTUARY = ("career", "actuary"), ("career", "accountant")
NOW = datetime.now(UTC)
SOON = NOW + timedelta(hours=1)
LATER = NOW + timedelta(hours=2)


def titled(desk: Desk, key: tuple[str, str], title: str) -> None:
    desk.edit(key, title={"en": title})


def schedule_change(desk: Desk, key: tuple[str, str], at: datetime = SOON, action: Action = Action.PUBLISH) -> Schedule:
    return desk.do(schedule, EDITOR, key, action, at=at, zone="UTC")


def payloads(desk: Desk, event: str) -> list[dict[str, object]]:
    return [it.payload for it in desk.look(events) if it.event == event]


def test_nothing_is_done_before_its_time(desk: Desk) -> None:
    titled(desk, ACTUARY, "Later")
    schedule_change(desk, ACTUARY)
    assert Worker(desk.engine).publish_due(SOON - timedelta(seconds=1)) == ()
    assert desk.live(ACTUARY)["title"]["en"] != "Later"


def test_what_fell_due_while_all_were_down_is_done_at_start_in_order(desk: Desk) -> None:
    """Days later, a publish and the unpublish after it: both are done, the earlier one first."""
    titled(desk, ACTUARY, "Later")
    titled(desk, SURVEYOR, "Sooner")
    schedule_change(desk, ACTUARY, LATER)
    schedule_change(desk, SURVEYOR)
    done = Worker(desk.engine).publish_due(NOW + timedelta(days=30))
    assert [it.schedule.subject for it in done] == [SURVEYOR, ACTUARY]
    assert all(it.good for it in done)
    assert desk.live(ACTUARY)["title"]["en"] == "Later"
    assert [it["documents"] for it in payloads(desk, PUBLISHED)] == [
        [{"type": key[0], "slug": key[1], "live": True}] for key in (SURVEYOR, ACTUARY)
    ]


def test_what_is_done_is_done_once_also_when_the_clock_is_put_back(desk: Desk) -> None:
    titled(desk, ACTUARY, "Once")
    schedule_change(desk, ACTUARY)
    worker = Worker(desk.engine)
    assert len(worker.publish_due(LATER)) == 1
    titled(desk, ACTUARY, "Not scheduled")
    assert worker.publish_due(SOON - timedelta(minutes=1)) == worker.publish_due(LATER) == ()
    assert desk.live(ACTUARY)["title"]["en"] == "Once"


def test_what_cannot_be_done_is_noted_recorded_and_told_once(desk: Desk) -> None:
    """A career that somebody refers to cannot go; the reason is kept, and it is not tried again and again."""
    titled(desk, ACTUARY, "Stale")
    plan = schedule_change(desk, ACTUARY)
    desk.load_over(ACTUARY, title={"en": "Loaded meanwhile"})
    worker = Worker(desk.engine)
    done = worker.publish_due(LATER)
    assert [(it.schedule.number, it.good) for it in done] == [(plan.number, False)]
    assert worker.publish_due(LATER) == ()
    assert desk.live(ACTUARY)["title"]["en"] == "Loaded meanwhile"
    kept = next(it for it in desk.look(schedules, pending=False) if it.number == plan.number)
    assert kept.outcome is not None and kept.outcome.startswith("failed: ")
    assert [it["schedule"] for it in payloads(desk, FAILED)] == [plan.number]
    carried = desk.look(lambda session: session.scalars(select(AuditRow).where(AuditRow.verb == "carry-out")).all())
    assert [(row.detail or {})["good"] for row in carried] == [False]


def test_neighbours_are_worked_out_again_only_after_a_publish(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that has nothing to do asks for the live version, and for no more."""
    looks, renewals = list[CatalogVersionInfo | None](), list[Renewed | None]()

    def renew(engine: Engine, live: StoredCatalog | None) -> Renewed | None:
        renewals.append(renew_neighbours(engine, live))
        return renewals[-1]

    def look(session: Session) -> CatalogVersionInfo | None:
        looks.append(newest(session))
        return looks[-1]

    monkeypatch.setattr(renewing, "renew_neighbours", renew)
    monkeypatch.setattr(renewing, "newest", look)
    stop = Event()
    thread = Thread(target=Worker(desk.engine, every=0.001).run, args=(stop,))
    thread.start()
    try:
        wait_until(lambda: None in renewals, "nothing is due")
        settled, since = len(renewals), len(looks)
        wait_until(lambda: len(looks) > since + 5, "more looks")
        assert len(renewals) == settled
        titled(desk, ACTUARY, "Counts what may happen")
        desk.do(publish, ADMIN, [ACTUARY])
        wait_until(lambda: len(renewals) > settled and renewals[-1] is None, "the publish was looked into")
    finally:
        stop.set()
        thread.join()


def test_a_worker_runs_until_it_is_told_to_stop(desk: Desk, receiver: Receiver) -> None:
    desk.do(add, ADMIN, inspect(receiver.url, SETTINGS), SETTINGS)
    titled(desk, ACTUARY, "Run")
    schedule_change(desk, ACTUARY)
    stop = Event()
    thread = Thread(target=Worker(desk.engine, SETTINGS, every=0.01, clock=lambda: LATER).run, args=(stop,))
    thread.start()
    assert receiver.heard.wait(CEILING)
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    assert desk.live(ACTUARY)["title"]["en"] == "Run"
    assert receiver.messages[0].body["type"] == PUBLISHED


class TestSending:
    """Events on their way."""

    @pytest.fixture
    def sending(self, desk: Desk, receiver: Receiver) -> Desk:
        desk.do(add, ADMIN, inspect(receiver.url, SETTINGS), SETTINGS)
        return desk

    def publishes(self, desk: Desk, title: str) -> None:
        titled(desk, ACTUARY, title)
        schedule_change(desk, ACTUARY)
        assert len(Worker(desk.engine).publish_due(LATER)) == 1

    def test_what_is_not_taken_is_tried_again_later_and_later(self, sending: Desk, receiver: Receiver) -> None:
        self.publishes(sending, "Once")
        receiver.answers = [500, 503, 302]
        worker = Worker(sending.engine, SETTINGS)
        now, waits = LATER, []
        for _ in range(3):
            assert worker.deliver_due(now) == (0, 1)
            (waiting,) = sending.look(deliveries, state=State.PENDING)
            waits.append((waiting.next_at - now).total_seconds())
            assert worker.deliver_due(now) == (0, 0)
            now = waiting.next_at
        assert worker.deliver_due(now) == (1, 0)
        assert len({it.headers["webhook-id"] for it in receiver.messages}) == 1
        assert len({it.headers["webhook-signature"] for it in receiver.messages}) == 4, "each attempt is signed anew"
        assert 0 < waits[0] * 2 < waits[1] < waits[2] / 2

    def test_none_overtakes_another(self, sending: Desk, receiver: Receiver) -> None:
        self.publishes(sending, "First")
        self.publishes(sending, "Second")
        receiver.answers = [500]
        worker = Worker(sending.engine, SETTINGS)
        assert worker.deliver_due(LATER) == (0, 1)
        assert worker.deliver_due(LATER + timedelta(days=1)) == (2, 0)
        ids = [message_id(it) for it in sending.look(events)]
        assert [it.headers["webhook-id"] for it in receiver.messages] == [ids[0], ids[0], ids[1]]

    def test_what_is_gone_is_paused_and_goes_on_when_it_resumes(self, sending: Desk, receiver: Receiver) -> None:
        self.publishes(sending, "Gone")
        receiver.answers = [410]
        worker = Worker(sending.engine, SETTINGS)
        assert worker.deliver_due(LATER) == (0, 1)
        assert worker.deliver_due(LATER + timedelta(days=1)) == (0, 0)
        sending.do(resume, ADMIN, 1)
        assert worker.deliver_due(LATER + timedelta(days=1)) == (1, 0)

    def test_a_dead_endpoint_is_paused_and_nothing_is_lost(self, sending: Desk, receiver: Receiver) -> None:
        self.publishes(sending, "Dead")
        few = Settings(secret_key=SETTINGS.secret_key, named=SETTINGS.named, attempts=3)
        receiver.answers = [500] * 3
        worker, now = Worker(sending.engine, few), LATER
        for _ in range(3):
            worker.deliver_due(now)
            now += timedelta(days=1)
        assert worker.deliver_due(now) == (0, 0)
        (waiting,) = sending.do(log, ADMIN, 1)
        assert waiting.state is State.PENDING
        sending.do(resume, ADMIN, 1)
        assert worker.deliver_due(now) == (1, 0)

    def test_other_endpoints_are_told_of_a_pause_and_by_whom_a_schedule_failed(
        self, desk: Desk, receiver: Receiver
    ) -> None:
        """Each receives the events that it was added for."""
        dead = desk.do(add, ADMIN, inspect(receiver.url, SETTINGS), SETTINGS, [PUBLISHED, PAUSED]).endpoint
        desk.do(add, ADMIN, inspect(receiver.url + "log", SETTINGS), SETTINGS, [PAUSED, FAILED])
        titled(desk, ACTUARY, "Dead")
        schedule_change(desk, ACTUARY)
        desk.load_over(ACTUARY, title={"en": "Loaded meanwhile"})
        titled(desk, SURVEYOR, "Live")
        schedule_change(desk, SURVEYOR)
        worker = Worker(desk.engine, replace(SETTINGS, attempts=1, document_url="https://cms.example/{type}/{slug}"))
        assert [it.good for it in worker.publish_due(LATER)] == [False, True]
        receiver.by_body = lambda body: 500 if body["type"] == PUBLISHED else 204
        worker.deliver_due(LATER)
        worker.deliver_due(LATER)
        heard = {it.body["type"]: (it.path, it.body["data"]) for it in receiver.messages}
        assert heard.keys() == {PUBLISHED, PAUSED, FAILED}
        path, paused = heard[PAUSED]
        assert (path[-3:], paused["endpoint"], paused["host"]) == ("log", dead.number, "127.0.0.1")
        assert "1 attempts in a row failed" in paused["reason"]
        failed = heard[FAILED][1]
        assert (failed["by"], failed["byName"]) == ("editor", "editor")
        assert failed["address"] == "https://cms.example/career/accountant"

    def test_what_was_taken_can_be_sent_once_more(self, sending: Desk, receiver: Receiver) -> None:
        self.publishes(sending, "Again")
        worker = Worker(sending.engine, SETTINGS)
        assert worker.deliver_due(LATER) == (1, 0)
        assert worker.deliver_due(LATER) == (0, 0)
        sending.do(redeliver, ADMIN, 1, sending.look(events)[0].sequence)
        assert worker.deliver_due(LATER) == (1, 0)
        assert len({it.headers["webhook-id"] for it in receiver.messages}) == 1

    def test_a_lease_of_somebody_who_died_runs_out(self, sending: Desk, receiver: Receiver) -> None:
        self.publishes(sending, "Left")
        claimed = sending.do(lambda session, _: claim(session, "dead", LATER), ADMIN)
        assert claimed is not None
        worker = Worker(sending.engine, SETTINGS)
        assert worker.deliver_due(LATER + LEASE / 2) == (0, 0)
        assert worker.deliver_due(LATER + LEASE) == (1, 0)
        heard = sending.do(lambda session, _: mark_failed(session, claimed, None, "late", LATER), ADMIN)
        assert not heard, "whoever comes back from the dead changes nothing"

    def test_what_a_clock_that_was_ahead_put_off_is_sent_all_the_same(self, sending: Desk, receiver: Receiver) -> None:
        """In 2036, as the clock says, a delivery fails and is leased; then the clock is put right."""
        self.publishes(sending, "Ahead")
        ahead = LATER + timedelta(days=3650)
        receiver.answers = [500]
        worker = Worker(sending.engine, SETTINGS)
        assert worker.deliver_due(ahead) == (0, 1)
        assert sending.do(lambda session, _: claim(session, "ahead", ahead + MOST_WAIT), ADMIN) is not None
        assert worker.deliver_due(LATER) == (1, 0)
