"""Drafts: saving, conflicts, review, discarding. What is live never changes by any of it."""

import pytest

from careergraph.editorial.content.diff import Difference
from careergraph.editorial.content.outcome import Conflict, Rejected
from careergraph.editorial.editing import validation
from careergraph.editorial.verbs.documents.drafts import discard_draft, save_draft, submit_for_review
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.store.access.audit import verify
from careergraph.store.catalogs.past import newest
from careergraph.store.documents.rows import live_idents
from editorial.verbs.desk import AUTHOR, EDITOR, Desk, codes
from listed import entries, events

KEY = ("career", "accountant")


def test_a_saved_draft_changes_nothing_live(desk: Desk) -> None:
    live, version = desk.live(KEY), desk.look(newest)
    body = {**live, "title": {"en": "Bean counter"}}
    saved = desk.do(save_draft, AUTHOR, "career", body, desk.state(KEY).published, note="shorter")
    assert desk.live(KEY) == live
    assert desk.look(newest) == version
    assert desk.look(events) == ()
    assert desk.draft(KEY)["title"] == {"en": "Bean counter"}
    state = desk.state(KEY)
    assert (state.draft, state.live, state.review) == (saved.revision, True, False)
    (entry,) = desk.look(entries)
    assert (entry.actor, entry.verb, entry.key) == ("author", "save-draft", KEY)
    assert entry.detail == {"revision": saved.revision, "note": "shorter"}


def test_a_new_document_starts_from_nothing(desk: Desk) -> None:
    body = {"slug": "beekeeper", "title": {}, "summary": {}, "category": "nowhere"}
    saved = desk.do(save_draft, AUTHOR, "career", body, None)
    assert saved.key == ("career", "beekeeper")
    assert not desk.is_live(saved.key)


def test_saving_what_is_there_makes_no_revision(desk: Desk) -> None:
    state = desk.state(KEY)
    saved = desk.do(save_draft, AUTHOR, "career", desk.live(KEY), state.published)
    assert saved.revision == state.published
    assert desk.state(KEY) == state
    assert desk.look(entries) == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"title": {}}, "BAD_SHAPE"),
        ({"slug": "x", "title": {}, "summary": {}, "category": "data", "colour": "red"}, "BAD_SHAPE"),
        ({"slug": "No Slug", "title": {}, "summary": {}, "category": "data"}, "BAD_IDENT"),
        ({"slug": "a-vs-b", "title": {}, "summary": {}, "category": "data"}, "BAD_IDENT"),
        ({"slug": "x", "title": {"en": "a\u0000b"}, "summary": {}, "category": "data"}, "BAD_TEXT"),
        ({"slug": "x", "title": {"en": "a" * 20_000}, "summary": {}, "category": "data"}, "TOO_LONG"),
    ],
)
def test_a_draft_has_the_form_of_a_document(desk: Desk, body: dict[str, object], code: str) -> None:
    with pytest.raises(Rejected) as refused:
        desk.do(save_draft, AUTHOR, "career", body, None)
    assert code in codes(refused)


def test_a_document_type_that_is_none_is_rejected(desk: Desk) -> None:
    with pytest.raises(Rejected) as refused:
        desk.do(save_draft, AUTHOR, "planet", {}, None)
    assert codes(refused) == ["UNKNOWN"]


def test_a_base_that_is_no_revision_is_rejected(desk: Desk) -> None:
    with pytest.raises(Rejected) as refused:
        desk.do(save_draft, AUTHOR, "career", desk.live(KEY), 99)
    assert codes(refused) == ["UNKNOWN"]


def test_two_editors_who_start_from_one_revision_conflict_and_lose_nothing(desk: Desk) -> None:
    base, live = desk.state(KEY).published, desk.live(KEY)
    first = {**live, "title": {"en": "First"}}
    second = {**live, "title": {"en": "Second"}}
    saved = desk.do(save_draft, AUTHOR, "career", first, base)
    with pytest.raises(Conflict) as refused:
        desk.do(save_draft, EDITOR, "career", second, base)
    conflict = refused.value
    assert (conflict.base, conflict.yours, conflict.theirs) == (live, second, first)
    assert conflict.revision == saved.revision
    assert conflict.difference == (Difference(steps=("title", "en"), before="First", after="Second"),)
    assert desk.draft(KEY) == first
    again = desk.do(save_draft, EDITOR, "career", second, conflict.revision)
    assert again.revision == saved.revision + 1


def test_a_document_made_twice_conflicts(desk: Desk) -> None:
    body = {"slug": "beekeeper", "title": {"en": "Beekeeper"}, "summary": {}, "category": "nowhere"}
    desk.do(save_draft, AUTHOR, "career", body, None)
    with pytest.raises(Conflict) as refused:
        desk.do(save_draft, EDITOR, "career", {**body, "title": {"en": "Apiarist"}}, None)
    assert refused.value.base is None


def test_another_number_of_the_same_content_is_no_conflict(desk: Desk) -> None:
    """Who saved the draft that was published meanwhile goes on from it."""
    body = {**desk.live(KEY), "title": {"en": "Bean counter"}}
    saved = desk.do(save_draft, AUTHOR, "career", body, desk.state(KEY).published)
    desk.do(publish, EDITOR, [KEY])
    desk.do(save_draft, AUTHOR, "career", {**body, "title": {"en": "Counter"}}, saved.revision)
    assert desk.draft(KEY)["title"] == {"en": "Counter"}


