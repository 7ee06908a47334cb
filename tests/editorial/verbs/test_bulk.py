"""Bulk verbs: one verb on many documents, all of it or what can be, with one report."""

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.verbs.bulk import MOST, Action, Report, Task, bulk
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.releases import discard_release, open_release
from careergraph.store.access.audit import verify
from careergraph.store.catalogs.past import newest
from careergraph.store.documents.documents import Key
from editorial.verbs.desk import AUTHOR, EDITOR, Desk, codes, scoped
from listed import entries, events

ONE, TWO = ("career", "accountant"), ("career", "actuary")
DATA, BUSINESS = ("collection", "careers-in-data"), ("collection", "running-a-business")
CATEGORY, NUMBERS = ("category", "business-finance"), ("category", "numbers")


def version_of(desk: Desk) -> int:
    info = desk.look(newest)
    assert info is not None
    return info.version


def refused(report: Report) -> dict[Key, list[str]]:
    """The codes of the refusals, by document; those of a conflict are its paths."""
    return {
        key: [it.path for it in why.difference] if isinstance(why, Conflict) else [it.code.value for it in why.problems]
        for key, why in report.refusals.items()
    }


def test_many_drafts_are_published_as_one_version_with_one_event(both_desk: Desk) -> None:
    desk = both_desk
    before = version_of(desk)
    for key in (ONE, TWO):
        desk.edit(key, title={"en": "Counter"})
    report = desk.do(bulk, EDITOR, [ONE, TWO], Task(action=Action.PUBLISH, note="all of them"))
    assert report == Report(done=True, keys=(ONE, TWO), refusals={}, version=before + 1)
    assert [desk.live(key)["title"] for key in (ONE, TWO)] == [{"en": "Counter"}] * 2
    assert len(desk.look(events)) == 1
    entry, *_ = desk.look(lambda it: entries(it, type=ONE[0], slug=ONE[1]))
    assert (entry.verb, entry.detail["note"]) == ("publish", "all of them")
    assert desk.look(verify).fault is None


@pytest.mark.parametrize("partly", [False, True])
def test_what_is_refused_has_its_reason_and_the_rest_is_done_if_that_is_said(both_desk: Desk, partly: bool) -> None:
    """A conflict with its difference, a draft that lacks what it refers to, and one that is not there."""
    desk, before = both_desk, version_of(both_desk)
    for key in (ONE, TWO, DATA):
        desk.edit(key, title={"en": "Counter"})
    seen = desk.bases(ONE, TWO, DATA, BUSINESS)
    desk.edit(TWO, title={"en": "Reckoner"})
    desk.edit(DATA, careers=["nobody"])
    bases = {**desk.bases(ONE, DATA, BUSINESS), TWO: seen[TWO], NUMBERS: 1}
    report = desk.do(bulk, EDITOR, bases, Task(action=Action.PUBLISH, partly=partly))
    reasons = refused(report)
    assert reasons.pop(TWO) == ["title.en"]
    if partly:
        assert reasons == {NUMBERS: ["UNKNOWN"], BUSINESS: ["NO_DRAFT"], DATA: ["UNKNOWN_REFERENCE"]}
    assert (report.done, report.version) == (partly, before + 1 if partly else None)
    assert (desk.live(ONE)["title"] == {"en": "Counter"}) == partly
    assert version_of(desk) == before + partly
    assert desk.state(TWO).draft is not None


def test_a_dry_run_tells_the_same_and_does_nothing(desk: Desk) -> None:
    desk.edit(ONE, title={"en": "Counter"})
    before = version_of(desk), desk.look(entries), desk.look(events)
    task = Task(action=Action.PUBLISH, partly=True)
    report = desk.do(bulk, EDITOR, [ONE, TWO], task, dry_run=True)
    assert (report.done, report.version, refused(report)) == (False, None, {TWO: ["NO_DRAFT"]})
    assert (version_of(desk), desk.look(entries), desk.look(events)) == before
    assert desk.do(bulk, EDITOR, [ONE, TWO], task).done


def test_what_is_in_use_is_refused_and_not_what_uses_it(both_desk: Desk) -> None:
    """A category whose careers stay; with all of them it goes, as one version."""
    desk = both_desk
    report = desk.do(bulk, EDITOR, [CATEGORY, DATA], Task(action=Action.UNPUBLISH, partly=True))
    assert set(refused(report)[CATEGORY]) == {"IN_USE"}
    assert list(report.refusals) == [CATEGORY]
    assert not desk.is_live(DATA)
    desk.do(save_draft, EDITOR, "category", {"slug": "numbers", "name": {"en": "Numbers"}}, None)
    desk.do(save_draft, EDITOR, "career", {**desk.live(ONE), "slug": "adder", "category": "numbers"}, None)
    adder = ("career", "adder")
    assert desk.do(bulk, EDITOR, [NUMBERS, adder], Task(action=Action.PUBLISH)).done
    before = version_of(desk)
    report = desk.do(bulk, EDITOR, [NUMBERS, adder], Task(action=Action.ARCHIVE))
    assert (report.done, report.version) == (True, before + 1)
    assert all(desk.state(key).archived for key in (NUMBERS, adder))


