"""Incremental update: whatever changes between two catalogs, the result is that of working all out by its weights."""

from dataclasses import replace

import pytest

from careergraph.engine.content.neighbour import Neighbour
from careergraph.engine.similarity import incremental
from careergraph.engine.similarity.incremental import measured, renewed
from careergraph.engine.similarity.nearest import KEPT, neighbour
from careergraph.engine.similarity.neighbours import worked_out
from careergraph.engine.similarity.search_space import hand_on
from careergraph.engine.similarity.vectors import Rarity, Vectors
from engine import labour


@pytest.mark.parametrize(("careers", "seed"), [(size, seed) for size in (2, 12, 35, 60) for seed in range(4)])
def test_one_change_after_another(careers: int, seed: int) -> None:
    random = labour.drawing(seed)
    catalog = labour.market(seed, careers)
    neighbourhoods, rarity = measured(catalog)
    last = catalog
    for _ in range(5):
        after = labour.changed(random, catalog)
        before = replace(catalog, rarity=rarity.write())
        hand_on(last, before)  # from the second one on, the space follows from another and is not made anew
        updated, weights = renewed(before, neighbourhoods, after)
        last = before
        assert updated == labour.neighbours_by(after, weights)
        if weights != rarity:
            assert updated == worked_out(after)
        catalog, neighbourhoods, rarity = after, updated, weights


def test_only_a_few_are_measured_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The point of it: a career more among many must not cost as much as all of them."""
    catalog = labour.market(5, 120)
    neighbourhoods = worked_out(catalog)
    other = labour.career(labour.drawing(6), 7)
    edited = replace(catalog.careers[other.slug], values=other.values)
    after = labour.catalog_of(list({**catalog.careers, other.slug: edited}.values()))
    calls = []

    def counted(one: Vectors, other: Vectors) -> Neighbour:
        calls.append(one)
        return neighbour(one, other)

    monkeypatch.setattr(incremental, "neighbour", counted)
    updated, weights = renewed(catalog, neighbourhoods, after)
    assert updated == labour.neighbours_by(after, weights)
    assert 0 < len(calls) < 120 * 10
    assert all(len(it) <= KEPT for it in neighbourhoods.values())


def test_what_does_not_matter_changes_nothing() -> None:
    catalog = labour.market(5, 10)
    neighbourhoods = worked_out(catalog)
    slug, career = next(iter(catalog.careers.items()))
    edited = replace(career, relations=(), external_ids=())
    after = replace(catalog, careers={**catalog.careers, slug: edited})
    assert renewed(catalog, neighbourhoods, after).neighbourhoods is neighbourhoods


def test_a_career_more_moves_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights are kept: who shares words with it keeps its other neighbours, to the digit."""
    catalog = labour.market(7, 120)
    neighbourhoods, rarity = measured(catalog)
    newcomer = replace(next(iter(catalog.careers.values())), slug="newcomer")
    after = labour.catalog_of([*catalog.careers.values(), newcomer])
    monkeypatch.setattr(incremental, "measured", lambda *_: pytest.fail("from the beginning"))
    updated, weights = renewed(replace(catalog, rarity=rarity.write()), neighbourhoods, after)
    assert weights == rarity
    moved = [slug for slug, near in updated.items() if neighbourhoods.get(slug) != near]
    with_it = [slug for slug, near in updated.items() if any(it.slug == "newcomer" for it in near)]
    assert set(moved) == {*with_it, "newcomer"}


def test_weights_are_taken_anew_when_one_in_eight_drifted() -> None:
    catalog = labour.market(5, 60)
    neighbourhoods, rarity = measured(catalog)
    halvings = {it: {name: n + 1 for name, n in names.items()} for it, names in rarity.halvings.items()}
    old = replace(catalog, rarity=Rarity(rarity.whole, halvings).write())
    slug, career = next(iter(catalog.careers.items()))
    after = replace(catalog, careers={**catalog.careers, slug: replace(career, title={"en": "Another title"})})
    updated, weights = renewed(old, neighbourhoods, after)
    assert updated == worked_out(after)
    assert weights == Rarity.read(weights.write()) != Rarity.read(old.rarity or "")
