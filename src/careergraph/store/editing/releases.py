"""Releases: named bundles of drafts that become live as one version. Which drafts, `drafts.drafts(session, slug)` says.

open_release(session, slug, title, note, author) -> Release   release(session, slug) -> Release | None
releases(session, all_of_them=False) -> (Release, ...)        finish(session, slug, version)
discard(session, slug)
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from careergraph.store.tables.editing import ReleaseRow, StateRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release. `published_version` is the version of the catalog that it became."""

    slug: str
    title: str
    note: str
    created_by: str
    created_at: datetime
    published_version: int | None
    discarded: bool

    @property
    def open(self) -> bool:
        """Whether drafts may still be put in, and it may be published."""
        return self.published_version is None and not self.discarded


def open_release(session: Session, slug: str, title: str, note: str, author: str) -> Release:
    """Opens a release without drafts. Its slug must be free: see `release`."""
    row = ReleaseRow(slug=slug, title=title, note=note, created_by=author, created_at=datetime.now(UTC))
    row.published_version, row.discarded = None, False
    session.add(row)
    session.flush()
    return _release(row)


def release(session: Session, slug: str) -> Release | None:
    """The release of a slug."""
    row = session.get(ReleaseRow, slug)
    return None if row is None else _release(row)


def releases(session: Session, *, all_of_them: bool = False) -> tuple[Release, ...]:
    """The open releases, newest first; or all that ever were."""
    query = select(ReleaseRow).order_by(ReleaseRow.created_at.desc(), ReleaseRow.slug)
    if not all_of_them:
        query = query.where(ReleaseRow.published_version.is_(None), ReleaseRow.discarded.is_(False))
    return tuple([_release(row) for row in session.scalars(query)])


def finish(session: Session, slug: str, version: int) -> None:
    """Notes the version that a release became. Its drafts are closed by `drafts.close`."""
    session.execute(update(ReleaseRow).where(ReleaseRow.slug == slug).values(published_version=version))


def discard(session: Session, slug: str) -> None:
    """Gives a release up. Its drafts stay open, in no release."""
    session.execute(update(StateRow).where(StateRow.release == slug).values(release=None))
    session.execute(update(ReleaseRow).where(ReleaseRow.slug == slug).values(discarded=True))


def _release(row: ReleaseRow) -> Release:
    return Release(
        slug=row.slug,
        title=row.title,
        note=row.note,
        created_by=row.created_by,
        created_at=row.created_at,
        published_version=row.published_version,
        discarded=row.discarded,
    )
