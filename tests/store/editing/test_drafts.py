"""Drafts: revisions that nobody but an editor sees, and what points to the open one."""

import msgspec
import pytest
from sqlalchemy import Engine

import listed
from careergraph.store.catalogs.past import documents_at, newest
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents import redirects
from careergraph.store.documents.documents import CareerDocument, Document, PairDocument, QuestionPart, SkillDocument
from careergraph.store.documents.rows import read, read_all
from careergraph.store.editing import drafts, releases, reviews
from careergraph.store.editing.publish import publish

NURSE = ("career", "registered-nurse")
NEW = ("skill", "welding")
BODY = {"slug": "welding", "name": {"en": "Welding"}}
WELDING = msgspec.convert(BODY, SkillDocument)


def live(engine: Engine) -> tuple[Document, ...]:
    with reading(engine) as session:
        return read_all(session)


def test_a_draft_opens_replaces_and_closes(engine: Engine) -> None:
    before = live(engine)
    with transaction(engine) as session:
        untouched = drafts.state(session, NEW)
        assert (untouched.has_history, untouched.draft) == (False, None)
        assert drafts.append(session, NEW, BODY, "ann", "first") == 1
        reviews.submit(session, NEW, "ann", None)
        assert drafts.state(session, NEW).review
        assert drafts.append(session, NEW, BODY | {"name": {"en": "Better"}}, "bob", "second") == 2
    with reading(engine) as session:
        opened = drafts.state(session, NEW)
        assert (opened.draft, opened.base, opened.review, opened.live) == (2, None, False, False)
        assert drafts.bodies(session, [NEW, NURSE]) == {NEW: BODY | {"name": {"en": "Better"}}}
        assert [it.key for it in drafts.drafts(session)] == [NEW]
    assert live(engine) == before
    with transaction(engine) as session:
        drafts.close(session, [NEW])
        closed = drafts.state(session, NEW)
        assert (closed.draft, closed.published, closed.has_history) == (None, None, True)
        assert drafts.drafts(session) == ()
        assert [(it.number, it.author, it.version) for it in drafts.history(session, NEW)] == [
            (2, "bob", None),
            (1, "ann", None),
        ]


def test_the_base_is_what_was_published_when_the_draft_began(engine: Engine) -> None:
    with transaction(engine) as session:
        nurse = read(session, [NURSE])[0]
        assert isinstance(nurse, CareerDocument)
        number = drafts.append(session, NURSE, msgspec.to_builtins(nurse), "ann", "")
        assert (number, drafts.state(session, NURSE).base) == (2, 1)
        publish(session, [msgspec.structs.replace(nurse, title={"en": "Changed"})], "somebody else", "")
        drafts.append(session, NURSE, msgspec.to_builtins(nurse), "ann", "")
        state = drafts.state(session, NURSE)
        assert (state.draft, state.base, state.published, state.last, state.live) == (4, 1, 3, 4, True)


def test_a_draft_may_remove_and_a_removed_document_is_not_live(engine: Engine) -> None:
    with transaction(engine) as session:
        drafts.append(session, ("source", "nobody-needs"), None, "ann", "away")
        assert drafts.bodies(session, [("source", "nobody-needs")]) == {("source", "nobody-needs"): None}
        publish(session, [WELDING], "ann", "")
        assert drafts.state(session, NEW).live
        publish(session, [], "ann", "", removed=[NEW])
        gone = drafts.state(session, NEW)
        assert (gone.live, gone.published, gone.has_history) == (False, 2, True)
        removal = drafts.revision(session, NEW, 2)
        assert removal is not None
        assert removal.body is None
        assert drafts.revision(session, NEW, 3) is None


def test_history_pages_newest_first(engine: Engine) -> None:
    with transaction(engine) as session:
        for count in range(5):
            drafts.append(session, NEW, BODY | {"family": {"en": str(count)}}, "ann", str(count))
        first = drafts.history(session, NEW, first=2)
        assert [it.number for it in first] == [5, 4]
        assert [it.number for it in drafts.history(session, NEW, before=4)] == [3, 2, 1]


def test_more_documents_than_a_query_takes(engine: Engine) -> None:
    keys = [("skill", f"skill-{number}") for number in range(1203)]
    with transaction(engine) as session:
        for key in (keys[0], keys[700], keys[1202]):
            drafts.append(session, key, BODY, "ann", "")
        states = drafts.states(session, [*keys, NURSE])
        assert len(states) == 1204
        assert sum(it.draft is not None for it in states.values()) == 3
        assert states[NURSE].live
        drafts.close(session, keys)
        assert drafts.drafts(session) == ()


