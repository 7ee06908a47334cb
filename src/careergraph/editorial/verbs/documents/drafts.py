"""Drafts: save one, discard it, submit it for review, or make one of an earlier revision."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.outcome import Body, Conflict, Rejected, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import (
    body_at,
    draft_body,
    live_body,
    newest,
    plain,
    require_seen,
    seen_state,
    unknown_document,
    unknown_revision,
)
from careergraph.editorial.editing.draft_body import parse_body, restore_document
from careergraph.editorial.editing.former_names import present_body
from careergraph.editorial.editing.guards import call_off, refuse_scheduled
from careergraph.editorial.editing.validation import require_sound
from careergraph.editorial.hooks.proposals import Moment, propose
from careergraph.editorial.media.library import problems_of_files
from careergraph.editorial.verbs.documents.review import submit
from careergraph.store.access.audit import record
from careergraph.store.documents.documents import Document, Key, key_of
from careergraph.store.editing.drafts import DocumentState, append, archive, close, state
from careergraph.store.editing.drafts import revision as revision_of
from careergraph.store.editing.imported import forget
from careergraph.store.editing.revisions import Cause
from careergraph.store.editing.schedules import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The document, and the revision to start from next time."""

    key: Key
    revision: int


def save_draft(  # noqa: PLR0913 - the fields of a revision
    session: Session, actor: Actor, document_type: str, body: Body, base: int | None, *, note: str = ""
) -> Saved:
    """Write a draft over the revision `base` (None: a new document). An unchanged document makes no revision.

    Raises Denied, Rejected (BAD_SHAPE and the like: a draft may lack texts and references, not its form) and
    Conflict, if somebody else changed the document since `base`.
    """
    permit(actor, Verb.SAVE_DRAFT, (document_type, ""))
    document = parse_body(document_type, body)
    current = state(session, key_of(document))
    permit(actor, Verb.SAVE_DRAFT, current.key, body_at(session, current.key, base), plain(document))
    _require_base(session, current, base, document)
    return write(session, actor, Verb.SAVE_DRAFT, document, note, anew=base is None)


def write(  # noqa: PLR0913, PLR0917 - the document, and the fields of its revision
    session: Session,
    actor: Actor,
    verb: Verb,
    document: Document,
    note: str,
    cause: Cause = Cause.SAVED,
    *,
    anew: bool = False,
) -> Saved:
    """Make a document the open draft, unless it is the newest revision already. `anew` begins a document in the place
    of one that is gone."""
    current = state(session, key_of(document))
    last = newest(current)
    if last is not None and body_at(session, current.key, last) == plain(document):
        return Saved(key=current.key, revision=last)
    if problems := tuple(problems_of_files(session, [document])):
        raise Rejected(problems)
    propose(session, Moment.BEFORE_SAVE, verb, actor.name, {current.key: plain(document)}, note)
    number = append(session, current.key, plain(document), actor.name, note, cause, anew=anew)
    if current.archived:
        archive(session, current.key, archived=False)
    record(session, actor.name, verb, current.key, {"revision": number, "note": note})
    return Saved(key=current.key, revision=number)


def _require_base(session: Session, current: DocumentState, base: int | None, document: Document) -> None:
    """Require the latest state to be the one that the editor started from, under whatever number. Raises Conflict."""
    last = newest(current)
    if base == last:
        return
    started, theirs = body_at(session, current.key, base), body_at(session, current.key, last)
    if started != theirs:
        raise Conflict(current.key, last or 0, started, plain(document), theirs)


def discard_draft(session: Session, actor: Actor, key: Key, note: str = "", *, base: int) -> None:
    """Close the open draft of a document; it stays in the history. Raises Denied, Rejected, and Conflict if `base` is
    not the newest revision."""
    permit(actor, Verb.DISCARD_DRAFT, key)
    state = seen_state(session, key, base)
    drafted = draft_body(session, key)
    if not actor.scope.whole:
        permit(actor, Verb.DISCARD_DRAFT, key, drafted, live_body(session, key))
    refuse_scheduled(session, actor, state)
    close(session, [key])
    forget(session, key, state.published or 0)
    call_off(session, key, Action.PUBLISH)
    record(session, actor.name, Verb.DISCARD_DRAFT, key, {"revision": state.draft, "note": note})


def submit_for_review(  # noqa: PLR0913 - the document, who reviews it, and the fields of the audit log
    session: Session, actor: Actor, key: Key, note: str = "", *, base: int, assignee: str | None = None
) -> None:
    """Put the open draft into review, for an assignee or whoever had it before; the next save takes it back. It may
    refer to other open drafts, which can be published with it. Raises Denied, Rejected with its problems and for an
    unknown assignee, and Conflict if `base` is not the newest revision."""
    permit(actor, Verb.SUBMIT_FOR_REVIEW, key)
    current = seen_state(session, key, base)
    body = draft_body(session, key)
    if body is not None:
        require_sound(session, restore_document(key, body))
    submit(session, actor, current, note, assignee)


def revert(  # noqa: PLR0913 - the document, the revision, and the fields of the audit log
    session: Session, actor: Actor, key: Key, revision: int, note: str = "", *, base: int
) -> Saved:
    """Make a revision the open draft, whole: fields, values, skills, relations, under the present names of the document
    and of what it refers to. An archived, unpublished or removed document comes back. The former draft stays in the
    history. Raises Denied, Rejected, also for references to what is gone, and Conflict if `base` is not the newest
    revision."""
    permit(actor, Verb.REVERT, key)
    current = state(session, key)
    if current.last is None:
        raise unknown_document(session, key)
    former = revision_of(session, key, revision)
    if former is None:
        raise unknown_revision(session, key, revision)
    if former.body is None:
        raise rejection(
            ProblemCode.UNKNOWN, f"revision {revision} removed the document, so there is nothing to revert to", key
        )
    document = restore_document(key, present_body(session, key, former))
    permit(actor, Verb.REVERT, key, body_at(session, key, newest(current)), plain(document))
    require_seen(session, current, base)
    saved = write(session, actor, Verb.SAVE_DRAFT, document, note, Cause.REVERTED)
    record(session, actor.name, Verb.REVERT, key, {"to": revision, "revision": saved.revision, "note": note})
    return saved
