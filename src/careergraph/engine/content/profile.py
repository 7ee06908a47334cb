"""Profile: the work of a career, and the careers that are published as related to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from careergraph.engine.content.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the work of a career consists of, in the catalog's default locale.

    `tasks` are statements of what is done. `activities` are those of a list that many careers share, so that the same
    words mean the same; one may come several times. `knowledge` is how important each field is by its name, from 0 up,
    on one scale for all careers of a source.
    """

    source: Source
    tasks: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    knowledge: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRelations:
    """The careers that a source calls related to one, nearest first, by their ids in a scheme."""

    source: Source
    scheme: str
    ids: tuple[str, ...]
