"""Neighbourhoods as they are stored: derived from a version of the catalog, and kept until another one has others.

A row holds the neighbours of one career from a version on; the row without a slug says that all of a version are there,
and by which rules. Whatever is missing can be worked out again, so a version without that row is no loss but of time.
"""

from collections.abc import Mapping
from dataclasses import replace
from sys import intern
from typing import Any

import msgspec
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from careergraph.engine.content import Catalog
from careergraph.engine.content.neighbour import Neighbour, Neighbourhoods
from careergraph.engine.similarity.incremental import renewed
from careergraph.engine.similarity.neighbours import worked_out
from careergraph.engine.similarity.vectors import RULES
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.past import CatalogVersionInfo
from careergraph.store.documents.documents import CareerDocument, Document
from careergraph.store.documents.rows import Key, read_all
from careergraph.store.tables.profiles import NeighbourhoodRow

WHOLE = ""
"""The slug of the row that says that a version's are all there; no career has it."""


def stored_neighbourhoods(session: Session, version: int) -> Neighbourhoods | None:
    """The neighbourhoods of a version; None where they were not stored, or by other rules than the present ones."""
    table = NeighbourhoodRow.__table__
    whole = select(table.c.body).where(table.c.version == version, table.c.slug == WHOLE)
    if session.scalar(whole) != [RULES]:
        return None
    until = select(table.c.slug, func.max(table.c.version).label("version")).where(table.c.version <= version)
    last = until.group_by(table.c.slug).subquery()
    same = (table.c.slug == last.c.slug) & (table.c.version == last.c.version)
    query = select(table.c.slug, table.c.body).join(last, same)
    rows = session.execute(query.where(table.c.slug != WHOLE).order_by(table.c.slug))
    figures: dict[Any, Any] = {}
    return {slug: _read(body, figures) for slug, body in rows if body is not None}


def _read(body: object, figures: dict[Any, Any]) -> tuple[Neighbour, ...]:
    """The neighbours in one row. Equal slugs and figures are one object each: few figures differ, as they are rounded,
    and copies of them would take more memory than all else about neighbours."""
    once = figures.setdefault
    return tuple(
        [
            Neighbour(
                intern(neighbour.slug),
                once(neighbour.score, neighbour.score),
                tuple([once(one, one) for one in neighbour.likeness]),
                tuple([once(one, one) for one in neighbour.shared]),
            )
            for neighbour in msgspec.convert(body, list[Neighbour])
        ]
    )


def renew(session: Session, info: CatalogVersionInfo, changed: Mapping[Key, Document | None]) -> None:
    """Stores the neighbourhoods of the version that was just written. `changed` maps the keys of changed documents to
    their former state, None for a new one. Stores nothing where the documents make no valid catalog; the loader reports
    that."""
    documents = {(it.TYPE, it.ident): it for it in read_all(session)}
    previous = stored_neighbourhoods(session, info.version - 1)
    try:
        after = build_catalog(documents.values(), *info)
        before = None if previous is None else _before(documents, after, info, changed)
    except (KeyError, ValueError):
        return
    fresh = worked_out(after) if previous is None or before is None else renewed(before, previous, after)
    rows: list[dict[str, Any]] = [{"slug": WHOLE, "body": [RULES]}]
    rows += [
        {"slug": slug, "body": None if slug not in fresh else msgspec.to_builtins(fresh[slug])}
        for slug in sorted({**(previous or {}), **fresh})
        if previous is None or previous.get(slug) != fresh.get(slug)
    ]
    session.execute(insert(NeighbourhoodRow), [{"version": info.version, **row} for row in rows])


def _before(
    documents: Mapping[Key, Document], after: Catalog, info: CatalogVersionInfo, changed: Mapping[Key, Document | None]
) -> Catalog:
    """The catalog before a change. Where only careers changed, all others are the same objects in both."""
    if any(type_name != CareerDocument.TYPE for type_name, _ in changed):
        was = {**documents, **changed}
        return build_catalog([it for it in was.values() if it is not None], *info)
    rest = [it for it in documents.values() if not isinstance(it, CareerDocument)]
    others = build_catalog([*rest, *[it for it in changed.values() if it is not None]], *info).careers
    kept = {slug: it for slug, it in after.careers.items() if (CareerDocument.TYPE, slug) not in changed}
    return replace(after, careers={**kept, **others})
