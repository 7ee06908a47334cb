"""Pairs found by arithmetic are the pairs that counting gives."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import small
from careergraph.api.connections.pairs import Pairs, PairsOf, SlugPair
from careergraph.engine.content import Career


def _careers(count: int) -> list[Career]:
    return [
        Career(
            slug=f"career-{number:03}",
            title={"en": str(number)},
            summary={},
            category=small.CRAFT,
            published_at=small.FIRST,
        )
        for number in range(count)
    ]


@given(st.integers(0, 40))
def test_all_pairs_in_order(count: int) -> None:
    careers = _careers(count)
    pairs = Pairs(careers)
    expected = [SlugPair(a, b) for a, b in combinations(careers, 2)]
    assert len(pairs) == len(expected)
    assert [pairs[place] for place in range(len(pairs))] == list(pairs) == expected
    assert pairs[1:4] == expected[1:4]


@given(st.integers(1, 30), st.data())
def test_all_pairs_of_one_in_order(count: int, data: st.DataObject) -> None:
    careers = _careers(count)
    career = careers[data.draw(st.integers(0, count - 1))]
    pairs = PairsOf(career, [other for other in careers if other is not career])
    expected = [SlugPair(a, b) for a, b in combinations(careers, 2) if career in (a, b)]
    assert list(pairs) == pairs[0:] == expected
    assert len(pairs) == len(expected)


@pytest.mark.parametrize("place", [-1, 3])
def test_there_is_nothing_outside(place: int) -> None:
    with pytest.raises(IndexError):
        Pairs(_careers(3))[place]


def test_a_pair_deep_in_a_large_catalog_is_found_at_once() -> None:
    """Ten thousand careers make fifty million pairs; none but the one asked for may be made."""
    pairs = Pairs(_careers(10_000))
    assert len(pairs) == 49_995_000
    assert pairs[len(pairs) - 1] == (pairs._careers[9998], pairs._careers[9999])
    assert [it.slug for it in pairs[9_999]] == ["career-001", "career-002"]
