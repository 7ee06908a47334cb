"""Load while versions are published, for a few seconds; `make soak` does the same for a minute, and looks at memory."""

from pathlib import Path

import pytest
from benchmarks.http.database import fill
from benchmarks.http.server import careergraph
from benchmarks.soak import Soak


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Soak:
    database = f"sqlite:///{Path(tmp_path_factory.mktemp('soak'), 'soak.db')}"
    fill(database, 100)
    found = Soak(seconds=4, every=0.5)
    with careergraph(database, None) as server:
        found.run(server, database, connections=8)
    return found


def test_no_answer_is_wrong_stale_or_of_two_versions(soak: Soak) -> None:
    assert soak.wrong == []


def test_several_versions_were_seen(soak: Soak) -> None:
    """Else nothing was judged."""
    assert len({version for _, version, _ in soak.answers}) > 2
    assert len(soak.took) > 50


def test_an_answer_of_two_versions_is_noticed() -> None:
    soak = Soak(1, 1, versions={1: 7, 2: 8}, published=[(0.0, 1), (10.0, 2)])
    soak.answers = [(1.0, 1, frozenset({7})), (1.0, 1, frozenset({7, 8})), (20.0, 1, frozenset({7}))]
    soak._judge()
    assert len(soak.wrong) == 2
