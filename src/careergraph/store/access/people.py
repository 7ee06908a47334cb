"""People: who signed in as an editor, with the name that others read.

Revisions, the audit log and all other tables keep a person's `name`, which never changes. The display name is here
alone, so that it may change, or be erased, and the chain of the audit log stays as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careergraph.store.database.sorted_query import SortedQuery, matching
from careergraph.store.documents.rows.query import chunks
from careergraph.store.tables.reviews import PersonRow
from careergraph.store.tables.table import value_of

LONGEST = 100
"""The longest display name, in characters; the rest is cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signed in as an editor. `role` and `types`, the document types of the scope (None: all), are those
    of the last time. An erased person has no display name."""

    name: str
    display_name: str
    role: str
    types: tuple[str, ...] | None
    last_seen_at: datetime
    erased_at: datetime | None = None


def note_person(session: Session, person: Person) -> None:
    """Keep a person as of now. Unreadable characters of the display name are left out."""
    readable = "".join(it for it in person.display_name if it.isprintable()).strip()[:LONGEST]
    row = session.get(PersonRow, person.name)
    if row is None:
        row = PersonRow(name=person.name)
        session.add(row)
    row.display_name, row.label = readable, _label(readable, person.name)
    row.role, row.types = person.role, None if person.types is None else list(person.types)
    row.last_seen_at, row.erased_at = person.last_seen_at, None
    session.flush()


def person(session: Session, name: str) -> Person | None:
    """Return the person of a name."""
    row = session.get(PersonRow, name)
    return None if row is None else _person(row)


def list_people(*, text: str | None = None, role: str | None = None, descending: bool = False) -> SortedQuery[Person]:
    """Return people by display name: those whose names hold a text, in any case, and those of a role."""
    query = matching(select(PersonRow), {PersonRow.role: role})
    if text is not None:
        query = query.where(PersonRow.label.contains(text.casefold(), autoescape=True))
    key = (PersonRow.label, PersonRow.name)
    return SortedQuery(query=query, key=key, make=lambda row: _person(row[0]), descending=descending)


def display_names(session: Session, names: Iterable[str]) -> dict[str, str]:
    """Return the display names of people by name; of somebody without one it is the name."""
    by_name = {name: name for name in names}
    for some in chunks(sorted(by_name)):
        query = select(PersonRow.name, PersonRow.display_name).where(PersonRow.name.in_(some))
        by_name |= {row[0]: row[1] or row[0] for row in session.execute(query)}
    return by_name


def erase(session: Session, name: str, now: datetime) -> Person | None:
    """Erase the display name of a person until the next sign-in. Return the person, if there is one."""
    row = session.get(PersonRow, name)
    if row is None:
        return None
    row.display_name, row.label, row.erased_at = "", _label("", name), now
    session.flush()
    return _person(row)


def _label(display_name: str, name: str) -> str:
    return f"{display_name}\n{name}".casefold() if display_name else name.casefold()


def _person(row: PersonRow) -> Person:
    return value_of(Person, row, types=None if row.types is None else tuple(row.types))
