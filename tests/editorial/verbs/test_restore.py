"""What a restore does to what happened since: versions, schedules and those who are told, from archives of any age."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.verbs.access.tokens import create_token, revoke_token
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.schedule import cancel_schedule, confirm_schedule, schedule
from careergraph.editorial.worker.worker import Worker
from careergraph.store.access import audit
from careergraph.store.backup.archive import backup
from careergraph.store.backup.restore import RESTORED, restore
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.past import EPOCH
from careergraph.store.database.database import reading, transaction
from careergraph.store.editing import drafts, schedules
from careergraph.store.events import deliveries, endpoints
from careergraph.store.migration.schema import Status, status
from careergraph.store.tables.editing import OutboxDocumentRow
from editorial.verbs.desk import ADMIN, Desk
from listed import entries, events, releases

EARLIER = Path(__file__).parent / "archive_0012.gz"
"""An archive of the tables of revision 0012: a rename, drafts, a release, two schedules, a token and an endpoint."""
KEY = ("career", "accountant")
SOON = timedelta(hours=1)


def publish_title(desk: Desk, key: tuple[str, str], title: str) -> int | None:
    """Publish a document with another title, and return the version."""
    desk.edit(key, title={"en": title})
    return desk.do(publish, ADMIN, [key]).version


def test_an_archive_of_an_earlier_version_is_migrated_on_the_way(empty_engine: Engine) -> None:
    archived = restore(empty_engine, EARLIER)
    assert status(empty_engine) is Status.CURRENT
    assert (archived.version, archived.recalled) == (EPOCH, 2)
    catalog = Catalogs(empty_engine).current()
    assert catalog.version == EPOCH
    assert catalog.careers["actuary-of-old"].title["en"] == "Actuary of old"
    assert dict(catalog.redirects) == {("career", "actuary"): "actuary-of-old"}
    with reading(empty_engine) as session:
        accountant, nurse = (drafts.state(session, ("career", it)) for it in ("accountant", "registered-nurse"))
        assert (accountant.published, accountant.draft, nurse.draft) == (1, 2, 2)
        assert [it.key[1] for it in drafts.drafts(session, "spring")] == ["electrician"]
        assert [it.slug for it in releases(session)] == ["spring"]
        overdue, ahead = schedules.schedules(session)
        assert (overdue.subject, ahead.subject) == (("career", "registered-nurse"), ("career", "plumber"))
        assert archived.held_schedules == (overdue.number,)
        assert overdue.held_reason is not None
        assert ahead.held_reason is None
        assert [it.url for it in endpoints.endpoints(session)] == ["https://hook.example/"]
        assert [it.event for it in events(session)] == ["catalog.published"] * 2 + [RESTORED]
        assert {it.state for it in deliveries.deliveries(session)} == {deliveries.State.PENDING}
        about = session.execute(select(OutboxDocumentRow.sequence, OutboxDocumentRow.slug)).all()
        assert {(1, "actuary"), (2, "actuary"), (2, "actuary-of-old")} <= {(row[0], row[1]) for row in about}
        assert audit.verify(session).good == 14


def test_no_number_of_a_version_is_ever_used_twice(desk: Desk, tmp_path: Path) -> None:
    backup(desk.engine, tmp_path / "first")
    numbers = [publish_title(desk, KEY, title) for title in ("One", "Two")]
    first = restore(desk.engine, tmp_path / "first", replace=True).version
    numbers.append(publish_title(desk, KEY, "Three"))
    second = restore(desk.engine, tmp_path / "first", replace=True).version
    numbers.append(publish_title(desk, KEY, "Four"))
    assert (first, second) == (EPOCH, 2 * EPOCH)
    assert len({*numbers, first, second}) == 6
    assert Catalogs(desk.engine).current().careers["accountant"].title["en"] == "Four"


def test_those_who_look_while_a_backup_is_restored_have_its_content(desk: Desk, tmp_path: Path) -> None:
    backup(desk.engine, tmp_path / "first")
    title = Catalogs(desk.engine).current().careers["accountant"].title["en"]
    publish_title(desk, KEY, "Lost")
    catalogs = Catalogs(desk.engine)
    assert catalogs.current().careers["accountant"].title["en"] == "Lost"
    restore(desk.engine, tmp_path / "first", replace=True)
    assert catalogs.current().careers["accountant"].title["en"] == title


def test_a_schedule_that_was_cancelled_after_the_backup_does_not_run_after_the_restore(
    desk: Desk, tmp_path: Path
) -> None:
    desk.edit(KEY, title={"en": "Cancelled since"})
    now = datetime.now(UTC)
    plan = desk.do(schedule, ADMIN, KEY, schedules.Action.PUBLISH, at=now + timedelta(seconds=1), zone="UTC")
    backup(desk.engine, tmp_path / "before")
    desk.do(cancel_schedule, ADMIN, plan.number)
    while datetime.now(UTC) <= plan.due_at:
        pass
    assert restore(desk.engine, tmp_path / "before", replace=True).held_schedules == (plan.number,)
    worker = Worker(desk.engine)
    assert worker.publish_due(now + SOON) == ()
    assert desk.live(KEY)["title"]["en"] != "Cancelled since"
    confirmed = desk.do(confirm_schedule, Actor(name="bea", role=Role.EDITOR), plan.number)
    assert (confirmed.author, confirmed.held_reason) == ("bea", None)
    (done,) = worker.publish_due(now + SOON)
    assert (done.schedule.author, done.good) == ("bea", True)
    assert desk.live(KEY)["title"]["en"] == "Cancelled since"
    with pytest.raises(Rejected, match="not held"):
        desk.do(confirm_schedule, ADMIN, plan.number)


def test_where_everything_moves_to_another_database_nothing_begins_anew(
    desk: Desk, empty_engine: Engine, tmp_path: Path
) -> None:
    backup(desk.engine, tmp_path / "all")
    archived = restore(empty_engine, tmp_path / "all", moved=True)
    assert (archived.version, archived.held_schedules) == (None, ())
    assert Catalogs(empty_engine).current().version == Catalogs(desk.engine).current().version


def test_schedules_of_a_revoked_token_wait_for_somebody_to_confirm_them(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "By a program"})
    program = Actor(name="token:program", role=Role.EDITOR)
    tokens = [desk.do(create_token, ADMIN, "program", Role.EDITOR).token.prefix for _ in range(2)]
    plan = desk.do(schedule, program, KEY, schedules.Action.PUBLISH, at=datetime.now(UTC) + SOON, zone="UTC")
    desk.do(revoke_token, ADMIN, tokens[0])
    assert desk.look(schedules.schedules)[0].held_reason is None  # the other token has its name too
    desk.do(revoke_token, ADMIN, tokens[1])
    (waiting,) = desk.look(schedules.schedules)
    assert waiting.held_reason == "the token 'program' of its author was revoked"
    assert Worker(desk.engine).publish_due(plan.due_at) == ()
    with transaction(desk.engine) as session:
        last = entries(session, first=1)[0]
    assert last.detail == {"held": [plan.number], "token": tokens[1]}
