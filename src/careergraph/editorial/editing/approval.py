"""Approval: how many others must approve a draft before it is published, by the document types of the configuration."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.hooks.proposals import NEEDED
from careergraph.store.documents.documents import Key
from careergraph.store.editing.reviews import count_approvals


def types_in_need(session: Session, types: Iterable[str]) -> list[str]:
    """Return those of some document types whose drafts need approvals."""
    by_type: Mapping[str, int] = session.info.get(NEEDED, {})
    return [it for it in types if by_type.get(it)]


def require_approved(session: Session, revisions: Mapping[Key, int]) -> None:
    """Raise Rejected (NOT_APPROVED) for revisions that too few approved."""
    by_type: Mapping[str, int] = session.info.get(NEEDED, {})
    needed = {key: count for key in revisions if (count := by_type.get(key[0]))}
    counts = count_approvals(session, {key: revisions[key] for key in needed})
    problems = [
        Problem(
            ProblemCode.NOT_APPROVED,
            f"revision {revisions[key]} has {counts[key]} of {count} approvals that it needs by others than authors",
            type=key[0],
            ident=key[1],
        )
        for key, count in needed.items()
        if counts[key] < count
    ]
    if problems:
        raise Rejected(problems)
