"""Skill weight: how much a skill says about the careers that have it, by how few they are.

A skill weighs 1, and 1 more for each time that all careers can be halved before fewer are left than have it: 1 where
most have it, 10 where one of a thousand does. A wording without a concept weighs 1, since nobody knows who else means
the same. Weights follow from one version of the catalog alone. A career more or less moves few of them.
"""

from careergraph.engine.content.catalog import Catalog
from careergraph.engine.content.changed_items import differing
from careergraph.engine.content.skill import CareerSkill

LEAST = 1
"""The weight of a skill that most careers have."""


def skill_weight(catalog: Catalog, skill: CareerSkill) -> int:
    """The weight of a career's skill, by its main concept."""
    return _concept_weight(catalog, skill.concepts[0].slug) if skill.concepts else LEAST


def halvings(catalog: Catalog, slug: str) -> int:
    """Return how often all careers can be halved before fewer are left than have a skill concept, by its slug."""
    careers = len(catalog.careers_with.get(slug, ())) or 1
    return max(0, (len(catalog.careers) // careers).bit_length() - 1)


def _concept_weight(catalog: Catalog, slug: str) -> int:
    return LEAST + halvings(catalog, slug)


def reweighed(before: Catalog, after: Catalog) -> frozenset[str]:
    """The careers of either catalog with a skill that weighs otherwise in the other, by slug."""
    if len(before.careers) == len(after.careers):
        concepts = differing(before.careers_with, after.careers_with)
    else:
        concepts = before.careers_with.keys() | after.careers_with.keys()
    moved = [it for it in concepts if _concept_weight(before, it) != _concept_weight(after, it)]
    sides = before.careers_with, after.careers_with
    return frozenset([career.slug for it in moved for holders in sides for career in holders.get(it, ())])
