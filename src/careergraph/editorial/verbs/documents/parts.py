"""Parts: texts of drafts in some locales, as revisions of their own, which a release publishes while the rest waits.

A part is what would be live once those texts are: all else is as it is live now. So it is previewed, compared,
scheduled and published as any revision, and out of date as soon as something else goes live. The draft stays open
after it.
"""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.newer_drafts import keep_drafted, newer_drafts
from careergraph.editorial.verbs.documents.publish import open_drafts
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import DocumentState, append
from careergraph.store.editing.reviews import copy_approvals
from careergraph.store.editing.revisions import Cause


def set_parts_apart(session: Session, current: Mapping[Key, DocumentState], locales: LocaleFilter) -> dict[Key, int]:
    """Add a revision of the texts of each open draft in some locales, and return its number; that of the draft where
    nothing else would wait. Whoever approved a draft approved its parts. Raises Rejected, also where a draft changes
    nothing in these locales, and Conflict."""
    drafts = open_drafts(session, {key: state.draft or 0 for key, state in current.items()}, locales)
    numbers: dict[Key, int] = {}
    for key, state in current.items():
        if key not in drafts:
            raise rejection(ProblemCode.NO_DRAFT, "the draft changes nothing in these locales", key)
        number, body, partial = drafts[key]
        numbers[key] = number
        if partial:
            rest = newer_drafts(session, state, number - 1)
            whole = rest[number]
            numbers[key] = append(session, key, body, whole.author, whole.note, Cause.KEPT)
            copy_approvals(session, key, number, numbers[key])
            keep_drafted(session, state, rest)
    return numbers
