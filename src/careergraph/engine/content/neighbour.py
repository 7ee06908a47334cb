"""Neighbour: a career near another one, with the score and the reasons."""

from collections.abc import Mapping
from typing import NamedTuple

from careergraph.engine.content.component import Component

Likeness = tuple[float | None, ...]
"""How alike two careers are in each component, from 0 to 1, in the order of the components; None where either has
nothing there."""


class Shared(NamedTuple):
    """Something that both careers have: an activity, a field of knowledge, a title or a word as it is read, or the slug
    of a skill."""

    component: Component
    text: str


class Neighbour(NamedTuple):
    """A career near another one, by slug: the score of the two, how alike they are, and what they share."""

    slug: str
    score: float
    likeness: Likeness
    shared: tuple[Shared, ...]

    @property
    def evident(self) -> bool:
        """Whether the two share enough that a reader sees why they are near. Others are measured, and never shown."""
        return len(self.shared) >= LEAST_SHARED


LEAST_SHARED = 2
"""Things that a career has in common at least with a neighbour that is shown."""

Neighbourhoods = Mapping[str, tuple[Neighbour, ...]]
"""The nearest careers of each, evident or not, nearest first, then by slug."""
