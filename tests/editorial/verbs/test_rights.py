"""Rights: the table holds for every verb, scopes hold within documents, and a refusal tells nothing."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from careergraph.editorial.access import roles
from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.access.recorded import RECORDED
from careergraph.editorial.access.roles import ROLES, Verb, permit, roles_page
from careergraph.editorial.content.outcome import Denied, Refusal
from careergraph.editorial.editing.publication import PUBLISHED
from careergraph.editorial.verbs.access.people import erase_person
from careergraph.editorial.verbs.access.tokens import create_preview, create_token, revoke_preview, revoke_token
from careergraph.editorial.verbs.bulk import Action as BulkAction
from careergraph.editorial.verbs.bulk import Report, Task, bulk
from careergraph.editorial.verbs.documents.drafts import discard_draft, revert, save_draft, submit_for_review
from careergraph.editorial.verbs.documents.load import LOADED
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.replace import replace_reference
from careergraph.editorial.verbs.documents.review import (
    add_comment,
    approve,
    assign,
    reopen_comment,
    resolve_comment,
    send_back,
)
from careergraph.editorial.verbs.documents.schedule import cancel_schedule, confirm_schedule, schedule
from careergraph.editorial.verbs.documents.unpublish import archive, unpublish
from careergraph.editorial.verbs.releases import (
    add_to_release,
    discard_release,
    open_release,
    publish_release,
    remove_from_release,
    schedule_release,
)
from careergraph.editorial.verbs.undo import undo_release
from careergraph.editorial.webhooks.deliver import PAUSE
from careergraph.editorial.webhooks.kinds import KINDS
from careergraph.store.editing.releases import release
from careergraph.store.editing.schedules import Action
from careergraph.store.editing.schedules import schedule as find_schedule
from editorial.verbs.desk import ADMIN, AUTHOR, EDITOR, VIEWER, Desk, scoped
from listed import entries

KEY = ("career", "accountant")
NOBODY = ("career", "nobody")
TOMORROW = datetime.now(UTC) + timedelta(days=1)


def done(report: Report) -> None:
    """Raises the refusal of a report."""
    for refusal in report.refusals.values():
        raise refusal


Call = Callable[[Desk, Actor, tuple[str, str]], object]

BODY = {"slug": "accountant", "title": {}, "summary": {}, "category": "data"}
CALLS: dict[str, tuple[Verb, Call]] = {
    "save_draft": (Verb.SAVE_DRAFT, lambda d, a, k: d.do(save_draft, a, k[0], {**BODY, "slug": k[1]}, None)),
    "discard_draft": (Verb.DISCARD_DRAFT, lambda d, a, k: d.do(discard_draft, a, k)),
    "submit_for_review": (Verb.SUBMIT_FOR_REVIEW, lambda d, a, k: d.do(submit_for_review, a, k)),
    "assign": (Verb.ASSIGN, lambda d, a, k: d.do(assign, a, k, None)),
    "send_back": (Verb.SEND_BACK, lambda d, a, k: d.do(send_back, a, k, "no")),
    "approve": (Verb.APPROVE, lambda d, a, k: d.do(approve, a, k)),
    "add_comment": (Verb.COMMENT, lambda d, a, k: d.do(add_comment, a, k, "", "why?")),
    "publish": (Verb.PUBLISH, lambda d, a, k: d.do(publish, a, [k])),
    "unpublish": (Verb.UNPUBLISH, lambda d, a, k: d.do(unpublish, a, k)),
    "archive": (Verb.ARCHIVE, lambda d, a, k: d.do(archive, a, k)),
    "rename": (Verb.RENAME, lambda d, a, k: d.do(rename, a, k, "other")),
    "revert": (Verb.REVERT, lambda d, a, k: d.do(revert, a, k, 1)),
    "schedule": (Verb.SCHEDULE, lambda d, a, k: d.do(schedule, a, k, Action.UNPUBLISH, at=TOMORROW, zone="UTC")),
    "bulk": (Verb.ARCHIVE, lambda d, a, k: done(d.do(bulk, a, [k], Task(action=BulkAction.ARCHIVE)))),
    "replace_reference": (Verb.REPLACE_REFERENCE, lambda d, a, k: d.do(replace_reference, a, k, "actuary", {})),
    "remove_from_release": (Verb.ADD_TO_RELEASE, lambda d, a, k: d.do(remove_from_release, a, [k])),
    "add_to_release": (Verb.ADD_TO_RELEASE, lambda d, a, k: d.do(add_to_release, a, "may", [k])),
    "create_preview": (
        Verb.CREATE_PREVIEW,
        lambda d, a, k: d.do(create_preview, a, "for the boss", [k], expires_at=TOMORROW),
    ),
}
GENERAL: dict[str, tuple[Verb, Call]] = {
    "resolve_comment": (Verb.COMMENT, lambda d, a, _: d.do(resolve_comment, a, 1)),
    "reopen_comment": (Verb.COMMENT, lambda d, a, _: d.do(reopen_comment, a, 1)),
    "cancel_schedule": (Verb.SCHEDULE, lambda d, a, _: d.do(cancel_schedule, a, 1)),
    "confirm_schedule": (Verb.SCHEDULE, lambda d, a, _: d.do(confirm_schedule, a, 1)),
    "open_release": (Verb.OPEN_RELEASE, lambda d, a, _: d.do(open_release, a, "may", "May")),
    "publish_release": (Verb.PUBLISH_RELEASE, lambda d, a, _: d.do(publish_release, a, "may")),
    "discard_release": (Verb.DISCARD_RELEASE, lambda d, a, _: d.do(discard_release, a, "may")),
    "undo_release": (Verb.OPEN_RELEASE, lambda d, a, _: d.do(undo_release, a, "may", "undo-may")),
    "schedule_release": (Verb.SCHEDULE, lambda d, a, _: d.do(schedule_release, a, "may", at=TOMORROW, zone="UTC")),
    "create_token": (Verb.CREATE_TOKEN, lambda d, a, _: d.do(create_token, a, "robot", Role.VIEWER)),
    "revoke_token": (Verb.REVOKE_TOKEN, lambda d, a, _: d.do(revoke_token, a, "0123456789")),
    "erase_person": (Verb.ERASE_PERSON, lambda d, a, _: d.do(erase_person, a, "ann")),
    "revoke_preview": (Verb.REVOKE_PREVIEW, lambda d, a, _: d.do(revoke_preview, a, "0123456789")),
}


def outcome(call: Call, desk: Desk, actor: Actor, key: tuple[str, str]) -> Exception | None:
    try:
        call(desk, actor, key)
    except Refusal as refused:
        return refused
    return None


@pytest.mark.parametrize("name", [*CALLS, *GENERAL])
def test_the_table_holds(desk: Desk, name: str) -> None:
    """An actor without a verb is denied, with one message whether the document exists or not; an actor with it is
    not."""
    verb, call = (CALLS | GENERAL)[name]
    for actor in (VIEWER, AUTHOR, EDITOR, ADMIN):
        for key in (KEY, NOBODY):
            refused = outcome(call, desk, actor, key)
            assert isinstance(refused, Denied) == (verb not in ROLES[actor.role]), (actor, key, refused)
            if isinstance(refused, Denied):
                assert str(refused) == "not permitted"


@pytest.mark.parametrize("name", CALLS)
def test_a_type_outside_of_the_scope_is_as_good_as_not_there(desk: Desk, name: str) -> None:
    _, call = CALLS[name]
    skills = scoped(Role.ADMIN, types=["skill"])
    for key in (KEY, NOBODY, ("planet", "mars")):
        assert isinstance(outcome(call, desk, skills, key), Denied)
    assert desk.look(entries) == ()


def test_each_role_may_do_all_that_the_one_before_may() -> None:
    ordered = [ROLES[role] for role in Role]
    assert all(less < more for less, more in pairwise(ordered))
    assert ordered[-1] == set(Verb)


WAGES = scoped(Role.EDITOR, attributes=["salary"])
GERMAN = scoped(Role.EDITOR, locales=["de"])


def _values(body: dict[str, Any], attribute: str, **fields: object) -> dict[str, Any]:
    return {**body, "values": [{**it, **(fields if it["attribute"] == attribute else {})} for it in body["values"]]}


def test_who_edits_wages_edits_nothing_else(desk: Desk) -> None:
    live, base = desk.live(KEY), desk.state(KEY).published
    for change in (
        {**live, "title": {"en": "Rich"}},
        _values(live, "ai-exposure", value=1),
        {**live, "values": live["values"][:1]},
        {**live, "values": live["values"][::-1]},
        {**live, "values": [*live["values"], live["values"][0]]},
        {**live, "skills": []},
    ):
        with pytest.raises(Denied):
            desk.do(save_draft, WAGES, "career", change, base)
    raised = _values(live, "salary", low=60000)
    desk.do(save_draft, WAGES, "career", raised, base)
    desk.do(publish, WAGES, [KEY])
    assert desk.live(KEY) == raised


def test_who_edits_wages_may_add_and_remove_them(desk: Desk) -> None:
    live, base = desk.live(KEY), desk.state(KEY).published
    without = {**live, "values": [it for it in live["values"] if it["attribute"] != "salary"]}
    saved = desk.do(save_draft, WAGES, "career", without, base)
    desk.do(save_draft, WAGES, "career", live, saved.revision)


def test_who_edits_wages_edits_those_of_further_regions(desk: Desk) -> None:
    """And no other figures of them."""
    live, base = desk.live(KEY), desk.state(KEY).published
    wage = {**next(it for it in live["values"] if it["attribute"] == "salary"), "region": "Atlantis"}
    exposure = {**next(it for it in live["values"] if it["attribute"] == "ai-exposure"), "region": "Atlantis"}
    with pytest.raises(Denied):
        desk.do(save_draft, WAGES, "career", {**live, "regionalValues": [exposure]}, base)
    desk.do(save_draft, WAGES, "career", {**live, "regionalValues": [wage]}, base)
    desk.do(publish, WAGES, [KEY])
    assert desk.live(KEY)["regionalValues"] == [wage]
    with pytest.raises(Denied):
        desk.do(save_draft, WAGES, "career", {**desk.live(KEY), "regionalValues": [wage, exposure]}, base)


def test_who_edits_wages_publishes_no_other_work(desk: Desk) -> None:
    body = _values(desk.live(KEY), "salary", low=60000)
    desk.edit(KEY, values=body["values"], title={"en": "Rich"})
    for attempt in (
        lambda: desk.do(publish, WAGES, [KEY]),
        lambda: desk.do(discard_draft, WAGES, KEY),
        lambda: desk.do(unpublish, WAGES, KEY),
        lambda: desk.do(archive, WAGES, KEY),
        lambda: desk.do(rename, WAGES, KEY, "rich"),
        lambda: desk.do(revert, WAGES, KEY, 1),
        lambda: desk.do(schedule, WAGES, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC"),
    ):
        with pytest.raises(Denied):
            attempt()


def test_who_edits_wages_may_edit_their_attribute(desk: Desk) -> None:
    permit(WAGES, Verb.SAVE_DRAFT, ("attribute", "salary"), {"position": 1}, {"position": 2})
    for key in (("attribute", "difficulty"), ("category", "data")):
        with pytest.raises(Denied):
            permit(WAGES, Verb.SAVE_DRAFT, key, {"position": 1}, {"position": 2})


def test_a_translator_writes_texts_in_one_language(desk: Desk) -> None:
    live, base = desk.live(KEY), desk.state(KEY).published
    skills = [{**it, "text": {**it["text"], "de": "anders"}} for it in live["skills"]]
    for change in (
        {**live, "title": {**live["title"], "en": "Rich"}},
        {**live, "category": "data"},
        _values(live, "salary", low=60000),
        {**live, "skills": skills[1:]},
    ):
        with pytest.raises(Denied):
            desk.do(save_draft, GERMAN, "career", change, base)
    desk.do(save_draft, GERMAN, "career", {**live, "title": {**live["title"], "de": "x"}, "skills": skills}, base)
    desk.do(publish, GERMAN, [KEY])
    assert desk.live(KEY)["skills"] == skills


def test_a_translator_words_the_language_itself() -> None:
    permit(GERMAN, Verb.SAVE_DRAFT, ("locale", "de"), {"name": "Deutsch"}, {"name": "deutsch"})
    with pytest.raises(Denied):
        permit(GERMAN, Verb.SAVE_DRAFT, ("locale", "en"), {"name": "English"}, {"name": "english"})


def test_both_scopes_must_hold() -> None:
    both = scoped(Role.AUTHOR, locales=["de"], attributes=["salary"])
    before = {"values": [{"attribute": "salary", "method": {"de": "a"}, "low": 1}], "title": {"de": "a"}}
    fine = {"values": [{"attribute": "salary", "method": {"de": "b"}, "low": 1}], "title": {"de": "a"}}
    permit(both, Verb.SAVE_DRAFT, KEY, before, fine)
    for bad in (
        {"values": [{"attribute": "salary", "method": {"de": "a"}, "low": 2}], "title": {"de": "a"}},
        {"values": before["values"], "title": {"de": "b"}},
    ):
        with pytest.raises(Denied):
            permit(both, Verb.SAVE_DRAFT, KEY, before, bad)


def test_what_a_scope_covers() -> None:
    whole, some, fewer = Scope(), Scope.of(types=["career", "skill"]), Scope.of(types=["skill"])
    assert whole.covers(some)
    assert some.covers(fewer)
    assert not fewer.covers(some)
    assert not some.covers(whole)
    assert not some.covers(Scope.of(locales=["de"]))


def test_the_page_of_roles_is_what_the_code_says() -> None:
    """`tests/editorial/verbs/write_roles.py` writes it anew."""
    page = Path(__file__).parents[3] / "docs" / "reference" / "roles.md"
    assert page.read_text(encoding="utf-8") == roles_page()
    assert all(page.read_text(encoding="utf-8").count(f"\n| `{verb}` |") == 1 for verb in Verb)


NARROW = [
    scoped(Role.EDITOR, types=["skill"]),
    scoped(Role.EDITOR, locales=["de"]),
    scoped(Role.EDITOR, attributes=["salary"]),
]
GERMAN = scoped(Role.EDITOR, locales=["de"])

narrow = pytest.mark.parametrize("actor", NARROW, ids=["types", "locales", "attributes"])


@pytest.fixture
def may(desk: Desk) -> str:
    """A release with an English title that changed."""
    desk.edit(KEY, title={**desk.live(KEY)["title"], "en": "Bean counter"})
    desk.do(open_release, EDITOR, "may", "May")
    desk.do(add_to_release, EDITOR, "may", [KEY])
    return "may"


@narrow
def test_a_release_of_others_is_not_closed(desk: Desk, may: str, actor: Actor) -> None:
    with pytest.raises(Denied):
        desk.do(discard_release, actor, may)
    record = desk.look(release, may)
    assert record is not None and record.open
    assert desk.state(KEY).release == may
    desk.do(discard_release, EDITOR, may)


@narrow
def test_a_schedule_of_others_is_not_cancelled(desk: Desk, may: str, actor: Actor) -> None:
    """Neither that of a release nor that of a document; nor is it told which numbers there are."""
    of_release = desk.do(schedule_release, EDITOR, may, at=TOMORROW, zone="UTC")
    other = ("career", "actuary")
    desk.edit(other, title={**desk.live(other)["title"], "en": "Risk counter"})
    of_document = desk.do(schedule, EDITOR, other, Action.PUBLISH, at=TOMORROW, zone="UTC")
    for number in (of_release.number, of_document.number, 10**6):
        for verb in (cancel_schedule, confirm_schedule):
            with pytest.raises(Denied):
                desk.do(verb, actor, number)
    for added in (of_release, of_document):
        pending = desk.look(find_schedule, added.number)
        assert pending is not None and not pending.cancelled


def test_a_schedule_within_the_limits_is_cancelled(desk: Desk) -> None:
    desk.edit(KEY, title={**desk.live(KEY)["title"], "de": "Zahlenmensch"})
    added = desk.do(schedule, GERMAN, KEY, Action.PUBLISH, at=TOMORROW, zone="UTC")
    assert desk.do(cancel_schedule, GERMAN, added.number).cancelled


@narrow
def test_an_undo_says_nothing_of_what_is_out_of_reach(desk: Desk, may: str, actor: Actor) -> None:
    """Not that a document changed again since, either."""
    desk.do(publish_release, EDITOR, may)
    for slug in ("undo-1", "undo-2"):
        with pytest.raises(Denied):
            desk.do(undo_release, actor, may, slug)
        desk.edit(KEY, title={**desk.live(KEY)["title"], "en": f"Counter {slug}"})
        desk.do(publish, EDITOR, [KEY])


@narrow
def test_a_preview_of_others_is_not_ended(desk: Desk, actor: Actor) -> None:
    desk.edit(KEY, title={**desk.live(KEY)["title"], "en": "Bean counter"})
    created = desk.do(create_preview, EDITOR, "Boss", [KEY], expires_at=TOMORROW)
    for prefix in (created.token.prefix, "0" * len(created.token.prefix)):
        with pytest.raises(Denied):
            desk.do(revoke_preview, actor, prefix)
    desk.do(revoke_preview, EDITOR, created.token.prefix)


def test_no_verb_of_the_log_and_no_event_is_refused_in_a_filter() -> None:
    """The lists that filters are held against are whole."""
    source = Path(roles.__file__).parents[2]
    recorded = r"""\b_?record(?:_all)?\(\s*session, [^"]*?, "([a-z-]+)\""""
    files = [path.read_text(encoding="utf-8") for path in sorted(source.rglob("*.py"))]
    literals = {verb for text in files for verb in re.findall(recorded, text)}
    assert {"sign-in", "carry-out", "redeliver"} <= literals
    assert literals | {LOADED, PAUSE} <= RECORDED
    page = (source.parents[1] / "docs" / "how-to" / "webhooks.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z]+\.[a-z_]+)` \|", page, re.MULTILINE)) == set(KINDS) - {PUBLISHED}
