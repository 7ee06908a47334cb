"""Releases: named bundles of drafts that become live as one version. See `drafts` for the drafts in one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, false, or_, select, update
from sqlalchemy.orm import Session

from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.database.sorted_query import SortedQuery, holding, matching
from careergraph.store.tables.editing import DocumentRow, ReleaseRow
from careergraph.store.tables.table import value_of


class Status(DescribedEnum):
    """How a release stands."""

    OPEN = "OPEN", "Drafts may still be put in, and it may be published."
    PUBLISHED = "PUBLISHED", "It became a version of the catalog."
    DISCARDED = "DISCARDED", "It was closed without publishing it."


class Order(DescribedEnum):
    """The sort keys of releases."""

    CREATED = "CREATED", "When they were opened."
    TITLE = "TITLE", "Their titles."


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
        return self.status is Status.OPEN

    @property
    def status(self) -> Status:
        """How it stands."""
        if self.published_version is not None:
            return Status.PUBLISHED
        return Status.DISCARDED if self.discarded else Status.OPEN


def open_release(session: Session, slug: str, title: str, note: str, author: str) -> Release:
    """Open a release without drafts. Its slug must be free: see `release`."""
    row = ReleaseRow(slug=slug, title=title, note=note, created_by=author, created_at=datetime.now(UTC))
    row.published_version, row.discarded = None, False
    session.add(row)
    session.flush()
    return value_of(Release, row)


def release(session: Session, slug: str) -> Release | None:
    """The release of a slug."""
    row = session.get(ReleaseRow, slug)
    return None if row is None else value_of(Release, row)


def list_releases(  # noqa: PLR0913 - the conditions of a list
    *,
    status: Collection[str] | None = None,
    created_by: str | None = None,
    text: str | None = None,
    slugs: Collection[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    order: str = Order.CREATED,
    descending: bool = True,
) -> SortedQuery[Release]:
    """Return the releases of some status, author, text in slug or title, slugs, and time of opening."""
    query = matching(select(ReleaseRow), {ReleaseRow.created_by: created_by}, (ReleaseRow.created_at, since, until))
    if status is not None:
        query = query.where(or_(false(), *[_STATUS[it] for it in status]))
    if text is not None:
        query = query.where(holding(text, _holds))
    if slugs is not None:
        query = query.where(ReleaseRow.slug.in_(slugs))
    column = {Order.CREATED: ReleaseRow.created_at, Order.TITLE: ReleaseRow.title}[Order(order)]
    make = lambda row: value_of(Release, row[0])  # noqa: E731
    return SortedQuery(query=query, key=(column, ReleaseRow.slug), make=make, descending=descending)


def _holds(word: str) -> ColumnElement[bool]:
    return or_(*[it.icontains(word, autoescape=True) for it in (ReleaseRow.slug, ReleaseRow.title)])


_STATUS: Mapping[str, ColumnElement[bool]] = {
    Status.OPEN: and_(ReleaseRow.published_version.is_(None), ReleaseRow.discarded.is_(False)),
    Status.PUBLISHED: ReleaseRow.published_version.is_not(None),
    Status.DISCARDED: ReleaseRow.discarded.is_(True),
}


def finish(session: Session, slug: str, version: int) -> None:
    """Store the version that a release became. Its drafts are closed by `drafts.close`."""
    session.execute(update(ReleaseRow).where(ReleaseRow.slug == slug).values(published_version=version))


def discard(session: Session, slug: str) -> None:
    """Discard a release. Its drafts stay open, in no release."""
    session.execute(update(DocumentRow).where(DocumentRow.release == slug).values(release=None, release_revision=None))
    session.execute(update(ReleaseRow).where(ReleaseRow.slug == slug).values(discarded=True))
