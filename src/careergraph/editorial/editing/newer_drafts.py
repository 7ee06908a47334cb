"""Newer drafts: the revisions that stay drafts when an earlier one is published, or their document is renamed or
unpublished. They become revisions after that one, and their release and schedules publish these."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from careergraph.store.editing import imported, schedules
from careergraph.store.editing.drafts import DocumentState, Revised, append, bundle, revision
from careergraph.store.editing.reviews import restore_review
from careergraph.store.editing.revisions import Cause


def newer_drafts(
    session: Session,
    state: DocumentState,
    after: int = 0,
    *,
    partial: bool = False,
    scheduled: Collection[int] | None = None,
) -> dict[int, Revised]:
    """Return the open draft, and the revisions that its release and its schedules publish, of numbers beyond `after`,
    oldest first; with `partial`, those of all its schedules, which publish other locales. `scheduled` are those
    revisions, where they are read for many documents at once."""
    numbers = {it for it in (state.draft, state.release_revision) if it is not None and it > after}
    if scheduled is None:
        scheduled = schedules.scheduled_revisions(session, [state.key]).get(state.key, ())
    numbers |= {it for it in scheduled if partial or it > after}
    revisions = {number: revision(session, state.key, number) for number in sorted(numbers)}
    return {number: draft for number, draft in revisions.items() if draft is not None}


def keep_drafted(
    session: Session, state: DocumentState, drafts: Mapping[int, Revised], author: str = "", cause: Cause = Cause.KEPT
) -> None:
    """Append drafts of a document as it stood before, under the key that they have now, by their authors or by one.
    The document's draft is closed already. They stay in review, and approved unless they refer to something else."""
    key, numbers = state.key, dict[int, int]()
    for number, draft in drafts.items():
        key = draft.key
        numbers[number] = append(session, key, draft.body, author or draft.author, draft.note, cause)
    schedules.renumber(session, key, numbers)
    imported.renumber(session, key, numbers)
    if state.release_revision in numbers:
        bundle(session, {key: numbers[state.release_revision]}, state.release)
    if numbers:
        before = state if state.draft in numbers else replace(state, review=False)
        restore_review(session, before, key, {} if cause is Cause.REPLACED else numbers)
