"""Histories: what each entry changed, and saves of one person that are one entry."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.store.database.database import transaction
from careergraph.store.documents.documents import SkillDocument
from careergraph.store.editing.histories import history_entries, history_entry
from careergraph.store.editing.publish import publish
from careergraph.store.editing.revisions import Cause, Stamp, add_revisions

KEY = ("skill", "welding")
START = datetime(2026, 5, 1, 9, tzinfo=UTC)


def body(name: str) -> dict[str, Any]:
    return {"slug": "welding", "name": {"en": name}}


def save(session: Session, name: str, minute: int, author: str = "ann", cause: Cause = Cause.SAVED) -> None:
    at = START + timedelta(minutes=minute)
    add_revisions(session, {KEY: body(name)}, Stamp(author=author, note="", created_at=at, cause=cause))


def entries(session: Session, **more: Any) -> list[tuple[int, int, int]]:
    return [(it.number, it.first, it.saves) for it in history_entries(session, KEY, **more)]


def test_saves_of_one_person_one_soon_after_the_other_are_one_entry(engine: Engine) -> None:
    with transaction(engine) as session:
        for number, minute in enumerate((0, 4, 13, 24, 25), 1):
            save(session, f"ann {number}", minute)
        save(session, "bea 6", 26, "bea")
        save(session, "ann 7", 27)
        save(session, "ann 8", 28, cause=Cause.REVERTED)
        save(session, "ann 9", 29)
        document = SkillDocument(slug="welding", name={"en": "ann 9"})
        publish(session, [document], "ann", "", cause=Cause.PUBLISHED)
        assert entries(session) == [(10, 10, 1), (9, 9, 1), (8, 8, 1), (7, 7, 1), (6, 6, 1), (5, 4, 2), (3, 1, 3)]
        assert entries(session, autosaves=timedelta(0)) == [(number, number, 1) for number in range(10, 0, -1)]
        formers = {it.number: it.former for it in history_entries(session, KEY)}
        assert formers == {
            10: None,  # nothing was published before
            9: body("ann 8"),
            8: body("ann 7"),
            7: body("bea 6"),
            6: body("ann 5"),
            5: body("ann 3"),
            3: None,
        }


def test_each_save_keeps_its_number_and_pages_go_on_below_an_entry(engine: Engine) -> None:
    with transaction(engine) as session:
        for number in range(1, 8):
            save(session, f"ann {number}", number if number < 4 else 60 + number)
        assert entries(session) == [(7, 4, 4), (3, 1, 3)]
        assert entries(session, count=1) == [(7, 4, 4)]
        assert entries(session, before=7) == entries(session, before=5) == entries(session, before=4) == [(3, 1, 3)]
        assert entries(session, before=3) == []
        second = history_entry(session, KEY, 2)
        assert second is not None
        assert (second.body, second.former, second.saves, second.first) == (body("ann 2"), body("ann 1"), 1, 2)
        assert history_entry(session, KEY, 8) is None


def test_what_was_published_is_compared_with_what_was_published_before(engine: Engine) -> None:
    with transaction(engine) as session:
        for name in ("one", "two"):
            save(session, name, 1)
            publish(session, [SkillDocument(slug="welding", name={"en": name})], "ann", "", cause=Cause.PUBLISHED)
        assert [(it.number, it.former) for it in history_entries(session, KEY)] == [
            (4, body("one")),
            (3, body("one")),
            (2, None),
            (1, None),
        ]
