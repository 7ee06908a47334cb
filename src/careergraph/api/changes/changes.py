"""CatalogChanges: the pages that changed since a version, so that a site makes these anew and no others."""

from typing import NamedTuple

import msgspec
import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.context import Context
from careergraph.api.base.declare import Mirror, attr, children, object_type
from careergraph.api.base.enums import PageChange, PageKind, Sweep
from careergraph.api.base.node_id import pack, unpack
from careergraph.api.base.page_key import KINDS, START, PageKey, renamed
from careergraph.api.changes.detect import Change, ChangeDetector, ChangedPages
from careergraph.editorial.preview import affected_pages
from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.version import ENGINE
from careergraph.store.catalogs.version_info import EPOCH


class Difference(NamedTuple):
    """The pages that changed from the version `since` to a catalog; `sweep` is why every page counts as changed."""

    since: int
    after: Catalog
    sweep: tuple[affected_pages.Sweep, ...]
    changed: ChangedPages


def next_cursor(of: Difference) -> str | None:
    """Return the cursor of the pages after these; None where these are the last."""
    key = of.changed.next
    return None if key is None else pack((of.since, of.after.version, key))


@object_type(Change, "A page that changed.")
class ChangedPage(Mirror):
    parent: strawberry.Private[Difference]

    kind: PageKind = attr("The kind of the page.", "key.page", name="page")
    slug: str = attr("The slug of the page: the canonical one of a comparison.", "key.slug")
    change: PageChange = attr("How the page changed.")
    new_slug: str | None = attr(
        "The slug of the page in its place, where it vanished because its document was renamed; null otherwise.",
        lambda of, parent: renamed(parent.after, of.key),
    )


@object_type(
    Difference,
    "The pages whose response changed between two versions of the catalog. The response of a page is that to the "
    "trusted document of its kind, such as `comparison.graphql` or `career.graphql`, in any locale.",
)
class CatalogChanges(Mirror):
    since: int = attr("The version that the changes begin at.")
    version: int = attr("The version that they lead up to: the next `since`.", "after.version")
    engine: str = attr("The version of the rules and the wording: the next `engine`.", lambda: ENGINE)
    everything: bool = attr(
        "Whether every page is to be taken as changed. `pages` is empty then.", lambda of: bool(of.sweep)
    )
    because: list[Sweep] = attr("The reasons for that; empty where there are none.", "sweep", size=2)
    pages: list[ChangedPage] = children(
        "The pages that changed: careers, skills, collections, categories, then comparisons, each by slug. There may "
        "be fewer than requested, or none, and still more after them.",
        "changed.pages",
        size=100,
    )
    next: str | None = attr("The next `after`; null where these are the last pages.", next_cursor)


def changes(info: Info, since: int, engine: str | None, count: int, after: str | None) -> Difference:
    """Return the pages that changed since a version. Raises CodedError BAD_VERSION, BAD_CURSOR, BAD_PAGE,
    TOO_MANY."""
    until, beyond = _beyond(info.context, since, after)
    if since == 0:
        return _swept(since, until, affected_pages.Sweep.NOTHING_BEFORE)
    if engine is not None and engine != ENGINE:
        return _swept(since, until, affected_pages.Sweep.ENGINE)
    if not 0 <= since <= until.version:
        raise CodedError(Code.BAD_VERSION, "The catalog has no such version, or not yet.")
    if since // EPOCH != until.version // EPOCH:
        return _swept(since, until, affected_pages.Sweep.RESTORED)
    before = info.context.catalog_of(since)
    core = info.schema._schema  # Strawberry has no public name for the graphql-core schema
    changed = ChangeDetector(schema=core, before=before, after=until, as_of=info.context.as_of)
    if changed.touched.sweep:
        return _swept(since, until, *changed.touched.sweep)
    return Difference(since, until, (), changed.find(count, beyond))


def _swept(since: int, until: Catalog, *sweep: affected_pages.Sweep) -> Difference:
    return Difference(since, until, sweep, ChangedPages((), None))


def _beyond(context: Context, since: int, cursor: str | None) -> tuple[Catalog, PageKey]:
    """Return the catalog that changes lead up to, and the last page before the requested ones: a cursor keeps to its
    catalog, also when another one is published."""
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
