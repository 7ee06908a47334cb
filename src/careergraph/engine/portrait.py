"""Portrait: one career as it reads in one locale. Whatever sentences need of a career is rendered once and kept."""

from typing import TYPE_CHECKING

from careergraph.engine.career import Career
from careergraph.engine.cell import Cell
from careergraph.engine.outcome import Outcome, RangeEnd
from careergraph.engine.statement import Fact, Statement
from careergraph.engine.values import MoneyRange, Value

if TYPE_CHECKING:
    from careergraph.engine.edition import Edition
    from careergraph.engine.lead import Lead

Sentence = tuple[str, str]
"""A sentence, and the locale it is worded in."""

NOTHING: Sentence = ("", "")
"""What is said where there is nothing to say."""


class Reading(Cell):
    """A value as it reads, beside what its comparison looks at: the whole of it, and each end of a range. `variant` is
    that of its phrases, `fact` that the career has it.

    `figures` by the outcome of their row, `tie`, `trait`, `shared` and `lead` are what can be said of it whatever it is
    compared with. How a finding and a reason begin that say it is ahead is `found` and `reasoned`; how those of the
    lead `behind` end that say it is not is `lost` and `missed`. All are None as long as nobody asked.

    One object holds all of this, because two careers of many are not in the processor's cache.
    """

    __slots__ = (
        *("fact", "high", "label", "low", "variant", "whole"),
        *("behind", "figures", "found", "lead", "lost", "missed", "reasoned", "shared", "tie", "trait"),
    )

    def __init__(self, value: Value, edition: "Edition", fact: Fact) -> None:
        super().__init__(value)
        self.fact = fact
        self.label = edition.read(value.attribute.label)
        self.variant = value.variant()
        self.whole = self.low = self.high = edition.display(value)
        if isinstance(value, MoneyRange):
            self.low, self.high = (value.display_end(part, edition.locale) for part in RangeEnd)
        self.figures: dict[Outcome, Statement] | None = None
        self.tie: Sentence | None = None
        self.trait: Sentence | None = None
        self.shared: Sentence | None = None
        self.lead: Lead | None = None
        self.behind: Lead | None = None
        self.found = self.reasoned = self.lost = self.missed = ""

    def part(self, part: RangeEnd | None) -> str:
        """One end, or the whole where no end is meant."""
        if part is None:
            return self.whole
        return self.low if part is RangeEnd.LOW else self.high


class Portrait:
    """A career's title and values as they read, the facts about it, and what it asks of those who move there.

    `line` has its reading, or None, for each of the catalog's `columns`.
    """

    __slots__ = ("career", "effort", "evidence", "line", "title")

    def __init__(self, career: Career, edition: "Edition") -> None:
        self.career, catalog = career, edition.catalog
        self.evidence, self.effort = catalog.evidence(career), catalog.effort(career)
        self.title = edition.read(career.title)
        values, facts = career.values_by_attribute, self.evidence.values
        self.line = tuple(
            [Reading(values[key], edition, facts[key]) if key in values else None for key in catalog.attributes]
        )

    def reading(self, column: int) -> Reading:
        """The value in a column where it has one."""
        found = self.line[column]
        assert found is not None  # noqa: S101 - whoever asks has seen it in a row
        return found
