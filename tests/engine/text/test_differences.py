"""Distances of numbers are those of the decimals that are written."""

from dataclasses import replace
from decimal import Decimal
from math import isnan

from hypothesis import example, given
from hypothesis import strategies as st

from careergraph.engine.content.value_kinds import Number
from careergraph.engine.text.differences import PLACES, difference, gap_number
from truth.seeded import catalog

NUMBERS = st.decimals(-2_000_000, 2_000_000, allow_nan=False, places=None).map(float) | st.decimals(
    0, 1000, allow_nan=False, places=2
).map(float)


@given(NUMBERS, NUMBERS)
@example(9.2, 9.0)
@example(0.1234567, 0.1234566)
@example(999_999.9, 0.1)
def test_a_distance_is_that_of_the_decimals(a: float, b: float) -> None:
    assert difference(a, b) == float(abs(Decimal(str(a)) - Decimal(str(b))))


@given(NUMBERS, NUMBERS)
@example(9.2, 9.0)
@example(0.1234567, 0.1234566)
@example(999_999.9, 1_000_000.0)
def test_the_difference_of_gap_numbers_settles_the_distance(a: float, b: float) -> None:
    """Texts are kept by it: no two distances may share one."""
    score = next(it for it in catalog().careers["plumber"].values if isinstance(it, Number))
    settled = gap_number(replace(score, value=a)) - gap_number(replace(score, value=b))
    assert isnan(settled) or difference(a, b) == round(abs(settled), PLACES)
