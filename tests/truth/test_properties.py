"""What must hold of any two careers, over random catalogs in which everything may differ, be absent or not compare."""

from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.engine.comparison.compare import compare
from careergraph.engine.comparison.multi_comparison import compare_many
from careergraph.engine.comparison.weighing import NO_WEIGHTS
from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.content.outcome import Side
from depth import depth
from truth.checker import comparable, expected, faults
from truth.content import catalogs
from truth.moves import transition_faults
from truth.plain import mirrored, plain, unordered
from truth.seeded import catalog as seeded

LOCALES = tuple(seeded().locales.values())


WEIGHTS = st.dictionaries(st.sampled_from([f"attribute-{place}" for place in range(9)]), st.integers(1, 10))


@given(catalogs(LOCALES), st.sampled_from(("en", "de")), WEIGHTS)
@settings(max_examples=depth(75, 300))
def test_any_two_careers_compare_truly(catalog: Catalog, locale: str, weights: dict[str, int]) -> None:
    """Every statement is true and nothing decisive is left out, the other way round is the mirror image, with a
    reader's weights and without, and transitions follow their rule: one test, because to draw a catalog takes far
    longer than to judge it."""
    weights = {key: weight for key, weight in weights.items() if key in catalog.attributes}
    for own in (NO_WEIGHTS, weights):
        here = compare(catalog, "career-0", "career-1", locale, own)
        there = compare(catalog, "career-1", "career-0", locale, own)
        assert not faults(here)
        assert not faults(there)
        assert unordered(plain(there)) == unordered(mirrored(plain(here)))
    for side in Side:
        assert not transition_faults(catalog, here.transition(side))


@given(catalogs(LOCALES, careers=4))
@settings(max_examples=depth(30, 100))
def test_leaders_are_beaten_by_nobody(catalog: Catalog) -> None:
    for row in compare_many(catalog, list(catalog.careers)).rows:
        values = row.values
        present = [value for value in values if value is not None]
        every = [expected(a, b) for place, a in enumerate(values) for b in values[place + 1 :]]
        assert row.comparable == (not {"UNKNOWN", "NOT_COMPARABLE"} & set(every))
        assert not row.leaders or all(comparable(a, b) for a in present for b in present if a is not b)
        for career in catalog.careers.values():
            mine = career.value(row.attribute.key)
            against = [expected(mine, other) for other in values if other is not mine]
            ahead = row.comparable and "A" in against and set(against) <= {"A", "TIE"}
            assert (career in row.leaders) == ahead


def test_random_catalogs_reach_every_outcome() -> None:
    """The properties above prove little unless the catalogs they run over hold every case."""
    reached: set[str] = set()

    @given(catalogs(LOCALES))
    @settings(max_examples=100, database=None, derandomize=True)
    def collect(catalog: Catalog) -> None:
        comparison = compare(catalog, "career-0", "career-1", DEFAULT_LOCALE)
        reached.update(row.outcome.value for row in comparison.glance.rows)
        reached.update(statement.rule.value for statement in (*comparison.summary, *comparison.verdict.either))
        reached.update("related" for _ in comparison.skills.related)

    collect()
    expected_rules = {"figure", "advantage", "tie", "not-comparable", "shared-trait", "skills-shared", "related"}
    assert {"A", "B", "TIE", "DIFFERS", "UNKNOWN", "NOT_COMPARABLE", *expected_rules} <= reached
