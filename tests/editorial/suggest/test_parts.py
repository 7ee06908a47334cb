"""Parts: what a phrase that lists things is made of."""

import pytest

from careergraph.editorial.suggest.parts import MOST, parts_of


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("project management", ()),
        ("SQL/Python", ("SQL", "Python")),
        ("health and safety", ("health", "safety")),
        (
            "Asynchronous and concurrent programming in Python",
            ("Asynchronous programming in Python", "Asynchronous", "concurrent programming in Python"),
        ),
        (
            "RAG (Retrieval-Augmented Generation) system design",
            ("RAG", "Retrieval-Augmented Generation", "system design"),
        ),
        (
            "Cost optimization and token economics - modeling spend across tiers",
            (
                "Cost optimization and token economics",
                "Cost optimization",
                "token economics",
                "modeling spend",
                "tiers",
            ),
        ),
    ],
)
def test_parts(phrase: str, parts: tuple[str, ...]) -> None:
    assert parts_of(phrase) == parts


def test_a_phrase_has_no_more_parts_than_are_judged() -> None:
    assert len(parts_of(", ".join(f"thing {number}" for number in range(1000)))) == MOST
