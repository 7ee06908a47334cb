"""CatalogChanges: the pages that changed since a version, so that a site makes these anew and no others."""

import msgspec
import strawberry

from careergraph.api.base.arguments import checked_count
from careergraph.api.base.context import Context
from careergraph.api.base.describe import field, named, object_type
from careergraph.api.base.enums import PageChange, PageKind, Sweep
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import pack, unpack
from careergraph.api.base.page import PAGE_SIZE
from careergraph.api.base.page_key import KINDS, START, PageKey, renamed
from careergraph.api.changes.detect import ChangeDetector, ChangedPages
from careergraph.editorial.preview import affected_pages
from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.version import ENGINE


@object_type
class ChangedPage:
    """A page that changed."""

    place: strawberry.Private[PageKey]
    became: strawberry.Private[PageChange]
    after: strawberry.Private[Catalog]

    @named("page")
    def kind(self) -> PageKind:
        """What the page is of."""
        return self.place.page

    @field
    def slug(self) -> str:
        """Its slug: the canonical one of a comparison."""
        return self.place.slug

    @field
    def change(self) -> PageChange:
        """What became of it."""
        return self.became

    @field
    def new_slug(self) -> str | None:
        """The slug of the page that stands in its place, where it vanished because what it is of was renamed; null
        otherwise."""
        return renamed(self.after, self.place)


@object_type
class CatalogChanges:
    """The pages whose answer changed between two versions of the catalog. A page's answer is that to the trusted
    document of its kind, such as `comparison.graphql` or `career.graphql`, in any locale."""

    before: strawberry.Private[int]
    after: strawberry.Private[Catalog]
    sweep: strawberry.Private[tuple[affected_pages.Sweep, ...]]
    changed_pages: strawberry.Private[ChangedPages]

    @field
    def since(self) -> int:
        """The version that the changes begin at."""
        return self.before

    @field
    def version(self) -> int:
        """The version that they lead up to: what to ask `since` the next time."""
        return self.after.version

    @field
    def engine(self) -> str:
        """The version of the rules and the wording: what to give as `engine` the next time."""
        return ENGINE

    @field
    def everything(self) -> bool:
        """Whether every page is to be taken as changed. `pages` is empty then."""
        return bool(self.sweep)

    @field
    @traits(size=2)
    def because(self) -> list[Sweep]:
        """Why every page is; empty where not every one is."""
        return list(self.sweep)

    @field
    @traits(size=100)
    def pages(self) -> list[ChangedPage]:
        """The pages that changed: careers, skills, collections, categories, then comparisons, each by slug. There may
        be fewer than were asked for, or none, and still more behind them."""
        return [ChangedPage(place, change, self.after) for place, change in self.changed_pages.pages]

    @field
    def next(self) -> str | None:
        """What to give as `after` for the pages behind these; null where these are the last."""
        place = self.changed_pages.next
        return None if place is None else pack((self.before, self.after.version, place))


def changes(
    info: strawberry.Info[Context, None], since: int, engine: str | None, first: int | None, after: str | None
) -> CatalogChanges:
    """The pages that changed since a version. Raises CodedError BAD_VERSION, BAD_CURSOR, BAD_PAGE or TOO_MANY."""
    count = checked_count(first, PAGE_SIZE)
    until, beyond = _beyond(info.context, since, after)
    if since == 0:
        return _swept(since, until, affected_pages.Sweep.NOTHING_BEFORE)
    if engine is not None and engine != ENGINE:
        return _swept(since, until, affected_pages.Sweep.ENGINE)
    if since > until.version:
        raise bad_version()
    before = info.context.catalog_of(since)
    core = info.schema._schema  # Strawberry has no public name for the graphql-core schema
    changed = ChangeDetector(schema=core, before=before, after=until, as_of=info.context.as_of)
    if changed.touched.sweep:
        return _swept(since, until, *changed.touched.sweep)
    return CatalogChanges(since, until, (), changed.find(count, beyond))


def bad_version() -> CodedError:
    """The refusal of a version."""
    return CodedError(Code.BAD_VERSION, "The catalog has no such version, or not yet.")


def _swept(since: int, until: Catalog, *sweep: affected_pages.Sweep) -> CatalogChanges:
    return CatalogChanges(since, until, sweep, ChangedPages((), None))


def _beyond(context: Context, since: int, cursor: str | None) -> tuple[Catalog, PageKey]:
    """The catalog that changes lead up to, and the place to go on behind: a cursor keeps to the catalog that it was
    made of, whatever is published meanwhile."""
    if cursor is None:
        return context.catalog, START
    try:
        began, version, place = msgspec.json.decode(unpack(cursor), type=tuple[int, int, PageKey])
    except (ValueError, msgspec.MsgspecError, RecursionError):
        raise _bad_cursor() from None
    if began != since or version > context.catalog.version or not 0 <= place.kind < len(KINDS):
        raise _bad_cursor()
    return context.catalog if version == context.catalog.version else context.catalog_of(version), place


def _bad_cursor() -> CodedError:
    return CodedError(Code.BAD_CURSOR, "The cursor was not handed out by this field with this version.")
