"""Verbs that publish are rehearsed while others write; what they do is what they would do without."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy.orm import Session

from careergraph.editorial.content import affected_careers
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.editing import validation
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.replace import replace_reference
from careergraph.editorial.verbs.documents.unpublish import archive
from careergraph.editorial.verbs.releases import add_to_release, open_release, publish_release
from careergraph.store.access.audit import list_entries
from careergraph.store.catalogs.past import newest
from careergraph.store.database.database import reading, transaction
from careergraph.store.editing import rehearsal
from careergraph.store.editing.rehearsal import rehearse, rehearsed
from editorial.verbs.desk import ADMIN, EDITOR, Desk, codes

CAREER = ("career", "data-scientist")
FRESH, ATTRIBUTE = ("category", "fresh"), ("attribute", "salary")
Work = Callable[[Session], object]


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was checked, in which kind of session: while it was rehearsed, or in its turn among the writers."""
    return noted(monkeypatch, validation, "_problems_of_step")


def noted(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[str]:
    """In which kind of session a function was called."""
    seen, inner = list[str](), getattr(module, name)

    def note(session: Session, *arguments: Any) -> object:
        writes = session.connection().get_execution_options().get("careergraph_writes")
        seen.append("turn" if writes else "rehearsal")
        return inner(session, *arguments)

    monkeypatch.setattr(module, name, note)
    return seen


def run(desk: Desk, work: Work, before_turn: Callable[[], object] = lambda: None) -> object:
    """Runs a verb as the API does. `before_turn` is what others do between its rehearsal and its turn."""

    @contextmanager
    def turn() -> Iterator[Session]:
        before_turn()
        with transaction(desk.engine) as session:
            yield session

    with rehearsed(turn, lambda: reading(desk.engine), work) as session:
        return work(session)


def test_nothing_is_checked_while_others_wait(desk: Desk, checks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that all others rest on, a release, and a reference that is replaced: each as one version. Nobody
    waits either while it is told which careers refer to the first."""
    references = noted(monkeypatch, affected_careers, "referring")
    label = {"en": "Pay"}
    desk.edit(ATTRIBUTE, label=label)
    bases = desk.bases(ATTRIBUTE)
    run(desk, lambda it: publish(it, EDITOR, bases))
    assert desk.live(ATTRIBUTE)["label"] == label
    assert references == ["rehearsal"]
    desk.do(open_release, EDITOR, "many", "Many")
    desk.edit(CAREER, summary={"en": "Other work."})
    desk.do(add_to_release, EDITOR, "many", [CAREER])
    state = desk.look(state_of, "many")
    run(desk, lambda it: publish_release(it, ADMIN, "many", base=state))
    assert desk.live(CAREER)["summary"] == {"en": "Other work."}
    old, new = ("category", "business-finance"), "data"
    users = {use.key: use.base for use in desk.look(replace_reference, ADMIN, old, new, None).uses}
    run(desk, lambda it: replace_reference(it, ADMIN, old, new, users))
    assert users and all(desk.live(key)["category"] == new for key in users)
    assert checks == ["rehearsal"] * 3


def test_what_others_publish_meanwhile_counts(desk: Desk, checks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that was sound while it was rehearsed is refused in its turn, if what it refers to is gone by then."""
    monkeypatch.setattr(rehearsal, "LONG", inf)
    desk.do(save_draft, EDITOR, "category", {"slug": FRESH[1], "name": {"en": "Fresh"}}, None)
    desk.do(publish, EDITOR, [FRESH])
    desk.edit(CAREER, category=FRESH[1])
    bases, before = desk.bases(CAREER), desk.live(CAREER)
    with pytest.raises(Rejected) as refused:
        run(desk, lambda it: publish(it, EDITOR, bases), lambda: desk.do(archive, EDITOR, [FRESH]))
    assert codes(refused) == ["UNKNOWN_REFERENCE"]
    assert (desk.live(CAREER), desk.is_live(FRESH)) == (before, False)
    assert checks[-2:] == ["turn", "turn"]  # of the archive, and of the publish


def test_a_long_rehearsal_is_repeated_and_not_for_ever(
    desk: Desk, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "LONG", 0.0)
    desk.edit(CAREER, summary={"en": "Other work."})
    bases, others = desk.bases(CAREER), iter(range(rehearsal.MOST_REHEARSALS))

    def publish_another() -> None:
        desk.load_over(("category", "data"), name={"en": f"Data {next(others)}"})

    run(desk, lambda it: publish(it, EDITOR, bases), publish_another)
    assert checks == [*["rehearsal"] * rehearsal.MOST_REHEARSALS, "turn"]
    assert desk.live(CAREER)["summary"] == {"en": "Other work."}


def test_a_rehearsal_writes_nothing_and_keeps_nobody_waiting(both_desk: Desk) -> None:
    """Not even where the verb writes before it checks, nor in its savepoints."""
    desk = both_desk
    desk.edit(CAREER, summary={"en": "Other work."})
    bases = desk.bases(CAREER)
    before = desk.look(newest), desk.state(CAREER), len(desk.look(list_entries().page, 1000))

    def work(session: Session) -> None:
        with session.begin_nested():
            publish(session, EDITOR, bases)
        raise AssertionError("it went on after what it would write")

    @contextmanager
    def watched() -> Iterator[Session]:
        with reading(desk.engine) as session:
            yield session
            with transaction(desk.engine) as other:  # a writer gets its turn before the rehearsal is over
                assert newest(other) == before[0]

    rehearse(watched, work)
    assert (desk.look(newest), desk.state(CAREER), len(desk.look(list_entries().page, 1000))) == before
