"""Load: content files as an editor's step, which undoes nothing of others unless told to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from careergraph.editorial.access.actor import Role
from careergraph.editorial.content.content_folder import RECORD, export
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.documents.load import LoadPlan, Undoing, load, plan_load
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.unpublish import archive, unpublish
from careergraph.store.catalogs.past import newest
from careergraph.store.documents.documents import Key
from careergraph.store.documents.redirects import redirects
from careergraph.store.documents.rows import live_keys
from careergraph.store.editing.drafts import drafts
from editorial.verbs.desk import ADMIN, EDITOR, Desk, scoped
from listed import entries, events

CATEGORY, CAREER, OTHER = ("category", "data"), ("career", "actuary"), ("career", "accountant")
PAIR: Key = ("pair", "accountant-vs-actuary")


@pytest.fixture
def folder(both_desk: Desk, tmp_path: Path) -> Path:
    """The export of a desk."""
    pair = {"a": "accountant", "b": "actuary", "featured": True}
    both_desk.do(save_draft, EDITOR, "pair", pair, None)
    both_desk.do(publish, EDITOR, [PAIR])
    exported(both_desk, tmp_path / "out")
    return tmp_path / "out"


def exported(desk: Desk, folder: Path) -> None:
    """Export a desk, and keep the files that the tests look at: a load says nothing of documents without one."""
    desk.look(export, folder)
    kept = {file_of(folder, key) for key in (CATEGORY, CAREER, OTHER, PAIR)}
    for file in set(folder.glob("*/*.json")) - kept:
        file.unlink()


def file_of(folder: Path, key: Key) -> Path:
    plural = "categories" if key[0] == "category" else f"{key[0]}s"
    return folder / plural / f"{key[1]}.json"


def write(folder: Path, key: Key, change: Callable[[dict[str, Any]], object]) -> None:
    """Changes a content file."""
    body = json.loads(file_of(folder, key).read_text())
    change(body)
    file_of(folder, key).write_text(json.dumps(body))


def retitle(title: str) -> Callable[[dict[str, Any]], object]:
    return lambda body: body["title"].update(en=title)


def planned(desk: Desk, folder: Path, *allowed: Undoing, keep: bool = False) -> LoadPlan:
    return desk.look(plan_load, folder, allowed, keep=keep)


def loaded(desk: Desk, folder: Path, *allowed: Undoing) -> LoadPlan:
    plan = planned(desk, folder, *allowed)
    desk.do(load, EDITOR, plan)
    return plan


def published(desk: Desk, key: Key, **fields: object) -> None:
    desk.edit(key, **fields)
    desk.do(publish, EDITOR, [key])


def test_an_archived_document_comes_back_only_when_told(both_desk: Desk, folder: Path) -> None:
    both_desk.do(archive, EDITOR, PAIR)
    plan = planned(both_desk, folder)
    (problem,) = plan.refused
    assert (problem.code, problem.file, problem.type) == ("UNDOES", str(file_of(folder, PAIR)), "pair")
    assert "archived by editor on 20" in problem.message and "--restore-archived" in problem.message
    before = both_desk.look(newest)
    with pytest.raises(Rejected, match="--restore-archived"):
        both_desk.do(load, EDITOR, plan)
    assert both_desk.look(newest) == before and both_desk.state(PAIR).archived
    assert loaded(both_desk, folder, Undoing.ARCHIVED).new == [PAIR]
    assert both_desk.is_live(PAIR) and not both_desk.state(PAIR).archived


def test_an_unpublished_document_comes_back_only_when_told_and_its_draft_is_done(both_desk: Desk, folder: Path) -> None:
    both_desk.do(unpublish, EDITOR, PAIR)
    assert [it.undoing for it in planned(both_desk, folder, Undoing.ARCHIVED).undone] == [Undoing.UNPUBLISHED]
    loaded(both_desk, folder, Undoing.UNPUBLISHED)
    assert both_desk.is_live(PAIR) and both_desk.state(PAIR).draft is None


def test_a_former_slug_is_the_renamed_document_in_every_file(both_desk: Desk, folder: Path) -> None:
    both_desk.do(rename, EDITOR, CAREER, "risk-analyst")
    before = both_desk.look(newest)
    plan = planned(both_desk, folder)
    assert (plan.step.documents, plan.undone, dict(plan.renamed)) == ([], (), {CAREER: "risk-analyst"})
    write(folder, CAREER, retitle("Analyst of Risks"))
    assert loaded(both_desk, folder).changed == [("career", "risk-analyst")]
    assert both_desk.live(("career", "risk-analyst"))["title"]["en"] == "Analyst of Risks"
    assert not both_desk.is_live(CAREER) and both_desk.is_live(("pair", "accountant-vs-risk-analyst"))
    assert both_desk.look(redirects)[CAREER] == "risk-analyst"
    after = both_desk.look(newest)
    assert before is not None and after is not None and after.version == before.version + 1


def test_a_file_of_either_name_is_one_too_many(both_desk: Desk, folder: Path) -> None:
    both_desk.do(rename, EDITOR, CAREER, "risk-analyst")
    both_desk.look(export, folder.parent / "later")
    file_of(folder.parent / "later", CAREER).write_text(file_of(folder, CAREER).read_text())
    with pytest.raises(Rejected) as rejected:
        planned(both_desk, folder.parent / "later")
    (problem,) = rejected.value.problems
    assert problem.code == "DUPLICATE" and "'risk-analyst' now" in problem.message and "remove this" in problem.message


def test_what_an_editor_changed_since_the_export_stays(both_desk: Desk, folder: Path) -> None:
    published(both_desk, CAREER, title={"en": "By Ann"})
    write(folder, OTHER, retitle("By File"))
    plan = planned(both_desk, folder)
    assert [(it.key, it.undoing) for it in plan.undone] == [(CAREER, Undoing.CHANGED)]
    assert plan.refused[0].line and "--overwrite-changed" in plan.refused[0].message
    kept = planned(both_desk, folder, keep=True)
    assert (kept.changed, kept.left, kept.refused) == ([OTHER], [CAREER], [])
    both_desk.do(load, EDITOR, kept)
    assert both_desk.live(CAREER)["title"]["en"] == "By Ann" and both_desk.live(OTHER)["title"]["en"] == "By File"
    loaded(both_desk, folder, Undoing.CHANGED)
    assert both_desk.live(CAREER)["title"]["en"] != "By Ann"


def test_what_was_loaded_is_loaded_anew_without_being_told(both_desk: Desk, folder: Path) -> None:
    """Neither an export of before, nor a folder that never was one, takes the last load for an editor's change."""
    published(both_desk, CAREER, title={"en": "By Ann"})
    exported(both_desk, folder)
    for record in (True, False):
        for title in ("One", "Two"):
            write(folder, CAREER, retitle(title))
            assert loaded(both_desk, folder, *([] if record or title == "Two" else [Undoing.CHANGED])).refused == []
        (folder / RECORD).unlink(missing_ok=True)
        published(both_desk, CAREER, title={"en": "By Ann again"})
        if record:
            assert [it.undoing for it in planned(both_desk, folder).undone] == [Undoing.CHANGED]


