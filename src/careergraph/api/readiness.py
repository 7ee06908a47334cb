"""Readiness: whatever answers need of a catalog, derived before anybody waits for it.

What did not change since the catalog before is taken from there. Each step takes a few milliseconds where it can be
divided, so that whoever takes the steps can let others run in between.
"""

from collections.abc import Iterator, Sequence

from careergraph.api.career_page import CAREERS, of_category, whole
from careergraph.api.pair_listing import pairs_of_category
from careergraph.engine import path, ranking, search
from careergraph.engine.closest import SHELVES, close_slugs
from careergraph.engine.content import Career, Catalog
from careergraph.engine.domain import domains
from careergraph.engine.edition import Edition, edition_of
from careergraph.engine.neighbours import neighbourhoods
from careergraph.engine.select import DEFAULT_ORDER

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
        catalog.take_over(before)
        yield
    yield from _lookups(catalog)
    for code in catalog.locales:
        yield from _edition(edition_of(catalog, code), before)
    neighbourhoods(catalog)
    yield
    yield from ranking.prepare(catalog, before)
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
            catalog.effort(career)
            catalog.repertoire(career)
        yield


def _edition(edition: Edition, before: Catalog | None) -> Iterator[None]:
    yield from search.prepare(edition, before)
    for lot in _lots(edition.catalog):
        for career in lot:
            edition.portrait(career)
        yield
    whole(edition, CAREERS, DEFAULT_ORDER)
    yield
    for slug in edition.catalog.categories:
        of_category(edition, slug)
        yield


def _lots(catalog: Catalog) -> Iterator[Sequence[Career]]:
    careers = tuple(catalog.careers.values())
    return (careers[start : start + LOT] for start in range(0, len(careers), LOT))
