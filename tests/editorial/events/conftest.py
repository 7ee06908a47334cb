"""Fixtures for events: a receiver, and a seeded desk on each database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from editorial.events.receiver import Receiver, receiving
from editorial.verbs.desk import Desk


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that takes everything, until it is told otherwise."""
    with receiving() as server:
        yield server


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """A seeded desk, once on each database."""
    return Desk(engine)
