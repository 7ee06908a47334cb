"""What is worked out once stays correct in every locale, and nothing is kept for a pair."""

from dataclasses import replace
from itertools import permutations

from careergraph.engine.comparison.compare import Comparison, compare
from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import Locale
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.statement import Statement
from truth.seeded import catalog


def statements_of(comparison: Comparison) -> list[Statement]:
    verdict = comparison.verdict
    reasons = (*verdict.choose_a.reasons, *verdict.choose_b.reasons)
    return [*comparison.summary, *reasons, *verdict.either, *verdict.conclusion, *comparison.transition().statements]


def test_a_locale_without_words_reads_as_its_fallback_does() -> None:
    """Its own separators must not slip into a sentence that another locale words."""
    seeded = catalog()
    mute = Locale(code="mute", name="Mute", fallback=seeded.locales["de"], decimal="#", group="#")
    both = replace(seeded, locales={**seeded.locales, "mute": mute})
    for a, b in list(permutations(both.careers, 2))[::41]:
        assert statements_of(compare(both, a, b, "mute")) == statements_of(compare(both, a, b, "de"))


def test_a_comparison_reads_the_same_whatever_was_compared_before() -> None:
    slugs = list(catalog().careers)[:8]
    used = replace(catalog())
    for a, b in permutations(slugs, 2):
        statements_of(compare(used, a, b))
    for a, b in permutations(slugs, 2):
        assert statements_of(compare(used, a, b)) == statements_of(compare(replace(catalog()), a, b))


def test_nothing_is_kept_for_a_pair() -> None:
    """A thousand careers make half a million pairs: memory may grow with the careers only."""
    fresh = replace(catalog())
    slugs = list(fresh.careers)
    for a, b in zip(slugs, [*slugs[1:], slugs[0]], strict=True):
        statements_of(compare(fresh, a, b))
    localized = localize(fresh)
    for a, b in permutations(slugs, 2):
        statements_of(compare(fresh, a, b))
    values = sum(len(career.values) for career in fresh.careers.values())
    sizes = memo_sizes(localized) + memo_sizes(fresh)
    assert sizes.count(len(slugs)) == 4, "localized careers, facts, skill sets and transition inputs"
    assert sum(sizes) < 10 * (values + len(slugs))


def memo_sizes(owner: LocalizedCatalog | Catalog) -> list[int]:
    memos = (*vars(owner).values(), *owner.memo.values())
    caches = [memo.cache_info().currsize for memo in memos if hasattr(memo, "cache_info")]
    return [*[len(memo) for memo in memos if type(memo) is dict], *caches]
