"""Recall: which tokens outlive a restore.

A backup knows nothing of what was revoked after it was made. So a token proves something after a restore only where it
did in the database that is replaced: nothing that was revoked, and nobody knows how much that was, comes back to life.
"""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from careergraph.store.tables.editing import TokenRow


def active_hashes(session: Session) -> frozenset[str]:
    """The hashes of the tokens that are not revoked. Ask before a restore."""
    return frozenset(session.scalars(select(TokenRow.hash).where(TokenRow.revoked_at.is_(None))))


def restore_tokens(session: Session, spared: frozenset[str], now: datetime) -> int:
    """Revokes all tokens but those that are `spared`. Answers how many proved something until now."""
    good = or_(TokenRow.expires_at.is_(None), TokenRow.expires_at > now)
    query = select(TokenRow.id, TokenRow.hash).where(TokenRow.revoked_at.is_(None), good)
    recalled = [row.id for row in session.execute(query.order_by(TokenRow.id)) if row.hash not in spared]
    if recalled:
        session.execute(update(TokenRow).where(TokenRow.id.in_(recalled)).values(revoked_at=now))
    return len(recalled)