def test_an_export_of_another_database_is_no_measure_here(both_desk: Desk, folder: Path) -> None:
    published(both_desk, CAREER, title={"en": "By Ann"})
    for record in ('{"version": 1, "publishedAt": "2020-01-01T00:00:00Z"}', "{", '{"version": 9e99}', "[" * 100_000):
        (folder / RECORD).write_text(record)
        assert [it.key for it in planned(both_desk, folder).undone] == [CAREER]


def test_a_load_is_told_of_as_of_its_actor(both_desk: Desk, folder: Path) -> None:
    write(folder, CAREER, retitle("By File"))
    sent = len(list(both_desk.look(events)))
    loaded(both_desk, folder)
    (entry, *_) = both_desk.look(lambda it: entries(it, type="career", slug="actuary"))
    info = both_desk.look(newest)
    assert info is not None
    assert (entry.verb, entry.actor, entry.detail["version"]) == ("load", "editor", info.version)
    fresh = list(both_desk.look(events))[sent:]
    assert [(it.event, it.payload["documents"]) for it in fresh] == [
        ("catalog.published", [{"type": "career", "slug": "actuary", "live": True}])
    ]


def test_who_may_not_publish_loads_nothing(both_desk: Desk, folder: Path) -> None:
    write(folder, CAREER, retitle("By File"))
    plan = planned(both_desk, folder)
    for actor in (scoped(Role.AUTHOR), scoped(Role.EDITOR, types=["skill"]), scoped(Role.EDITOR, locales=["de"])):
        with pytest.raises(Denied):
            both_desk.do(load, actor, plan)
    both_desk.do(load, scoped(Role.EDITOR, locales=["en"], types=["career"]), plan)
    assert both_desk.live(CAREER)["title"]["en"] == "By File"


def test_an_editors_open_draft_stays_and_conflicts(both_desk: Desk, folder: Path) -> None:
    both_desk.edit(CAREER, title={"en": "Draft of Ann"})
    write(folder, CAREER, retitle("By File"))
    assert loaded(both_desk, folder).drafted == [CAREER]
    assert both_desk.draft(CAREER)["title"]["en"] == "Draft of Ann"
    with pytest.raises(Conflict):
        both_desk.do(publish, ADMIN, [CAREER])


@pytest.mark.parametrize("meanwhile", ["publish", "draft", "archive"])
def test_what_somebody_did_meanwhile_is_not_undone(both_desk: Desk, folder: Path, meanwhile: str) -> None:
    write(folder, CAREER, retitle("By File"))
    plan = planned(both_desk, folder)
    if meanwhile == "draft":
        both_desk.edit(CAREER, title={"en": "Draft of Ann"})
    elif meanwhile == "publish":
        published(both_desk, OTHER, title={"en": "By Ann"})
    else:
        both_desk.do(archive, EDITOR, PAIR)
    open_drafts = both_desk.look(drafts)
    with pytest.raises(Rejected, match="load again"):
        both_desk.do(load, EDITOR, plan)
    assert both_desk.live(CAREER)["title"]["en"] != "By File" and both_desk.look(drafts) == open_drafts


def test_the_number_of_queries_does_not_grow_with_the_documents(both_desk: Desk, folder: Path) -> None:
    counts = []
    for number in (1, 60):
        for index in range(number):
            slug = f"fresh-{number}-{index}"
            body = json.dumps({"slug": slug, "name": {"en": slug}})
            file_of(folder, ("category", slug)).write_text(body)
        statements: list[str] = []
        listener = lambda *arguments: statements.append(arguments[2])  # noqa: E731, B023 - of this round
        event.listen(both_desk.engine, "before_cursor_execute", listener)
        loaded(both_desk, folder)
        event.remove(both_desk.engine, "before_cursor_execute", listener)
        counts.append(len(statements))
    assert both_desk.look(live_keys, [("category", "fresh-60-59")])
    assert abs(counts[0] - counts[1]) <= 2, counts
