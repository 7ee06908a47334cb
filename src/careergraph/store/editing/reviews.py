"""Reviews: who handed a draft in, who reviews it, who approved it, and the comments on its fields.

An approval is of one revision. A comment belongs to the document, and tells of the revision that it was made for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, delete, func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from careergraph.store.database.sorted_query import SortedQuery, matching
from careergraph.store.documents.documents import Key
from careergraph.store.documents.identity import document_ids, id_of
from careergraph.store.documents.rows.query import chunks
from careergraph.store.editing.drafts import DocumentState
from careergraph.store.editing.revisions import OF_DRAFT, SENT_BACK
from careergraph.store.tables.editing import DocumentRow
from careergraph.store.tables.reviews import ApprovalRow, CommentRow
from careergraph.store.tables.table import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """That somebody approved a revision."""

    revision: int
    author: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment on a field of a document, empty for the whole of it, as of a revision."""

    number: int
    document_id: int
    revision: int
    path: str
    text: str
    author: str
    created_at: datetime
    resolved_by: str | None
    resolved_at: datetime | None


def submit(session: Session, key: Key, author: str, assignee: str | None) -> None:
    """Put the open draft into review, for an assignee or nobody in particular."""
    now, sent_back = datetime.now(UTC), dict.fromkeys(SENT_BACK)
    _set(session, key, review=True, submitted_at=now, submitted_by=author, assignee=assignee, **sent_back)


def assign(session: Session, key: Key, assignee: str | None) -> None:
    """Let somebody, or nobody in particular, look at the draft."""
    _set(session, key, assignee=assignee)


def send_back(session: Session, key: Key, author: str, reason: str) -> None:
    """Take the open draft out of review, and its approvals with it."""
    ident = _set(
        session, key, review=False, sent_back_at=datetime.now(UTC), sent_back_by=author, sent_back_reason=reason
    )
    session.execute(delete(ApprovalRow).where(ApprovalRow.document_id == ident))


def restore_review(session: Session, before: DocumentState, key: Key, revisions: Mapping[int, int]) -> None:
    """Let the reopened draft of a document be in review as `before`, with its contributors and its approvals, whose
    revisions have new numbers."""
    [ident] = document_ids(session, [key]).values()
    now = session.scalar(select(DocumentRow.contributors).where(DocumentRow.id == ident)) or []
    cells = {name: getattr(before, name) for name in ("review", *OF_DRAFT)}
    _set(session, key, **{**cells, "contributors": sorted({*now, *before.contributors})})
    for old, new in revisions.items():
        same = ApprovalRow.document_id == ident, ApprovalRow.revision == old
        session.execute(update(ApprovalRow).where(*same).values(revision=new))


def approve(session: Session, key: Key, revision: int, author: str) -> bool:
    """Add an approval of a revision; False where its author approved it before."""
    [ident] = document_ids(session, [key]).values()
    if session.get(ApprovalRow, (ident, revision, author)) is not None:
        return False
    cells = {"document_id": ident, "revision": revision, "author": author, "created_at": datetime.now(UTC)}
    session.execute(insert(ApprovalRow).values(cells))
    return True


def copy_approvals(session: Session, key: Key, revision: int, other: int) -> None:
    """Let another revision of a document be approved as one is."""
    for approval in approvals(session, key, revision):
        approve(session, key, other, approval.author)


def approvals(session: Session, key: Key, revision: int) -> tuple[Approval, ...]:
    """Return the approvals of a revision, oldest first."""
    query = select(ApprovalRow).where(ApprovalRow.document_id == id_of(key), ApprovalRow.revision == revision)
    rows = session.scalars(query.order_by(ApprovalRow.created_at, ApprovalRow.author))
    return tuple([value_of(Approval, row) for row in rows])


def count_approvals(session: Session, revisions: Mapping[Key, int]) -> dict[Key, int]:
    """Return how many approvals revisions have, by document."""
    keys = {ident: key for key, ident in document_ids(session, revisions).items()}
    counts = dict.fromkeys(revisions, 0)
    for some in chunks(keys):
        rows = session.execute(select_approvals([(ident, revisions[keys[ident]]) for ident in some]))
        counts |= {keys[row[0]]: row[1] for row in rows}
    return counts


def select_approvals(places: Sequence[tuple[int, int]]) -> Select[int, int]:
    """Return the query for how many approvals revisions of documents (by id) have: by their documents alone it finds
    them by an index, as SQLite does not find pairs."""
    document, both = ApprovalRow.document_id, tuple_(ApprovalRow.document_id, ApprovalRow.revision)
    among = document.in_([ident for ident, _ in places]), both.in_(places)
    return select(document, func.count()).where(*among).group_by(document)


def add_comment(session: Session, key: Key, revision: int, path: str, text: str, author: str) -> Comment:  # noqa: PLR0913, PLR0917 - its fields
    """Add a comment."""
    [ident] = document_ids(session, [key]).values()
    row = CommentRow(document_id=ident, revision=revision, path=path, text=text, author=author)
    row.created_at, row.resolved_by, row.resolved_at = datetime.now(UTC), None, None
    session.add(row)
    session.flush()
    return _comment(row)


def comment(session: Session, number: int) -> tuple[Comment, Key] | None:
    """Return a comment, and the key of its document."""
    query = select(CommentRow, DocumentRow.document_type, DocumentRow.slug)
    row = session.execute(query.join(DocumentRow).where(CommentRow.id == number)).first()
    return None if row is None else (_comment(row[0]), (row[1], row[2]))


def resolve(session: Session, number: int, author: str | None) -> None:
    """Mark a comment as resolved by somebody, or (None) as open again."""
    cells = {"resolved_by": author, "resolved_at": None if author is None else datetime.now(UTC)}
    session.execute(update(CommentRow).where(CommentRow.id == number).values(cells))


def list_comments(
    document_id: int,
    *,
    resolved: bool | None = None,
    revision: int | None = None,
    author: str | None = None,
    descending: bool = False,
) -> SortedQuery[Comment]:
    """Return the comments on a document, oldest first: resolved ones or the others, those as of a revision, and those
    of an author."""
    equal = {CommentRow.document_id: document_id, CommentRow.revision: revision, CommentRow.author: author}
    query = matching(select(CommentRow), equal)
    if resolved is not None:
        query = query.where(CommentRow.resolved_at.is_not(None) if resolved else CommentRow.resolved_at.is_(None))
    return SortedQuery(query=query, key=(CommentRow.id,), make=lambda row: _comment(row[0]), descending=descending)


def _set(session: Session, key: Key, **cells: object) -> int:
    """Change the row of a document. Return its id."""
    [ident] = document_ids(session, [key]).values()
    session.execute(update(DocumentRow).where(DocumentRow.id == ident).values(cells))
    return ident


def _comment(row: CommentRow) -> Comment:
    return value_of(Comment, row, number=row.id)
