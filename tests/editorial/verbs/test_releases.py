# ruff: noqa: DTZ001 - what clocks show has no time zone until it is given one
"""Releases and schedules: a bundle is one version; what is scheduled is not changed by who may not schedule."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.editing.local_time import instant_of
from careergraph.editorial.editing.publication import Published
from careergraph.editorial.verbs.documents.cancel_schedule import cancel_schedule
from careergraph.editorial.verbs.documents.discard_draft import discard_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.save_draft import save_draft
from careergraph.editorial.verbs.documents.save_drafts import add_drafts
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.verbs.documents.unpublish import unpublish
from careergraph.editorial.verbs.releases.add_to_release import add_to_release, remove_from_release
from careergraph.editorial.verbs.releases.discard_release import discard_release
from careergraph.editorial.verbs.releases.open_release import open_release
from careergraph.editorial.verbs.releases.publish_release import publish_release
from careergraph.editorial.verbs.releases.schedule_release import schedule_release
from careergraph.editorial.worker.carry_out import carry_out
from careergraph.store.catalogs.past import newest
from careergraph.store.editing.drafts import drafts
from careergraph.store.editing.releases import release
from careergraph.store.editing.schedules import Action, claim, schedules
from careergraph.store.events.outbox import events
from editorial.verbs.desk import AUTHOR, EDITOR, Desk, codes, scoped

KEY = ("career", "accountant")
OTHER = ("career", "actuary")
TOMORROW = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def may(desk: Desk) -> Desk:
    """A desk with a release of two drafts."""
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.edit(OTHER, title={"en": "Risk counter"})
    desk.do(open_release, EDITOR, "may", "May 2026", "new wages")
    desk.do(add_to_release, AUTHOR, "may", [KEY, OTHER])
    return desk


def work(desk: Desk, now: datetime) -> Published | None:
    """Does what is due, as a worker does."""

    def one(session, _):  # type: ignore[no-untyped-def]
        due = claim(session, now)
        return None if due is None else carry_out(session, due)

    result: Published | None = desk.do(one, EDITOR)
    return result


def test_a_release_is_one_version(may: Desk) -> None:
    before = may.look(newest)
    assert before is not None
    published = may.do(publish_release, EDITOR, "may")
    assert (published.version, set(published.changed)) == (before.version + 1, {KEY, OTHER})
    done = may.look(release, "may")
    assert done is not None
    assert done.published_version == published.version
    assert may.look(drafts) == ()
    assert len(may.look(events)) == 1


def test_a_release_is_published_whole_or_not_at_all(may: Desk) -> None:
    may.edit(OTHER, category="nowhere")
    version = may.look(newest)
    with pytest.raises(Rejected) as refused:
        may.do(publish_release, EDITOR, "may")
    assert codes(refused) == ["UNKNOWN_REFERENCE"]
    assert may.look(newest) == version
    assert len(may.look(drafts, "may")) == 2


def test_a_discarded_release_leaves_its_drafts(may: Desk) -> None:
    may.do(discard_release, EDITOR, "may")
    assert [it.release for it in may.look(drafts)] == [None, None]


def test_a_draft_can_leave_its_release(may: Desk) -> None:
    may.do(remove_from_release, AUTHOR, [KEY])
    assert [it.key for it in may.look(drafts, "may")] == [OTHER]


def test_a_saved_draft_stays_in_its_release(may: Desk) -> None:
    may.edit(KEY, title={"en": "Counter"})
    assert may.state(KEY).release == "may"


@pytest.mark.parametrize("finish", [publish_release, discard_release])
def test_a_closed_release_is_closed(may: Desk, finish: object) -> None:
    may.do(finish, EDITOR, "may")  # type: ignore[arg-type]
    may.edit(KEY, title={"en": "Once more"})
    for again in (
        lambda: may.do(publish_release, EDITOR, "may"),
        lambda: may.do(discard_release, EDITOR, "may"),
        lambda: may.do(add_to_release, EDITOR, "may", [KEY]),
        lambda: may.do(schedule_release, EDITOR, "may", at=TOMORROW, zone="UTC"),
    ):
        with pytest.raises(Rejected) as refused:
            again()
        assert codes(refused) == ["CLOSED"]


@pytest.mark.parametrize(
    ("slug", "title", "code"), [("may", "May", "TAKEN"), ("No slug", "May", "BAD_IDENT"), ("june", " ", "MISSING_TEXT")]
)
def test_what_no_release_is_opened_as(may: Desk, slug: str, title: str, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        may.do(open_release, EDITOR, slug, title)
    assert codes(refused) == [code]


def test_an_empty_or_unknown_release_is_rejected(desk: Desk) -> None:
    desk.do(open_release, EDITOR, "may", "May")
    for slug, code in (("may", "NO_DRAFT"), ("june", "UNKNOWN")):
        with pytest.raises(Rejected) as refused:
            desk.do(publish_release, EDITOR, slug)
        assert codes(refused) == [code]
    with pytest.raises(Rejected) as refused:
        desk.do(add_to_release, EDITOR, "may", [KEY])
    assert codes(refused) == ["NO_DRAFT"]


def test_what_falls_due_is_published(may: Desk) -> None:
    may.do(schedule_release, EDITOR, "may", at=TOMORROW, zone="UTC")
    assert work(may, datetime.now(UTC)) is None
    published = work(may, TOMORROW)
    assert published is not None
    assert may.live(KEY)["title"] == {"en": "Bean counter"}
    assert work(may, TOMORROW) is None


def test_a_document_comes_and_goes_by_schedule(desk: Desk) -> None:
    collection = ("collection", "careers-in-data")
    desk.do(unpublish, EDITOR, collection)
    desk.do(schedule, EDITOR, collection, Action.PUBLISH, at=TOMORROW, zone="UTC")
    desk.do(schedule, EDITOR, collection, Action.UNPUBLISH, at=TOMORROW + timedelta(hours=1), zone="UTC")
    work(desk, TOMORROW)
    assert desk.is_live(collection)
    work(desk, TOMORROW + timedelta(hours=1))
    assert not desk.is_live(collection)


def test_only_who_may_schedule_changes_what_is_scheduled(may: Desk) -> None:
    """An author's words would go live tomorrow without an editor having seen them."""
    may.edit(KEY, summary={"en": "Counts."})
    may.do(schedule_release, EDITOR, "may", at=TOMORROW, zone="UTC")
    june = ("collection", "careers-in-data")
    may.edit(june, title={"en": "June"})
    body = {**may.draft(KEY), "title": {"en": "Sneaked in"}}
    for attempt in (
        lambda: may.do(save_draft, AUTHOR, "career", body, may.state(KEY).draft),
        lambda: may.do(discard_draft, AUTHOR, KEY),
        lambda: may.do(remove_from_release, AUTHOR, [KEY]),
        lambda: may.do(add_to_release, AUTHOR, "may", [june]),
    ):
        with pytest.raises(Rejected) as refused:
            attempt()
        assert codes(refused) == ["SCHEDULED"]
    may.do(save_draft, EDITOR, "career", body, may.state(KEY).draft)


