"""Agenda: what is scheduled for a document or a release, as far as other verbs must heed it."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, may
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.store.editing.drafts import DocumentState
from careergraph.store.editing.schedules import Action, Subject, cancel, schedules


def refuse_scheduled(session: Session, actor: Actor, state: DocumentState) -> None:
    """Requires the right to schedule for a change to a scheduled draft, since it goes live as it stands then. Raises
    Rejected."""
    if may(actor, Verb.SCHEDULE, state.key):
        return
    if is_scheduled(session, state.key) or (state.release is not None and is_scheduled(session, state.release)):
        raise rejection(ProblemCode.SCHEDULED, "it is scheduled; only who may schedule may change it", state.key)


def is_scheduled(session: Session, subject: Subject) -> bool:
    """Whether a draft or a release is to be published at some time."""
    return any(it.action is Action.PUBLISH for it in schedules(session, subject))


def call_off_all(session: Session, keys: Collection[Key]) -> None:
    """Cancels what is scheduled to be published of documents, as `call_off` does for one."""
    for schedule in schedules(session):
        if schedule.action is Action.PUBLISH and schedule.subject in keys:
            cancel(session, schedule.number)


def call_off(session: Session, subject: Subject, *actions: Action) -> None:
    """Cancels what is scheduled and has nothing to do any longer: it would do it to a later draft, unasked."""
    for schedule in schedules(session, subject):
        if schedule.action in actions:
            cancel(session, schedule.number)
