"""The grade of a transition is counted in integers, and comes out as the rule says it in fractions."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careergraph.engine.content import Career
from careergraph.engine.content.attribute import Attribute, Better, ValueKind
from careergraph.engine.content.source import Source, SourceKind
from careergraph.engine.content.value_kinds import Provenance, parse_value
from careergraph.engine.text.facts import CareerFacts
from careergraph.engine.text.transition_inputs import TransitionInputs
from careergraph.engine.transition.transition import TransitionGrade, grade, points
from truth.content import CATEGORIES, WHEN

MONTHS = Attribute(key="months", label={"en": "Months"}, kind=ValueKind.NUMBER, better=Better.LOWER, position=1)
SOURCE = Source(slug="s", title="S", publisher="P", kind=SourceKind.MEASURED)


def inputs(months: float | None) -> TransitionInputs:
    fields = [] if months is None else [{"value": months}]
    career = Career(
        slug="it",
        title={"en": "It"},
        summary={"en": ""},
        category=CATEGORIES[0],
        published_at=WHEN,
        values=tuple(parse_value(MONTHS, Provenance(source=SOURCE), it) for it in fields),
    )
    return TransitionInputs(career, CareerFacts(career).values, "months", ())


@pytest.mark.parametrize(
    ("halves", "total", "months", "raised", "expected"),
    [
        (0, 0, None, 0, TransitionGrade.HARD),
        (0, 9, None, 0, TransitionGrade.HARD),
        (1, 9, None, 0, TransitionGrade.CHALLENGING),
        (5, 9, None, 0, TransitionGrade.CHALLENGING),
        (6, 9, None, 0, TransitionGrade.MODERATE),
        (11, 9, None, 0, TransitionGrade.MODERATE),
        (12, 9, None, 0, TransitionGrade.EASY),
        (12, 9, 12, 0, TransitionGrade.EASY),
        (12, 9, 13, 0, TransitionGrade.MODERATE),
        (12, 9, 13, 1, TransitionGrade.CHALLENGING),
        (12, 9, 13, 2, TransitionGrade.HARD),
        (0, 9, 13, 2, TransitionGrade.HARD),
    ],
)
def test_grades_at_their_boundaries(
    halves: int, total: int, months: int | None, raised: int, expected: TransitionGrade
) -> None:
    assert grade(points(halves, total, months, raised)) is expected


@given(st.one_of(st.integers(0, 500), st.floats(0, 1e25)), st.integers(0, 40), st.integers(1, 40))
def test_months_that_remain_are_exact(months: float, left: int, whole: int) -> None:
    assert inputs(months).months(left, whole) == ceil(Fraction(str(months)) * Fraction(left, whole))


def test_months_are_those_of_the_decimal_number_that_was_written() -> None:
    assert inputs(1.1).months(10, 1) == 11, "1.1 as a float is a little more than 1.1"
    assert inputs(None).months(1, 1) is None
