"""Renaming: the old slug redirects, and every reference follows, in what is live and in drafts."""

from datetime import UTC, datetime, timedelta

import pytest

from careergraph.editorial.content.outcome import Conflict, Rejected
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.verbs.documents.drafts import discard_draft, revert, save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.verbs.documents.unpublish import archive
from careergraph.editorial.verbs.releases import add_to_release, open_release
from careergraph.store.access.audit import list_entries
from careergraph.store.catalogs.past import changes_between, documents_at, newest
from careergraph.store.documents.documents import CareerDocument
from careergraph.store.documents.redirects import resolve
from careergraph.store.documents.references import references
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import history
from careergraph.store.editing.schedules import Action, schedules
from editorial.verbs.desk import EDITOR, Desk, codes

KEY = ("career", "accountant")
NEW = ("career", "bookkeeper")


@pytest.mark.parametrize(
    "key",
    [
        ("career", "accountant"),
        ("skill", "accounting"),
        ("category", "business-finance"),
        ("attribute", "salary"),
        ("source", "onet"),
        ("collection", "careers-in-data"),
    ],
)
def test_references_follow_and_nothing_else_changes(both_desk: Desk, key: tuple[str, str]) -> None:
    desk = both_desk
    fresh = (key[0], "renamed-thing")
    before = {(it.TYPE, it.ident): plain(it) for it in desk.look(read_all)}
    version = desk.look(newest)
    assert version is not None
    published = desk.do(rename, EDITOR, key, fresh[1])
    assert published.version == version.version + 1
    after = {(it.TYPE, it.ident): plain(it) for it in desk.look(read_all)}
    assert after.keys() == before.keys() - {key} | {fresh}
    assert not [it for it, body in after.items() for _, target in references(it[0], body) if target == key]
    touched = {it for it, body in before.items() if any(target == key for _, target in references(it[0], body))}
    assert {it for it in before.keys() & after.keys() if before[it] != after[it]} == touched
    assert desk.look(resolve, key) == fresh[1]


def test_a_chain_of_names_leads_to_the_last_and_back_again(desk: Desk) -> None:
    desk.do(rename, EDITOR, KEY, "bookkeeper")
    desk.do(rename, EDITOR, NEW, "keeper-of-books")
    assert desk.look(resolve, KEY) == desk.look(resolve, NEW) == "keeper-of-books"
    desk.do(rename, EDITOR, ("career", "keeper-of-books"), "accountant")
    assert desk.look(resolve, KEY) is None
    assert desk.look(resolve, NEW) == "accountant"
    assert desk.is_live(KEY)


def test_a_name_that_another_document_takes_redirects_no_longer(desk: Desk) -> None:
    body = {**desk.live(KEY), "skills": []}
    desk.do(rename, EDITOR, KEY, "bookkeeper")
    desk.do(save_draft, EDITOR, "career", body, desk.state(KEY).published)
    assert desk.look(resolve, KEY) == "bookkeeper"
    desk.do(publish, EDITOR, [KEY])
    assert desk.look(resolve, KEY) is None
    assert desk.is_live(NEW)


def test_drafts_follow_with_their_release_review_and_schedule(desk: Desk) -> None:
    draft = desk.edit(KEY, title={"en": "Bean counter"})
    desk.edit(("collection", "careers-in-data"), careers=["actuary", "accountant"])
    desk.do(open_release, EDITOR, "may", "May")
    desk.do(add_to_release, EDITOR, "may", [KEY])
    desk.do(schedule, EDITOR, KEY, Action.PUBLISH, at=datetime.now(UTC) + timedelta(days=1), zone="UTC")
    desk.do(rename, EDITOR, KEY, "bookkeeper")
    assert desk.state(KEY).draft is None
    assert desk.draft(NEW) == {**draft, "slug": "bookkeeper"}
    assert desk.state(NEW).release == "may"
    assert desk.draft(("collection", "careers-in-data"))["careers"] == ["actuary", "bookkeeper"]
    (due,) = desk.look(schedules)
    assert due.subject == NEW
    desk.do(publish, EDITOR, [NEW])
    assert desk.live(NEW)["title"] == {"en": "Bean counter"}


def publish_title(desk: Desk, key: tuple[str, str], title: str) -> None:
    desk.edit(key, title={"en": title})
    desk.do(publish, EDITOR, [key])


