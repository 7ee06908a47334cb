"""What is worked out once stays correct in every locale, and nothing is kept for a pair."""

import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from types import FrameType
from typing import Any

from careergraph.engine.comparison.compare import Comparison, compare
from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import Locale
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.content.value_kinds import outcome
from careergraph.engine.similarity.features import Features
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


def test_two_values_compare_while_another_thread_works_out_what_they_compare_by() -> None:
    values = [it for career in catalog().careers.values() for it in career.values]
    value = next(it for it in values if outcome(it, it) is Outcome.TIE and it.number is not None)

    def begin() -> tuple[Callable[[], object], Callable[[], object]]:
        a, b = replace(value), replace(value)
        return lambda: outcome(a, b), lambda: outcome(b, a)

    assert read_between(begin) == {Outcome.TIE}


def test_words_are_all_there_while_another_thread_reads_them() -> None:
    career = next(iter(catalog().careers.values()))

    def begin() -> tuple[Callable[[], object], Callable[[], object]]:
        features = Features(catalog(), career)
        return lambda: features.display_names, lambda: len(features.display_names)

    assert read_between(begin) == {len(Features(catalog(), career).display_names)}


def read_between(begin: Callable[[], tuple[Callable[[], object], Callable[[], object]]]) -> set[object]:
    """Begin some work anew for each of its lines, and read in front of it, as a thread would that has its turn then.
    Return what was read."""
    results, line = set[object](), 0
    while interrupt(*begin(), line, results):
        line += 1
    return results


def interrupt(work: Callable[[], object], read: Callable[[], object], line: int, results: set[object]) -> bool:
    """Read in front of one line of some work; return whether it has so many."""

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., Any] | None:
        nonlocal line
        line -= event == "line"
        if line < 0:
            sys.settrace(None)
            results.add(read())
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return line < 0


def memo_sizes(owner: LocalizedCatalog | Catalog) -> list[int]:
    memos = (*vars(owner).values(), *owner.memo.values())
    caches = [memo.cache_info().currsize for memo in memos if hasattr(memo, "cache_info")]
    return [*[len(memo) for memo in memos if type(memo) is dict], *caches]
