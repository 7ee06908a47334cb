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
    return obstacle(a, b) is None


def obstacle(a: Value, b: Value) -> str | None:
    """What stands between two values that both careers have; None where they can be compared."""
    if type(a) is not type(b):
        return "UNIT"
    if isinstance(a, MoneyRange) and isinstance(b, MoneyRange):
        terms = {
            "CURRENCY": a.currency == b.currency,
            "PERIOD": a.period == b.period,
            "BASIS": (a.basis, a.percentiles) == (b.basis, b.percentiles),
        }
    elif isinstance(a, Number) and isinstance(b, Number):
        terms = {"UNIT": a.unit == b.unit}
    elif isinstance(a, Level | Choice) and isinstance(b, Level | Choice):
        terms = {"EDITION": edition(a) == edition(b)}
    else:
        terms = {}
    here, there = a.provenance, b.provenance
    terms["REGION"] = here.region == there.region
    row = here.published_for is not None and here.published_for == there.published_for
    terms["SAME_FIGURE"] = not (row and here.source.slug == there.source.slug and amounts(a) == amounts(b))
    return next((name for name, same in terms.items() if not same), None)


def edition(value: Level | Choice) -> str:
    """The edition of the scale that a level or an option belongs to."""
    place = value.rank if isinstance(value, Level) else value.index
    return value.attribute.options[place].edition.get("en", "")


def amounts(value: Value) -> tuple[object, ...]:
    """What a value says, without what it is measured in."""
    if isinstance(value, MoneyRange):
        return value.low, value.high, value.open_end
    return (value.index if isinstance(value, Choice) else plain_number(value),)


def is_open(value: MoneyRange, part: str) -> bool:
    """Whether an end is at least its amount: the one that is called open, and the one above it."""
    return value.open_end is not None and (value.open_end.value == "LOW" or part == "HIGH")


def expected_end(a: MoneyRange, b: MoneyRange, part: str, direction: str) -> str:
    """The outcome of one end of two comparable ranges."""
    mine, theirs = (a.low, b.low) if part == "LOW" else (a.high, b.high)
    if mine is None or theirs is None:
        return "UNKNOWN"
    if is_open(a, part) or is_open(b, part):
        closed_is_lower = (is_open(a, part) and not is_open(b, part) and theirs < mine) or (
            is_open(b, part) and not is_open(a, part) and mine < theirs
        )
        return side(mine, theirs, direction) if closed_is_lower else "UNKNOWN"
    return side(mine, theirs, direction)


def _expected_range(a: MoneyRange, b: MoneyRange, direction: str) -> str:
    every = [expected_end(a, b, part, direction) for part in ("LOW", "HIGH")]
    ends = [end for end in every if end != "UNKNOWN"]
    if not ends:
        return "UNKNOWN"
    sides = {end for end in ends if end != "TIE"}
    if not sides:  # where an end is open or absent, nobody knows that the two are the same
        return "TIE" if len(ends) == len(every) else "UNKNOWN"
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
