"""Erase the display name of a person."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.store.access.audit import record
from careergraph.store.access.people import Person, erase
from careergraph.store.access.saved_filters import delete_filters
from careergraph.store.access.sessions import close_sessions_of


def erase_person(session: Session, actor: Actor, name: str) -> Person:
    """Erase the display name of a person, who is shown by `name` from then on, and the person's saved filters, and end
    the sessions of the admin. Signing in brings a display name back. Raises Denied, and Rejected for an unknown
    person."""
    permit(actor, Verb.ERASE_PERSON)
    erased = erase(session, name, datetime.now(UTC))
    if erased is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no person {quoted(name)}")
    delete_filters(session, name)
    close_sessions_of(session, name)
    record(session, actor.name, Verb.ERASE_PERSON, None, {"person": name})
    return erased
