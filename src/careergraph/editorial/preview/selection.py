"""Selected: drafts that somebody wants to see as if they were live, in a preview or in what publishing would change."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import existing_state, no_draft
from careergraph.editorial.editing.release_guard import require_open
from careergraph.editorial.preview.preview import Selection
from careergraph.store.editing.drafts import drafts


def require_selection(session: Session, actor: Actor, verb: Verb, selection: Selection) -> None:
    """Everything selected must be within the actor's scope, and be an open draft or an open release. Raises Denied and
    Rejected."""
    for key in selection.keys:
        permit(actor, verb, key)
    if selection.release is not None:
        require_open(session, selection.release)
        for draft in drafts(session, selection.release):
            permit(actor, verb, draft.key)
    elif not selection.keys:
        raise rejection(ProblemCode.NO_DRAFT, "drafts or a release are to be named")
    for key in selection.keys:
        if existing_state(session, key).draft is None:
            raise no_draft(key)
