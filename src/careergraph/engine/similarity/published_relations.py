"""Relations: which careers are published as related to one."""

from typing import NamedTuple

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.source import Source


class Relation(NamedTuple):
    """That a source calls a career related, at a place in its list, from 1."""

    career: Career
    rank: int
    source: Source


def published(catalog: Catalog, career: Career) -> tuple[Relation, ...]:
    """The careers that sources call related to one, each list nearest first. What is not in the catalog is left out."""
    return tuple(
        [
            Relation(found, rank, it.source)
            for it in career.relations
            for rank, id in enumerate(it.ids, 1)
            if (found := catalog.careers_by_id.get((it.scheme, id))) is not None and found is not career
        ]
    )
