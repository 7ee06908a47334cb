"""The rules of outcomes, written down a second time: they read the fields of values and call nothing of the engine."""

from careergraph.engine.content import Career
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.value_kinds import Choice, Flag, Level, MoneyRange, Number, Value


def expected(a: Value | None, b: Value | None) -> str:
    """The outcome that two values must have, from the rules of the design."""
    if a is None or b is None:
        return "UNKNOWN"
    if not comparable(a, b):
        return "NOT_COMPARABLE"
    direction = a.attribute.better.value
    if isinstance(a, Choice) and isinstance(b, Choice):
        return "TIE" if a.key == b.key else "DIFFERS"
    if isinstance(a, MoneyRange) and isinstance(b, MoneyRange):
        return _expected_range(a, b, direction)
    return side(plain_number(a), plain_number(b), direction)


def comparable(a: Value, b: Value) -> bool:
    """Whether two values measure the same thing and are two figures."""
    here, there = a.provenance, b.provenance
    if here.region != there.region:
        return False
    if here.published_for and here.published_for == there.published_for:
        return False
    if isinstance(a, MoneyRange) and isinstance(b, MoneyRange):
        return _terms(a) == _terms(b)
    if isinstance(a, Number) and isinstance(b, Number):
        return a.unit == b.unit
    return type(a) is type(b)


def _terms(value: MoneyRange) -> tuple[object, ...]:
    return value.currency, value.period, value.basis, value.percentiles


def expected_end(a: MoneyRange, b: MoneyRange, part: str, direction: str) -> str:
    """The outcome of one end of two comparable ranges."""
    mine, theirs = (a.low, b.low) if part == "LOW" else (a.high, b.high)
    return "UNKNOWN" if mine is None or theirs is None else side(mine, theirs, direction)


def _expected_range(a: MoneyRange, b: MoneyRange, direction: str) -> str:
    ends = [end for part in ("LOW", "HIGH") if (end := expected_end(a, b, part, direction)) != "UNKNOWN"]
    if not ends:
        return "UNKNOWN"
    sides = {end for end in ends if end != "TIE"}
    if not sides:
        return "TIE"
    return sides.pop() if len(sides) == 1 else "DIFFERS"


def side(mine: float, theirs: float, direction: str) -> str:
    if mine == theirs:
        return "TIE"
    if direction == "NEITHER":
        return "DIFFERS"
    return "A" if (mine > theirs) == (direction == "HIGHER") else "B"


def plain_number(value: Value) -> float:
    if isinstance(value, Number):
        return value.value
    if isinstance(value, Level):
        return value.rank
    assert isinstance(value, Flag)
    return int(value.yes)


def value_of(career: Career, attribute: Attribute) -> Value | None:
    return next((value for value in career.values if value.attribute.key == attribute.key), None)
