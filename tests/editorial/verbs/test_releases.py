# ruff: noqa: DTZ001 - what clocks show has no time zone until it is given one
"""Releases and schedules: a bundle is one version; what is scheduled is not changed by who may not schedule."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.editing.document_state import body_at
from careergraph.editorial.editing.local_time import instant_of
from careergraph.editorial.editing.publication import Published
from careergraph.editorial.verbs.documents.drafts import discard_draft, save_draft, submit_for_review
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.schedule import cancel_schedule, schedule
from careergraph.editorial.verbs.documents.unpublish import unpublish
from careergraph.editorial.verbs.releases import (
    add_to_release,
    discard_release,
    open_release,
    publish_release,
    remove_from_release,
    schedule_release,
)
from careergraph.editorial.worker.worker import Worker, carry_out
from careergraph.store.catalogs.past import newest
from careergraph.store.editing.drafts import drafts
from careergraph.store.editing.releases import release
from careergraph.store.editing.schedules import Action, claim, schedules
from editorial.verbs.desk import AUTHOR, EDITOR, Desk, codes, scoped
from listed import events

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
    may.do(add_to_release, EDITOR, "may", [OTHER])
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


def test_a_release_is_scheduled_once(may: Desk) -> None:
    """Neither at the same time again nor at another one, until the schedule is cancelled."""
    may.do(schedule_release, EDITOR, "may", at=TOMORROW, zone="UTC")
    for at in (TOMORROW, TOMORROW + timedelta(hours=1)):
        with pytest.raises(Rejected, match="schedule 1 publishes the release already") as refused:
            may.do(schedule_release, EDITOR, "may", at=at, zone="UTC")
        assert codes(refused) == ["SCHEDULED"]
    assert [it.due_at for it in may.look(schedules)] == [TOMORROW]
    may.do(cancel_schedule, EDITOR, 1)
    assert may.do(schedule_release, EDITOR, "may", at=TOMORROW, zone="UTC").number == 2


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
    """An author's words would go live tomorrow without an editor having seen them. What is saved later does not."""
    may.edit(KEY, summary={"en": "Counts."})
    may.do(schedule_release, EDITOR, "may", at=TOMORROW, zone="UTC")
    june = ("collection", "careers-in-data")
    may.edit(june, title={"en": "June"})
    body = {**may.draft(KEY), "title": {"en": "Sneaked in"}}
    attempts: list[tuple[Callable[..., object], list[object]]] = [
        (discard_draft, [KEY]),
        (remove_from_release, [[KEY]]),
        (add_to_release, ["may", [june]]),
    ]
    for verb, arguments in attempts:
        with pytest.raises(Rejected) as refused:
            may.do(verb, AUTHOR, *arguments)
        assert codes(refused) == ["SCHEDULED"]
    may.do(save_draft, AUTHOR, "career", body, may.state(KEY).draft)
    assert may.state(KEY).release_revision != may.state(KEY).draft
    may.do(publish_release, EDITOR, "may")
    assert may.live(KEY)["title"]["en"] != "Sneaked in"
    assert may.draft(KEY)["title"]["en"] == "Sneaked in"
    may.do(publish, EDITOR, [KEY])
    assert may.live(KEY)["title"]["en"] == "Sneaked in"


def test_nobody_brings_into_a_scheduled_release_what_they_may_not_schedule(may: Desk) -> None:
    """It would go live in the name of who scheduled the release, who never saw it."""
    may.do(schedule_release, EDITOR, "may", at=TOMORROW, zone="UTC")
    june = ("collection", "careers-in-data")
    may.edit(june, title={**may.live(june)["title"], "en": "June"})
    for place in ({"locales": ["de"]}, {"attributes": ["salary"]}, {"types": ["career"]}):
        with pytest.raises(Denied):
            may.do(add_to_release, scoped(Role.EDITOR, **place), "may", [june])
    assert may.state(june).release is None
    may.do(add_to_release, scoped(Role.EDITOR, locales=["en"]), "may", [june])
    assert may.state(june).release == "may"


def test_what_was_published_by_hand_is_not_published_again_by_schedule(desk: Desk) -> None:
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC")
    desk.do(publish, EDITOR, [KEY])
    assert desk.look(schedules) == ()


def test_a_schedule_is_cancelled_once(desk: Desk) -> None:
    june = ("collection", "careers-in-data")
    at = TOMORROW.astimezone(ZoneInfo("Europe/Berlin"))
    due = desk.do(schedule, EDITOR, june, Action.UNPUBLISH, at=at, zone="Europe/Berlin")
    assert (due.zone, due.due_at) == ("Europe/Berlin", TOMORROW)
    with pytest.raises(Denied):
        desk.do(cancel_schedule, AUTHOR, due.number)
    desk.do(cancel_schedule, EDITOR, due.number)
    for number, code in ((due.number, "CLOSED"), (99, "UNKNOWN")):
        with pytest.raises(Rejected) as refused:
            desk.do(cancel_schedule, EDITOR, number)
        assert codes(refused) == [code]
    assert work(desk, TOMORROW) is None


def draft_three(desk: Desk) -> None:
    """KEY with three revisions that differ: the first is scheduled, the second in a release, the third in review."""
    desk.edit(KEY, title={"en": "One"})
    desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC")
    desk.edit(KEY, title={"en": "Two"})
    desk.do(open_release, EDITOR, "june", "June")
    desk.do(add_to_release, EDITOR, "june", [KEY])
    desk.edit(KEY, title={"en": "Three"})
    desk.do(submit_for_review, EDITOR, KEY)


