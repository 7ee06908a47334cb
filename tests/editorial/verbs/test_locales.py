"""Publish and schedule some locales of a draft while others wait: nothing is lost, and nothing unseen goes live."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.diff import difference
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.editing.document_state import body_at, newest
from careergraph.editorial.preview.preview import lay_over_catalog, preview
from careergraph.editorial.preview.selection import Selection
from careergraph.editorial.verbs.documents.drafts import revert, save_draft, submit_for_review
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.review import approve
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.verbs.documents.unpublish import unpublish
from careergraph.editorial.verbs.releases import add_to_release, open_release, publish_release
from careergraph.editorial.verbs.undo import undo_release
from careergraph.editorial.worker.worker import Worker
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import reading
from careergraph.store.editing.drafts import bodies_at, history
from careergraph.store.editing.reviews import approvals
from careergraph.store.editing.schedules import Action, schedules
from editorial.verbs.desk import EDITOR, Body, Desk, codes, scoped
from listed import entries

KEY = ("career", "accountant")
GERMAN, ENGLISH = LocaleFilter.of(["de"]), LocaleFilter.of(["en"])
NOT_ENGLISH, NOT_GERMAN = LocaleFilter.of(None, ["en"]), LocaleFilter.of(None, ["de"])
TRANSLATOR = scoped(Role.EDITOR, locales=["de"])
TOMORROW = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
BOB = Actor(name="bob", role=Role.EDITOR)
LATER = TOMORROW + timedelta(hours=1)
OLD = {"en": "Accountant", "de": "Buchhalter/in und Prüfer/in"}
NEW = {"en": "Bean counter", "de": "Erbsenzähler"}


def titles(desk: Desk) -> tuple[Body, Body]:
    """The live title, and that of the draft."""
    return desk.live(KEY)["title"], desk.draft(KEY)["title"]


@pytest.mark.parametrize("locales", [GERMAN, NOT_ENGLISH])
@pytest.mark.parametrize("actor", [EDITOR, TRANSLATOR])
def test_a_german_fix_goes_live_while_an_english_change_waits(
    both_desk: Desk, locales: LocaleFilter, actor: Actor
) -> None:
    desk = both_desk
    desk.edit(KEY, title=NEW)
    published = desk.do(publish, actor, [KEY], "German first", locales)
    assert published.changed == (KEY,)
    assert titles(desk) == ({"en": OLD["en"], "de": NEW["de"]}, NEW)
    state = desk.state(KEY)
    assert (state.base, state.published, state.draft) == (3, 3, 4)
    assert difference(desk.live(KEY), desk.draft(KEY))[0].path == "title.en"
    third, second = (desk.look(body_at, KEY, number) for number in (3, 1))
    assert [it.path for it in difference(second, third)] == ["title.de"]
    assert [(it.note, it.version is None) for it in desk.look(history, KEY)][:2] == [
        ("", True),
        ("German first", False),
    ]
    assert desk.look(lambda it: entries(it, type=KEY[0], slug=KEY[1]))[0].detail == {
        "version": published.version,
        "note": "German first",
        **locales.to_json(),
    }
    desk.do(publish, EDITOR, [KEY])
    assert desk.live(KEY)["title"] == NEW
    assert desk.state(KEY).draft is None


def test_a_locale_is_published_later_than_the_others(desk: Desk) -> None:
    live = desk.live(KEY)
    skills = [{"text": {"en": "Abacus", "de": "Abakus"}}, *live["skills"]]
    draft = desk.edit(KEY, title={"en": "Bean counter", "de": "Bohnenzähler"}, skills=skills)
    desk.do(publish, EDITOR, [KEY], "", NOT_GERMAN)
    now = desk.live(KEY)
    assert now["title"] == {"en": "Bean counter", "de": live["title"]["de"]}
    assert now["skills"] == [{"text": {"en": "Abacus"}}, *live["skills"]]
    assert desk.draft(KEY) == draft
    desk.do(publish, EDITOR, [KEY])
    assert desk.live(KEY) == draft
    assert desk.state(KEY).draft is None


def test_a_figure_waits_with_locales_and_goes_live_without_some(desk: Desk) -> None:
    """It belongs to no locale, so a token of one locale cannot publish it."""
    values = desk.live(KEY)["values"]
    values[0]["low"] = 1
    desk.edit(KEY, title=NEW, values=values)
    with pytest.raises(Denied):
        desk.do(publish, TRANSLATOR, [KEY], "", NOT_ENGLISH)
    desk.do(publish, TRANSLATOR, [KEY], "", GERMAN)
    assert desk.live(KEY)["values"][0]["low"] != 1
    assert desk.draft(KEY)["values"][0]["low"] == 1
    desk.do(publish, EDITOR, [KEY], "", NOT_ENGLISH)
    assert desk.live(KEY)["values"][0]["low"] == 1
    assert titles(desk) == ({"en": OLD["en"], "de": NEW["de"]}, NEW)


def test_a_translator_publishes_no_other_locale(desk: Desk) -> None:
    desk.edit(KEY, title=NEW)
    for locales in (LocaleFilter(), ENGLISH, NOT_GERMAN):
        with pytest.raises(Denied):
            desk.do(publish, TRANSLATOR, [KEY], "", locales)


def test_what_was_not_seen_does_not_go_live_in_any_locale(desk: Desk) -> None:
    desk.edit(KEY, title=NEW)
    seen = desk.bases(KEY)
    desk.edit(KEY, title={**NEW, "de": "Zahlenknecht"})
    with pytest.raises(Conflict) as conflict:
        desk.do(publish, TRANSLATOR, seen, "", GERMAN)
    assert [it.path for it in conflict.value.difference] == ["title.de"]
    desk.load_over(KEY, title={**OLD, "en": "Loaded"})
    with pytest.raises(Conflict):
        desk.do(publish, EDITOR, [KEY], "", GERMAN)
    assert desk.live(KEY)["title"] == {**OLD, "en": "Loaded"}


def test_what_would_be_live_is_checked_not_the_draft(desk: Desk) -> None:
    desk.edit(KEY, title=NEW, category="nowhere")
    desk.do(publish, EDITOR, [KEY], "", GERMAN)
    with pytest.raises(Rejected) as refused:
        desk.do(publish, EDITOR, [KEY], "", NOT_ENGLISH)
    assert codes(refused) == ["UNKNOWN_REFERENCE"]
    desk.edit(KEY, title={"de": "Ohne"}, category="business-finance")
    with pytest.raises(Rejected) as refused:
        desk.do(publish, EDITOR, [KEY], "", ENGLISH)
    assert codes(refused) == ["MISSING_TEXT"]


def test_bad_locales_are_refused(desk: Desk) -> None:
    desk.edit(KEY, title=NEW)
    refusals = {
        LocaleFilter.of(["xx"]): "locales",
        LocaleFilter.of([]): "locales",
        LocaleFilter.of(None, ["xx"]): "without",
    }
    for locales, path in refusals.items():
        with pytest.raises(Rejected) as refused:
            desk.do(publish, EDITOR, [KEY], "", locales)
        assert [(it.code, it.path) for it in refused.value.problems] == [("BAD_LOCALE", path)]
    fresh = ("category", "fresh")
    desk.do(save_draft, EDITOR, "category", {"slug": "fresh", "name": {"en": "Fresh", "de": "Frisch"}}, None)
    for locales in (GERMAN, ENGLISH, NOT_ENGLISH):
        with pytest.raises(Rejected) as refused:
            desk.do(publish, EDITOR, [fresh], "", locales)
        assert codes(refused) == ["NOT_LIVE"]
    desk.do(publish, EDITOR, [fresh], "", NOT_GERMAN)
    assert (desk.live(fresh)["name"], desk.draft(fresh)["name"]) == ({"en": "Fresh"}, {"en": "Fresh", "de": "Frisch"})


def test_a_publish_of_a_locale_without_changes_changes_nothing(desk: Desk) -> None:
    desk.edit(KEY, title={**OLD, "en": NEW["en"]})
    before = desk.state(KEY)
    published = desk.do(publish, EDITOR, [KEY], "", GERMAN)
    assert (published.version, published.changed, desk.state(KEY)) == (None, (), before)


def test_a_new_locale_comes_with_its_texts_or_waits(desk: Desk) -> None:
    french = ("locale", "fr")
    desk.do(save_draft, EDITOR, "locale", {**desk.live(("locale", "de")), "code": "fr", "name": "Français"}, None)
    desk.edit(KEY, title={**OLD, "fr": "Comptable"})
    desk.do(publish, EDITOR, [KEY, french], "", LocaleFilter.of(None, ["fr"]))
    assert not desk.is_live(french)
    desk.do(publish, EDITOR, [KEY, french], "", LocaleFilter.of(["fr"]))
    assert (desk.is_live(french), desk.live(KEY)["title"]["fr"]) == (True, "Comptable")


def test_the_rest_stays_in_its_release_and_in_review(desk: Desk) -> None:
    desk.edit(KEY, title=NEW)
    desk.do(open_release, EDITOR, "may", "May")
    desk.do(add_to_release, EDITOR, "may", [KEY])
    desk.do(submit_for_review, EDITOR, KEY)
    desk.do(publish, EDITOR, [KEY], "", GERMAN)
    state = desk.state(KEY)
    assert (state.review, state.release, state.release_revision) == (True, "may", state.draft)


@pytest.mark.parametrize("renamed", [False, True])
def test_locales_have_schedules_of_their_own(desk: Desk, renamed: bool) -> None:
    """Each publishes the texts that it was made with, whatever is saved, published or renamed meanwhile."""
    desk.do(unpublish, EDITOR, [("collection", "running-a-business")])
    desk.edit(KEY, title=NEW)
    german = desk.do(schedule, TRANSLATOR, KEY, Action.PUBLISH, at=LATER, zone="UTC", locales=GERMAN)
    assert german.locales == {"only": ["de"]}
    desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC", locales=ENGLISH)
    desk.edit(KEY, title={"en": "Third", "de": "Dritter"})
    key = ("career", "counter") if renamed else KEY
    if renamed:
        desk.do(rename, EDITOR, KEY, "counter")
    worker = Worker(desk.engine)
    (first,) = worker.publish_due(TOMORROW)
    assert first.good, first.outcome
    assert desk.live(key)["title"] == {"en": NEW["en"], "de": OLD["de"]}
    (second,) = worker.publish_due(LATER)
    assert second.good, second.outcome
    assert desk.live(key)["title"] == NEW
    assert desk.draft(key)["title"] == {"en": "Third", "de": "Dritter"}
    assert desk.look(schedules) == ()


def test_a_schedule_of_a_locale_lives_through_a_publish_of_the_others(desk: Desk) -> None:
    desk.edit(KEY, title=NEW)
    desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC", locales=GERMAN)
    desk.edit(KEY, title={**NEW, "en": "Third"})
    desk.do(publish, EDITOR, [KEY], "", NOT_GERMAN)
    (done,) = Worker(desk.engine).publish_due(TOMORROW)
    assert done.good, done.outcome
    assert desk.live(KEY)["title"] == {"en": "Third", "de": NEW["de"]}


@pytest.mark.parametrize("locales", [LocaleFilter(), GERMAN, NOT_ENGLISH])
def test_a_schedule_ends_once_its_texts_are_live(desk: Desk, locales: LocaleFilter) -> None:
    desk.edit(KEY, title=NEW)
    desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC", locales=GERMAN)
    desk.do(publish, EDITOR, [KEY], "", locales)
    assert desk.look(schedules) == ()


def test_the_rest_of_a_schedule_runs_after_a_publish_of_one_locale(desk: Desk) -> None:
    desk.edit(KEY, title=NEW)
    desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC")
    desk.do(publish, EDITOR, [KEY], "", GERMAN)
    (done,) = Worker(desk.engine).publish_due(TOMORROW)
    assert done.good, done.outcome
    assert desk.live(KEY)["title"] == NEW
    assert desk.state(KEY).draft is None


def test_what_an_earlier_schedule_does_is_not_scheduled_again(desk: Desk) -> None:
    def at(due: datetime, locales: LocaleFilter) -> None:
        desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=due, zone="UTC", locales=locales)

    desk.edit(KEY, title=NEW)
    at(TOMORROW, GERMAN)
    at(LATER, LocaleFilter())
    for due, locales in ((LATER, GERMAN), (TOMORROW, GERMAN), (LATER, ENGLISH), (LATER, LocaleFilter())):
        with pytest.raises(Rejected) as refused:
            at(due + timedelta(minutes=1), locales)
        assert codes(refused) == ["SCHEDULED"]
    at(TOMORROW, ENGLISH)
    done = Worker(desk.engine).publish_due(LATER)
    assert [it.good for it in done] == [True, True], done


def test_a_schedule_of_a_locale_publishes_something(desk: Desk) -> None:
    desk.edit(KEY, title={**OLD, "en": "Bean counter"})
    for action, locales, code in (
        (Action.PUBLISH, GERMAN, "NO_DRAFT"),
        (Action.PUBLISH, LocaleFilter.of(["xx"]), "BAD_LOCALE"),
        (Action.UNPUBLISH, GERMAN, "BAD_LOCALE"),
    ):
        with pytest.raises(Rejected) as refused:
            desk.do(schedule, EDITOR, KEY, action, at=TOMORROW, zone="UTC", locales=locales)
        assert codes(refused) == [code]
    with pytest.raises(Denied):
        desk.do(schedule, TRANSLATOR, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC", locales=ENGLISH)


def test_a_revert_of_one_locale_leaves_the_other(desk: Desk) -> None:
    desk.edit(KEY, title=NEW)
    desk.do(publish, EDITOR, [KEY])
    desk.do(revert, EDITOR, KEY, 1)
    desk.do(publish, TRANSLATOR, [KEY], "", GERMAN)
    assert titles(desk) == ({"en": NEW["en"], "de": OLD["de"]}, OLD)


def test_a_save_and_a_publish_of_a_locale_at_once_lose_nothing(both_desk: Desk) -> None:
    """Whoever comes second gets a conflict, or builds on what the first one did."""
    desk = both_desk
    for turn in range(8):
        body = desk.edit(KEY, title={"en": f"English {turn}", "de": f"Deutsch {turn}"})
        base, start = newest(desk.state(KEY)), Barrier(2)
        saved = {**body, "title": {"en": f"Saved {turn}", "de": f"Gesichert {turn}"}}

        def run(verb: object, *arguments: object, start: Barrier = start) -> bool:
            start.wait()
            try:
                desk.do(verb, EDITOR, *arguments)  # type: ignore[arg-type]
            except Conflict:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            publishing = pool.submit(run, publish, {KEY: base}, "", NOT_ENGLISH)
            saving = pool.submit(run, save_draft, "career", saved, base)
        live, draft = titles(desk)
        assert publishing.result() or saving.result()
        assert live["en"] == OLD["en"]
        if publishing.result():
            assert live["de"] == f"Deutsch {turn}"
        else:
            assert live["de"] != f"Gesichert {turn}"
        assert draft == (saved if saving.result() else body)["title"]
        desk.do(save_draft, EDITOR, "career", {**desk.draft(KEY), "title": live}, newest(desk.state(KEY)))


def test_a_release_takes_some_locales_and_the_rest_stays_a_draft(desk: Desk) -> None:
    """The release holds a revision of its own, so what is previewed, compared and undone is just what goes live."""
    before = desk.live(KEY)
    title, german = {"en": "Later", "de": "Jetzt"}, {**before["title"], "de": "Jetzt"}
    desk.edit(KEY, title=title)
    whole = desk.state(KEY).draft or 0
    desk.do(approve, BOB, KEY)
    desk.do(open_release, EDITOR, "may", "May")
    desk.do(add_to_release, EDITOR, "may", [KEY], locales=NOT_ENGLISH)
    state = desk.state(KEY)
    assert (state.release, state.release_revision, state.draft) == ("may", whole + 1, whole + 2)
    assert desk.draft(KEY)["title"] == title
    assert desk.look(bodies_at, {KEY: whole + 1}) == {KEY: {**before, "title": german}}
    for revision in (whole + 1, whole + 2):
        assert [it.author for it in desk.look(approvals, KEY, revision)] == [BOB.name]
    with reading(desk.engine) as session:
        catalog, laid = preview(session, Selection(release="may"))
        assert (dict(catalog.careers[KEY[1]].title), laid.problems) == (german, ())
        live = Catalogs(desk.engine).current()
        assert dict(lay_over_catalog(session, live, Selection(release="may")).careers[KEY[1]].title) == german
    desk.do(save_draft, EDITOR, KEY[0], {**desk.draft(KEY), "title": {**title, "de": "Danach"}}, whole)
    desk.do(publish_release, TRANSLATOR, "may")
    assert desk.live(KEY) == {**before, "title": german}
    state = desk.state(KEY)
    assert (state.release, desk.draft(KEY)["title"]) == (None, {**title, "de": "Danach"})
    undone = desk.do(undo_release, EDITOR, "may", "undo-may")
    assert (undone.documents, desk.draft(KEY)["title"]) == ((KEY,), {**title, "de": "Danach"})
    desk.do(publish_release, EDITOR, "undo-may")
    assert (desk.live(KEY), desk.draft(KEY)["title"]) == (before, {**title, "de": "Danach"})
    desk.do(open_release, EDITOR, "june", "June")
    actuary = ("career", "actuary")
    desk.edit(actuary, title={**desk.live(actuary)["title"], "en": "English alone"})
    for key, locales, code in ((KEY, LocaleFilter.of(["xx"]), "BAD_LOCALE"), (actuary, NOT_ENGLISH, "NO_DRAFT")):
        with pytest.raises(Rejected) as refused:
            desk.do(add_to_release, EDITOR, "june", [key], locales=locales)
        assert codes(refused) == [code]
