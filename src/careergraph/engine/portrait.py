"""Portrait: one career as it reads in one locale. Whatever sentences need of a career is rendered once and kept."""

from careergraph.engine.career import Career
from careergraph.engine.evidence import Evidence
from careergraph.engine.locale import Locale
from careergraph.engine.outcome import RangeEnd
from careergraph.engine.values import MoneyRange, Value


class Reading:
    """A value as it reads: the whole of it, and each end of a range. `variant` is that of its phrases."""

    __slots__ = ("high", "low", "value", "variant", "whole")

    def __init__(self, value: Value, locale: Locale) -> None:
        self.value = value
        self.variant = value.variant()
        self.whole = self.low = self.high = value.display(locale)
        if isinstance(value, MoneyRange):
            self.low, self.high = (value.display_end(part, locale) for part in RangeEnd)

    def part(self, part: RangeEnd | None) -> str:
        """One end, or the whole where no end is meant."""
        if part is None:
            return self.whole
        return self.low if part is RangeEnd.LOW else self.high


class Portrait:
    """A career's title and values as they read, the values by the key of their attribute, and the facts about it."""

    __slots__ = ("career", "evidence", "title", "values")

    def __init__(self, career: Career, locale: Locale, evidence: Evidence) -> None:
        self.career = career
        self.evidence = evidence
        self.title = locale.read(career.title)
        self.values = {value.attribute.key: Reading(value, locale) for value in career.values}
