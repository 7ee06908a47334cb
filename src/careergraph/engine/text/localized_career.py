"""Localized career: one career as it reads in one locale. All that sentences need of it is rendered once and kept."""

from careergraph.engine.content.career import Career
from careergraph.engine.content.cell import Cell
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange, Value
from careergraph.engine.text.advantage_phrases import AdvantagePhrases
from careergraph.engine.text.facts import CareerFacts, facts_of
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Fact, Statement
from careergraph.engine.text.transition_inputs import inputs_from, transition_inputs_of

Sentence = tuple[str, str, str]
"""A sentence, the locale it is worded in, and its clause, where it has one."""

Compared = tuple[str, str, str, str]
"""How a sentence and its clause begin with one of two values, and how they end with the other one."""

NOTHING: Sentence = ("", "", "")
"""What is said where there is nothing to say."""

MOST_LOCALIZED = 100
"""How many careers a localized catalog of a region keeps as they read in it."""


class LocalizedValue(Cell):
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

    def __init__(self, value: Value, localized: LocalizedCatalog, fact: Fact) -> None:
        super().__init__(value)
        self.fact = fact
        self.label = localized.read(value.attribute.label)
        self.variant = value.variant()
        self.whole = self.low = self.high = value.spoken(localized.locale)
        self.whole_second = value.second(localized.locale)
        self.bare: tuple[str, ...] = (value.bare(localized.locale),) * 3
        if isinstance(value, MoneyRange):
            self.low, self.high = (value.spoken_end(part, localized.locale) for part in RangeEnd)
            self.bare = (self.bare[0], *[value.bare_end(part, localized.locale) for part in RangeEnd])
        self.figures: dict[Outcome, Statement] | None = None
        self.tie: Sentence | None = None
        self.trait: Sentence | None = None
        self.shared: Sentence | None = None
        self.lead: AdvantagePhrases | None = None
        self.behind: AdvantagePhrases | None = None
        self.more: Compared | None = None
        self.less: Compared | None = None
        self.begun: tuple[str, ...] = ()
        self.ended: tuple[str, ...] = ()
        self.leads: dict[RangeEnd | None, AdvantagePhrases] = {}
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


def _reading(localized: LocalizedCatalog, fact: Fact | None) -> LocalizedValue | None:
    return None if fact is None or fact.value is None else LocalizedValue(fact.value, localized, fact)


class LocalizedCareer:
    """A career's title and values as they read, the facts about it, and what it asks of those who move there.

    `line` has its reading, or None, for each of the catalog's `columns`. `category` is what its category says of a
    reader; None as long as nobody asked.
    """

    __slots__ = ("career", "category", "facts", "line", "title", "transition_inputs")

    def __init__(self, career: Career, localized: LocalizedCatalog) -> None:
        self.career, catalog = career, localized.catalog
        if localized.region is None:
            self.facts, self.transition_inputs = facts_of(catalog, career), transition_inputs_of(catalog, career)
        else:
            self.facts = CareerFacts(career, localized.region)
            self.transition_inputs = inputs_from(self.facts, catalog.transition_roles)
        self.title = localized.read(career.title)
        self.category: Sentence | None = None
        facts = self.facts.values
        self.line = tuple([_reading(localized, facts.get(key)) for key in catalog.attributes])

    def reading(self, column: int) -> LocalizedValue:
        """The value in a column where it has one."""
        reading = self.line[column]
        assert reading is not None  # noqa: S101 - whoever asks has seen it in a row
        return reading


def localize_career(localized: LocalizedCatalog, career: Career) -> LocalizedCareer:
    """A career as it reads in a locale, rendered once."""
    memo = localized.once(all_localized)
    if (reading := memo.get(career.slug)) is None:
        if localized.region is not None and len(memo) >= MOST_LOCALIZED:
            memo.clear()
        reading = memo[career.slug] = LocalizedCareer(career, localized)
    return reading


def all_localized(_: LocalizedCatalog) -> dict[str, LocalizedCareer]:
    """The memo of `localize_career`, by slug."""
    return {}
