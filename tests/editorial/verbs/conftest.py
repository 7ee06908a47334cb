"""Seeded desks for the tests of the verbs."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from careergraph.store.database.database import connect
from editorial.verbs.desk import Desk


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    """A seeded desk on SQLite."""
    engine = connect(sqlite_url)
    yield Desk(engine)
    engine.dispose()


@pytest.fixture
def both_desk(engine: Engine) -> Desk:
    """A seeded desk, once on each database."""
    return Desk(engine)
