"""What is worked out once stays correct in every locale, and nothing is kept for a pair."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, permutations
from typing import Any

import pytest

from careergraph.engine.comparison.compare import Comparison, compare
from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import Locale
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.content.value_kinds import Value, outcome
from careergraph.engine.similarity.features import Features, Texts
from careergraph.engine.text.facts import all_facts
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.statement import Statement
from careergraph.engine.text.transition_inputs import Ladders, Weight, all_ladders, transition_inputs_of
from interrupted import Work, interrupted
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

    def begin() -> tuple[Work, Work]:
        a, b = replace(value), replace(value)
        return lambda: outcome(a, b), lambda: outcome(b, a)

    assert set(interrupted(Value._stand, begin)) == {(Outcome.TIE, Outcome.TIE)}


def test_words_are_all_there_while_another_thread_reads_them() -> None:
    career = next(iter(catalog().careers.values()))

    def begin() -> tuple[Work, Work]:
        features = Features(catalog(), career)
        return lambda: dict(features.display_names), lambda: dict(features.display_names)

    names = Features(catalog(), career).display_names
    assert all(a == b == names for a, b in interrupted(vars(Texts)["display_names"].fget, begin))


def test_two_threads_number_levels_apart() -> None:
    """Else what a move climbs would be taken for what another one does."""

    def begin() -> tuple[Work, Work]:
        ladders, (first, second) = Ladders(), levels()
        return lambda: ladders.number([first]), lambda: ladders.number([second])

    def levels() -> Iterator[Weight]:
        inputs = [transition_inputs_of(catalog(), career) for career in catalog().careers.values()]
        of_months = {it.months: it for each in inputs for it in each.levels if it is not None}
        return islice(of_months.values(), 2)

    assert all(a != b for a, b in interrupted(Ladders.number, begin))


@pytest.mark.parametrize("derive", [all_ladders, all_facts], ids=["ladders", "facts"])
def test_two_threads_have_one_memo(derive: Callable[[Any], Any]) -> None:
    def begin() -> tuple[Work, Work]:
        fresh = replace(catalog())
        return lambda: fresh.once(derive), lambda: fresh.once(derive)

    assert all(a is b for a, b in interrupted(Catalog.once, begin))
    localized = [LocalizedCatalog(catalog(), catalog().locales["en"]) for _ in range(200)]

    def localize_anew() -> tuple[Work, Work]:
        this = localized.pop()
        return lambda: this.once(derive), lambda: this.once(derive)

    assert all(a is b for a, b in interrupted(LocalizedCatalog.once, localize_anew))


def memo_sizes(owner: LocalizedCatalog | Catalog) -> list[int]:
    memos = (*vars(owner).values(), *owner.memo.values())
    caches = [memo.cache_info().currsize for memo in memos if hasattr(memo, "cache_info")]
    return [*[len(memo) for memo in memos if type(memo) is dict], *caches]
