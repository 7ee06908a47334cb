"""Distances of numbers are those of the decimals that are written."""

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from careergraph.engine.text.differences import difference

NUMBERS = st.decimals(-2_000_000, 2_000_000, allow_nan=False, places=None).map(float) | st.decimals(
    0, 1000, allow_nan=False, places=2
).map(float)


@given(NUMBERS, NUMBERS)
@example(9.2, 9.0)
@example(0.1234567, 0.1234566)
@example(999_999.9, 0.1)
def test_a_distance_is_that_of_the_decimals(a: float, b: float) -> None:
    assert difference(a, b) == float(abs(Decimal(str(a)) - Decimal(str(b))))
