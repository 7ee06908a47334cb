"""Pair: two careers in a localized catalog, which every sentence about them needs."""

from careergraph.engine.content.career import Career
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.text.localized_career import localize_career
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Advantage, Fact


class CareerPair:
    """Two careers in a localized catalog, as localized careers. `advantages` is the memo of `advantage.advantages`:
    summary and verdict say the same of a row; `balance` is that of `balance.balance`."""

    __slots__ = ("a", "advantages", "b", "balance", "localized", "of_a", "of_b")

    def __init__(self, localized: LocalizedCatalog, a: Career, b: Career) -> None:
        self.localized, self.a, self.b = localized, a, b
        self.of_a, self.of_b = localize_career(localized, a), localize_career(localized, b)
        self.advantages: dict[int, list[Advantage]] = {}
        self.balance: object | None = None

    def worded(self, localized: LocalizedCatalog) -> "CareerPair":
        """The same two careers in the localized catalog that words a sentence: this one, or one of its fallbacks."""
        return self if localized is self.localized else CareerPair(localized, self.a, self.b)

    def facts(self, column: int) -> tuple[Fact, Fact]:
        """The values of an attribute that both have: a's, then b's."""
        return self.of_a.reading(column).fact, self.of_b.reading(column).fact

    def ends(self, attribute: str, part: RangeEnd) -> tuple[Fact, Fact]:
        """One end of the values of an attribute that both have, by its key."""
        return self.of_a.facts.end(attribute, part), self.of_b.facts.end(attribute, part)

    def counts(self, count: int) -> tuple[Fact, Fact]:
        """That each has so many of what a rule counts."""
        return self.of_a.facts.count(count), self.of_b.facts.count(count)