def test_what_refers_to_something_refused_is_refused_in_its_turn(desk: Desk) -> None:
    """A draft of a category that is another one now, a career in it, and a collection of that career."""
    desk.do(save_draft, EDITOR, "category", {"slug": "numbers", "name": {"en": "Numbers"}}, None)
    desk.do(save_draft, EDITOR, "career", {**desk.live(ONE), "slug": "adder", "category": "numbers"}, None)
    desk.edit(DATA, careers=["adder"])
    desk.edit(TWO, title={"en": "Reckoner"})
    bases = desk.bases(NUMBERS, ("career", "adder"), DATA, TWO)
    desk.do(save_draft, EDITOR, "category", {"slug": "numbers", "name": {"en": "Figures"}}, 1)
    report = desk.do(bulk, EDITOR, bases, Task(action=Action.PUBLISH, partly=True))
    assert refused(report) == {
        NUMBERS: ["name.en"],
        ("career", "adder"): ["UNKNOWN_REFERENCE"],
        DATA: ["UNKNOWN_REFERENCE"],
    }
    assert desk.live(TWO)["title"] == {"en": "Reckoner"}


def test_drafts_are_discarded_and_documents_go_back_to_a_version(both_desk: Desk) -> None:
    desk = both_desk
    old, titles = version_of(desk), [desk.live(key)["title"] for key in (ONE, TWO)]
    for key in (ONE, TWO):
        desk.edit(key, title={"en": "Counter"})
    assert desk.do(bulk, EDITOR, [ONE, TWO], Task(action=Action.PUBLISH)).done
    desk.edit(ONE, title={"en": "Draft"})
    report = desk.do(bulk, AUTHOR, [ONE, TWO], Task(action=Action.DISCARD, partly=True))
    assert (refused(report), desk.state(ONE).draft) == ({TWO: ["NO_DRAFT"]}, None)
    desk.do(save_draft, EDITOR, "category", {"slug": "numbers", "name": {"en": "Numbers"}}, None)
    task = Task(action=Action.REVERT, version=old, partly=True)
    report = desk.do(bulk, AUTHOR, [ONE, TWO, NUMBERS], task)
    assert (report.done, report.version, refused(report)) == (True, None, {NUMBERS: ["NOT_LIVE"]})
    assert [desk.draft(key)["title"] for key in (ONE, TWO)] == titles


def test_drafts_are_put_into_a_release_together(desk: Desk) -> None:
    desk.do(open_release, EDITOR, "may", "May")
    desk.edit(ONE, title={"en": "Counter"})
    task = Task(action=Action.ADD_TO_RELEASE, release="may", partly=True)
    report = desk.do(bulk, AUTHOR, [ONE, TWO], task)
    assert (report.done, refused(report)) == (True, {TWO: ["NO_DRAFT"]})
    assert [desk.state(key).release for key in (ONE, TWO)] == ["may", None]
    desk.do(discard_release, EDITOR, "may")
    with pytest.raises(Rejected) as closed:
        desk.do(bulk, AUTHOR, [ONE], task)
    assert codes(closed) == ["CLOSED"]


@pytest.mark.parametrize(
    ("task", "code", "path"),
    [
        (Task(action=Action.ADD_TO_RELEASE), "BAD_SHAPE", "release"),
        (Task(action=Action.PUBLISH, release="may"), "BAD_SHAPE", "release"),
        (Task(action=Action.REVERT), "BAD_SHAPE", "version"),
        (Task(action=Action.REVERT, version=999), "UNKNOWN", "version"),
        (Task(action=Action.ADD_TO_RELEASE, release="may"), "UNKNOWN", ""),
    ],
)
def test_a_task_that_lacks_something_is_refused(desk: Desk, task: Task, code: str, path: str) -> None:
    with pytest.raises(Rejected) as bad:
        desk.do(bulk, EDITOR, [ONE], task)
    assert [(it.code.value, it.path) for it in bad.value.problems] == [(code, path)]


@pytest.mark.parametrize(("count", "code"), [(0, "EMPTY"), (MOST + 1, "TOO_MANY")])
def test_the_number_of_documents_is_limited(desk: Desk, count: int, code: str) -> None:
    bases = {("career", f"c{number}"): 1 for number in range(count)}
    with pytest.raises(Rejected) as many:
        desk.do(bulk, EDITOR, bases, Task(action=Action.PUBLISH))
    assert codes(many) == [code]
    assert not count or str(MOST) in str(many.value)


def test_the_right_to_every_document_is_needed(desk: Desk) -> None:
    """Also where the rest could be done: nothing is, and nothing is told."""
    for key in (ONE, DATA):
        desk.edit(key, title={"en": "Counter"})
    for actor in (AUTHOR, scoped(Role.EDITOR, types=["career"]), scoped(Role.EDITOR, locales=["de"])):
        with pytest.raises(Denied):
            desk.do(bulk, actor, [ONE, DATA], Task(action=Action.PUBLISH, partly=True))
    assert all(desk.state(key).draft is not None for key in (ONE, DATA))
