"""Carry out: do what is scheduled. No verb that anybody calls; the right was asked for when it was scheduled."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.roles import Verb
from careergraph.editorial.editing.publication import Published
from careergraph.editorial.verbs.documents.publish import open_drafts, publish_drafts
from careergraph.editorial.verbs.documents.unpublish import take_down
from careergraph.editorial.verbs.releases.publish_release import bring_out
from careergraph.store.editing.schedules import Action, Schedule


def carry_out(session: Session, due: Schedule) -> Published:
    """Does what a claimed schedule says, in the transaction that claimed it. Raises Rejected and Conflict."""
    note = f"scheduled by {due.author}"
    if isinstance(due.subject, str):
        return bring_out(session, due.author, due.subject, note)
    if due.action is Action.UNPUBLISH:
        return take_down(session, due.author, due.subject, note)
    return publish_drafts(session, due.author, Verb.PUBLISH, open_drafts(session, [due.subject]), note)
