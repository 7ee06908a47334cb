"""Readiness: whatever answers need of a catalog, derived before anybody waits for it.

What did not change since the catalog before is taken from there. Each step takes a few milliseconds where it can be
divided, so that whoever takes the steps can let others run in between.
"""

from collections.abc import Iterator, Sequence

from careergraph.api.connections.pair_listing import pairs_of_category
from careergraph.api.types.career_page import CAREERS, of_category, whole
from careergraph.engine.comparison.reuse import reuse
from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.did_you_mean import SHELVES, close_slugs
from careergraph.engine.search import search
from careergraph.engine.search.career_selection import DEFAULT_ORDER
from careergraph.engine.search.domain import domains
from careergraph.engine.similarity import pair_ranking
from careergraph.engine.similarity.neighbours import neighbourhoods
from careergraph.engine.similarity.skill_sets import skill_sets_of
from careergraph.engine.text.localized_career import localize_career
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.transition_inputs import transition_inputs_of
from careergraph.engine.transition import path

LOT = 50
"""Careers that one step is about."""
LOOKUPS = (
    *("careers_by_id", "careers_called", "skills_called", "careers_in", "careers_with", "collections_of"),
    *("related_skills", "transition_roles", "columns", "regions"),
)
"""What a catalog derives of itself when it is first looked at."""


def steps(catalog: Catalog, before: Catalog | None) -> Iterator[None]:
    """Makes a catalog ready, step by step; `before` is the one that it takes the place of."""
    if before is not None:
        reuse(catalog, before)
        yield
    yield from _lookups(catalog)
    for code in catalog.locales:
        yield from _edition(localize(catalog, code), before)
    neighbourhoods(catalog)
    yield
    yield from pair_ranking.prepare(catalog, before)
    path.nearby(catalog)
    for category in (None, *catalog.categories):
        yield
        pairs_of_category(catalog, category)


def _lookups(catalog: Catalog) -> Iterator[None]:
    for name in LOOKUPS:
        getattr(catalog, name)
        yield
    domains(catalog, "")
    yield
    for shelf in SHELVES:
        close_slugs(catalog, shelf, "")
        yield
    for lot in _lots(catalog):
        for career in lot:
            transition_inputs_of(catalog, career)
            skill_sets_of(catalog, career)
        yield


def _edition(localized: LocalizedCatalog, before: Catalog | None) -> Iterator[None]:
    yield from search.prepare(localized, before)
    for lot in _lots(localized.catalog):
        for career in lot:
            localize_career(localized, career)
        yield
    whole(localized, CAREERS, DEFAULT_ORDER)
    yield
    for slug in localized.catalog.categories:
        of_category(localized, slug)
        yield


def _lots(catalog: Catalog) -> Iterator[Sequence[Career]]:
    careers = tuple(catalog.careers.values())
    return (careers[start : start + LOT] for start in range(0, len(careers), LOT))
