"""The garbage collector during an import."""

import gc

import pytest

from careergraph.store.database.memory import RARE, rare_collections


def test_an_import_collects_rarely_and_leaves_the_collector_as_it_was() -> None:
    """A worker of a host may run on after an import that fails."""
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="bad"), rare_collections():
        assert gc.get_threshold() == (RARE, *before[1:])
        raise ValueError("bad")
    assert gc.get_threshold() == before
