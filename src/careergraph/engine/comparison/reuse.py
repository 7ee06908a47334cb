"""Reuse: whatever was derived of careers that are the same in the catalog before is taken from there."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from careergraph.engine.content import Catalog
from careergraph.engine.content.did_you_mean import all_spellings
from careergraph.engine.similarity.skill_sets import all_skill_sets
from careergraph.engine.text.facts import all_facts
from careergraph.engine.text.transition_inputs import all_transition_inputs

Item = TypeVar("Item")


def reuse(catalog: Catalog, before: Catalog) -> None:
    """Gives a catalog what was derived of the one before it, as far as it holds of both."""
    same = [slug for slug, career in catalog.careers.items() if before.careers.get(slug) is career]
    catalog.once(all_facts).update(_some(before.once(all_facts), same))
    if before.related_skills == catalog.related_skills:
        catalog.once(all_skill_sets).update(_some(before.once(all_skill_sets), same))
    if before.transition_roles == catalog.transition_roles:
        catalog.once(all_transition_inputs).update(_some(before.once(all_transition_inputs), same))
    for shelf, index in before.once(all_spellings).items():
        if getattr(before, shelf).keys() == getattr(catalog, shelf).keys():
            catalog.once(all_spellings)[shelf] = index


def _some(memo: Mapping[str, Item], slugs: Iterable[str]) -> dict[str, Item]:
    return {slug: memo[slug] for slug in slugs if slug in memo}
