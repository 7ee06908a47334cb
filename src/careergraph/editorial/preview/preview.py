"""Previews: the catalog with the drafts of a selection laid over the live documents, cached for preview tokens."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.editing_database import Desk
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.outcome import Body, Rejected, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import existing_state, no_draft
from careergraph.editorial.editing.document_state import newest as newest_number
from careergraph.editorial.editing.draft_body import decode_draft
from careergraph.editorial.editing.former_names import present_body
from careergraph.editorial.editing.guards import require_open
from careergraph.editorial.editing.validation import require_step_valid, surroundings
from careergraph.editorial.preview import mending
from careergraph.editorial.preview.draft_catalog import catalog_of, draft_catalog, take_vectors
from careergraph.editorial.preview.mending import Laid
from careergraph.editorial.preview.opened import Opened
from careergraph.editorial.preview.selection import Selection, revisions_of, selection_of
from careergraph.engine.comparison.reuse import reuse
from careergraph.engine.content import Catalog
from careergraph.store.access.tokens import Kind, find, find_by_ticket, ticket_of
from careergraph.store.catalogs.catalog_cache import Built, CatalogCache
from careergraph.store.catalogs.catalogs import pause_collector
from careergraph.store.catalogs.past import NOTHING, CatalogVersionInfo, live_documents, newest
from careergraph.store.catalogs.update import update_catalog
from careergraph.store.documents.documents import BY_TYPE, Key, PairDocument, key_of
from careergraph.store.documents.rows import read
from careergraph.store.editing.drafts import (
    Revised,
    bodies_at,
    drafts,
    keys_by_revision,
    revision_ids,
    revisions_by_id,
    states,
)

LOG = logging.getLogger("careergraph.preview")


def lay_over_catalog(session: Session, live: Catalog, selection: Selection) -> Catalog:
    """Return the live catalog with the open drafts of a selection laid over. Raises Rejected where they make no valid
    one."""
    return take_step(session, live, bodies_at(session, revisions_of(session, selection)))


def take_step(session: Session, live: Catalog, bodies: Mapping[Key, Body | None]) -> Catalog:
    """Return the live catalog with these documents laid over, and without those whose body is None. Raises Rejected
    where they make no valid one."""
    fresh = {it: decode_draft(it, body) for it, body in bodies.items() if body is not None}
    removed = [it for it, body in bodies.items() if body is None]
    before = {key_of(document): document for document in read(session, bodies)}
    require_step_valid(session, before, list(fresh.values()), removed)
    published = {ident: live.published_at for _, ident in bodies}
    published |= {slug: career.published_at for slug, career in live.careers.items() if slug in published}
    changes = {it: fresh.get(it) for it in bodies if fresh.get(it) != before.get(it)}
    info = CatalogVersionInfo(live.version, live.published_at)
    laid = update_catalog(live, info, changes, published, live.redirects)
    if laid is None:
        every = {key_of(document): document for document in live_documents(session)} | fresh
        laid = catalog_of(session, [document for it, document in every.items() if it not in removed])
    take_vectors(session, live)
    laid = replace(laid, base=live, rarity=live.rarity)
    reuse(laid, live)
    return laid


def preview(session: Session, selection: Selection, live: Catalog | None = None) -> tuple[Catalog, Laid]:
    """Return the catalog of a selection, with the version of the live one, and what of its drafts is not as it will
    be; made of a `live` catalog, where there is one at hand. Raises KeyError or ValueError where documents make no
    catalog."""
    drafted = _bodies(session, revisions_by_id(session, selected_ids(session, selection)))
    laid = mending.lay_over(drafted, lambda documents, removed: surroundings(session, documents, removed))
    return draft_catalog(session, laid.changes, live), laid


def selected_ids(session: Session, selection: Selection) -> tuple[int, ...]:
    """Return the ids of the revisions of a selection."""
    if selection.pinned is not None:
        return selection.pinned
    return tuple(sorted(revision_ids(session, revisions_of(session, selection)).values()))


def _bodies(session: Session, revisions: Mapping[Key, Revised]) -> dict[Key, Body | None]:
    """Return the bodies of revisions under the names that documents have now."""
    bodies: dict[Key, Body | None] = {}
    for key in sorted(revisions):
        revision, body = revisions[key], revisions[key].body
        if body is not None:
            try:
                body = present_body(session, key, revision)
            except Rejected:  # it refers to what is gone, which the preview tells
                body = body if key[0] == PairDocument.TYPE else {**body, BY_TYPE[key[0]].IDENT: key[1]}
        bodies[key] = body
    return bodies


def newer_than(session: Session, selection: Selection) -> tuple[Key, ...]:
    """Return the documents of a pinned selection that have a newer state than the pinned one, and those that came into
    its release since; none for one that follows."""
    if selection.pinned is None:
        return ()
    pinned = revisions_by_id(session, selection.pinned)
    members = revisions_of(session, replace(selection, pinned=None)) if selection.release is not None else {}
    current = states(session, dict.fromkeys((*pinned, *members)))
    numbers = {
        key: number
        for key, state in current.items()
        if (number := newest_number(state)) is not None and (key in members or pinned[key].document_id == state.id)
    }
    others = {key: ident for key, ident in revision_ids(session, numbers).items() if ident not in selection.pinned}
    former = _bodies(session, {key: revision for key, revision in pinned.items() if key in others})
    bodies = bodies_at(session, {key: numbers[key] for key in others})
    return tuple(sorted(key for key, body in bodies.items() if key not in former or former[key] != body))


def require_selection(session: Session, actor: Actor, verb: Verb, selection: Selection) -> None:
    """Require that all of a selection is within the actor's scope, and an open draft or release. Raises Denied and
    Rejected."""
    for selected in selection.keys:
        permit(actor, verb, selected)
    if selection.release is not None:
        require_open(session, selection.release)
        for draft in drafts(session, selection.release):
            permit(actor, verb, draft.key)
    elif not selection.keys:
        raise rejection(ProblemCode.NO_DRAFT, "name drafts or a release")
    for selected in selection.keys:
        if existing_state(session, selected).draft is None:
            raise no_draft(selected)


MOST = 4
"""The most cached catalogs of previews."""

MOST_LAID = 100
"""The previews whose problems are kept: more than there are catalogs that somebody still reads."""

OWN = "drafts"
"""The name of a preview of one's own drafts: no token has it, so nothing can be fetched by its ids."""

