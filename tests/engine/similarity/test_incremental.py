"""Incremental update: whatever changes between two catalogs, the result is that of working all out by its weights."""

from array import array
from dataclasses import replace
from gc import collect, get_objects

import pytest

from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Neighbour
from careergraph.engine.similarity import incremental
from careergraph.engine.similarity.features import COUNTED, Features
from careergraph.engine.similarity.incremental import measured, renewed, renewed_quickly
from careergraph.engine.similarity.inverted_index import Index
from careergraph.engine.similarity.nearest import KEPT, Search, neighbour
from careergraph.engine.similarity.neighbours import worked_out
from careergraph.engine.similarity.packed_vectors import HEAD
from careergraph.engine.similarity.search_space import PackedSearch, PackedSpace, hand_on, packed_of
from careergraph.engine.similarity.vectors import WEIGHTS, Rarity, Vectors, VectorSpace
from engine import labour


@pytest.mark.parametrize(("careers", "seed"), [(size, seed) for size in (2, 12, 35, 60) for seed in range(4)])
def test_one_change_after_another(careers: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if seed % 2:
        monkeypatch.setattr(incremental, "SEARCHED", 0)  # by an index
    random = labour.drawing(seed)
    catalog = labour.market(seed, careers)
    neighbourhoods, rarity, _ = measured(catalog)
    last = catalog
    for _ in range(5):
        after = labour.changed(random, catalog)
        before = replace(catalog, rarity=rarity.write())
        hand_on(last, before)  # from the second one on, the space follows from another and is not made anew
        updated, weights, packed = renewed(before, neighbourhoods, after)
        last = before
        labour.require_vectors(packed, after, weights)
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
    updated, weights, _ = renewed(catalog, neighbourhoods, after)
    assert updated == labour.neighbours_by(after, weights)
    assert 0 < len(calls) < 120 * 10
    assert all(len(it) <= KEPT for it in neighbourhoods.values())


def test_what_is_unpacked_for_one_question_is_not_kept() -> None:
    """A server keeps the packed vectors alone: unpacked ones take ten times as much memory."""
    catalog = labour.market(5, 40)
    slug = next(iter(catalog.careers))
    after = replace(catalog, careers={**catalog.careers, slug: replace(catalog.careers[slug], values=())})
    neighbourhoods = worked_out(catalog)
    collect()
    before = [it for it in get_objects() if isinstance(it, (Vectors, Features))]
    assert renewed_quickly(catalog, neighbourhoods, after) is not None
    collect()
    assert len([it for it in get_objects() if isinstance(it, (Vectors, Features))]) == len(before)
    packed = packed_of(catalog)
    for row in packed.rows.values():
        _, *things, fields = array("I", row[:HEAD])
        assert len(row) == HEAD + 12 * sum(things) + 8 * fields


def test_both_searches_find_the_same() -> None:
    """The one in packed vectors, which looks at all careers, and the one by an index."""
    catalog = labour.market(5, 60)
    packed = packed_of(catalog)
    space = PackedSpace(catalog, packed, {})
    one, other = PackedSearch(space), Search(space)
    assert {it: one.nearest(it) for it in catalog.careers} == other.all() == worked_out(catalog)


def test_sums_of_an_index_are_right_to_five_places() -> None:
    """What many careers have is added to all of them at once, what few have one by one."""
    vectors = list(VectorSpace.of(labour.market(3, 90)).vectors.values())
    index = Index([it.parts for it in vectors], WEIGHTS)
    for one in vectors[:10]:
        sums = [sum([_weighted_dot(component, one, other) for component in COUNTED]) for other in vectors]
        assert index.sums(one.parts) == pytest.approx(sums, abs=1e-5)


def _weighted_dot(component: Component, one: Vectors, other: Vectors) -> float:
    theirs = other.parts[component]
    return WEIGHTS[component] * sum([amount * theirs.get(name, 0.0) for name, amount in one.parts[component].items()])


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
    neighbourhoods, rarity, _ = measured(catalog)
    newcomer = replace(next(iter(catalog.careers.values())), slug="newcomer")
    after = labour.catalog_of([*catalog.careers.values(), newcomer])
    monkeypatch.setattr(incremental, "measured", lambda *_: pytest.fail("from the beginning"))
    updated, weights, _ = renewed(replace(catalog, rarity=rarity.write()), neighbourhoods, after)
    assert weights == rarity
    moved = [slug for slug, near in updated.items() if neighbourhoods.get(slug) != near]
    with_it = [slug for slug, near in updated.items() if any(it.slug == "newcomer" for it in near)]
    assert set(moved) == {*with_it, "newcomer"}


def test_weights_are_taken_anew_when_one_in_eight_drifted() -> None:
    catalog = labour.market(5, 60)
    neighbourhoods, rarity, _ = measured(catalog)
    halvings = {it: {name: n + 1 for name, n in names.items()} for it, names in rarity.halvings.items()}
    old = replace(catalog, rarity=Rarity(rarity.whole, halvings).write())
    slug, career = next(iter(catalog.careers.items()))
    after = replace(catalog, careers={**catalog.careers, slug: replace(career, title={"en": "Another title"})})
    updated, weights, _ = renewed(old, neighbourhoods, after)
    assert updated == worked_out(after)
    assert weights == Rarity.read(weights.write()) != Rarity.read(old.rarity or "")
