"""The outcomes of two values of one attribute side by side.

Hot code gives members names of its own (`_A = Outcome.A`): looking one up costs more than comparing it.
"""

from careergraph.engine.described_enum import DescribedEnum


class Outcome(DescribedEnum):
    """The result of comparing the values of one attribute of careers a and b."""

    A = "A", "a has the better value."
    B = "B", "b has the better value."
    TIE = "TIE", "Both values are the same."
    DIFFERS = "DIFFERS", "The values are different, and neither is better."
    UNKNOWN = "UNKNOWN", "At least one side has no value, or open (`MoneyRange.openEnd`) or absent ends leave it open."
    NOT_COMPARABLE = (
        "NOT_COMPARABLE",
        "Both sides have a value, and the two cannot be compared (see `Obstacle`).",
    )

    __hash__ = str.__hash__  # an enum's own is Python code, and every row looks up what its outcome is called

    @property
    def mirrored(self) -> "Outcome":
        """The outcome as it reads with a and b exchanged."""
        return _MIRRORED.get(self, self)

    @property
    def decided(self) -> bool:
        """Whether one side is better."""
        return self is Outcome.A or self is Outcome.B


_MIRRORED = {Outcome.A: Outcome.B, Outcome.B: Outcome.A}


class Side(DescribedEnum):
    """One of the two careers of a comparison."""

    A = "A", "The career that was named first."
    B = "B", "The career that was named second."


class RangeEnd(DescribedEnum):
    """One end of a money range."""

    LOW = "LOW", "The low end."
    HIGH = "HIGH", "The high end."

    __hash__ = str.__hash__


class Obstacle(DescribedEnum):
    """Why two values of one attribute cannot be compared."""

    CURRENCY = "CURRENCY", "The amounts are in different currencies."
    PERIOD = "PERIOD", "The amounts are paid for different periods."
    BASIS = "BASIS", "The ends of the ranges stand for different things (posted ranges, percentiles, an estimate)."
    UNIT = "UNIT", "The values are in different units or of different kinds."
    EDITION = "EDITION", "The levels are of editions of a scale that mean different things."
    REGION = "REGION", "The values were observed in different regions."
    SAME_FIGURE = (
        "SAME_FIGURE",
        "Both careers have one and the same published figure (the same source, `publishedFor` and value), so it says "
        "nothing about their difference.",
    )
