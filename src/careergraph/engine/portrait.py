"""Portrait: one career as it reads in one locale. Whatever sentences need of a career is rendered once and kept."""

from typing import TYPE_CHECKING

from careergraph.engine.career import Career
from careergraph.engine.effort import Effort
from careergraph.engine.evidence import Evidence
from careergraph.engine.locale import Locale
from careergraph.engine.outcome import RangeEnd
from careergraph.engine.statement import Fact
from careergraph.engine.values import MoneyRange, Value

if TYPE_CHECKING:
    from careergraph.engine.lead import Lead

Sentence = tuple[str, str]
"""A sentence, and the locale it is worded in."""

NOTHING: Sentence = ("", "")
"""What is said where there is nothing to say."""


class Reading:
    """A value as it reads: the whole of it, and each end of a range. `variant` is that of its phrases, `fact` that the
    career has it.

    `figure`, `tie`, `trait`, `shared` and `lead` are what can be said of it whatever it is compared with; None as long
    as nobody asked.
    """

    __slots__ = (
        *("fact", "high", "label", "low", "value", "variant", "whole"),
        *("figure", "lead", "shared", "tie", "trait"),
    )

    def __init__(self, value: Value, locale: Locale, fact: Fact) -> None:
        self.value, self.fact = value, fact
        self.label = locale.read(value.attribute.label)
        self.variant = value.variant()
        self.whole = self.low = self.high = value.display(locale)
        if isinstance(value, MoneyRange):
            self.low, self.high = (value.display_end(part, locale) for part in RangeEnd)
        self.figure: Sentence | None = None
        self.tie: Sentence | None = None
        self.trait: Sentence | None = None
        self.shared: Sentence | None = None
        self.lead: Lead | None = None

    def part(self, part: RangeEnd | None) -> str:
        """One end, or the whole where no end is meant."""
        if part is None:
            return self.whole
        return self.low if part is RangeEnd.LOW else self.high


class Portrait:
    """A career's title and values as they read, the values by the key of their attribute, the facts about it, and what
    it asks of those who move there."""

    __slots__ = ("career", "effort", "evidence", "title", "values")

    def __init__(self, career: Career, locale: Locale, evidence: Evidence, effort: Effort) -> None:
        self.career = career
        self.evidence, self.effort = evidence, effort
        self.title = locale.read(career.title)
        self.values = {key: Reading(value, locale, evidence.values[key]) for key, value in _by_key(career)}


def _by_key(career: Career) -> list[tuple[str, Value]]:
    return [(value.attribute.key, value) for value in career.values]
