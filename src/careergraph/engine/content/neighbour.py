"""Neighbour: a career near another one, how near, and by what."""

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


Neighbourhoods = Mapping[str, tuple[Neighbour, ...]]
"""The neighbours of each career, nearest first, then by slug."""