def test_the_past_knows_no_draft(engine: Engine) -> None:
    with transaction(engine) as session:
        info = newest(session)
        assert info is not None
        before = set(map(str, documents_at(session, info.version)))
        drafts.append(session, NURSE, {"slug": "registered-nurse", "title": {"en": "SECRET"}}, "ann", "")
        assert set(map(str, documents_at(session, info.version))) == before


def test_a_release_holds_drafts_until_it_is_finished(engine: Engine) -> None:
    with transaction(engine) as session:
        releases.open_release(session, "may", "Wages May 2026", "", "ann")
        number = drafts.append(session, NEW, BODY, "ann", "")
        drafts.append(session, NURSE, None, "ann", "")
        drafts.bundle(session, {NEW: number}, "may")
        assert [it.key for it in drafts.drafts(session, "may")] == [NEW]
        newer = drafts.append(session, NEW, BODY, "ann", "again")
        state = drafts.state(session, NEW)
        assert (state.release, state.release_revision, state.draft) == ("may", number, newer)
        version = publish(session, [WELDING], "ann", "")
        assert version is not None
        drafts.close(session, [NEW])
        releases.finish(session, "may", version)
        done = releases.release(session, "may")
        assert done is not None
        assert (done.open, done.published_version) == (False, version)
        assert listed.releases(session) == ()
        assert [it.slug for it in listed.releases(session, all_of_them=True)] == ["may"]


def test_a_discarded_release_leaves_its_drafts_open(engine: Engine) -> None:
    with transaction(engine) as session:
        releases.open_release(session, "may", "May", "", "ann")
        drafts.bundle(session, {NEW: drafts.append(session, NEW, BODY, "ann", "")}, "may")
        releases.discard(session, "may")
        state = drafts.state(session, NEW)
        assert (state.draft, state.release) == (1, None)
        gone = releases.release(session, "may")
        assert gone is not None
        assert not gone.open
        assert releases.release(session, "june") is None


def test_archived_stays_archived_when_its_draft_closes(engine: Engine) -> None:
    with transaction(engine) as session:
        drafts.append(session, NEW, BODY, "ann", "")
        drafts.archive(session, NEW)
        drafts.close(session, [NEW])
        assert drafts.state(session, NEW).archived
        drafts.archive(session, NEW, archived=False)
        assert not drafts.state(session, NEW).archived


def test_redirects_lead_to_the_name_of_today_in_one_step(engine: Engine) -> None:
    with transaction(engine) as session:
        redirects.add(session, ("career", "a"), "b")
        redirects.add(session, ("career", "b"), "c")
        redirects.add(session, ("skill", "a"), "x")
        assert redirects.redirects(session) == {("career", "a"): "c", ("career", "b"): "c", ("skill", "a"): "x"}
        redirects.add(session, ("career", "c"), "a")
        assert redirects.redirects(session) == {("career", "b"): "a", ("career", "c"): "a", ("skill", "a"): "x"}
        assert redirects.resolve(session, ("career", "b")) == "a"
        assert redirects.resolve(session, ("career", "a")) is None
        redirects.add(session, ("career", "a"), "a")
        assert redirects.resolve(session, ("career", "a")) is None
        redirects.drop(session, [("career", "b")])
        assert redirects.resolve(session, ("career", "b")) is None


@pytest.mark.parametrize("featured", [True, False])
def test_a_pair_goes_into_rows_and_back(engine: Engine, featured: bool) -> None:
    with transaction(engine) as session:
        slugs = sorted(it.ident for it in read_all(session) if isinstance(it, CareerDocument))[:2]
        question = QuestionPart(question={"en": "Why?"}, answer={"en": "Because.", "de": "Darum."})
        pair = PairDocument(a=slugs[0], b=slugs[1], introduction={"en": "Both"}, questions=[question])
        pair.featured, pair.hidden = featured, not featured
        version = publish(session, [pair], "ann", "")
        assert read(session, [("pair", pair.ident)]) == (pair,)
        bare = PairDocument(a=slugs[0], b=slugs[1])
        publish(session, [bare], "ann", "")
        assert read(session, [("pair", pair.ident)]) == (bare,)
        assert publish(session, [bare], "ann", "") is None
        assert version is not None
        assert pair in documents_at(session, version)
        publish(session, [], "ann", "", removed=[("pair", pair.ident)])
        assert read(session, [("pair", pair.ident)]) == ()
