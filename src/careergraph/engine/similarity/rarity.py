"""Rarity: how much a skill concept tells careers apart, by the share of a catalog's careers that have it."""

from collections.abc import Iterable, Mapping

from careergraph.engine.content.catalog import Catalog
from careergraph.engine.content.skill import Skill
from careergraph.engine.content.skill_weight import halvings

RAREST = 4
"""The rarity of a concept that at most a sixteenth of all careers have; one that more than half have is of rarity 0.

These are grades and no counts, so that a publish, which changes counts all over the catalog, hardly changes any.
"""


def rarities(catalog: Catalog) -> Mapping[str, int]:
    """Return how often the careers of a catalog can be halved, at most `RAREST` times, without becoming fewer than
    those that have a skill concept, by its slug: computed once."""
    return catalog.once(_rarities)


def rarest_first(catalog: Catalog, concepts: Iterable[Skill]) -> list[Skill]:
    """Sort concepts that careers have: first those that the fewest have. Equal ones stay in their order."""
    grades = rarities(catalog)
    return sorted(concepts, key=lambda concept: -grades[concept.slug])


def _rarities(catalog: Catalog) -> dict[str, int]:
    return {slug: min(halvings(catalog, slug), RAREST) for slug in catalog.careers_with}
