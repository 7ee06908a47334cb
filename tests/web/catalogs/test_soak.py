"""Load while versions are published, with searches and questions about the past among it, for a few seconds.

Where tests look deep, it is two minutes, and memory must not grow either. `make soak` does the same for a larger
catalog.
"""

from pathlib import Path

import pytest
from benchmarks.http.database import fill
from benchmarks.http.server import careergraph
from benchmarks.soak import MOST_GROWTH, Soak

from depth import DEEP, depth

pytestmark = pytest.mark.alone

SECONDS = float(depth(4, 120))
"""In two minutes memory has settled by the second third of the time; in a few seconds it has not."""
SMALL_CACHES = {"CAREERGRAPH_ANSWERS_BYTES": "2000000", "CAREERGRAPH_DOCUMENTS_KEPT": "40"}
"""Caches that are full within the first third: what grows behind it is no cache that fills."""
PATIENCE = {"CAREERGRAPH_REQUEST_SECONDS": "120", "CAREERGRAPH_OPERATION_SECONDS": "120"}
"""A busy machine refuses nobody: what is judged is what is answered."""


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Soak:
    database = f"sqlite:///{Path(tmp_path_factory.mktemp('soak'), 'soak.db')}"
    fill(database, 100)
    run = Soak(seconds=SECONDS, every=1 if DEEP else 0.5)
    with careergraph(database, None, **SMALL_CACHES, **PATIENCE) as server:
        run.run(server, database, connections=8)
    return run


def test_no_answer_is_wrong_stale_or_of_two_versions(soak: Soak) -> None:
    assert soak.wrong == []


def test_several_versions_were_seen_and_searches_and_the_past(soak: Soak) -> None:
    """Else nothing was judged."""
    assert soak.has_seen_enough


@pytest.mark.skipif(not DEEP, reason="memory settles in minutes: CAREERGRAPH_DEPTH is not deep")
def test_memory_does_not_grow(soak: Soak) -> None:
    assert soak.growth < MOST_GROWTH, soak.memory


def test_memory_that_grows_is_noticed() -> None:
    assert Soak(1, 1, memory=[*[100.0] * 10, *[200.0] * 10, *[230.0] * 10]).growth > MOST_GROWTH
    assert Soak(1, 1, memory=[100.0] * 10 + [200.0] * 20).growth == 0


def test_an_answer_of_two_versions_is_noticed() -> None:
    soak = Soak(1, 1, versions={1: 7, 2: 8}, published=[(0.0, 1), (10.0, 2)])
    soak.answers = [(1.0, 1, frozenset({7})), (1.0, 1, frozenset({7, 8})), (20.0, 1, frozenset({7}))]
    soak._judge()
    assert len(soak.wrong) == 2
