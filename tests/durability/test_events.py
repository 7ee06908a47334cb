"""Whoever is killed, each event arrives, and in order."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import Engine, select

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.editing.publication import PUBLISHED
from careergraph.editorial.verbs.access.manage_endpoints import add, inspect
from careergraph.editorial.webhooks.message import message_id
from careergraph.store.database.database import reading, transaction
from careergraph.store.events import outbox
from careergraph.store.events.deliveries import LEASE, State
from careergraph.store.tables.editing import DeliveryRow, OutboxRow
from durability.children import Nursery
from durability.whole import check_whole
from editorial.webhooks.receiver import SETTINGS, Receiver, receiving
from listed import events
from waiting import CEILING

PUBLISHER, WORKER = "durability.publisher:main", "durability.worker:main"
ADMIN = Actor(name="admin", role=Role.ADMIN)
KILLS = 6
"""How many publishers and workers are killed, on each database."""


def test_each_event_arrives_whoever_is_killed(
    small_url: str, small_engine: Engine, children: Nursery, random: Random
) -> None:
    """Editors die while they publish and workers while they send: before the receiver has a message, or after it, but
    before that is written down. So a message may come twice, but none is lost and none overtakes another."""
    with receiving() as receiver:
        with transaction(small_engine) as session:
            add(session, ADMIN, inspect(receiver.url, SETTINGS), SETTINGS)
        messages: list[dict[str, Any]] = []
        children.warm(PUBLISHER, url=small_url, name="warm", seed=0, deeds=["edit"], steps=2)
        for kill in range(KILLS):
            seed = random.randrange(1_000_000_000)
            plan = {"name": f"e{kill}", "seed": seed, "deeds": ["edit"], "steps": 3}
            messages += children.child(PUBLISHER, url=small_url, **plan, die_at=random.randint(1, 12)).last_words()
            messages += children.child(PUBLISHER, url=small_url, **plan | {"name": f"f{kill}"}).last_words()
            _send_for_a_while(receiver, small_url, children, random, kill)
        rest = children.child(WORKER, url=small_url, ahead=_ahead(KILLS), rounds=1)
        rest.last_words()
        check_whole(small_engine, messages)
        _check_arrived(small_engine, receiver)
        print(f"{len(receiver.messages)} messages of {len({it.headers['webhook-id'] for it in receiver.messages})}")


def _ahead(kill: int) -> float:
    """A clock by which the leases of all who were killed before have run out."""
    return (kill + 1) * (LEASE + timedelta(seconds=1)).total_seconds()


def _send_for_a_while(receiver: Receiver, url: str, children: Nursery, random: Random, kill: int) -> None:
    """A worker, killed as soon as a few more messages have come, be they answered or not."""
    enough = len(receiver.messages) + random.randint(1, 2)
    worker = children.child(WORKER, url=url, ahead=_ahead(kill))
    while len(receiver.messages) < enough:
        assert receiver.heard.wait(CEILING), "the worker sends nothing"
        receiver.heard.clear()
    worker.kill()


def _is_about(event: outbox.Event, key: tuple[str, str]) -> bool:
    return key in {(it["type"], it["slug"]) for it in event.payload["documents"]}


def _check_arrived(engine: Engine, receiver: Receiver) -> None:
    with reading(engine) as session:
        published = [it for it in events(session, first=10_000) if it.event == PUBLISHED]
        assert len(published) == len(session.scalars(select(OutboxRow)).all()) >= KILLS
        ids = [message_id(it) for it in published]
        places = [ids.index(it.headers["webhook-id"]) for it in receiver.messages]
        assert sorted(set(places)) == list(range(len(ids)))
        for key in {(it["type"], it["slug"]) for event in published for it in event.payload["documents"]}:
            about = [place for place in places if _is_about(published[place], key)]
            assert about == sorted(about)
        assert set(session.scalars(select(DeliveryRow.state))) == {State.DELIVERED}
