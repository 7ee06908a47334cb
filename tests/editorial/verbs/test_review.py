"""Reviews: a draft is handed in, assigned, commented on, sent back, approved by somebody else, and then published."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.hooks.workflow import Settings, Workflow
from careergraph.editorial.verbs.documents.drafts import discard_draft, revert, save_draft, submit_for_review
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.replace import replace_reference
from careergraph.editorial.verbs.documents.review import (
    APPROVED,
    COMMENTED,
    LONGEST,
    SENT_BACK,
    SUBMITTED,
    add_comment,
    approve,
    assign,
    reopen_comment,
    resolve_comment,
    send_back,
)
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.verbs.releases import add_to_release, open_release, publish_release, schedule_release
from careergraph.editorial.worker.worker import Worker
from careergraph.store.access.people import Person, note_person
from careergraph.store.database.database import transaction
from careergraph.store.documents.documents import Key
from careergraph.store.editing.reviews import Comment, approvals, list_comments
from careergraph.store.editing.schedules import Action
from editorial.verbs.desk import AUTHOR, EDITOR, VIEWER, Desk, codes, scoped
from listed import entries, events, rows

CAREER: Key = ("career", "accountant")
DATA: Key = ("category", "data")
BOB, AUTHOR_AS_EDITOR = (Actor(name=name, role=Role.EDITOR) for name in ("bob", "author"))
SOON = datetime.now(UTC) + timedelta(hours=1)
FLOW = Workflow(Settings(approvals={"career": 1, "category": 2}))


class ReviewedDesk(Desk):
    """A desk on which careers need one approval, and categories two."""

    def do(self, verb: Any, actor: Actor, *args: Any, **kwargs: Any) -> Any:
        return FLOW.run(partial(transaction, self.engine), lambda session: verb(session, actor, *args, **kwargs))


@pytest.fixture
def desk(engine: Engine) -> Iterator[ReviewedDesk]:
    """Twice: on either database."""
    with transaction(engine) as session:
        for name, role, types in (("bob", "EDITOR", None), ("eve", "VIEWER", ["skill"])):
            listed = Person(
                name=name,
                display_name=name.title(),
                role=role,
                types=None if types is None else tuple(types),
                last_seen_at=datetime.now(UTC),
            )
            note_person(session, listed)
    yield ReviewedDesk(engine)


def draft(desk: Desk, actor: Actor = AUTHOR, title: str = "Bean counter") -> int:
    """Saves a draft of the career. Returns its revision."""
    body = {**(desk.live(CAREER) if desk.state(CAREER).draft is None else desk.draft(CAREER)), "title": {"en": title}}
    saved = desk.do(save_draft, actor, "career", body, desk.bases(CAREER)[CAREER])
    return int(saved.revision)


def comments(desk: Desk, key: Key = CAREER, **conditions: Any) -> tuple[Comment, ...]:
    return desk.look(lambda session: rows(session, list_comments(desk.state(key).id or 0, **conditions)))


def approvers(desk: Desk, revision: int, key: Key = CAREER) -> list[str]:
    return [it.author for it in desk.look(approvals, key, revision)]


def payloads(desk: Desk, event: str) -> list[dict[str, Any]]:
    return [it.payload for it in desk.look(events) if it.event == event]


def test_a_draft_is_sent_back_with_a_reason_and_handed_in_again(desk: Desk) -> None:
    base = draft(desk)
    desk.do(submit_for_review, AUTHOR, CAREER, "please", base=base, assignee="bob")
    state = desk.state(CAREER)
    assert (state.review, state.submitted_by, state.assignee) == (True, "author", "bob")
    assert state.submitted_at is not None
    desk.do(approve, BOB, CAREER, base=base)
    desk.do(send_back, BOB, CAREER, "Say which beans.", base=base)
    state = desk.state(CAREER)
    assert (state.review, state.sent_back_by, state.sent_back_reason) == (False, "bob", "Say which beans.")
    assert approvers(desk, base) == []
    with pytest.raises(Rejected) as refused:
        desk.do(send_back, BOB, CAREER, "Again.", base=base)
    assert codes(refused) == ["NOT_IN_REVIEW"]
    base = draft(desk, title="Counter of coffee beans")
    assert desk.state(CAREER).sent_back_reason == "Say which beans."
    desk.do(submit_for_review, AUTHOR, CAREER, base=base)
    state = desk.state(CAREER)
    assert (state.review, state.assignee, state.sent_back_reason, state.sent_back_by) == (True, "bob", None, None)
    about = {"type": "career", "slug": "accountant", "by": "author", "assignee": "bob"}
    assert payloads(desk, SUBMITTED) == [
        {**about, "revision": base - 1, "note": "please"},
        {**about, "revision": base, "note": ""},
    ]
    sent_back = {"revision": base - 1, "by": "bob", "reason": "Say which beans.", "author": "author"}
    assert payloads(desk, SENT_BACK) == [{"type": "career", "slug": "accountant", **sent_back}]
    verbs = [it.verb for it in desk.look(lambda it: entries(it, type=CAREER[0], slug=CAREER[1]))]
    assert verbs[::-1] == ["save-draft", "submit-for-review", "approve", "send-back", "save-draft", "submit-for-review"]


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * (LONGEST + 1), "a\x00b"])
def test_a_reason_is_a_text(desk: Desk, reason: str) -> None:
    base = draft(desk)
    desk.do(submit_for_review, AUTHOR, CAREER, base=base)
    with pytest.raises(Rejected) as refused:
        desk.do(send_back, BOB, CAREER, reason, base=base)
    assert refused.value.problems[0].path == "reason"
    assert desk.state(CAREER).review


def test_nothing_is_reviewed_that_was_not_seen(desk: Desk) -> None:
    base = draft(desk)
    desk.do(submit_for_review, AUTHOR, CAREER, base=base)
    draft(desk, title="Unseen")
    for verb, *more in ((send_back, "no"), (assign, "bob"), (approve,)):
        with pytest.raises(Conflict):
            desk.do(verb, BOB, CAREER, *more, base=base)


def test_only_who_may_see_a_submitted_draft_is_assigned(desk: Desk) -> None:
    base = draft(desk)
    with pytest.raises(Rejected) as refused:
        desk.do(assign, AUTHOR, CAREER, "bob", base=base)
    assert codes(refused) == ["NOT_IN_REVIEW"]
    for name in ("nobody", "eve"):
        with pytest.raises(Rejected) as refused:
            desk.do(submit_for_review, AUTHOR, CAREER, base=base, assignee=name)
        assert [(it.code.value, it.path) for it in refused.value.problems] == [("UNKNOWN", "assignee")]
    assert not desk.state(CAREER).review
    desk.do(submit_for_review, AUTHOR, CAREER, base=base)
    assert desk.state(CAREER).assignee is None
    desk.do(assign, AUTHOR, CAREER, "bob", base=base)
    assert desk.state(CAREER).assignee == "bob"
    desk.do(assign, AUTHOR, CAREER, None, base=base)
    assert desk.state(CAREER).assignee is None


def test_nothing_goes_live_before_somebody_else_approved_it(desk: Desk) -> None:
    """By none of the ways there are; a save takes the approval away; other types need as many as they need."""
    base = draft(desk)
    desk.do(open_release, BOB, "may", "May")
    desk.do(add_to_release, BOB, "may", {CAREER: base})
    for attempt in attempts(desk, base):
        with pytest.raises(Rejected) as refused:
            attempt()
        assert [(it.code.value, it.ident) for it in refused.value.problems] == [("NOT_APPROVED", "accountant")]
    with pytest.raises(Rejected) as refused:
        desk.do(approve, AUTHOR_AS_EDITOR, CAREER, base=base)
    assert codes(refused) == ["OWN_DRAFT"]
    desk.do(approve, BOB, CAREER, base=base)
    desk.do(approve, BOB, CAREER, base=base)
    assert approvers(desk, base) == ["bob"]
    assert len(payloads(desk, APPROVED)) == 1
    newer = draft(desk, title="Saved again")
    with pytest.raises(Rejected) as refused:
        desk.do(publish, BOB, {CAREER: newer})
    assert codes(refused) == ["NOT_APPROVED"]
    desk.do(approve, BOB, CAREER, base=newer)
    desk.do(publish, AUTHOR_AS_EDITOR, {CAREER: newer})
    assert desk.live(CAREER)["title"]["en"] == "Saved again"

    body = {**desk.live(DATA), "name": {"en": "Figures"}}
    base = desk.do(save_draft, AUTHOR, "category", body, desk.bases(DATA)[DATA]).revision
    desk.do(approve, BOB, DATA, base=base)
    with pytest.raises(Rejected) as refused:
        desk.do(publish, BOB, {DATA: base})
    assert "1 of 2" in str(refused.value)
    desk.do(approve, EDITOR, DATA, base=base)
    desk.do(publish, BOB, {DATA: base})
    assert desk.live(DATA)["name"] == {"en": "Figures"}


def attempts(desk: Desk, base: int) -> tuple[Callable[[], object], ...]:
    """The ways to publish the career, alone and in the release `may`."""
    state = desk.look(state_of, "may")
    return (
        lambda: desk.do(publish, BOB, {CAREER: base}),
        lambda: desk.do(publish_release, BOB, "may", base=state),
        lambda: desk.do(schedule, BOB, CAREER, Action.PUBLISH, base=base, at=SOON, zone="UTC"),
        lambda: desk.do(schedule_release, BOB, "may", base=state, at=SOON, zone="UTC"),
    )


def test_whoever_wrote_on_a_draft_cannot_approve_it(desk: Desk) -> None:
    """Also where another one saved last, or an earlier state of it was published, or a part waits; a draft that was
    discarded makes nobody an author of the next."""
    draft(desk)
    base = draft(desk, EDITOR, "Counter of beans")
    for actor in (AUTHOR_AS_EDITOR, EDITOR):
        with pytest.raises(Rejected) as refused:
            desk.do(approve, actor, CAREER, base=base)
        assert codes(refused) == ["OWN_DRAFT"]
    desk.do(approve, BOB, CAREER, base=base)
    german = {**desk.draft(CAREER), "title": {"en": "Counter", "de": "Zähler"}}
    base = desk.do(save_draft, EDITOR, "career", german, base).revision
    desk.do(approve, BOB, CAREER, base=base)
    desk.do(publish, BOB, {CAREER: base}, locales=LocaleFilter.of(without=["de"]))
    assert set(desk.state(CAREER).contributors) == {"author", "editor"}
    waiting = desk.state(CAREER).draft or 0
    with pytest.raises(Rejected) as refused:
        desk.do(approve, AUTHOR_AS_EDITOR, CAREER, base=waiting)
    assert codes(refused) == ["OWN_DRAFT"]
    desk.do(discard_draft, EDITOR, CAREER, base=waiting)
    assert desk.state(CAREER).contributors == ()
    assert desk.do(revert, BOB, CAREER, 1, base=desk.bases(CAREER)[CAREER]).revision > waiting
    assert desk.state(CAREER).contributors == ("bob",)


def test_no_reference_is_replaced_in_what_is_live_and_needs_approvals(desk: Desk) -> None:
    """Where only drafts change, they need to be approved anew."""
    for key, new in ((DATA, "business-finance"), (("skill", "sql"), "python")):
        report = desk.do(replace_reference, EDITOR, key, new, None)
        before = {it.key: desk.live(it.key) for it in report.uses if it.live}
        careers = sorted(it for it in before if it[0] == "career")
        assert careers
        with pytest.raises(Rejected) as refused:
            desk.do(replace_reference, EDITOR, key, new, {it.key: it.base for it in report.uses})
        problems = refused.value.problems
        assert sorted((it.type, it.ident) for it in problems) == careers
        assert set(codes(refused)) == {"NOT_APPROVED"}
        assert {key: desk.live(key) for key in before} == before
    body = {"slug": "numbers", "name": {"en": "Numbers"}}
    desk.do(save_draft, AUTHOR, "category", body, None)
    fresh: Key = ("career", "adder")
    body = {**desk.live(CAREER), "slug": "adder", "category": "numbers"}
    base = desk.do(save_draft, AUTHOR, "career", body, None).revision
    desk.do(approve, BOB, fresh, base=base)
    assert desk.do(replace_reference, EDITOR, ("category", "numbers"), "data", {fresh: base}).done
    assert desk.draft(fresh)["category"] == "data"
    with pytest.raises(Rejected) as refused:
        desk.do(publish, BOB, desk.bases(fresh))
    assert codes(refused) == ["NOT_APPROVED"]


def test_an_approval_is_of_the_revision_that_a_schedule_publishes(desk: Desk) -> None:
    """Who approved it may write the next draft; and what is scheduled goes live."""
    base = draft(desk)
    desk.do(approve, BOB, CAREER, base=base)
    desk.do(schedule, BOB, CAREER, Action.PUBLISH, base=base, at=SOON, zone="UTC")
    newer = draft(desk, BOB, "Newer")
    (done,) = Worker(desk.engine, workflow=FLOW).publish_due(SOON + timedelta(hours=1))
    assert done.good, done.outcome
    assert desk.live(CAREER)["title"]["en"] == "Bean counter"
    kept = desk.state(CAREER).draft or 0
    assert kept > newer
    assert set(desk.state(CAREER).contributors) == {"author", "bob"}
    with pytest.raises(Rejected) as refused:
        desk.do(publish, BOB, {CAREER: kept})
    assert codes(refused) == ["NOT_APPROVED"]


def test_reviews_follow_a_rename(desk: Desk) -> None:
    base = draft(desk)
    desk.do(submit_for_review, AUTHOR, CAREER, base=base, assignee="bob")
    desk.do(approve, BOB, CAREER, base=base)
    comment = desk.do(add_comment, BOB, CAREER, "title.en", "Which beans?", base=base)
    desk.do(rename, EDITOR, CAREER, "bean-counter", base=base)
    renamed: Key = ("career", "bean-counter")
    state = desk.state(renamed)
    assert (state.review, state.submitted_by, state.assignee) == (True, "author", "bob")
    assert set(state.contributors) >= {"author"}
    assert approvers(desk, state.draft or 0, renamed) == ["bob"]
    assert comments(desk, renamed) == (comment,)
    desk.do(publish, BOB, {renamed: state.draft or 0})
    assert desk.live(renamed)["title"]["en"] == "Bean counter"
    assert desk.state(renamed).assignee is None
    assert comments(desk, renamed) == (comment,)


FIELDS = ("", "title.en", "title.de", "values[0].low", "values.salary.low", "values.salary.method.de", "values")
NO_FIELDS = (
    "titel",
    "title.en.x",
    "values[99]",
    "values.nothing.low",
    "values[0].titel",
    "title.",
    "a b",
    "skills[-1]",
)


@pytest.mark.parametrize("path", [*FIELDS, "skills[0].text.en", "image.url", "skills[0].concepts"])
def test_a_comment_is_on_a_field_there_is_or_could_be(desk: Desk, path: str) -> None:
    base = draft(desk)
    comment = desk.do(add_comment, AUTHOR, CAREER, path, "Why?\nBecause.", base=base)
    assert comments(desk) == (comment,)
    assert (comment.path, comment.revision, comment.author, comment.text) == (path, base, "author", "Why?\nBecause.")
    assert (comment.resolved_at, comment.resolved_by) == (None, None)
    about = {"type": "career", "slug": "accountant", "revision": base, "by": "author", "assignee": None}
    assert payloads(desk, COMMENTED) == [{**about, "comment": comment.number, "path": path, "text": "Why?\nBecause."}]


@pytest.mark.parametrize("path", NO_FIELDS)
def test_a_comment_on_nothing_is_refused(desk: Desk, path: str) -> None:
    base = draft(desk)
    with pytest.raises(Rejected) as refused:
        desk.do(add_comment, AUTHOR, CAREER, path, "Why?", base=base)
    assert [(it.code.value, it.path) for it in refused.value.problems] == [("UNKNOWN", "path")]
    with pytest.raises(Rejected) as refused:
        desk.do(add_comment, AUTHOR, CAREER, "title.en", "Why?", base=base + 1)
    assert codes(refused) == ["UNKNOWN"]
    assert comments(desk) == ()


def test_comments_survive_saves_and_are_resolved_and_opened_again(desk: Desk) -> None:
    base = draft(desk)
    first = desk.do(add_comment, BOB, CAREER, "title.en", "Which beans?", base=base)
    newer = draft(desk, title="Counter of coffee beans")
    second = desk.do(add_comment, AUTHOR, CAREER, "title.en", "Coffee.", base=newer)
    assert [it.revision for it in comments(desk)] == [base, newer]
    resolved = desk.do(resolve_comment, AUTHOR, first.number)
    assert resolved.resolved_by == "author"
    assert resolved.resolved_at is not None
    assert comments(desk, resolved=True) == (resolved,)
    assert comments(desk, resolved=False) == (second,)
    assert comments(desk, author="bob", revision=base) == (resolved,)
    with pytest.raises(Rejected) as refused:
        desk.do(resolve_comment, BOB, first.number)
    assert codes(refused) == ["CLOSED"]
    assert desk.do(reopen_comment, BOB, first.number) == first
    with pytest.raises(Rejected) as refused:
        desk.do(reopen_comment, BOB, 99)
    assert codes(refused) == ["UNKNOWN"]
    desk.do(discard_draft, EDITOR, CAREER, base=newer)
    assert len(comments(desk)) == 2


def test_comments_of_other_types_are_as_good_as_not_there(desk: Desk) -> None:
    base = draft(desk)
    comment = desk.do(add_comment, BOB, CAREER, "", "Whole", base=base)
    skills = scoped(Role.EDITOR, types=["skill"])
    for number in (comment.number, 99):
        with pytest.raises(Denied):
            desk.do(resolve_comment, skills, number)
    for actor in (VIEWER, skills):
        with pytest.raises(Denied):
            desk.do(add_comment, actor, CAREER, "", "Whole", base=base)


def test_who_approves_must_be_able_to_publish_it(desk: Desk) -> None:
    """An editor of German alone approves no English title."""
    base = draft(desk)
    with pytest.raises(Denied):
        desk.do(approve, Actor(name="dora", role=Role.EDITOR, scope=Scope.of(locales=["de"])), CAREER, base=base)
    with pytest.raises(Denied):
        desk.do(approve, Actor(name="anton", role=Role.AUTHOR), CAREER, base=base)