def test_its_history_goes_with_a_document_and_a_new_one_under_the_old_slug_begins_its_own(both_desk: Desk) -> None:
    desk = both_desk
    first = desk.live(KEY)
    publish_title(desk, KEY, "Bean counter")
    desk.do(rename, EDITOR, KEY, NEW[1])
    desk.do(save_draft, EDITOR, "career", {**first, "title": {"en": "Another"}}, None)
    names = {it.number: (it.key, it.cause.name, (it.body or {}).get("title")) for it in desk.look(history, NEW)}
    assert names == {
        1: (KEY, "LOADED", {"en": "Accountant", "de": first["title"]["de"]}),
        2: (KEY, "SAVED", {"en": "Bean counter"}),
        3: (KEY, "PUBLISHED", {"en": "Bean counter"}),
        4: (NEW, "RENAMED", {"en": "Bean counter"}),
    }
    assert [(it.number, it.key) for it in desk.look(history, KEY)] == [(1, KEY)]
    old, new = desk.state(KEY), desk.state(NEW)
    assert old.id != new.id
    assert (old.draft, old.last, new.published, new.draft) == (1, 1, 4, None)
    desk.do(publish, EDITOR, [KEY])
    desk.do(archive, EDITOR, [KEY])
    assert [it.cause.name for it in desk.look(history, KEY)] == ["ARCHIVED", "PUBLISHED", "SAVED"]
    assert desk.state(NEW).live


def test_reverting_across_a_rename_makes_no_second_document(desk: Desk) -> None:
    publish_title(desk, KEY, "Bean counter")
    desk.do(rename, EDITOR, KEY, NEW[1])
    with pytest.raises(Rejected) as refused:
        desk.do(revert, EDITOR, KEY, 1)
    assert codes(refused) == ["UNKNOWN"]
    saved = desk.do(revert, EDITOR, NEW, 1)
    assert (saved.key, saved.revision) == (NEW, 5)
    assert (desk.draft(NEW)["slug"], desk.draft(NEW)["title"]["en"]) == (NEW[1], "Accountant")
    assert desk.look(history, NEW)[0].cause.name == "REVERTED"
    desk.do(publish, EDITOR, [NEW])
    assert (desk.is_live(KEY), desk.live(NEW)["title"]["en"]) == (False, "Accountant")


def test_a_reverted_reference_is_to_the_document_that_had_the_name_then(desk: Desk) -> None:
    """Not to a new one under the old slug."""
    key = ("collection", "careers-in-data")
    desk.edit(key, careers=["accountant", "actuary"])
    desk.do(publish, EDITOR, [key])
    desk.edit(key, careers=["actuary"])
    desk.do(publish, EDITOR, [key])
    body = desk.live(KEY)
    desk.do(rename, EDITOR, KEY, NEW[1])
    desk.do(save_draft, EDITOR, "career", body, None)
    desk.do(publish, EDITOR, [KEY])
    desk.do(revert, EDITOR, key, 3)
    assert desk.draft(key)["careers"] == [NEW[1], "actuary"]


def test_a_reverted_reference_to_what_is_gone_is_refused(desk: Desk) -> None:
    key = ("collection", "careers-in-data")
    fresh = {**desk.live(KEY), "slug": "fresh"}
    desk.do(save_draft, EDITOR, "career", fresh, None)
    desk.edit(key, careers=["actuary", "fresh"])
    desk.edit(key, careers=["actuary"])
    desk.do(discard_draft, EDITOR, ("career", "fresh"))
    before = desk.state(key)
    with pytest.raises(Rejected) as refused:
        desk.do(revert, EDITOR, key, 2)
    assert [(it.code.name, it.path) for it in refused.value.problems] == [("UNKNOWN_REFERENCE", "careers[1]")]
    assert desk.state(key) == before
    desk.do(save_draft, EDITOR, "career", fresh, None)  # a new one of that name will do
    desk.do(revert, EDITOR, key, 2)
    assert desk.draft(key)["careers"] == ["actuary", "fresh"]


def test_the_audit_log_of_a_document_tells_of_before_its_rename(desk: Desk) -> None:
    body = desk.live(KEY)
    publish_title(desk, KEY, "Bean counter")
    desk.do(rename, EDITOR, KEY, NEW[1])

    def verbs(slug: str) -> list[str]:
        return [it.verb for it, _ in desk.look(list_entries(type="career", slug=slug).page, 10)]

    assert verbs(NEW[1]) == verbs(KEY[1]) == ["rename", "publish", "save-draft"]
    desk.do(save_draft, EDITOR, "career", body, None)
    assert (verbs(KEY[1]), verbs(NEW[1])) == (["save-draft"], ["rename", "publish", "save-draft"])


def test_a_slug_that_a_drafted_pair_has_is_taken(desk: Desk) -> None:
    desk.do(save_draft, EDITOR, "pair", {"a": "accountant", "b": "actuary"}, None)
    desk.do(save_draft, EDITOR, "pair", {"a": "actuary", "b": "bookkeeper"}, None)
    with pytest.raises(Rejected) as refused:
        desk.do(rename, EDITOR, KEY, NEW[1])
    assert [(it.code.name, it.ident) for it in refused.value.problems] == [("TAKEN", "actuary-vs-bookkeeper")]
    assert desk.is_live(KEY)


