"""Postings: what is packed comes back."""

from array import array

import pytest

from careergraph.engine.search.posting import ITEMS, WEIGHTS, pack, size_of, unpack, updated


@pytest.mark.parametrize("most", [0, 1, 255, 256, 1 << 16, (1 << 32) - 1, 1 << 32, 1 << 63, 1 << 64, 1 << 3000])
def test_what_is_packed_comes_back(most: int) -> None:
    """However many names an item has: the bits of its names are a number without an end."""
    items, weights, names = array(ITEMS, [7, 0, 70_000]), array(WEIGHTS, [1.0, 0.45, 0.3]), [1 & most, most, 0]
    packed = pack(items, weights, names)
    posting = unpack(packed)
    assert (posting.items, posting.weights, list(posting.names)) == (items, weights, names)
    assert size_of(packed) == 3


def test_words_that_stand_in_no_name_take_eight_bytes_an_item() -> None:
    items = range(1000)
    packed = pack(array(ITEMS, items), array(WEIGHTS, [0.3] * 1000), [0] * 1000)
    assert len(packed) == 1 + 8 * 1000


def test_an_item_of_many_names_makes_no_other_take_more() -> None:
    packed = pack(array(ITEMS, range(1000)), array(WEIGHTS, [0.3] * 1000), [1 << 400, *[1] * 999])
    assert len(packed) < 1000 * (8 + 8) + 100


def test_items_leave_and_come() -> None:
    before = pack(array(ITEMS, [1, 2, 3]), array(WEIGHTS, [0.5, 1.0, 0.25]), [1, 0, 4])
    after = updated(before, {2}, (array(ITEMS, [9]), array(WEIGHTS, [0.75]), [1 << 70]))
    assert after is not None
    posting = unpack(after)
    assert [list(it) for it in posting] == [[1, 3, 9], [0.5, 0.25, 0.75], [1, 4, 1 << 70]]
    weights: array[float] = array(WEIGHTS)
    nothing = array(ITEMS), weights, list[int]()
    assert updated(after, {1, 3, 9}, nothing) is None
    assert updated(None, (), nothing) is None
