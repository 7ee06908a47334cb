"""Undo of a release: what was live before comes back, by a release of its own."""

from pathlib import Path

import pytest

from careergraph.editorial.access.roles import Verb
from careergraph.editorial.content.outcome import Denied, Rejected
from careergraph.editorial.verbs.documents.drafts import revert, save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.releases import add_to_release, open_release, publish_release
from careergraph.editorial.verbs.undo import undo_release
from careergraph.store.access.audit import list_entries
from careergraph.store.documents.rows import read_all
from careergraph.store.editing import drafts, releases
from careergraph.store.editing.histories import history_entries
from careergraph.store.editing.listing import list_documents
from editorial.importers.sampling import Sample, import_sample
from editorial.verbs.desk import AUTHOR, EDITOR, Desk, codes

ACCOUNTANT, ACTUARY, FRESH = (("career", slug) for slug in ("accountant", "actuary", "fresh"))


def live(desk: Desk) -> set[str]:
    return set(map(str, desk.look(read_all)))


def publish_may(desk: Desk) -> None:
    """A release that changes two careers, and brings one."""
    desk.do(open_release, EDITOR, "may", "May")
    for key in (ACCOUNTANT, ACTUARY):
        desk.edit(key, title={"en": f"May {key[1]}"})
    desk.do(save_draft, EDITOR, "career", {**desk.live(ACCOUNTANT), "slug": "fresh"}, None)
    desk.do(add_to_release, EDITOR, "may", [ACCOUNTANT, ACTUARY, FRESH])
    desk.do(publish_release, EDITOR, "may")


def test_a_release_is_undone_by_a_release_of_reverts(both_desk: Desk) -> None:
    desk = both_desk
    before = live(desk)
    publish_may(desk)
    between = live(desk)
    undone = desk.do(undo_release, EDITOR, "may", "undo-may")
    assert (undone.release.title, set(undone.documents)) == ("Undo of May", {ACCOUNTANT, ACTUARY, FRESH})
    assert live(desk) == between, "nothing is live before the new release is published"
    assert {it.key for it in desk.look(drafts.drafts, "undo-may")} == set(undone.documents)
    assert desk.look(history_entries, ACCOUNTANT)[0].cause.name == "REVERTED"
    desk.do(publish_release, EDITOR, "undo-may")
    assert live(desk) == before
    again = desk.do(undo_release, EDITOR, "undo-may", "may-again")
    assert set(again.documents) == {ACCOUNTANT, ACTUARY, FRESH}
    desk.do(publish_release, EDITOR, "may-again")
    assert live(desk) == between


def test_what_changed_again_since_is_named_or_left_out(desk: Desk) -> None:
    publish_may(desk)
    desk.edit(ACTUARY, title={"en": "Later"})
    desk.do(publish, EDITOR, [ACTUARY])
    desk.edit(FRESH, title={"en": "Drafted since"})
    count = len(desk.look(list_entries().page, 500))
    with pytest.raises(Rejected) as refused:
        desk.do(undo_release, EDITOR, "may", "undo-may")
    assert {(it.code.name, it.ident) for it in refused.value.problems} == {("CHANGED", "actuary"), ("CHANGED", "fresh")}
    assert desk.look(releases.release, "undo-may") is None
    assert len(desk.look(list_entries().page, 500)) == count
    undone = desk.do(undo_release, EDITOR, "may", "undo-may", leave_out=True)
    assert (undone.documents, set(undone.left_out)) == ((ACCOUNTANT,), {ACTUARY, FRESH})
    desk.do(publish_release, EDITOR, "undo-may")
    assert desk.live(ACCOUNTANT)["title"]["en"] == "Accountant"
    assert (desk.live(ACTUARY)["title"]["en"], desk.draft(FRESH)["title"]["en"]) == ("Later", "Drafted since")


def test_what_is_brought_back_refers_to_present_names(desk: Desk) -> None:
    key = ("collection", "careers-in-data")
    careers = desk.live(key)["careers"]
    desk.do(open_release, EDITOR, "may", "May")
    desk.edit(key, careers=careers[:1])
    desk.do(add_to_release, EDITOR, "may", [key])
    desk.do(publish_release, EDITOR, "may")
    desk.do(rename, EDITOR, ("career", careers[1]), "renamed")
    desk.do(undo_release, EDITOR, "may", "undo-may")
    assert desk.draft(key)["careers"] == [careers[0], "renamed", *careers[2:]]


def test_who_may_not_and_what_cannot_be_undone(desk: Desk) -> None:
    desk.do(open_release, EDITOR, "open", "Open")
    for release, code in (("open", "NOT_LIVE"), ("nothing", "UNKNOWN")):
        with pytest.raises(Rejected) as refused:
            desk.do(undo_release, EDITOR, release, "undo")
        assert codes(refused) == [code]
    with pytest.raises(Denied):
        desk.do(undo_release, AUTHOR, "open", "undo")
    publish_may(desk)
    with pytest.raises(Rejected) as refused:
        desk.do(undo_release, EDITOR, "may", "may")
    assert codes(refused) == ["TAKEN"]


def test_an_import_is_undone_and_the_next_one_does_it_again(desk: Desk, tmp_path: Path) -> None:
    before = live(desk)
    sample = Sample(tmp_path).read()
    import_sample(desk.engine, sample)
    between = live(desk)
    ((imported, _),) = desk.look(releases.list_releases().page, 2)
    undone = desk.do(undo_release, EDITOR, imported.slug, "undo-import")
    assert undone.left_out == ()
    desk.do(publish_release, EDITOR, "undo-import")
    assert live(desk) == before
    import_sample(desk.engine, sample)
    assert live(desk) == between
    assert [it.verb for it, _ in desk.look(list_entries(verb=Verb.PUBLISH_RELEASE, type="career").page, 1)]


def test_what_an_undo_took_away_is_listed_and_comes_back(both_desk: Desk) -> None:
    desk = both_desk
    publish_may(desk)
    body = desk.live(FRESH)
    desk.do(undo_release, EDITOR, "may", "undo-may")
    desk.do(publish_release, EDITOR, "undo-may")
    removed = list_documents(types=("career",), removed=True)
    assert [state.key for state, _ in desk.look(removed.page, 10)] == [FRESH]
    assert FRESH not in {state.key for state, _ in desk.look(list_documents(types=("career",)).page, 500)}
    revision = max(it.number for it in desk.look(history_entries, FRESH) if it.body is not None)
    desk.do(revert, EDITOR, FRESH, revision)
    assert desk.draft(FRESH) == body
    assert desk.look(removed.count) == 0
    desk.do(publish, EDITOR, [FRESH])
    assert desk.live(FRESH) == body