def test_what_is_past_stays_as_it_was_and_changes_name_what_went(desk: Desk) -> None:
    start = desk.look(newest)
    assert start is not None
    before = {it.ident for it in desk.look(documents_at, start.version)}
    desk.do(rename, EDITOR, KEY, NEW[1])
    publish_title(desk, NEW, "Bean counter")
    assert {it.ident for it in desk.look(documents_at, start.version)} == before
    assert {it.ident for it in desk.look(documents_at, start.version + 2)} == before - {KEY[1]} | {NEW[1]}
    changes = desk.look(changes_between, start.version, start.version + 2)
    assert changes[KEY].document is None
    renamed = changes[NEW].document
    assert isinstance(renamed, CareerDocument)
    assert renamed.title == {"en": "Bean counter"}
    assert KEY not in desk.look(changes_between, start.version + 1, start.version + 2)


def test_a_pair_follows_its_careers_in_the_order_of_the_alphabet(desk: Desk) -> None:
    desk.do(save_draft, EDITOR, "pair", {"a": "accountant", "b": "actuary", "hidden": True}, None)
    desk.do(publish, EDITOR, [("pair", "accountant-vs-actuary")])
    desk.do(rename, EDITOR, KEY, "zoologist")
    assert desk.live(("pair", "actuary-vs-zoologist")) == {"a": "actuary", "b": "zoologist", "hidden": True}
    assert not desk.is_live(("pair", "accountant-vs-actuary"))


def test_whoever_has_the_old_name_in_hand_is_told_the_new_one(desk: Desk) -> None:
    body, base = desk.live(KEY), desk.bases(KEY)[KEY]
    desk.do(rename, EDITOR, KEY, NEW[1])
    for verb, *arguments in (
        (save_draft, KEY[0], body, base),
        (archive, {KEY: base}),
        (publish, {KEY: base}),
        (revert, KEY, base),
    ):
        with pytest.raises(Rejected, match="it is called 'bookkeeper' now") as refused:
            desk.do(verb, EDITOR, *arguments)
        assert codes(refused) == ["UNKNOWN"]


def test_a_draft_that_was_never_live_is_renamed_without_a_redirect(desk: Desk) -> None:
    desk.do(save_draft, EDITOR, "category", {"slug": "numbers", "name": {"en": "Numbers"}}, None)
    published = desk.do(rename, EDITOR, ("category", "numbers"), "figures")
    assert published.version is None
    assert desk.draft(("category", "figures"))["slug"] == "figures"
    assert desk.look(resolve, ("category", "numbers")) is None


def test_reverting_finds_what_was_renamed_since(desk: Desk) -> None:
    desk.edit(KEY, skills=[])
    desk.do(publish, EDITOR, [KEY])
    desk.do(rename, EDITOR, ("skill", "accounting"), "keeping-accounts")
    desk.do(revert, EDITOR, KEY, 1)
    used = {concept["skill"] for skill in desk.draft(KEY)["skills"] for concept in skill["concepts"]}
    assert "keeping-accounts" in used
    assert "accounting" not in used
    desk.do(publish, EDITOR, [KEY])


@pytest.mark.parametrize(
    ("key", "new", "code"),
    [
        (KEY, "actuary", "TAKEN"),
        (KEY, "accountant", "TAKEN"),
        (KEY, "No Slug", "BAD_IDENT"),
        (KEY, "this-vs-that", "BAD_IDENT"),
        (("career", "nobody"), "somebody", "UNKNOWN"),
        (("locale", "de"), "nl", "FIXED"),
        (("pair", "accountant-vs-actuary"), "x", "FIXED"),
    ],
)
def test_what_is_refused(desk: Desk, key: tuple[str, str], new: str, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        desk.do(rename, EDITOR, key, new)
    assert codes(refused) == [code]
    assert desk.is_live(KEY)


def test_the_slug_of_a_draft_and_of_what_is_archived_is_taken(desk: Desk) -> None:
    desk.do(save_draft, EDITOR, "collection", {"slug": "drafted", "title": {"en": "Drafted"}}, None)
    desk.do(archive, EDITOR, ("collection", "careers-in-data"))
    for taken in ("drafted", "careers-in-data"):
        with pytest.raises(Rejected) as refused:
            desk.do(rename, EDITOR, ("collection", "words-and-images"), taken)
        assert codes(refused) == ["TAKEN"]
    with pytest.raises(Rejected) as refused:
        desk.do(rename, EDITOR, ("collection", "careers-in-data"), "other")
    assert codes(refused) == ["NOT_LIVE"]


def test_a_draft_older_than_what_is_live_is_not_made_newer_by_a_rename(desk: Desk) -> None:
    """It would undo, without a word, what was loaded over it."""
    desk.edit(KEY, title={"en": "Bean counter"})
    desk.load_over(KEY, title={"en": "Loaded"})
    with pytest.raises(Conflict):
        desk.do(rename, EDITOR, ("skill", "accounting"), "keeping-accounts")
    assert desk.is_live(("skill", "accounting"))