def test_what_was_loaded_over_a_draft_is_not_undone_by_it(desk: Desk) -> None:
    live = desk.live(KEY)
    draft = {**live, "title": {"en": "Bean counter"}}
    saved = desk.do(save_draft, AUTHOR, "career", draft, desk.state(KEY).published)
    desk.load_over(KEY, title={"en": "Loaded"})
    with pytest.raises(Conflict) as refused:
        desk.do(publish, EDITOR, [KEY])
    conflict = refused.value
    assert (conflict.base, conflict.yours) == (live, draft)
    assert conflict.theirs == {**live, "title": {"en": "Loaded"}}
    with pytest.raises(Conflict):
        desk.do(save_draft, AUTHOR, "career", draft, saved.revision)
    desk.do(save_draft, AUTHOR, "career", draft, conflict.revision)
    desk.do(publish, EDITOR, [KEY])
    assert desk.live(KEY)["title"] == {"en": "Bean counter"}


def test_a_discarded_draft_is_closed(desk: Desk) -> None:
    body = {**desk.live(KEY), "title": {"en": "Bean counter"}}
    saved = desk.do(save_draft, AUTHOR, "career", body, desk.state(KEY).published)
    desk.do(discard_draft, AUTHOR, KEY)
    assert desk.state(KEY).draft is None
    assert desk.state(KEY).last == saved.revision
    with pytest.raises(Rejected) as refused:
        desk.do(discard_draft, AUTHOR, KEY)
    assert codes(refused) == ["NO_DRAFT"]


def test_nothing_to_discard_of_what_is_not_there(desk: Desk) -> None:
    with pytest.raises(Rejected) as refused:
        desk.do(discard_draft, AUTHOR, ("career", "nobody"))
    assert codes(refused) == ["UNKNOWN"]


def test_review_begins_with_handing_in_and_ends_with_the_next_save(desk: Desk) -> None:
    body = {**desk.live(KEY), "title": {"en": "Bean counter"}}
    saved = desk.do(save_draft, AUTHOR, "career", body, desk.state(KEY).published)
    desk.do(submit_for_review, AUTHOR, KEY)
    assert desk.state(KEY).review
    desk.do(save_draft, AUTHOR, "career", {**body, "title": {"en": "Counter"}}, saved.revision)
    assert not desk.state(KEY).review


def test_handing_in_reads_what_the_draft_refers_to_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others wait for it: it must not take longer for a larger catalog. A circle of skills is told all the same."""
    monkeypatch.setattr(validation, "live_documents", None)
    desk.edit(KEY, title={"en": "Bean counter", "de": "Buchhalter"})
    desk.do(submit_for_review, AUTHOR, KEY)
    assert desk.state(KEY).review
    skills = [("skill", slug) for slug in desk.look(live_idents, "skill")]
    narrow = next(key for key in skills if desk.live(key).get("broader"))
    broad = ("skill", desk.live(narrow)["broader"][0])
    desk.edit(broad, broader=[narrow[1]])
    with pytest.raises(Rejected) as refused:
        desk.do(submit_for_review, AUTHOR, broad)
    assert codes(refused) == ["CYCLE"]


def test_what_is_handed_in_is_sound_and_may_refer_to_other_drafts(desk: Desk) -> None:
    body = {**desk.live(KEY), "category": "numbers"}
    desk.do(save_draft, AUTHOR, "career", body, desk.state(KEY).published)
    with pytest.raises(Rejected) as refused:
        desk.do(submit_for_review, AUTHOR, KEY)
    assert codes(refused) == ["UNKNOWN_REFERENCE"]
    desk.do(save_draft, AUTHOR, "category", {"slug": "numbers", "name": {"en": "Numbers"}}, None)
    desk.do(submit_for_review, AUTHOR, KEY)
    assert desk.state(KEY).review
    assert desk.look(verify).fault is None


@pytest.mark.parametrize(
    ("kind", "short", "long"),
    [
        ("skill", {}, {"name": {}}),
        ("category", {}, {"name": {}}),
        ("source", {}, {"title": "", "publisher": "", "kind": ""}),
        ("collection", {"careers": ["accountant"]}, {"careers": ["accountant"], "title": {}}),
        ("career", {}, {"title": {}, "summary": {}, "category": ""}),
        (
            "career",
            {"roadmap": [{}], "skills": [{}]},
            {
                "title": {},
                "summary": {},
                "category": "",
                "roadmap": [{"title": {}, "summary": {}}],
                "skills": [{"text": {}}],
            },
        ),
    ],
)
def test_a_draft_may_leave_out_what_it_may_leave_empty(
    desk: Desk, kind: str, short: dict[str, object], long: dict[str, object]
) -> None:
    first = desk.do(save_draft, EDITOR, kind, {"slug": "new", **short}, None)
    again = desk.do(save_draft, EDITOR, kind, {"slug": "new", **long}, first.revision)
    assert again.revision == first.revision
    with pytest.raises(Rejected) as refused:
        desk.do(save_draft, EDITOR, kind, short, None)
    assert "BAD_SHAPE" in codes(refused)
