"""Suggestions: what a slug that does not exist may mean."""

import pytest

from careergraph.engine.content.did_you_mean import ENOUGH, Shelf, close_slugs
from truth.seeded import catalog


@pytest.mark.parametrize(
    ("shelf", "slug", "expected"),
    [
        ("careers", "plumer", ["plumber"]),
        ("careers", "nurs", ["registered-nurse", "nurse-practitioner", "critical-care-nurse"]),
        ("careers", "ELECTRIC", ["electrician", "electrical-engineer"]),
        ("categories", "trades", ["engineering-trades"]),
        ("careers", "urse", []),
        ("careers", "xx", []),
        ("careers", "", []),
    ],
)
def test_a_slug_that_is_misspelled_or_cut_short_is_guessed(shelf: Shelf, slug: str, expected: list[str]) -> None:
    assert close_slugs(catalog(), shelf, slug) == expected


def test_the_spelled_alike_come_before_those_that_begin_so() -> None:
    """There are few of either, each once."""
    slugs = close_slugs(catalog(), "careers", "software-develop")
    assert slugs[0] == "software-developer"
    assert len(set(slugs)) == len(slugs) <= ENOUGH
    assert len(close_slugs(catalog(), "careers", "engineer")) == ENOUGH
