"""Bulk verbs on a filter: a dry run, and its confirmation, which does just what was seen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.verbs import bulk_matching as module
from careergraph.editorial.verbs.bulk import Action, Report, Task
from careergraph.editorial.verbs.bulk_matching import Matching, bulk_matching
from careergraph.editorial.verbs.documents.drafts import discard_draft, submit_for_review
from editorial.verbs.desk import AUTHOR, EDITOR, Desk, codes, scoped
from editorial.verbs.test_bulk import refused, version_of

ONE, TWO, THREE = ("career", "accountant"), ("career", "actuary"), ("career", "biostatistician")
IN_REVIEW = Matching(types=("career",), in_review=True)
PUBLISH = Task(action=Action.PUBLISH, note="reviewed")


def review(desk: Desk, *keys: tuple[str, str]) -> None:
    """Drafts another title of each, and hands it in."""
    for key in keys:
        desk.edit(key, title={"en": f"Counter {key[1]}"})
        desk.do(submit_for_review, AUTHOR, key)


def dry_run(desk: Desk, matching: Matching = IN_REVIEW, task: Task = PUBLISH) -> Report:
    report = desk.do(bulk_matching, EDITOR, matching, task)
    assert not report.done
    assert report.confirmation is not None and report.until is not None
    return report


def test_a_confirmation_does_what_the_dry_run_saw(both_desk: Desk) -> None:
    desk, before = both_desk, version_of(both_desk)
    review(desk, ONE, TWO)
    desk.edit(THREE, title={"en": "Not handed in"})
    report = dry_run(desk)
    assert (report.keys, report.refusals, version_of(desk)) == ((ONE, TWO), {}, before)
    done = desk.do(bulk_matching, EDITOR, IN_REVIEW, PUBLISH, report.confirmation)
    assert (done.done, done.keys, done.version) == (True, (ONE, TWO), before + 1)
    assert desk.live(TWO)["title"] == {"en": "Counter actuary"}
    assert desk.state(THREE).draft is not None


@pytest.mark.parametrize("partly", [False, True])
def test_another_state_is_told_with_its_difference_and_nothing_is_done(desk: Desk, partly: bool) -> None:
    """A draft that was saved again, so that it is in review no longer; one that was handed in; one that went."""
    review(desk, ONE, TWO)
    task = replace(PUBLISH, partly=partly)
    confirmation, before = dry_run(desk, task=task).confirmation, version_of(desk)
    desk.edit(ONE, title={"en": "Somebody else's"})
    desk.do(discard_draft, AUTHOR, TWO)
    review(desk, THREE)
    report = desk.do(bulk_matching, EDITOR, IN_REVIEW, task, confirmation)
    assert (report.done, version_of(desk)) == (False, before)
    assert refused(report) | {TWO: []} == {ONE: ["title.en"], TWO: [], THREE: ["CHANGED"]}
    assert isinstance(report.refusals[TWO], Conflict)


def test_a_confirmation_is_of_one_actor_one_task_and_one_filter(desk: Desk) -> None:
    review(desk, ONE, TWO)
    confirmation = dry_run(desk).confirmation
    assert confirmation is not None
    instant, digest, documents = confirmation.split(".")
    for actor, matching, task, written in (
        (Actor(name="other", role=Role.EDITOR), IN_REVIEW, PUBLISH, confirmation),
        (EDITOR, replace(IN_REVIEW, types=None), PUBLISH, confirmation),
        (EDITOR, IN_REVIEW, replace(PUBLISH, partly=True), confirmation),
        (EDITOR, IN_REVIEW, replace(PUBLISH, action=Action.DISCARD), confirmation),
        (EDITOR, IN_REVIEW, PUBLISH, f"{int(instant) + 9999}.{digest}.{documents}"),
        (EDITOR, IN_REVIEW, PUBLISH, f"{instant}.{digest}.{documents[4:]}"),
        (EDITOR, IN_REVIEW, PUBLISH, "nonsense"),
        (EDITOR, IN_REVIEW, PUBLISH, ""),
    ):
        with pytest.raises(Rejected) as other:
            desk.do(bulk_matching, actor, matching, task, written)
        assert codes(other) == ["CHANGED"]
        assert other.value.problems[0].path == "confirm"
    assert desk.state(ONE).draft is not None


@pytest.mark.parametrize("packed", ["", "AAAA", "eJyrVgcAARIAqQ==", "é"])
def test_a_confirmation_that_somebody_wrote_by_hand_is_refused(desk: Desk, packed: str) -> None:
    """Its digest needs no secret, as it gives no right."""
    digest = module._digest(EDITOR, IN_REVIEW, PUBLISH, "9999999999", packed)
    with pytest.raises(Rejected) as refusal:
        desk.do(bulk_matching, EDITOR, IN_REVIEW, PUBLISH, f"9999999999.{digest}.{packed}")
    assert codes(refusal) == ["CHANGED"]


def test_a_dry_run_expires(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    review(desk, ONE)
    monkeypatch.setattr(module, "LASTS", timedelta(seconds=-5))
    confirmation = dry_run(desk).confirmation
    with pytest.raises(Rejected) as old:
        desk.do(bulk_matching, EDITOR, IN_REVIEW, PUBLISH, confirmation)
    assert codes(old) == ["CLOSED"]


def test_only_what_is_within_the_scope_matches_and_the_right_to_it_is_needed(desk: Desk) -> None:
    review(desk, ONE)
    desk.edit(("skill", "python"), name={"en": "Snake"})
    drafted = Matching(has_draft=True)
    report = desk.do(bulk_matching, scoped(Role.EDITOR, types=["skill"]), drafted, PUBLISH)
    assert report.keys == (("skill", "python"),)
    for actor in (AUTHOR, scoped(Role.EDITOR, locales=["de"])):
        with pytest.raises(Denied):
            desk.do(bulk_matching, actor, drafted, PUBLISH)


def test_more_documents_than_the_limit_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("bulk", "bulk_matching"):
        monkeypatch.setattr(f"careergraph.editorial.verbs.{name}.MOST", 5)
    none = Matching(types=("collection",), archived=True)
    for matching, code, why in ((Matching(), "TOO_MANY", "at most 5 documents"), (none, "EMPTY", "no document")):
        with pytest.raises(Rejected) as refusal:
            desk.do(bulk_matching, EDITOR, matching, Task(action=Action.ARCHIVE))
        assert codes(refusal) == [code]
        assert why in str(refusal.value)


def test_a_limited_actor_does_what_is_within_the_scope_if_that_is_said(desk: Desk) -> None:
    """A translator publishes German titles; what else was drafted is refused by name, and not all of it at once."""
    german = {**desk.live(ONE)["title"], "de": "Bohnenzähler"}
    desk.edit(ONE, title=german)
    desk.edit(TWO, title={**desk.live(TWO)["title"], "en": "Risk counter"})
    translator, matching = scoped(Role.EDITOR, locales=["de"]), Matching(types=("career",), has_draft=True)
    partly = replace(PUBLISH, partly=True)
    report = desk.do(bulk_matching, translator, matching, partly)
    assert refused(report) == {TWO: ["NOT_PERMITTED"]}
    done = desk.do(bulk_matching, translator, matching, partly, report.confirmation)
    assert (done.done, refused(done)) == (True, {TWO: ["NOT_PERMITTED"]})
    assert desk.live(ONE)["title"] == german
    discard = Task(action=Action.DISCARD, partly=True)
    assert refused(desk.do(bulk_matching, translator, matching, discard)) == {TWO: ["NOT_PERMITTED"]}


def test_the_filter_is_that_of_the_list_of_documents(desk: Desk) -> None:
    review(desk, ONE, TWO)
    report = desk.do(bulk_matching, EDITOR, Matching(text="counter actuary", live=True, has_draft=True), PUBLISH)
    assert report.keys == (TWO,)
