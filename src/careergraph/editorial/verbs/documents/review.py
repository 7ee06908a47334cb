"""Review: send a draft back with a reason, assign it, approve it, and comment on its fields."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.access.roles import Verb, may, permit
from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.field_path import has_field
from careergraph.editorial.content.outcome import Rejected, rejection
from careergraph.editorial.content.problem import ProblemCode, parse
from careergraph.editorial.editing.document_state import (
    draft_body,
    existing_state,
    live_body,
    no_draft,
    seen_state,
    unknown_revision,
)
from careergraph.store.access.audit import record
from careergraph.store.access.people import person
from careergraph.store.documents.documents import Key
from careergraph.store.editing import reviews
from careergraph.store.editing.drafts import DocumentState, revision
from careergraph.store.editing.reviews import Comment
from careergraph.store.events.outbox import enqueue

SUBMITTED, SENT_BACK, APPROVED = "draft.submitted", "draft.sent_back", "draft.approved"
COMMENTED = "comment.added"
"""The events of reviews. Their payloads are described in `docs/how-to/webhooks.md`."""
LONGEST = 4_000
"""The longest reason or comment, in characters."""


def submit(session: Session, actor: Actor, state: DocumentState, note: str, assignee: str | None = None) -> None:
    """Put the open draft of a document into review, for an assignee or whoever had it before. The right and the draft
    were checked. Raises Rejected for an unknown assignee."""
    if assignee is not None:
        require_assignee(session, state.key, assignee)
    reviewer = state.assignee if assignee is None else assignee
    reviews.submit(session, state.key, actor.name, reviewer)
    detail = {"revision": state.draft, "note": note, "assignee": reviewer}
    record(session, actor.name, Verb.SUBMIT_FOR_REVIEW, state.key, detail)
    _tell(session, SUBMITTED, state, actor, note=note, assignee=reviewer)


def send_back(session: Session, actor: Actor, key: Key, reason: str, *, base: int) -> None:
    """Take a draft out of review, for a reason, with its approvals. Raises Denied, Rejected for a draft that is not in
    review or without a reason, and Conflict if `base` is not the newest revision."""
    permit(actor, Verb.SEND_BACK, key)
    _require_text(reason, "reason")
    state = _in_review(seen_state(session, key, base))
    reviews.send_back(session, key, actor.name, reason)
    record(session, actor.name, Verb.SEND_BACK, key, {"revision": state.draft, "note": reason})
    _tell(session, SENT_BACK, state, actor, reason=reason, author=state.submitted_by)


def assign(session: Session, actor: Actor, key: Key, assignee: str | None, *, base: int) -> None:
    """Let a person, or (None) nobody in particular, review a submitted draft. Raises Denied, Rejected for a draft that
    is not in review and for an unknown person, and Conflict if `base` is not the newest revision."""
    permit(actor, Verb.ASSIGN, key)
    state = _in_review(seen_state(session, key, base))
    if assignee is not None:
        require_assignee(session, key, assignee)
    reviews.assign(session, key, assignee)
    record(session, actor.name, Verb.ASSIGN, key, {"revision": state.draft, "assignee": assignee})


def require_assignee(session: Session, key: Key, name: str) -> None:
    """Require a person who may see a document. Raises Rejected."""
    listed = person(session, name)
    if listed is not None:
        role = Role(listed.role)
        seen = Actor(name=name, role=role, scope=Scope.of(types=listed.types))
        if may(seen, Verb.VIEW, key):
            return
    message = f"there is no person {quoted(name)} who may see it: see the list of people"
    raise rejection(ProblemCode.UNKNOWN, message, key, steps=("assignee",))


def approve(session: Session, actor: Actor, key: Key, note: str = "", *, base: int) -> None:
    """Approve the open draft of a document, until it is saved again. Raises Denied, Rejected (OWN_DRAFT) for who wrote
    on it, and Conflict if `base` is not the newest revision."""
    permit(actor, Verb.APPROVE, key)
    state = seen_state(session, key, base)
    permit(actor, Verb.APPROVE, key, live_body(session, key), draft_body(session, key))
    if state.draft is None:
        raise no_draft(key)
    if actor.name in state.contributors:
        raise rejection(ProblemCode.OWN_DRAFT, "somebody else must approve what you wrote yourself", key)
    if reviews.approve(session, key, state.draft, actor.name):
        record(session, actor.name, Verb.APPROVE, key, {"revision": state.draft, "note": note})
        _tell(session, APPROVED, state, actor, note=note, author=state.submitted_by)


def add_comment(  # noqa: PLR0913 - the fields of a comment
    session: Session, actor: Actor, key: Key, path: str, text: str, *, base: int
) -> Comment:
    """Comment on a field of the revision `base`, the last or an earlier one; an empty path is the whole document.
    Raises Denied, and Rejected for an unknown revision or field, and for a text that is empty or too long."""
    permit(actor, Verb.COMMENT, key)
    _require_text(text, "text")
    state = existing_state(session, key)
    commented = revision(session, key, base)
    if commented is None:
        raise unknown_revision(session, key, base)
    if not has_field(key[0], commented.body or {}, parse(path) if path else ()):
        message = "there is no such field: a path is written as in problems and differences, such as `title.en`"
        raise rejection(ProblemCode.UNKNOWN, message, key, steps=("path",))
    comment = reviews.add_comment(session, key, base, path, text, actor.name)
    record(session, actor.name, Verb.COMMENT, key, {"comment": comment.number, "revision": base, "path": path})
    about = {"comment": comment.number, "revision": base, "path": path, "text": text}
    _tell(session, COMMENTED, state, actor, **about, assignee=state.assignee if state.review else None)
    return comment


def resolve_comment(session: Session, actor: Actor, number: int) -> Comment:
    """Mark a comment as resolved. Raises Denied, and Rejected for an unknown comment, or one that was resolved."""
    return _mark(session, actor, number, resolved=True)


def reopen_comment(session: Session, actor: Actor, number: int) -> Comment:
    """Mark a comment as open again. Raises Denied, and Rejected for an unknown comment, or one that is open."""
    return _mark(session, actor, number, resolved=False)


def _mark(session: Session, actor: Actor, number: int, *, resolved: bool) -> Comment:
    permit(actor, Verb.COMMENT)
    before = reviews.comment(session, number)
    if before is None:
        if actor.scope.types is not None:
            permit(actor, Verb.COMMENT, ("", ""))  # as for one of another type
        raise rejection(ProblemCode.UNKNOWN, f"there is no comment {number}")
    comment, key = before
    permit(actor, Verb.COMMENT, key)
    if (comment.resolved_at is not None) == resolved:
        state = "was resolved before" if resolved else "is open"
        raise rejection(ProblemCode.CLOSED, f"the comment {state}", key)
    reviews.resolve(session, number, actor.name if resolved else None)
    record(session, actor.name, Verb.COMMENT, key, {"comment": number, "resolved": resolved})
    after = reviews.comment(session, number)
    return comment if after is None else after[0]


def _in_review(state: DocumentState) -> DocumentState:
    """Return the state of a document whose draft is in review. Raises Rejected."""
    if state.draft is None:
        raise no_draft(state.key)
    if not state.review:
        raise rejection(ProblemCode.NOT_IN_REVIEW, "the draft was not handed in, or was saved since", state.key)
    return state


def _require_text(text: str, field: str) -> None:
    """Raise Rejected for a text that is empty, too long or unreadable."""
    if not text.strip():
        raise rejection(ProblemCode.MISSING_TEXT, f"the {field} is empty", steps=(field,))
    if len(text) > LONGEST:
        raise rejection(ProblemCode.TOO_LONG, f"the {field} has more than {LONGEST} characters", steps=(field,))
    if problems := tuple(form.strings(text, (field,))):
        raise Rejected(problems)


def _tell(session: Session, event: str, state: DocumentState, actor: Actor, **more: object) -> None:
    """Put an event about a draft into the outbox."""
    about = {"type": state.key[0], "slug": state.key[1], "revision": state.draft, "by": actor.name}
    enqueue(session, event, [state.key], {**about, **more}, None)
