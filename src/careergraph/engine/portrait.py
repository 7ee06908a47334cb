"""Portrait: one career as it reads in one locale. Whatever sentences need of a career is rendered once and kept."""

from typing import TYPE_CHECKING

from careergraph.engine.career import Career
from careergraph.engine.cell import Cell
from careergraph.engine.effort import effort_of
from careergraph.engine.evidence import Evidence
from careergraph.engine.outcome import Outcome, RangeEnd
from careergraph.engine.statement import Fact, Statement
from careergraph.engine.values import MoneyRange, Value

if TYPE_CHECKING:
    from careergraph.engine.edition import Edition
    from careergraph.engine.lead import Lead

Sentence = tuple[str, str, str]
"""A sentence, the locale it is worded in, and its clause, where it has one."""

Compared = tuple[str, str, str, str]
"""How a sentence and its clause begin with one of two values, and how they end with the other one."""

NOTHING: Sentence = ("", "", "")
"""What is said where there is nothing to say."""


class Reading(Cell):
    """A value as it reads inside of sentences, beside what its comparison looks at: the whole of it, and each end of
    a range; `bare` is how these read where a second value says the unit, `whole_second` the whole as the second of
    two. `variant` is that of its phrases, `fact` that the career has it.

    `figures` by the outcome of their row, `tie`, `trait`, `shared`, `lead`, `leads` and `strengths` by the end of a
    range are what can be said of it whatever it is compared with. How the phrases of a lead begin that say it is ahead
    is `begun`; how those of the lead `behind` end that say it is not is `ended`. `more` and `less` are the halves of
    what it says to have more or less than another. All are empty as long as nobody asked.

    One object holds all of this, because two careers of many are not in the processor's cache.
    """

    __slots__ = (
        *("bare", "fact", "high", "label", "low", "variant", "whole", "whole_second"),
        *("behind", "begun", "ended", "figures", "lead", "leads", "less", "more"),
        *("shared", "strengths", "tie", "trait"),
    )

    def __init__(self, value: Value, edition: "Edition", fact: Fact) -> None:
        super().__init__(value)
        self.fact = fact
        self.label = edition.read(value.attribute.label)
        self.variant = value.variant()
        self.whole = self.low = self.high = value.spoken(edition.locale)
        self.whole_second = value.second(edition.locale)
        self.bare: tuple[str, ...] = (value.bare(edition.locale),) * 3
        if isinstance(value, MoneyRange):
            self.low, self.high = (value.spoken_end(part, edition.locale) for part in RangeEnd)
            self.bare = (self.bare[0], *[value.bare_end(part, edition.locale) for part in RangeEnd])
        self.figures: dict[Outcome, Statement] | None = None
        self.tie: Sentence | None = None
        self.trait: Sentence | None = None
        self.shared: Sentence | None = None
        self.lead: Lead | None = None
        self.behind: Lead | None = None
        self.more: Compared | None = None
        self.less: Compared | None = None
        self.begun: tuple[str, ...] = ()
        self.ended: tuple[str, ...] = ()
        self.leads: dict[RangeEnd | None, Lead] = {}
        self.strengths: dict[RangeEnd | None, str] = {}

    def part(self, part: RangeEnd | None) -> str:
        """One end, or the whole where no end is meant."""
        if part is None:
            return self.whole
        return self.low if part is RangeEnd.LOW else self.high

    def second(self, part: RangeEnd | None) -> str:
        """The same as the second of two."""
        return self.whole_second if part is None else self.part(part)

    def bare_part(self, part: RangeEnd | None) -> str:
        """The same without its unit."""
        return self.bare[0 if part is None else 1 if part is RangeEnd.LOW else 2]


def _reading(edition: "Edition", fact: Fact | None) -> Reading | None:
    return None if fact is None or fact.value is None else Reading(fact.value, edition, fact)


class Portrait:
    """A career's title and values as they read, the facts about it, and what it asks of those who move there.

    `line` has its reading, or None, for each of the catalog's `columns`. `category` is what its category says of a
    reader; None as long as nobody asked.
    """

    __slots__ = ("career", "category", "effort", "evidence", "line", "title")

    def __init__(self, career: Career, edition: "Edition") -> None:
        self.career, catalog = career, edition.catalog
        if edition.region is None:
            self.evidence, self.effort = catalog.evidence(career), catalog.effort(career)
        else:
            self.evidence = Evidence(career, edition.region)
            self.effort = effort_of(self.evidence, catalog.transition_roles)
        self.title = edition.read(career.title)
        self.category: Sentence | None = None
        facts = self.evidence.values
        self.line = tuple([_reading(edition, facts.get(key)) for key in catalog.attributes])

    def reading(self, column: int) -> Reading:
        """The value in a column where it has one."""
        found = self.line[column]
        assert found is not None  # noqa: S101 - whoever asks has seen it in a row
        return found
