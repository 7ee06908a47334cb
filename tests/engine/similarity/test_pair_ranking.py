"""Ranking: the score of a pair is what the rule says, hidden pairs are out, featured ones come first."""

from dataclasses import replace
from itertools import combinations

import pytest

from careergraph.engine.content import Catalog, PairNotes
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.content.value_kinds import outcome
from careergraph.engine.similarity.neighbours import neighbours
from careergraph.engine.similarity.pair_ranking import pairs_of, partners, ranking, score_of
from engine import labour
from truth.seeded import catalog as seeded_catalog

HIDDEN = PairNotes(a="career-001", b="career-002", hidden=True, featured=True)
FEATURED = PairNotes(a="career-000", b="career-003", featured=True)
CATALOG = labour.market(3, 40, pairs=[HIDDEN, FEATURED])


def told_apart(catalog: Catalog, a: str, b: str) -> bool:
    """Whether either has a category, a better or another figure, or a skill that tells it from the other."""
    one, other = catalog.careers[a], catalog.careers[b]
    outcomes = [
        outcome(one.values_by_attribute.get(key), other.values_by_attribute.get(key)) for key in catalog.attributes
    ]
    alone = [
        {skill.concepts[0].slug for skill in x.skills if skill.concepts}
        - {concept.slug for skill in y.skills for concept in skill.concepts}
        for x, y in ((one, other), (other, one))
    ]
    return (
        one.category != other.category or not {Outcome.A, Outcome.B, Outcome.DIFFERS}.isdisjoint(outcomes) or all(alone)
    )


def expected(catalog: Catalog, a: str, b: str) -> float:
    """The rule, told again from the values."""
    if not told_apart(catalog, a, b):
        return 0.0
    one, other = (catalog.careers[slug].values_by_attribute for slug in (a, b))
    outcomes = [outcome(one.get(key), other.get(key)) for key in catalog.attributes]
    figures = [it for it in outcomes if it not in (Outcome.UNKNOWN, Outcome.NOT_COMPARABLE)]
    deciding = [it for it in figures if it in (Outcome.A, Outcome.B)]
    near = [it.score for x, y in ((a, b), (b, a)) for it in neighbours(catalog, catalog.careers[x]) if it.slug == y]
    shares = len(figures) / len(catalog.attributes), len(deciding) / len(figures) if figures else 0
    return round(max(near, default=0) * (0.5 + shares[0] / 4 + shares[1] / 4), 4)


def test_the_score_is_what_the_rule_says() -> None:
    careers = CATALOG.careers
    for a, b in combinations(careers, 2):
        worth = score_of(CATALOG, careers[a], careers[b])
        if (a, b) != (HIDDEN.a, HIDDEN.b):
            assert worth.score == pytest.approx(expected(CATALOG, a, b), abs=1e-9), (a, b)
            assert worth.featured is ((a, b) == (FEATURED.a, FEATURED.b))
            assert worth.deciding <= worth.figures <= len(labour.ATTRIBUTES)


def test_best_first_featured_ones_ahead_hidden_ones_out() -> None:
    ranked = ranking(CATALOG)
    assert next(iter(ranked)) == (FEATURED.a, FEATURED.b)
    assert (HIDDEN.a, HIDDEN.b) not in ranked
    rest = [(-worth.score, *pair) for pair, worth in list(ranked.items())[1:]]
    assert rest == sorted(rest)
    near = {tuple(sorted((a, it.slug))) for a, one in CATALOG.careers.items() for it in neighbours(CATALOG, one)}
    near = {it for it in near if told_apart(CATALOG, *it)}
    assert ranked.keys() == (near | {(FEATURED.a, FEATURED.b)}) - {(HIDDEN.a, HIDDEN.b)}
    assert ranking(CATALOG) is ranked


def test_a_pair_that_nothing_tells_apart_is_not_ranked_and_its_careers_are_near_all_the_same() -> None:
    """As ESCO has them: no figures, and skills only where their table is at hand."""
    some = labour.market(3, 40)
    one, other = some.categories.values()
    bare = {slug: replace(it, category=one, values=(), skills=it.skills[:0]) for slug, it in some.careers.items()}
    catalog = replace(some, careers=bare, neighbourhoods=None)
    slug = next(it for it in bare if neighbours(catalog, bare[it]))
    near = {it.slug for it in neighbours(catalog, bare[slug])}
    assert ranking(catalog) == {}
    assert {it.slug for it in partners(catalog, (bare[slug],), 100)} == near
    catalog = replace(catalog, careers={**bare, slug: replace(bare[slug], category=other)}, neighbourhoods=None)
    assert ranking(catalog) and all(slug in couple for couple in ranking(catalog))


def test_partners_are_those_of_the_best_pairs() -> None:
    career = CATALOG.careers["career-000"]
    slugs = [it.slug for it in partners(CATALOG, (career,), 100)]
    ranked = [next(it for it in pair if it != career.slug) for pair in ranking(CATALOG) if career.slug in pair]
    assert slugs[: len(ranked)] == ranked
    assert set(slugs[len(ranked) :]) == {it.slug for it in neighbours(CATALOG, career)} - {*ranked}
    assert list(pairs_of(CATALOG, career)) == [pair for pair in ranking(CATALOG) if career.slug in pair]
    both = partners(CATALOG, (career, CATALOG.careers["career-003"]), 3)
    assert len(both) == 3
    assert {"career-000", "career-003"}.isdisjoint(it.slug for it in both)


def test_a_catalog_of_one_has_no_pairs() -> None:
    lonely = labour.market(1, 1)
    assert ranking(lonely) == {}
    assert partners(lonely, tuple(lonely.careers.values()), 5) == ()


def test_pairs_share_at_least_two_things() -> None:
    assert all(len(worth.shared) > 1 for pair, worth in ranking(CATALOG).items() if not worth.featured)


def test_a_reader_compares_a_plumber_with_other_trades() -> None:
    """`carries` is a word of the plumber's summary and of the translator's, and says nothing of the work."""
    seeded = seeded_catalog()
    slugs = [it.slug for it in partners(seeded, (seeded.careers["plumber"],), 100)]
    assert {"electrician", "hvac-technician", "solar-installer"} <= set(slugs[:3])
    assert "translator" not in slugs