Mark = tuple[CatalogVersionInfo, tuple[tuple[Key, int], ...]]
"""The key of a cached preview: the live version, and the ids of the drafts' revisions by their documents' names."""


class Previews:
    """The previews of one desk. May be shared by threads; opening one may block."""

    def __init__(
        self, desk: Desk, live: Callable[[], Catalog | None], prepare: Callable[[Catalog, Catalog], Iterable[None]]
    ) -> None:
        """`live` returns the live catalog, where there is one at hand: previews are made of it, and `prepare` takes
        what was derived of it, step by step."""
        self._desk, self._live, self._prepare = desk, live, prepare
        self._shelf: CatalogCache[Mark] = CatalogCache(MOST)
        self._laid: dict[Mark, Laid] = {}

    def open(self, secret: str) -> Opened | None:
        """Open the preview of a secret; None for an unknown, expired or revoked one, and where not even the live
        documents make a catalog. The token is looked up each time, so that revoking works at once. Raises
        DatabaseProblem."""
        with self._desk.reading() as session:
            token = find(session, secret, datetime.now(UTC), Kind.PREVIEW)
            if token is None or token.grant.expires_at is None:
                return None
            selection = selection_of(session, token)
            opened = self._open(session, selection)
            newer = newer_than(session, selection)
        if opened is None:
            return None
        catalog, laid = opened
        return Opened(
            name=token.prefix,
            expires_at=token.grant.expires_at,
            catalog=catalog,
            mode=selection.mode,
            laid=laid,
            newer=newer,
            ticket=ticket_of(token, secret),
        )

    def open_drafts(self, keys: tuple[Key, ...]) -> Opened | None:
        """Open the drafts of these documents, for somebody who may see them: no token, so no ticket to unpublished
        images; None where not even the live documents make a catalog. Raises DatabaseProblem."""
        with self._desk.reading() as session:
            opened = self._open(session, selection := Selection(keys=keys))
        if opened is None:
            return None
        catalog, laid = opened
        never = datetime.max.replace(tzinfo=UTC)
        return Opened(name=OWN, expires_at=never, catalog=catalog, mode=selection.mode, laid=laid, newer=(), ticket="")

    def catalog_of_ticket(self, ticket: str) -> Catalog | None:
        """Return the catalog of the preview that a ticket is of; None as `open` does. Raises DatabaseProblem."""
        with self._desk.reading() as session:
            token = find_by_ticket(session, ticket, datetime.now(UTC), Kind.PREVIEW)
            opened = None if token is None else self._open(session, selection_of(session, token))
        return None if opened is None else opened[0]

    def _open(self, session: Session, selection: Selection) -> tuple[Catalog, Laid] | None:
        """Return the catalog of a selection, built in the transaction of its key."""
        keys = keys_by_revision(session, selected_ids(session, selection))
        mark = newest(session) or NOTHING, tuple(sorted((key, ident) for ident, key in keys.items()))
        try:
            return self._shelf.get(mark, lambda *_: self._build(session, selection, mark)), self._laid[mark]
        except (Rejected, KeyError, ValueError):
            LOG.exception("no catalog for a preview")
            return None

    def _build(self, session: Session, selection: Selection, mark: Mark) -> Built:
        live = self._live()
        with pause_collector():
            catalog, laid = preview(session, selection, live)
            if live is not None and catalog.attributes is live.attributes:  # otherwise nothing derived is the same
                for _ in self._prepare(catalog, live):
                    pass
        while len(self._laid) >= MOST_LAID:
            self._laid.pop(next(iter(self._laid)), None)
        self._laid[mark] = replace(laid, changes={})
        return Built(catalog)