def title_at(desk: Desk, key: tuple[str, str], number: int | None) -> str:
    body = desk.look(body_at, key, number)
    return "" if body is None else str(body["title"]["en"])


def test_what_a_release_holds_and_what_is_in_review_stay_so_behind_a_schedule(desk: Desk) -> None:
    draft_three(desk)
    (done,) = Worker(desk.engine).publish_due(TOMORROW)
    assert done.good
    state = desk.state(KEY)
    assert desk.live(KEY)["title"]["en"] == "One"
    assert (state.release, state.review) == ("june", True)
    assert [title_at(desk, KEY, it) for it in (state.release_revision, state.draft)] == ["Two", "Three"]
    desk.do(publish_release, EDITOR, "june")
    state = desk.state(KEY)
    assert desk.live(KEY)["title"]["en"] == "Two"
    assert (state.release, state.review, title_at(desk, KEY, state.draft)) == (None, True, "Three")


@pytest.mark.parametrize("renamed", [False, True])
def test_revisions_that_are_held_follow_a_rename_and_an_unpublish(desk: Desk, renamed: bool) -> None:
    """Those of a document that is renamed, and of one that refers to it."""
    key = ("career", "counter") if renamed else KEY
    desk.do(unpublish, EDITOR, ("collection", "running-a-business"))
    draft_three(desk)
    if renamed:
        desk.do(rename, EDITOR, KEY, "counter")
    else:
        desk.do(unpublish, EDITOR, KEY)
    state, (due,) = desk.state(key), desk.look(schedules, key)
    titles = [title_at(desk, key, it) for it in (due.revision, state.release_revision, state.draft)]
    assert (titles, state.release, state.review) == (["One", "Two", "Three"], "june", True)
    (done,) = Worker(desk.engine).publish_due(TOMORROW)
    assert done.good, done.outcome
    assert desk.live(key)["title"]["en"] == "One"
    desk.do(publish_release, EDITOR, "june")
    assert desk.live(key)["title"]["en"] == "Two"


def test_publishing_the_newest_ends_what_is_scheduled_before_it_and_no_later(desk: Desk) -> None:
    draft_three(desk)
    desk.do(publish_release, EDITOR, "june")
    assert desk.look(schedules, KEY) == ()
    desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC")
    (due,) = desk.look(schedules, KEY)
    assert title_at(desk, KEY, due.revision) == "Three"


def test_what_will_not_work_is_refused_at_once(desk: Desk) -> None:
    """The same twice, a draft that is not publishable, an unpublish of what is in use, and an item of a release that is
    scheduled; what is scheduled before counts as done."""
    desk.edit(KEY, category="brand-new")
    with pytest.raises(Rejected) as refused:
        desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC")
    assert codes(refused) == ["UNKNOWN_REFERENCE"]
    fresh = ("category", "brand-new")
    desk.do(save_draft, EDITOR, "category", {"slug": "brand-new", "name": {"en": "Brand new"}}, None)
    desk.do(schedule, EDITOR, fresh, Action.PUBLISH, at=TOMORROW, zone="UTC")
    later = TOMORROW + timedelta(hours=1)
    desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=later, zone="UTC")
    for at in (TOMORROW, later):
        with pytest.raises(Rejected) as refused:
            desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=at, zone="UTC")
        assert codes(refused) == ["SCHEDULED"]
    with pytest.raises(Rejected) as refused:
        desk.do(schedule, EDITOR, KEY, Action.UNPUBLISH, at=TOMORROW, zone="UTC")
    assert set(codes(refused)) == {"IN_USE"}
    desk.do(open_release, EDITOR, "may", "May")
    desk.edit(OTHER, title={"en": "Of May"})
    desk.do(add_to_release, EDITOR, "may", [OTHER])
    desk.do(schedule_release, EDITOR, "may", at=TOMORROW, zone="UTC")
    with pytest.raises(Rejected) as refused:
        desk.do(schedule, EDITOR, OTHER, Action.PUBLISH, at=later, zone="UTC")
    assert codes(refused) == ["SCHEDULED"]
    done = Worker(desk.engine).publish_due(later)
    assert [it.good for it in done] == [True, True, True]
    assert desk.live(KEY)["category"] == "brand-new"


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
        (datetime(2026, 7, 1, 9), "localtime"),
        (datetime(2026, 7, 1, 9, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 12, 1, 9, tzinfo=timezone(timedelta(hours=2))), "Europe/Berlin"),
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


def test_a_draft_moves_out_of_a_release_only_when_it_is_taken_out(may: Desk) -> None:
    may.do(open_release, EDITOR, "june", "June")
    with pytest.raises(Rejected) as refused:
        may.do(add_to_release, EDITOR, "june", [KEY])
    assert codes(refused) == ["IN_RELEASE"]
    assert "'may'" in str(refused.value)
    assert may.state(KEY).release == "may"
    may.do(remove_from_release, EDITOR, [KEY])
    may.do(add_to_release, EDITOR, "june", [KEY])
    may.do(add_to_release, EDITOR, "june", [KEY])
    assert may.state(KEY).release == "june"


def test_no_document_at_all_is_refused(may: Desk) -> None:
    for verb, arguments in ((add_to_release, ["may", {}]), (remove_from_release, [[]]), (publish, [{}])):
        with pytest.raises(Rejected) as refused:
            may.do(verb, EDITOR, *arguments)
        assert codes(refused) == ["EMPTY"], verb
