"""Warm-up: derive the data that responses need from a catalog before it goes live.

Unchanged data is taken from the previous catalog. Each step takes a few milliseconds if it can be divided, so that
other threads can run between steps.
"""

from collections.abc import Iterator, Sequence, Set

from careergraph.api.base.shared_steps import SharedSteps
from careergraph.api.compiler.fragment_cache import follow
from careergraph.api.connections.pairs import pairs_of_category, reuse_pairs
from careergraph.api.types.career_listing import CAREERS, all_careers, careers_of_category, follow_categories
from careergraph.engine.comparison.reuse import reuse
from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.changed_items import changed_items
from careergraph.engine.content.did_you_mean import SHELVES, close_slugs
from careergraph.engine.search import search
from careergraph.engine.search.career_selection import DEFAULT_ORDER, follow_titles
from careergraph.engine.search.domain import domains
from careergraph.engine.similarity import pair_ranking
from careergraph.engine.similarity.neighbours import neighbourhoods
from careergraph.engine.text.localized_career import all_localized, localize_career
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.skill_sets import skill_sets_of
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
        if catalog.base is None:  # ids of a preview are others
            _follow_fragments(catalog, before)
        yield
    for code in catalog.locales:
        _search_steps(localize(catalog, code), before)
    yield from _search(localize(catalog), before)  # the longest wait of a request right after the start
    changed = frozenset(catalog.careers) if before is None else changed_items(before, catalog, "careers")
    yield from _lookups(catalog, _fresh(catalog, changed))
    for code in catalog.locales:
        yield from _edition(localize(catalog, code), before, changed)
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


def _follow_fragments(catalog: Catalog, before: Catalog) -> None:
    """Take the fragments of what both catalogs have, in each locale whose careers read as before."""
    if catalog.attributes is before.attributes:
        for code, former in list(before.localized.items()):
            if isinstance(code, str) and catalog.locales.get(code) is former.locale:
                localized = localize(catalog, code)
                gone = len(former.once(all_localized)) - len(localized.once(all_localized))
                follow(localized, former, max(0, gone))


def hand_over(catalog: Catalog, before: Catalog) -> None:
    """Give a catalog what was derived so far of one before it, which is still being warmed up: what both need is made
    once."""
    reuse(catalog, before)
    for code in catalog.locales.keys() & before.locales.keys():
        following = _search_after(localize(catalog, code), localize(before, code))
        localize(catalog, code).memo[search.STEPS] = SharedSteps(following)


def _search_after(localized: LocalizedCatalog, before: LocalizedCatalog) -> Iterator[None]:
    """Index what is searched once the catalog before is indexed, of which little is left to do."""
    yield from _search_steps(before, None)
    yield from search.prepare(localized, before.catalog)


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


def _edition(localized: LocalizedCatalog, before: Catalog | None, changed: Set[str]) -> Iterator[None]:
    yield from _search(localized, before)
    if before is not None:
        _reuse_lists(localized, before, changed)
    # others are rendered when they are first shown, and so are all of a locale that hardly anybody may ask for: a tenth
    # of a millisecond each
    is_default = localized.locale.code == localized.catalog.default_locale
    for lot in _lots(_fresh(localized.catalog, changed) if is_default else ()):
        for career in lot:
            localize_career(localized, career)
        yield
    all_careers(localized, CAREERS, DEFAULT_ORDER)
    yield
    for slug in localized.catalog.categories:
        careers_of_category(localized, slug)
        yield


def _search(localized: LocalizedCatalog, before: Catalog | None) -> Iterator[None]:
    """Index what is searched. A search that comes meanwhile takes the steps that are left, in the place of indexing the
    catalog beside this."""
    yield from _search_steps(localized, before)
    localized.memo.pop(search.STEPS, None)


def _search_steps(localized: LocalizedCatalog, before: Catalog | None) -> SharedSteps:
    """The steps of indexing what is searched, the same for all who take them."""
    steps: SharedSteps = localized.memo.setdefault(search.STEPS, SharedSteps(search.prepare(localized, before)))
    return steps


def _fresh(catalog: Catalog, changed: Set[str]) -> tuple[Career, ...]:
    """The careers that changed."""
    return tuple([catalog.careers[slug] for slug in sorted(changed) if slug in catalog.careers])


def _reuse_lists(localized: LocalizedCatalog, before: Catalog, changed: Set[str]) -> None:
    """Take the lists of careers by title from the catalog before, where the locale is the same."""
    code = localized.locale.code
    if before.locales.get(code) is localized.locale:
        follow_titles(localized, localize(before, code), changed)
        follow_categories(localized, localize(before, code), changed)


def _lots(careers: tuple[Career, ...]) -> Iterator[Sequence[Career]]:
    return (careers[start : start + LOT] for start in range(0, len(careers), LOT))
