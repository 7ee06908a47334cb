"""Reuse: whatever was derived of careers that are the same in the catalog before is taken from there."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.changed_items import changed_items
from careergraph.engine.content.did_you_mean import all_spellings
from careergraph.engine.content.skill_weight import reweighed
from careergraph.engine.content.source import ExternalId
from careergraph.engine.search.domain import all_domains
from careergraph.engine.text.facts import all_facts
from careergraph.engine.text.localized_career import all_localized
from careergraph.engine.text.localized_catalog import localize
from careergraph.engine.text.skill_sets import all_skill_sets
from careergraph.engine.text.transition_inputs import all_ladders, all_transition_inputs

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)

SHELVES = {
    "skills": ("related_skills", "skills_called"),
    "collections": ("collections_of",),
    "attributes": ("columns", "transition_roles"),
}
"""What a catalog derives of one shelf alone, by the shelf."""


def reuse(catalog: Catalog, before: Catalog) -> None:
    """Gives a catalog what was derived of the one before it, as far as it holds of both."""
    for shelf, names in SHELVES.items():
        if getattr(catalog, shelf) is getattr(before, shelf):
            _take(catalog, before, *names)
    changed = changed_items(before, catalog, "careers")
    _reuse_groups(catalog, before, changed)
    catalog.memo[all_facts] = _without(before.once(all_facts), changed)
    if before.related_skills == catalog.related_skills:
        catalog.memo[all_skill_sets] = _without(before.once(all_skill_sets), changed)
    if before.transition_roles == catalog.transition_roles and all_ladders not in catalog.memo:
        catalog.memo[all_ladders] = before.once(all_ladders)
        moved = changed | reweighed(before, catalog)
        catalog.memo[all_transition_inputs] = _without(before.once(all_transition_inputs), moved)
        if all_skill_sets in catalog.memo:
            _reuse_localized(catalog, before, moved)
    for shelf, index in before.once(all_spellings).items():
        if list(getattr(before, shelf)) == list(getattr(catalog, shelf)):
            catalog.once(all_spellings)[shelf] = index


def _reuse_localized(catalog: Catalog, before: Catalog, moved: Iterable[str]) -> None:
    """Take the careers as they read in each locale, but for those that changed or weigh otherwise, where locale and
    attributes are the same."""
    if catalog.attributes is not before.attributes:
        return
    for code, localized in list(before.localized.items()):
        if isinstance(code, str) and catalog.locales.get(code) is localized.locale:
            memo = localize(catalog, code).memo
            memo.setdefault(all_localized, _without(localized.once(all_localized), moved))


def _reuse_groups(catalog: Catalog, before: Catalog, changed: Iterable[str]) -> None:
    """Group the careers as before, but for those that changed."""
    old, new = ([it.careers[slug] for slug in changed if slug in it.careers] for it in (before, catalog))
    derived = vars(catalog)
    derived["careers_in"] = _regrouped(before.careers_in, old, new, lambda it: [it.category.slug])
    derived["careers_with"] = _regrouped(before.careers_with, old, new, _concepts)
    derived["careers_called"] = _regrouped(before.careers_called, old, new, lambda it: it.external_ids)
    derived["careers_by_id"] = _found_by_id(
        catalog, before, {it for career in (*old, *new) for it in career.external_ids}
    )
    if [it.observed_in for it in old] == [it.observed_in for it in new]:
        _take(catalog, before, "regions")
    if [(it.slug, it.values, it.regional) for it in old] == [(it.slug, it.values, it.regional) for it in new]:
        catalog.memo[all_domains] = before.once(all_domains)


def _regrouped(
    groups: Mapping[Key, tuple[Career, ...]],
    old: Iterable[Career],
    new: Iterable[Career],
    keys_of: Callable[[Career], Iterable[Key]],
) -> dict[Key, tuple[Career, ...]]:
    """Return groups of careers, in the order of their slugs, with new ones in the place of old ones."""
    gone, fresh = {it.slug for it in old}, dict(groups)
    come: dict[Key, dict[str, Career]] = {key: {} for career in old for key in keys_of(career)}
    for career in new:
        for key in keys_of(career):
            come.setdefault(key, {})[career.slug] = career
    for key, careers in come.items():
        kept = [it for it in groups.get(key, ()) if it.slug not in gone]
        fresh[key] = tuple(sorted([*kept, *careers.values()], key=lambda it: it.slug))
        if not fresh[key]:
            del fresh[key]
    return fresh


def _found_by_id(catalog: Catalog, before: Catalog, ids: Iterable[ExternalId]) -> dict[tuple[str, str], Career]:
    """Return `careers_by_id`, from that of before and the ids whose careers may be others."""
    careers = dict(before.careers_by_id)
    for called in ids:
        if group := catalog.careers_called.get(called):
            careers[called.scheme, called.id] = group[0]
        else:
            del careers[called.scheme, called.id]
    return careers


def _concepts(career: Career) -> list[str]:
    return [concept.slug for skill in career.skills for concept in skill.concepts]


def _take(catalog: Catalog, before: Catalog, *names: str) -> None:
    vars(catalog).update({name: getattr(before, name) for name in names})


def _without(memo: Mapping[str, Item], slugs: Iterable[str]) -> dict[str, Item]:
    kept = dict(memo)
    for slug in slugs:
        kept.pop(slug, None)
    return kept
