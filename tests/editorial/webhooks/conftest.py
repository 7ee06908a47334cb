"""Fixtures for events: a receiver, and a seeded desk on each database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from editorial.verbs.desk import Desk
from editorial.webhooks.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that takes everything, until it is told otherwise."""
    with receiving() as server:
        yield server


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """A seeded desk, once on each database."""
    return Desk(engine)
