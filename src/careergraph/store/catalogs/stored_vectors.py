"""Stored vectors: those that the newest stored neighbours follow from, so that nobody waits until all careers are read
when he asks what a change would move. They belong to one mark: a release that does not know them leaves a mark of its
own, and they are no longer read."""

from binascii import a2b_base64, b2a_base64
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from careergraph.engine.similarity.packed_vectors import PackedVectors
from careergraph.engine.similarity.vectors import RULES
from careergraph.store.catalogs.neighbour_rows import Mark
from careergraph.store.tables.vectors import CareerVectorRow

SHARED = ""
"""The slug of the row of what all vectors share."""

_TABLE = CareerVectorRow.__table__


class _Shared(msgspec.Struct, array_like=True):
    """What all vectors share, and the rules of their neighbours."""

    rules: str
    things: list[str]
    counts: list[int]
    rarity: list[int]
    whole: int
    fields: list[str]


_decode = msgspec.json.Decoder(_Shared).decode


def stored_vectors(session: Session, mark: Mark) -> PackedVectors | None:
    """Return the vectors that the neighbours of a mark follow from; None where others are stored, or none."""
    head = session.scalar(select(_TABLE.c.body).where(_TABLE.c.slug == SHARED, _TABLE.c.version == mark.version))
    shared = None if head is None else _decode(head)
    if shared is None or shared.rules != RULES:
        return None
    rows = session.execute(select(_TABLE.c.slug, _TABLE.c.body).where(_TABLE.c.slug != SHARED).order_by(_TABLE.c.slug))
    return PackedVectors(
        things=shared.things,
        counts=shared.counts,
        rarity=shared.rarity,
        whole=shared.whole,
        fields=shared.fields,
        rows={slug: a2b_base64(body) for slug, body in rows},
    )


def store_vectors(session: Session, version: int, packed: PackedVectors, former: PackedVectors | None) -> None:
    """Store the vectors that the neighbours of a version follow from, over `former` ones, which are stored."""
    before = {} if former is None else former.rows
    fresh = {slug: row for slug, row in packed.rows.items() if before.get(slug) != row}
    gone = [slug for slug in before if slug not in packed.rows]
    replaced = [SHARED, *gone, *[slug for slug in fresh if slug in before]]
    # by slug rather than by lists: these may be longer than a statement can be
    for slug in replaced if former is not None else ():
        session.execute(delete(CareerVectorRow).where(_TABLE.c.slug == slug))
    if former is None:
        session.execute(delete(CareerVectorRow))
    shared = _Shared(
        RULES, list(packed.things), list(packed.counts), list(packed.rarity), packed.whole, list(packed.fields)
    )
    bodies = {slug: b2a_base64(row, newline=False).decode() for slug, row in fresh.items()}
    cells: list[dict[str, Any]] = [{"slug": SHARED, "body": msgspec.json.encode(shared).decode()}]
    cells += [{"slug": slug, "body": body} for slug, body in bodies.items()]
    session.execute(insert(CareerVectorRow), [{"version": version, **cell} for cell in cells])


def keep_vectors(session: Session, mark: Mark, version: int) -> None:
    """Let the vectors of a mark be those of a later version, whose neighbours follow from the same."""
    shared = (_TABLE.c.slug == SHARED) & (_TABLE.c.version == mark.version)
    session.execute(update(CareerVectorRow).where(shared).values(version=version))
