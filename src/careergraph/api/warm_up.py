"""Warm-up: derive the data that responses need from a catalog before it goes live.

Unchanged data is taken from the previous catalog. Each step takes a few milliseconds if it can be divided, so that
other threads can run between steps.
"""

from collections.abc import Iterator, Sequence

from careergraph.api.connections.pairs import pairs_of_category, reuse_pairs
from careergraph.api.types.career_listing import CAREERS, all_careers, careers_of_category
from careergraph.engine.comparison.reuse import reuse
from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.did_you_mean import SHELVES, close_slugs
from careergraph.engine.search import search
from careergraph.engine.search.career_selection import DEFAULT_ORDER, all_title_keys
from careergraph.engine.search.domain import domains
from careergraph.engine.similarity import pair_ranking
from careergraph.engine.similarity.neighbours import neighbourhoods
from careergraph.engine.similarity.skill_sets import skill_sets_of
from careergraph.engine.text.localized_career import localize_career
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.transition_inputs import transition_inputs_of
from careergraph.engine.transition import path

LOT = 50
"""Careers of one step."""
LOOKUPS = (
    *("careers_by_id", "careers_called", "skills_called", "careers_in", "careers_with", "collections_of"),
    *("related_skills", "transition_roles", "columns", "regions"),
)
"""The cached properties of a catalog."""


def steps(catalog: Catalog, before: Catalog | None) -> Iterator[None]:
    """Warm a catalog up, step by step; `before` is the previous one."""
    if before is not None:
        reuse(catalog, before)
        yield
    fresh = tuple([it for it in catalog.careers.values() if before is None or before.careers.get(it.slug) is not it])
    yield from _lookups(catalog, fresh)
    for code in catalog.locales:
        yield from _edition(localize(catalog, code), before, fresh)
    if catalog.base is None:  # those of a preview are worked out when somebody asks for them
        neighbourhoods(catalog)
        yield
    yield from pair_ranking.prepare(catalog, before)
    yield
    if before is not None:
        path.reuse_nearby(catalog, before)
        reuse_pairs(catalog, before)
    catalog.once(path.nearby)
    for category in (None, *catalog.categories):
        yield
        pairs_of_category(catalog, category)


def _lookups(catalog: Catalog, fresh: tuple[Career, ...]) -> Iterator[None]:
    for name in LOOKUPS:
        getattr(catalog, name)
        yield
    domains(catalog, "")
    yield
    for shelf in SHELVES:
        close_slugs(catalog, shelf, "")
        yield
    for lot in _lots(fresh):
        for career in lot:
            transition_inputs_of(catalog, career)
            skill_sets_of(catalog, career)
        yield


def _edition(localized: LocalizedCatalog, before: Catalog | None, fresh: tuple[Career, ...]) -> Iterator[None]:
    yield from search.prepare(localized, before)
    if before is not None:
        _reuse_titles(localized, before, fresh)
    for lot in _lots(fresh):  # others are rendered when they are first shown
        for career in lot:
            localize_career(localized, career)
        yield
    all_careers(localized, CAREERS, DEFAULT_ORDER)
    yield
    for slug in localized.catalog.categories:
        careers_of_category(localized, slug)
        yield


def _reuse_titles(localized: LocalizedCatalog, before: Catalog, fresh: tuple[Career, ...]) -> None:
    """Take the titles that careers are put in order by from the catalog before, where the locale is the same."""
    catalog, code = localized.catalog, localized.locale.code
    if before.locales.get(code) is localized.locale:
        keys = dict(localize(before, code).once(all_title_keys))
        for slug in (keys.keys() - catalog.careers.keys()).union([career.slug for career in fresh]):
            keys.pop(slug, None)
        localized.once(all_title_keys).update(keys)


def _lots(careers: tuple[Career, ...]) -> Iterator[Sequence[Career]]:
    return (careers[start : start + LOT] for start in range(0, len(careers), LOT))
