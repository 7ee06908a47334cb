"""Dense search: arrays find the very neighbourhoods that the search of the engine finds, without numpy and with it."""

import sys
from dataclasses import replace

import pytest

from careergraph.engine.similarity import incremental
from careergraph.engine.similarity.features import Features
from careergraph.engine.similarity.incremental import measured, renewed
from careergraph.engine.similarity.nearest import Search
from careergraph.engine.similarity.neighbours import worked_out
from careergraph.engine.similarity.vectors import Rarity, VectorSpace
from careergraph.store.catalogs import renewal
from engine import labour

dense_search = pytest.importorskip("careergraph.store.catalogs.dense_search", reason="numpy is not installed")


@pytest.mark.parametrize(("seed", "careers"), [(1, 150), (2, 60), (3, 26), (4, 25), (5, 8), (6, 2), (7, 1), (8, 0)])
def test_the_neighbourhoods_are_equal_to_the_digit(seed: int, careers: int) -> None:
    catalog = labour.market(seed, careers)
    assert measured(catalog, dense_search.DenseSearch).neighbourhoods == worked_out(catalog)


@pytest.mark.parametrize("seed", range(4))
def test_they_follow_changes_alike(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = labour.drawing(seed)
    catalog = labour.market(seed, 60)
    neighbourhoods, rarity, _ = measured(catalog)
    for _ in range(4):
        after, before = labour.changed(random, catalog), replace(catalog, rarity=rarity.write())
        plain = renewed(before, neighbourhoods, after)
        with monkeypatch.context() as patch:
            patch.setattr(incremental, "SEARCHED", 0)
            assert renewed(before, neighbourhoods, after, dense_search.DenseSearch) == plain
        catalog, (neighbourhoods, rarity, _) = after, plain


def test_few_are_measured_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds leave out most: whoever may be near is measured, and hardly anybody else."""
    catalog = labour.market(9, 200)
    features = {slug: Features(catalog, career) for slug, career in catalog.careers.items()}
    space = VectorSpace(features, Rarity.of(features.values()))
    plain, dense = Search(space), dense_search.DenseSearch(space)
    for one in list(space.vectors.values())[:20]:
        there = {it.features.career.slug for it in dense.candidates(one)}
        assert there == {it.features.career.slug for it in plain.candidates(one)}
        assert len(there) < 150


def test_numpy_is_loaded_for_many_careers_alone_and_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert renewal.search_for(renewal.MANY - 1) is Search
    assert renewal.search_for(renewal.MANY) is dense_search.DenseSearch
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "careergraph.store.catalogs.dense_search")
    assert renewal.search_for(renewal.MANY) is Search
