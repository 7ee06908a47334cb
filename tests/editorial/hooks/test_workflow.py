"""Hooks judge what a verb would do while nobody holds the writers' lock, and are told once it is done."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Engine

from careergraph import Change, HookRefusal
from careergraph.editorial.content.outcome import Conflict, Rejected
from careergraph.editorial.content.problem import parse, render
from careergraph.editorial.hooks.calls import MOST_CALLS
from careergraph.editorial.hooks.proposals import Moment
from careergraph.editorial.hooks.workflow import MOST_ATTEMPTS, Settings, Workflow
from careergraph.editorial.verbs.documents.drafts import save_draft, submit_for_review
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.verbs.documents.unpublish import unpublish
from careergraph.editorial.worker.worker import FAILED, Worker
from careergraph.store.database.database import connect, transaction
from careergraph.store.documents.documents import Key
from careergraph.store.editing.schedules import Action
from editorial.verbs.desk import EDITOR, Desk
from listed import entries, events
from waiting import CEILING, wait_until

DATA: Key = ("category", "data")
FRESH: Key = ("category", "fresh")
BODY = {"slug": "fresh", "name": {"en": "Fresh"}}
SOON = datetime.now(UTC) + timedelta(hours=1)
LATER = SOON + timedelta(hours=1)


@pytest.fixture
def desk(sqlite_url: str) -> Any:
    engine = connect(sqlite_url)
    yield Desk(engine)
    engine.dispose()


def workflow(seconds: float = 20.0, **hooks: Callable[[Change], object]) -> Workflow:
    moments = {Moment(name): hook for name, hook in hooks.items()}
    url = "https://cms.example/{type}/{slug}"
    return Workflow(Settings(hooks=moments, hook_seconds=seconds, document_url=url))


def run(engine: Engine, flow: Workflow, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Runs a verb as an editor, in a workflow."""
    return flow.run(partial(transaction, engine), lambda session: verb(session, EDITOR, *args, **kwargs))


def save(desk: Desk, flow: Workflow, body: Any = BODY, base: int | None = None, note: str = "") -> Any:
    return run(desk.engine, flow, save_draft, "category", body, base, note=note)


def refusals(refused: pytest.ExceptionInfo[Rejected]) -> list[tuple[str, str, str | None, str]]:
    return [(it.code.value, it.path, it.ident, it.message) for it in refused.value.problems]


