"""Plans answer what standard execution answers, to the byte."""

from random import Random

from api.compiler.comparing import Comparison


def test_random_queries_give_the_same_bytes() -> None:
    """`python -m benchmarks.differential` compares many more."""
    comparison = Comparison(Random(5))  # noqa: S311 - drawn, not secret
    comparison.run(360)
    assert not comparison.different, comparison.different[0]
    assert comparison.counts["the same bytes"] > 150, "too few queries have an answer to compare"
    assert comparison.counts["left to standard execution"] < 10, "plans cover next to everything"
