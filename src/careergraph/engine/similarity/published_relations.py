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
            Relation(related, rank, relations.source)
            for relations in career.relations
            for rank, id in enumerate(relations.ids, 1)
            if (related := catalog.careers_by_id.get((relations.scheme, id))) is not None and related is not career
        ]
    )
