"""Undo a published release, also that of an import, by a new release of reverts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.editing.document_state import newest
from careergraph.editorial.editing.former_names import present_body
from careergraph.editorial.editing.guards import existing_release
from careergraph.editorial.editing.newer_drafts import keep_drafted
from careergraph.editorial.verbs.documents.save_drafts import Draft, save_drafts
from careergraph.editorial.verbs.releases import open_release
from careergraph.store.access.audit import entries_of
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import DocumentState, Revised, revision, states
from careergraph.store.editing.histories import Published, published_in
from careergraph.store.editing.imported import remember_before
from careergraph.store.editing.releases import Release
from careergraph.store.editing.revisions import Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneRelease:
    """The new release, with the documents in it, and those that were left out because they changed again."""

    release: Release
    documents: tuple[Key, ...]
    left_out: tuple[Key, ...]


def undo_release(  # noqa: PLR0913, PLR0917 - the releases, and the fields of the new one
    session: Session, actor: Actor, release: str, slug: str, title: str = "", note: str = "", *, leave_out: bool = False
) -> UndoneRelease:
    """Open a release of drafts that bring back what was live before a release was published: a document that came with
    it is drafted to go, one that went comes back. The next import begins from before it, too.

    Raises Denied, as saving each draft does, and Rejected for a release that published nothing, for references to what
    is gone, for a slug in use, and, without `leave_out`, for each document that changed again since.
    """
    permit(actor, Verb.OPEN_RELEASE)
    record = existing_release(session, release)
    published = published_in(session, record.published_version or 0)
    of_release = {key for key, it in entries_of(session, Verb.PUBLISH_RELEASE, published) if _is_of(it.detail, record)}
    published = {key: it for key, it in published.items() if key in of_release}
    if not published:
        raise rejection(ProblemCode.NOT_LIVE, f"the release {quoted(release)} published nothing that could be undone")
    _require_scope(session, actor, published)
    current = states(session, published)
    rests = {key: rest for key, it in published.items() if (rest := _rest_of(session, current[key], it)) is not None}
    changed = [key for key, it in published.items() if key not in rests and _changed_since(current[key], it)]
    if changed and (not leave_out or len(changed) == len(published)):
        message = "it changed again since the release was published"
        raise Rejected(Problem(ProblemCode.CHANGED, message, (), *key) for key in changed)
    undone = {key: it for key, it in published.items() if key not in changed}
    bodies = {key: _body_before(session, key, it) for key, it in undone.items()}
    drafts = [Draft(key=key, body=body, base=newest(current[key])) for key, body in bodies.items()]
    opened = open_release(session, actor, slug, title or f"Undo of {record.title}", note)
    save_drafts(session, actor, slug, drafts, note or opened.title, Cause.REVERTED)
    for key in undone.keys() & rests.keys():
        keep_drafted(session, current[key], {rests[key].number: rests[key]})
    for key, own in undone.items():
        remember_before(session, key, 0 if own.before is None else own.before.number, own.number)
    return UndoneRelease(release=opened, documents=tuple(undone), left_out=tuple(changed))


def _require_scope(session: Session, actor: Actor, published: Mapping[Key, Published]) -> None:
    """Require the right to change the published documents, before anything is said of them. Raises Denied."""
    for key, own in published.items():
        pair = (None, None) if actor.scope.whole else (own.before, revision(session, key, own.number))
        before, after = (None if it is None else it.body for it in pair)
        permit(actor, Verb.SAVE_DRAFT, key, before, after)


def _is_of(detail: dict[str, object], release: Release) -> bool:
    return detail.get("version") == release.published_version


def _changed_since(state: DocumentState, published: Published) -> bool:
    return state.id != published.document or state.published != published.number or state.draft is not None


def _rest_of(session: Session, state: DocumentState, published: Published) -> Revised | None:
    """Return the open draft if it is what waited when the release was published, and nobody saved since. It stays open
    over what comes back."""
    if state.draft is None or state.base != published.number or state.release is not None:
        return None
    if _changed_since(replace(state, draft=None), published):
        return None
    draft = revision(session, state.key, state.draft)
    return draft if draft is not None and draft.cause is Cause.KEPT else None


def _body_before(session: Session, key: Key, published: Published) -> dict[str, object] | None:
    before = published.before
    return None if before is None or before.body is None else dict(present_body(session, key, before))
