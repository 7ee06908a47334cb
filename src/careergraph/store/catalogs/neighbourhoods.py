"""Stored neighbourhoods: those of each catalog version, each row from one version on until a later row replaces it.

A row holds the neighbours of one career, the row `*` what things weigh from its version on. The row without a slug
names the rules, and the version whose content the rows up to here follow from; publishes do not wait for it, so that
content may be older than the version. What is missing can be worked out again: a version without such a row loses
nothing but time.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Text, cast, delete, func, insert, select
from sqlalchemy.orm import Session

from careergraph.engine.content.neighbour import Neighbour, Neighbourhoods
from careergraph.engine.similarity.vectors import RULES
from careergraph.store.catalogs.neighbour_rows import RARITY, WHOLE, Later, Mark, mark_of, neighbours_in
from careergraph.store.tables.content import NeighbourhoodRow

_TABLE = NeighbourhoodRow.__table__
_is_career = _TABLE.c.slug.not_in((WHOLE, RARITY))
_text = cast(_TABLE.c.body, Text)


def mark_at(session: Session, version: int) -> Mark | None:
    """Return the mark that holds at a version; None where there is none, or one of other rules than the present."""
    query = select(_TABLE.c.version, _TABLE.c.body).where(_TABLE.c.slug == WHOLE, _TABLE.c.version <= version)
    row = session.execute(query.order_by(_TABLE.c.version.desc()).limit(1)).first()
    return None if row is None else mark_of(row.version, row.body)


def stored_rows(session: Session, version: int) -> Neighbourhoods | None:
    """Return the rows that hold at a version, by slug; None where `mark_at` is None."""
    if mark_at(session, version) is None:
        return None
    until = select(_TABLE.c.slug, func.max(_TABLE.c.version).label("version")).where(_TABLE.c.version <= version)
    last = until.group_by(_TABLE.c.slug).subquery()
    same = (_TABLE.c.slug == last.c.slug) & (_TABLE.c.version == last.c.version)
    query = select(_TABLE.c.slug, _text).join(last, same).where(_is_career)
    rows = session.execute(query.order_by(_TABLE.c.slug)).all()
    return Later(lambda: {slug: near for slug, near in neighbours_in(rows).items() if near is not None})


def rarity_at(session: Session, version: int) -> str | None:
    """Return what things weigh at a version, as `Catalog.rarity`; None where it is not kept, or `mark_at` is None."""
    if mark_at(session, version) is None:
        return None
    query = select(_TABLE.c.body).where(_TABLE.c.slug == RARITY, _TABLE.c.version <= version)
    return session.scalar(query.order_by(_TABLE.c.version.desc()).limit(1))


def rows_between(session: Session, after: int, until: int) -> dict[str, tuple[Neighbour, ...] | None]:
    """Return the last row of each slug of the versions beyond `after`, up to `until`; None for a career that went."""
    between = _is_career & (_TABLE.c.version > after) & (_TABLE.c.version <= until)
    return neighbours_in(session.execute(select(_TABLE.c.slug, _text).where(between).order_by(_TABLE.c.version)))


def rows_before(session: Session, at: int, since: int) -> dict[str, tuple[Neighbour, ...] | None]:
    """Return the rows that hold at a version, of the slugs that have another in the versions beyond it, up to `since`;
    None for a career that had none."""
    later = select(_TABLE.c.slug).where(_is_career, _TABLE.c.version > at, _TABLE.c.version <= since).distinct()
    until = select(_TABLE.c.slug, func.max(_TABLE.c.version).label("version"))
    last = until.where(_TABLE.c.slug.in_(later), _TABLE.c.version <= at).group_by(_TABLE.c.slug).subquery()
    same = (_TABLE.c.slug == last.c.slug) & (_TABLE.c.version == last.c.version)
    rows = neighbours_in(session.execute(select(_TABLE.c.slug, _text).join(last, same)))
    return {**dict.fromkeys(session.scalars(later)), **rows}


def store_rows(
    session: Session,
    version: int,
    content: int,
    rows: Mapping[str, tuple[Neighbour, ...] | None],
    rarity: str | None = None,
) -> None:
    """Store rows from a version on (None: the career went), what things weigh from there on where that changed, and the
    mark that all follow from a version's content."""
    cells: list[dict[str, Any]] = [{"slug": WHOLE, "body": [RULES] if content == version else [RULES, content]}]
    cells += [] if rarity is None else [{"slug": RARITY, "body": rarity}]
    cells += [
        {"slug": slug, "body": None if near is None else msgspec.to_builtins(near)} for slug, near in rows.items()
    ]
    again = (WHOLE,) if rarity is None else (WHOLE, RARITY)  # a renewal of what came meanwhile may change no row
    session.execute(delete(NeighbourhoodRow).where(_TABLE.c.version == version, _TABLE.c.slug.in_(again)))
    session.execute(insert(NeighbourhoodRow), [{"version": version, **row} for row in cells])


def drop_rows(session: Session) -> None:
    """Delete all rows, as none is by the present rules: no version reads them any longer."""
    session.execute(delete(NeighbourhoodRow))