def test_nobody_brings_into_a_scheduled_release_what_they_may_not_schedule(may: Desk) -> None:
    """It would go live in the name of who scheduled the release, who never saw it."""
    may.do(schedule_release, EDITOR, "may", at=TOMORROW, zone="UTC")
    june = ("collection", "careers-in-data")
    may.edit(june, title={**may.live(june)["title"], "en": "June"})
    for place in ({"locales": ["de"]}, {"attributes": ["salary"]}, {"types": ["career"]}):
        with pytest.raises(Denied):
            may.do(add_to_release, scoped(Role.EDITOR, **place), "may", [june])
        with pytest.raises(Denied):
            may.do(add_drafts, scoped(Role.EDITOR, **place), "may", [june])
    assert may.state(june).release is None
    may.do(add_to_release, scoped(Role.EDITOR, locales=["en"]), "may", [june])
    assert may.state(june).release == "may"


def test_what_was_published_by_hand_is_not_published_again_by_schedule(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC")
    desk.do(publish, EDITOR, [KEY])
    assert desk.look(schedules) == ()


def test_a_schedule_is_cancelled_once(desk: Desk) -> None:
    due = desk.do(schedule, EDITOR, KEY, Action.UNPUBLISH, at=TOMORROW, zone="Europe/Berlin")
    assert due.zone == "Europe/Berlin"
    with pytest.raises(Denied):
        desk.do(cancel_schedule, AUTHOR, due.number)
    desk.do(cancel_schedule, EDITOR, due.number)
    for number, code in ((due.number, "CLOSED"), (99, "UNKNOWN")):
        with pytest.raises(Rejected) as refused:
            desk.do(cancel_schedule, EDITOR, number)
        assert codes(refused) == [code]
    assert work(desk, TOMORROW) is None


def test_there_is_something_to_schedule(desk: Desk) -> None:
    with pytest.raises(Rejected) as refused:
        desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC")
    assert codes(refused) == ["NO_DRAFT"]
    desk.do(save_draft, EDITOR, "category", {"slug": "numbers", "name": {"en": "Numbers"}}, None)
    with pytest.raises(Rejected) as refused:
        desk.do(schedule, EDITOR, ("category", "numbers"), Action.UNPUBLISH, at=TOMORROW, zone="UTC")
    assert codes(refused) == ["NOT_LIVE"]


NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "utc"),
    [
        (datetime(2026, 7, 1, 9), "Europe/Berlin", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        (datetime(2026, 12, 1, 9), "Europe/Berlin", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, 30), "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (
            datetime(2026, 7, 1, 9, tzinfo=timezone(timedelta(hours=2))),
            "Europe/Berlin",
            datetime(2026, 7, 1, 7, tzinfo=UTC),
        ),
        (
            datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=1))),
            "Europe/Berlin",
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        ),
        (datetime(2026, 7, 1, 9, tzinfo=UTC), "UTC", datetime(2026, 7, 1, 9, tzinfo=UTC)),
    ],
)
def test_what_clocks_show_somewhere_is_an_instant(at: datetime, zone: str, utc: datetime) -> None:
    assert instant_of(at, zone, NOW) == utc


@pytest.mark.parametrize(
    ("at", "zone"),
    [
        (datetime(2026, 3, 29, 2, 30), "Europe/Berlin"),
        (datetime(2025, 7, 1, 9), "UTC"),
        (datetime(2026, 7, 1, 9), "Europe/Atlantis"),
        (datetime(2026, 7, 1, 9), "../../etc/passwd"),
        (datetime(2026, 7, 1, 9), ""),
        (datetime(2260, 7, 1, 9), "UTC"),
        (datetime(9999, 12, 31, 23, 59), "America/New_York"),
        (datetime(1, 1, 1), "Asia/Tokyo"),
    ],
)
def test_what_is_no_time(at: datetime, zone: str) -> None:
    with pytest.raises(Rejected) as refused:
        instant_of(at, zone, NOW)
    assert codes(refused) == ["BAD_TIME"]


def test_a_stale_draft_keeps_its_release_from_being_published(may: Desk) -> None:
    may.load_over(KEY, title={"en": "Loaded"})
    with pytest.raises(Conflict):
        may.do(publish_release, EDITOR, "may")
