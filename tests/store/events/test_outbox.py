"""The outbox: every event to every endpoint that wants it, in order for each document, by one worker at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from careergraph.store.database.database import reading, transaction
from careergraph.store.events import deliveries, endpoints, outbox
from careergraph.store.events.deliveries import LEASE, MOST_WAIT, Claimed, State
from listed import events

NURSE, WELDER, PILOT = ("career", "registered-nurse"), ("career", "welder"), ("career", "pilot")
NOW = datetime.now(UTC) + timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def endpoint(engine: Engine, *events: str) -> int:
    with transaction(engine) as session:
        return endpoints.add(session, "https://hook.example/", events or ("*",), "ann").number


def enqueue(engine: Engine, *keys: tuple[str, str], event: str = "published") -> int:
    with transaction(engine) as session:
        return outbox.enqueue(session, event, keys or [NURSE], {"n": 1}, 7)


def claim(engine: Engine, now: datetime = NOW, worker: str = "w1") -> Claimed | None:
    with transaction(engine) as session:
        return deliveries.claim(session, worker, now)


def sequence(engine: Engine, now: datetime = NOW, worker: str = "w1") -> int | None:
    claimed = claim(engine, now, worker)
    return None if claimed is None else claimed.delivery.sequence


def settle(engine: Engine, claimed: Claimed | None, status: int = 200, retry_at: datetime | None = None) -> bool:
    assert claimed is not None
    with transaction(engine) as session:
        if status == 200:
            return deliveries.mark_delivered(session, claimed, NOW, status)
        return deliveries.mark_failed(session, claimed, status, "no", retry_at)


def test_an_event_goes_to_those_that_want_it(engine: Engine) -> None:
    every, some = endpoint(engine), endpoint(engine, "published")
    idle = endpoint(engine)
    with transaction(engine) as session:
        endpoints.change(session, idle, active=False)
    assert [enqueue(engine), enqueue(engine, WELDER, event="renamed"), enqueue(engine)] == [1, 2, 3]
    with reading(engine) as session:
        log = deliveries.deliveries(session)
        assert [(it.sequence, it.number) for it in log] == [(3, every), (3, some), (2, every), (1, every), (1, some)]
        assert [it.sequence for it in deliveries.deliveries(session, some, before=3)] == [1]
        assert deliveries.deliveries(session, state=State.FAILED) == ()
        assert [it.event for it in events(session)] == ["published", "renamed", "published"]
        event = outbox.event(session, 1)
        assert event is not None
        assert (event.event, event.payload, event.version) == ("published", {"n": 1}, 7)


def test_what_was_rolled_back_is_told_nobody(engine: Engine) -> None:
    endpoint(engine)
    with pytest.raises(RuntimeError), transaction(engine) as session:
        outbox.enqueue(session, "published", [NURSE], {}, 1)
        raise RuntimeError
    assert claim(engine) is None
    assert enqueue(engine) == 1


def test_order_is_kept_for_each_document_and_not_between_them(engine: Engine) -> None:
    endpoint(engine)
    first, second, other = enqueue(engine), enqueue(engine), enqueue(engine, WELDER)
    claimed = claim(engine)
    assert claimed is not None
    assert claimed.delivery.sequence == first
    apart = claim(engine)
    assert apart is not None
    assert apart.delivery.sequence == other
    assert settle(engine, apart)
    assert claim(engine) is None
    settle(engine, claimed, 500, NOW + 10 * MINUTE)
    assert claim(engine, NOW + MINUTE) is None
    again = claim(engine, NOW + 10 * MINUTE)
    assert again is not None
    assert (again.delivery.sequence, again.delivery.attempt) == (first, 2)
    assert settle(engine, again)
    assert sequence(engine) == second


def test_an_event_about_several_documents_waits_for_each_of_them_and_for_no_other(engine: Engine) -> None:
    endpoint(engine)
    first, other, both, last = enqueue(engine), enqueue(engine, PILOT), enqueue(engine, WELDER, NURSE), enqueue(engine)
    with transaction(engine) as session:
        whole = outbox.enqueue(session, "published", [], {}, 8)
    failing = claim(engine)
    assert failing is not None
    assert failing.delivery.sequence == first
    settle(engine, failing, 500, NOW + 10 * MINUTE)
    passing = [claim(engine), claim(engine)]
    assert [it.delivery.sequence for it in passing if it] == [other, whole]
    assert claim(engine) is None
    for claimed in passing:
        assert settle(engine, claimed)
    for number in (first, both, last):
        claimed = claim(engine, NOW + 10 * MINUTE)
        assert claimed is not None
        assert claimed.delivery.sequence == number
        assert claim(engine, NOW + 10 * MINUTE) is None
        assert settle(engine, claimed)


def test_a_clock_that_is_a_little_behind_takes_nothing_that_is_leased(engine: Engine) -> None:
    endpoint(engine)
    enqueue(engine)
    assert claim(engine, NOW, "w1") is not None
    for behind in (timedelta(microseconds=1), timedelta(milliseconds=1), timedelta(seconds=30)):
        assert claim(engine, NOW - behind, "w2") is None


def test_an_event_that_waits_is_sent_now_when_somebody_asks_for_that(engine: Engine) -> None:
    """Whether it waits for its next attempt, or for an earlier event; one that is being sent is not sent twice."""
    number = endpoint(engine)
    first, second = enqueue(engine), enqueue(engine)
    settle(engine, claim(engine), 500, NOW + 10 * MINUTE)
    assert claim(engine) is None
    with transaction(engine) as session:
        assert deliveries.redeliver(session, number, second, NOW)
    ahead = claim(engine)
    assert ahead is not None
    assert ahead.delivery.sequence == second
    with transaction(engine) as session:
        assert deliveries.redeliver(session, number, second, NOW)
        assert deliveries.redeliver(session, number, first, NOW)
    assert sequence(engine) == first
    assert claim(engine) is None
    assert settle(engine, ahead)
    assert claim(engine) is None


def test_delivered_events_go_after_a_while_and_numbers_are_never_used_again(engine: Engine) -> None:
    number = endpoint(engine)
    delivered, waiting, last = enqueue(engine), enqueue(engine, WELDER), enqueue(engine, PILOT)
    with transaction(engine) as session:
        assert outbox.prune(session, NOW - 2 * timedelta(days=1)) == 0
    for _ in range(3):
        claimed = claim(engine)
        assert claimed is not None
        if claimed.delivery.sequence == waiting:
            settle(engine, claimed, 500, NOW + MINUTE)
        else:
            settle(engine, claimed)
    with transaction(engine) as session:
        assert outbox.prune(session, NOW) == 0
        assert outbox.prune(session, NOW + MINUTE) == 1
        assert [it.sequence for it in events(session)] == [waiting, last]
        assert [it.sequence for it in deliveries.deliveries(session, number)] == [last, waiting]
    assert enqueue(engine) == last + 1
    assert delivered == 1


def test_a_slow_endpoint_holds_up_no_other(engine: Engine) -> None:
    slow, quick = endpoint(engine), endpoint(engine)
    enqueue(engine)
    enqueue(engine)
    claimed = [claim(engine), claim(engine)]
    assert {it.endpoint.number for it in claimed if it} == {slow, quick}
    done = next(it for it in claimed if it and it.endpoint.number == quick)
    settle(engine, done)
    following = claim(engine)
    assert following is not None
    assert (following.endpoint.number, following.delivery.sequence) == (quick, 2)


def test_a_lease_that_ran_out_is_free_and_its_old_holder_is_not_heard(engine: Engine) -> None:
    endpoint(engine)
    enqueue(engine)
    crashed = claim(engine)
    assert claim(engine, NOW + LEASE - MINUTE, "w2") is None
    taken = claim(engine, NOW + LEASE, "w2")
    assert taken is not None
    assert not settle(engine, crashed)
    assert not settle(engine, crashed, 500)
    assert settle(engine, taken)
    assert not settle(engine, taken)
    assert claim(engine, NOW + 10 * LEASE) is None


def test_a_clock_that_was_ahead_does_no_harm(engine: Engine) -> None:
    endpoint(engine)
    enqueue(engine)
    year = timedelta(days=365)
    assert claim(engine, NOW + year) is not None
    claimed = claim(engine)
    assert claimed is not None
    settle(engine, claimed, 500, NOW + year)
    assert claim(engine, NOW + MOST_WAIT / 2) is not None


def test_given_up_lets_the_next_pass_and_may_be_sent_once_more(engine: Engine) -> None:
    number = endpoint(engine)
    first, second = enqueue(engine), enqueue(engine)
    settle(engine, claim(engine), 410)
    assert settle(engine, claim(engine))
    with transaction(engine) as session:
        (failed,) = deliveries.deliveries(session, state=State.FAILED)
        assert (failed.sequence, failed.status, failed.error) == (first, 410, "no")
        assert deliveries.redeliver(session, number, first, NOW)
        assert not deliveries.redeliver(session, number, 99, NOW)
    again = claim(engine)
    assert again is not None
    assert again.delivery.sequence == first
    assert settle(engine, again)
    with reading(engine) as session:
        log = deliveries.deliveries(session, number)
        assert [(it.sequence, it.state, it.error) for it in log] == [
            (second, State.DELIVERED, None),
            (first, State.DELIVERED, None),
        ]


def test_a_paused_endpoint_is_told_later(engine: Engine) -> None:
    number = endpoint(engine)
    with transaction(engine) as session:
        endpoints.pause(session, number, "dead for a day")
    enqueue(engine)
    assert claim(engine) is None
    with transaction(engine) as session:
        paused = endpoints.endpoint(session, number)
        assert paused is not None
        assert paused.paused_reason == "dead for a day"
        endpoints.resume(session, number)
    assert sequence(engine) == 1


def test_secrets_rotate_and_the_old_one_retires(engine: Engine) -> None:
    number = endpoint(engine)
    with transaction(engine) as session:
        rotated = endpoints.rotate(session, number, NOW)
        assert rotated.secret_numbers(NOW - MINUTE) == (2, 1)
        assert rotated.secret_numbers(NOW) == (2,)
        changed = endpoints.change(session, number, url="https://other.example/", events=["renamed"])
        assert (changed.url, changed.events, changed.secret_number) == ("https://other.example/", ("renamed",), 2)
        with pytest.raises(KeyError):
            endpoints.pause(session, 4711, "")


def test_a_removed_endpoint_takes_its_log_along(engine: Engine) -> None:
    number = endpoint(engine)
    enqueue(engine)
    with transaction(engine) as session:
        assert endpoints.remove(session, number)
        assert not endpoints.remove(session, number)
    with reading(engine) as session:
        assert deliveries.deliveries(session) == ()
        assert len(events(session)) == 1
        assert endpoints.endpoints(session) == ()


def test_several_workers_send_each_once_and_in_order(engine: Engine) -> None:
    endpoint(engine)
    for count in range(12):
        enqueue(engine, (NURSE, WELDER, PILOT)[count % 3])
    subjects = {count + 1: (NURSE, WELDER, PILOT)[count % 3] for count in range(12)}
    start, sent = Barrier(4), list[int]()

    def work(number: int) -> None:
        start.wait()
        left = 12
        while left:
            claimed = claim(engine, worker=f"w{number}")
            if claimed is not None:
                sent.append(claimed.delivery.sequence)
                assert settle(engine, claimed)
            with reading(engine) as session:
                left = len(deliveries.deliveries(session, state=State.PENDING))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sorted(sent) == list(range(1, 13))
    for key in (NURSE, WELDER, PILOT):
        mine = [number for number in sent if subjects[number] == key]
        assert mine == sorted(mine)
