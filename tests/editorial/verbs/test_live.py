"""Publish, unpublish, archive and revert: their effects, and the reasons for which they are refused."""

import pytest

from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.verbs.documents.drafts import revert, save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.unpublish import archive, unpublish
from careergraph.store.access.audit import verify
from careergraph.store.catalogs.past import documents_at, newest
from careergraph.store.documents.documents import key_of
from careergraph.store.documents.rows import read_all
from editorial.verbs.desk import EDITOR, Desk, codes
from listed import entries, events

KEY = ("career", "accountant")
CATEGORY = ("category", "business-finance")
COLLECTION = ("collection", "careers-in-data")


def test_publishing_is_one_version_with_its_audit_row_and_its_event(both_desk: Desk) -> None:
    desk = both_desk
    before = desk.look(newest)
    assert before is not None
    desk.edit(KEY, title={"en": "Bean counter"})
    published = desk.do(publish, EDITOR, [KEY], "why not")
    assert (published.version, published.changed) == (before.version + 1, (KEY,))
    assert desk.live(KEY)["title"] == {"en": "Bean counter"}
    assert desk.state(KEY).draft is None
    assert [it.verb for it in desk.look(lambda it: entries(it, type=KEY[0], slug=KEY[1]))] == ["publish", "save-draft"]
    (event,) = desk.look(events)
    assert (event.event, event.version) == ("catalog.published", published.version)
    assert event.payload["documents"] == [{"type": "career", "slug": "accountant", "live": True}]
    assert event.payload["careers"] == ["accountant"]
    careers = sum(document.TYPE == "career" for document in desk.look(read_all))
    assert event.payload["comparisons"] == careers - 1
    assert desk.look(verify).fault is None


def test_documents_that_need_each_other_come_together_or_not_at_all(desk: Desk) -> None:
    numbers = ("category", "numbers")
    desk.do(save_draft, EDITOR, "category", {"slug": "numbers", "name": {"en": "Numbers"}}, None)
    desk.edit(KEY, category="numbers")
    version = desk.look(newest)
    with pytest.raises(Rejected) as refused:
        desk.do(publish, EDITOR, [KEY])
    assert codes(refused) == ["UNKNOWN_REFERENCE"]
    assert desk.look(newest) == version
    desk.do(publish, EDITOR, [KEY, numbers])
    assert desk.live(KEY)["category"] == "numbers"


def test_a_draft_that_is_as_what_is_live_is_closed_without_a_version(desk: Desk) -> None:
    live, version = desk.live(KEY), desk.look(newest)
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.edit(KEY, title=live["title"])
    published = desk.do(publish, EDITOR, [KEY])
    assert (published.version, published.changed) == (None, ())
    assert desk.look(newest) == version
    assert desk.state(KEY).draft is None
    assert desk.look(events) == ()