class Hooks:
    """Keeps what it is called with."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def __call__(self, change: Change) -> None:
        self.changes.append(change)

    def wait(self, count: int) -> list[Change]:
        """The changes, once there are so many."""
        wait_until(lambda: len(self.changes) >= count, f"{count} changes")
        return self.changes


def test_a_save_is_judged_with_all_that_it_says(desk: Desk) -> None:
    hook = Hooks()
    assert save(desk, workflow(before_save=hook), note="why").revision == 1
    (change,) = hook.changes
    assert (change.verb, change.actor, change.note) == ("save-draft", "editor", "why")
    (document,) = change.documents
    assert (document.type, document.slug, document.address) == (*FRESH, "https://cms.example/category/fresh")
    assert document.document is not None
    assert document.document["name"] == {"en": "Fresh"}


def test_what_the_host_refuses_is_not_done(desk: Desk) -> None:
    def refuse(change: Change) -> None:
        raise HookRefusal("No capital letters, please.", path="name.en")

    with pytest.raises(Rejected) as refused:
        save(desk, workflow(before_save=refuse))
    assert refusals(refused) == [("REFUSED_BY_HOST", "name.en", "fresh", "No capital letters, please.")]
    assert (desk.state(FRESH).has_history, desk.look(entries)) == (False, ())


@pytest.mark.parametrize("problem", [RuntimeError("a secret of the host"), SystemExit(1)])
def test_a_hook_that_fails_refuses_and_says_only_where_the_log_tells_why(
    desk: Desk, problem: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(change: Change) -> None:
        raise problem

    with pytest.raises(Rejected) as refused:
        save(desk, workflow(before_save=fail))
    [(code, _, slug, message)] = refusals(refused)
    assert (code, slug) == ("HOOK_FAILED", "fresh")
    assert "secret" not in message
    assert message.rpartition(" ")[2] in caplog.text
    assert not desk.state(FRESH).has_history


def test_a_hook_that_hangs_holds_nobody_and_has_an_end(desk: Desk) -> None:
    """Others write meanwhile, also the hook itself."""
    entered, release = Event(), Event()

    def hang(change: Change) -> None:
        desk.edit(DATA, name={"en": "Written meanwhile"})
        entered.set()
        release.wait(CEILING)

    begun = monotonic()
    with pytest.raises(Rejected) as refused:
        save(desk, workflow(1.0, before_save=hang))
    assert monotonic() - begun >= 1.0
    assert entered.wait(CEILING)
    release.set()
    assert [it[0] for it in refusals(refused)] == ["HOOK_TIMEOUT"]
    assert desk.draft(DATA)["name"] == {"en": "Written meanwhile"}
    assert not desk.state(FRESH).has_history


def test_hooks_that_hang_are_bounded(desk: Desk) -> None:
    release = Event()
    calls = Hooks()

    def hang(change: Change) -> None:
        calls(change)
        release.wait(CEILING)

    flow = workflow(0.01, before_save=hang)
    for _ in range(MOST_CALLS + 2):
        with pytest.raises(Rejected) as refused:
            save(desk, flow)
        assert [it[0] for it in refusals(refused)] == ["HOOK_TIMEOUT"]
    assert len(calls.changes) == MOST_CALLS
    release.set()


def test_an_async_hook_is_awaited(desk: Desk) -> None:
    async def refuse(change: Change) -> None:
        raise HookRefusal("later", slug="other")

    with pytest.raises(Rejected) as refused:
        save(desk, workflow(before_save=refuse))
    assert refusals(refused) == [("REFUSED_BY_HOST", "", "other", "later")]


def test_what_changed_while_the_host_looked_is_seen_again(desk: Desk) -> None:
    """A publish of what another one saved over is a conflict; a rename reaches what began to refer meanwhile, and the
    hook sees that too."""
    desk.edit(DATA, name={"en": "Seen"})
    base = desk.bases(DATA)[DATA]
    once = Hooks()

    def save_over(change: Change) -> None:
        once(change)
        desk.edit(DATA, name={"en": "Unseen"})

    with pytest.raises(Conflict):
        run(desk.engine, workflow(before_publish=save_over), publish, {DATA: base})
    assert len(once.changes) == 1
    assert desk.live(DATA)["name"]["en"] != "Unseen"

    career: Key = ("career", "accountant")
    seen = Hooks()

    def begin_to_refer(change: Change) -> None:
        seen(change)
        if len(seen.changes) == 1:
            desk.load_over(career, category="data")

    desk.do(publish, EDITOR, [DATA])
    flow = workflow(before_publish=begin_to_refer)
    run(desk.engine, flow, rename, DATA, "numbers", base=desk.bases(DATA)[DATA])
    judged = [{(it.type, it.slug) for it in change.documents} for change in seen.changes]
    assert [career in it for it in judged] == [False, True]
    assert desk.live(career)["category"] == "numbers"


def test_what_never_stays_the_same_is_given_up(desk: Desk) -> None:
    desk.edit(DATA, name={"en": "Seen"})
    career, seen = ("career", "accountant"), Hooks()

    def change_again(change: Change) -> None:
        seen(change)
        desk.load_over(career, title={"en": f"Title {len(seen.changes)}"}, category="data")

    flow = workflow(before_publish=change_again)
    with pytest.raises(Rejected) as refused:
        run(desk.engine, flow, rename, DATA, "numbers", base=desk.bases(DATA)[DATA])
    assert [it[0] for it in refusals(refused)] == ["CHANGED"]
    assert len(seen.changes) == MOST_ATTEMPTS
    assert desk.is_live(DATA)


def test_a_removal_is_judged_too(desk: Desk) -> None:
    """And what a hook does to what it is called with changes nothing."""
    desk.do(save_draft, EDITOR, "category", BODY, None)
    hook = Hooks()

    def spoil(change: Change) -> None:
        hook(change)
        for document in change.documents:
            if document.document is not None:
                document.document["name"]["en"] = "Spoilt"

    flow = workflow(before_publish=spoil)
    run(desk.engine, flow, publish, {FRESH: 1})
    assert desk.live(FRESH)["name"] == {"en": "Fresh"}
    run(desk.engine, flow, unpublish, {FRESH: 2})
    assert [[it.document is None for it in change.documents] for change in hook.changes] == [[False], [True]]
    assert not desk.is_live(FRESH)


def test_a_schedule_that_the_host_refuses_fails_with_its_reason(desk: Desk) -> None:
    desk.do(save_draft, EDITOR, "category", BODY, None)
    desk.do(schedule, EDITOR, FRESH, Action.PUBLISH, at=SOON, zone="UTC")

    def refuse(change: Change) -> None:
        desk.edit(DATA, name={"en": "Written meanwhile"})
        raise HookRefusal("Not on a Friday.")

    hook = Hooks()
    flow = workflow(before_publish=refuse, after_change=hook)
    (done,) = Worker(desk.engine, workflow=flow).publish_due(LATER)
    assert (done.good, done.outcome) == (False, "failed: category 'fresh': Not on a Friday. [REFUSED_BY_HOST]")
    assert not desk.is_live(FRESH)
    assert [it.payload["reason"] for it in desk.look(events) if it.event == FAILED] == [done.outcome]
    (change,) = hook.wait(1)
    assert (change.verb, change.documents[0].slug) == ("carry-out", "fresh")
    assert (change.documents[0].detail["good"], change.detail["outcome"]) == (False, done.outcome)


def test_the_host_is_told_of_all_that_was_done_in_order(desk: Desk) -> None:
    hook = Hooks()
    flow = workflow(after_change=hook)
    save(desk, flow, note="why")
    run(desk.engine, flow, submit_for_review, FRESH, base=1)
    with pytest.raises(Rejected):
        save(desk, flow, {"slug": "No slug"})
    run(desk.engine, flow, publish, {FRESH: 1})
    changes = hook.wait(3)
    assert [it.verb for it in changes] == ["save-draft", "submit-for-review", "publish"]
    assert {it.actor for it in changes} == {"editor"}
    assert changes[0].note == "why"
    (document,) = changes[0].documents
    assert (document.slug, document.detail["revision"]) == ("fresh", 1)
    assert document.address == "https://cms.example/category/fresh"


def test_being_told_fails_nothing_and_nobody_waits_for_it(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    release = Event()
    calls = Hooks()

    def misbehave(change: Change) -> None:
        calls(change)
        if change.verb == "save-draft":
            raise RuntimeError("the host's own")
        release.wait(CEILING)

    flow = workflow(after_change=misbehave)
    save(desk, flow)
    run(desk.engine, flow, submit_for_review, FRESH, base=1)  # it hangs while the next verb runs
    run(desk.engine, flow, publish, {FRESH: 1})
    assert desk.is_live(FRESH)
    calls.wait(2)
    release.set()
    assert [it.verb for it in calls.wait(3)] == ["save-draft", "submit-for-review", "publish"]
    assert "the host's own" in caplog.text
    assert {it.levelno for it in caplog.records if it.name == "careergraph.hooks"} == {logging.ERROR}


def test_a_failed_step_within_a_transaction_leaves_nothing_to_tell(desk: Desk) -> None:
    """A schedule that fails by itself: only its failure is told, and no hook judges what was undone."""
    desk.edit(DATA, name={"en": "Stale"})
    desk.do(schedule, EDITOR, DATA, Action.PUBLISH, at=SOON, zone="UTC")
    desk.load_over(DATA, name={"en": "Loaded meanwhile"})
    followed, judged = Hooks(), Hooks()
    flow = workflow(after_change=followed, before_publish=judged)
    (done,) = Worker(desk.engine, workflow=flow).publish_due(LATER)
    assert not done.good
    assert [it.verb for it in followed.wait(1)] == ["carry-out"]
    assert judged.changes == []


@pytest.mark.parametrize("path", ["", "title.en", "values[2].low", 'phrases["trait.yes"].en', "career_skills[0]"])
def test_a_path_is_read_as_it_is_written(path: str) -> None:
    assert render(parse(path)) == path
    assert ("." not in path and "[" not in path) or len(parse(path)) > 1


@pytest.mark.parametrize("path", ["a[b", ".", "a..b", "a b", "a[1"])
def test_a_path_of_another_form_is_one_step(path: str) -> None:
    assert parse(path) == (path,)
