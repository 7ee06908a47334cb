"""People: noted as of the last sign-in, searched, paged, and erased."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from careergraph.store.access.people import (
    LONGEST,
    Person,
    display_names,
    erase,
    list_people,
    note_person,
    person,
)
from careergraph.store.database.database import reading, transaction
from listed import rows

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


def somebody(name: str, display_name: str = "", **fields: object) -> Person:
    rest = {"role": "EDITOR", "types": None, "last_seen_at": NOW, **fields}
    return Person(name=name, display_name=display_name, **rest)  # type: ignore[arg-type]


@pytest.fixture
def staff(engine: Engine) -> Engine:
    """Five people, of whom two have no display name, alike but for the case of letters."""
    with transaction(engine) as session:
        for one in (
            somebody("oidc:1", "Änne Öz"),
            somebody("oidc:2", "ann 100%", role="AUTHOR", types=("career", "skill")),
            somebody("oidc:3", "Bob"),
            somebody("Zoe"),
            somebody("zoe"),
        ):
            note_person(session, one)
    return engine


def names(engine: Engine, text: str | None = None, **conditions: str) -> list[str]:
    with reading(engine) as session:
        return [it.name for it in rows(session, list_people(text=text, **conditions))]  # type: ignore[arg-type]


def test_pages_hold_everybody_once(staff: Engine) -> None:
    """Also two whose names differ by the case of letters alone."""
    every = names(staff)
    assert sorted(every) == ["Zoe", "oidc:1", "oidc:2", "oidc:3", "zoe"]
    paged: list[tuple[Person, tuple[object, ...]]] = []
    with reading(staff) as session:
        while page := list_people().page(session, 2, after=paged[-1][1] if paged else None):
            paged += page
    assert [it.name for it, _ in paged] == every


def test_a_search_knows_no_case_and_no_wildcard(staff: Engine) -> None:
    assert names(staff, "öZ") == ["oidc:1"]
    assert names(staff, "OIDC:3") == ["oidc:3"]
    assert names(staff, "0%") == ["oidc:2"]
    assert names(staff, "b_b") == []
    assert names(staff, role="AUTHOR") == ["oidc:2"]


def test_a_person_is_as_of_the_last_sign_in(staff: Engine) -> None:
    later = NOW + timedelta(days=1)
    again = somebody("oidc:2", "Ann Married", role="ADMIN", last_seen_at=later)
    with transaction(staff) as session:
        note_person(session, again)
    with reading(staff) as session:
        assert person(session, "oidc:2") == again
        assert display_names(session, ["oidc:2", "zoe", "cli"]) == {"oidc:2": "Ann Married", "zoe": "zoe", "cli": "cli"}
    assert len(names(staff)) == 5


def test_an_erased_person_keeps_the_name_alone_until_the_next_sign_in(staff: Engine) -> None:
    with transaction(staff) as session:
        assert erase(session, "oidc:1", NOW)
        assert not erase(session, "nobody", NOW)
    with reading(staff) as session:
        assert person(session, "oidc:1") == somebody("oidc:1", erased_at=NOW)
        assert display_names(session, ["oidc:1"]) == {"oidc:1": "oidc:1"}
    assert names(staff, "öz") == []
    with transaction(staff) as session:
        note_person(session, somebody("oidc:1", "Änne Öz"))
    assert names(staff, "öz") == ["oidc:1"]


def test_a_display_name_is_short_and_readable(staff: Engine) -> None:
    with transaction(staff) as session:
        note_person(session, somebody("oidc:4", "\u202eevil\x00\n" + "x" * 200))
    with reading(staff) as session:
        assert display_names(session, ["oidc:4"]) == {"oidc:4": ("evil" + "x" * 200)[:LONGEST]}