@pytest.mark.parametrize(("ident", "code"), [("accountant", "NO_DRAFT"), ("nobody", "UNKNOWN")])
def test_only_drafts_are_published(desk: Desk, ident: str, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        desk.do(publish, EDITOR, [("career", ident)])
    assert codes(refused) == [code]


def test_an_unpublished_document_stays_as_a_draft(desk: Desk) -> None:
    live = desk.live(COLLECTION)
    desk.do(unpublish, EDITOR, COLLECTION)
    assert not desk.is_live(COLLECTION)
    assert desk.draft(COLLECTION) == live
    desk.do(publish, EDITOR, [COLLECTION])
    assert desk.live(COLLECTION) == live


def test_unpublishing_keeps_the_draft_that_is_open(desk: Desk) -> None:
    desk.edit(COLLECTION, title={"en": "Numbers"})
    desk.do(unpublish, EDITOR, COLLECTION)
    assert desk.draft(COLLECTION)["title"] == {"en": "Numbers"}
    desk.do(publish, EDITOR, [COLLECTION])
    assert desk.live(COLLECTION)["title"] == {"en": "Numbers"}


def test_unpublishing_keeps_what_was_loaded_over_the_draft(desk: Desk) -> None:
    desk.edit(COLLECTION, title={"en": "Numbers"})
    desk.load_over(COLLECTION, title={"en": "Loaded"})
    desk.do(unpublish, EDITOR, COLLECTION)
    assert desk.draft(COLLECTION)["title"] == {"en": "Loaded"}


@pytest.mark.parametrize("verb", [unpublish, archive])
def test_what_others_refer_to_stays_and_they_are_named(desk: Desk, verb: object) -> None:
    with pytest.raises(Rejected) as refused:
        desk.do(verb, EDITOR, CATEGORY)  # type: ignore[arg-type]
    assert set(codes(refused)) == {"IN_USE"}
    named = {(problem.type, problem.ident) for problem in refused.value.problems}
    users = {key_of(it) for it in desk.look(read_all) if getattr(it, "category", None) == "business-finance"}
    assert named == users
    assert {problem.path for problem in refused.value.problems} == {"category"}
    assert desk.is_live(CATEGORY)


def test_what_is_not_live_cannot_be_unpublished(desk: Desk) -> None:
    desk.do(save_draft, EDITOR, "category", {"slug": "numbers", "name": {"en": "Numbers"}}, None)
    with pytest.raises(Rejected) as refused:
        desk.do(unpublish, EDITOR, ("category", "numbers"))
    assert codes(refused) == ["NOT_LIVE"]


def test_an_archived_document_is_neither_live_nor_a_draft(desk: Desk) -> None:
    live = desk.live(COLLECTION)
    desk.edit(COLLECTION, title={"en": "Numbers"})
    desk.do(archive, EDITOR, COLLECTION)
    state = desk.state(COLLECTION)
    assert (state.live, state.draft, state.archived) == (False, None, True)
    desk.do(revert, EDITOR, COLLECTION, 1)
    assert not desk.state(COLLECTION).archived
    desk.do(publish, EDITOR, [COLLECTION])
    assert desk.live(COLLECTION) == live


def test_reverting_restores_every_relation(desk: Desk) -> None:
    live = desk.live(KEY)
    assert live["skills"]
    assert live["values"]
    desk.edit(KEY, skills=[], values=[], roadmap=[], aliases={})
    desk.do(publish, EDITOR, [KEY])
    desk.do(revert, EDITOR, KEY, 1, "too much was gone")
    assert desk.draft(KEY) == live
    desk.do(publish, EDITOR, [KEY])
    assert desk.live(KEY) == live


@pytest.mark.parametrize("number", [7, 2])
def test_reverting_needs_a_revision_that_holds_something(desk: Desk, number: int) -> None:
    desk.do(unpublish, EDITOR, COLLECTION)  # revision 2 removes it, 3 is the draft
    with pytest.raises(Rejected) as refused:
        desk.do(revert, EDITOR, COLLECTION, number)
    assert codes(refused) == ["UNKNOWN"]


def test_live_rows_are_what_the_revisions_say(both_desk: Desk) -> None:
    desk = both_desk
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.do(publish, EDITOR, [KEY])
    desk.do(unpublish, EDITOR, COLLECTION)
    info = desk.look(newest)
    assert info is not None
    rebuilt = {key_of(it): it for it in desk.look(documents_at, info.version)}
    assert rebuilt == {key_of(it): it for it in desk.look(read_all)}


def test_a_pair_is_a_document(desk: Desk) -> None:
    body = {"a": "accountant", "b": "actuary", "introduction": {"en": "Both count."}, "featured": True}
    saved = desk.do(save_draft, EDITOR, "pair", body, None)
    assert saved.key == ("pair", "accountant-vs-actuary")
    desk.do(publish, EDITOR, [saved.key])
    assert desk.live(saved.key) == body
    (event,) = desk.look(events)
    assert (event.payload["careers"], event.payload["comparisons"]) == ([], 1)
    with pytest.raises(Rejected) as refused:
        desk.do(unpublish, EDITOR, ("career", "actuary"))
    assert ("pair", "accountant-vs-actuary") in {(it.type, it.ident) for it in refused.value.problems}
