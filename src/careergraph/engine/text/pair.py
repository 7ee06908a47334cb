"""Pair: two careers in an edition, which is what every sentence about them needs."""

from careergraph.engine.content.career import Career
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.text.localized_career import localize_career
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Advantage, Fact


class CareerPair:
    """Two careers in an edition, and their portraits there. `advantages` is the memo of `advantage.advantages`: summary
    and verdict say the same of a row; `balance` is that of `balance.balance`."""

    __slots__ = ("a", "advantages", "b", "balance", "localized", "of_a", "of_b")

    def __init__(self, localized: LocalizedCatalog, a: Career, b: Career) -> None:
        self.localized, self.a, self.b = localized, a, b
        self.of_a, self.of_b = localize_career(localized, a), localize_career(localized, b)
        self.advantages: dict[int, list[Advantage]] = {}
        self.balance: object | None = None

    def worded(self, localized: LocalizedCatalog) -> "CareerPair":
        """The same two careers in the edition that words a sentence about them: this one, or one of its fallbacks."""
        return self if localized is self.localized else CareerPair(localized, self.a, self.b)

    def facts(self, column: int) -> tuple[Fact, Fact]:
        """The values of an attribute that both have: a's, then b's."""
        return self.of_a.reading(column).fact, self.of_b.reading(column).fact

    def ends(self, attribute: str, part: RangeEnd) -> tuple[Fact, Fact]:
        """One end of the values of an attribute that both have, by its key."""
        return self.of_a.evidence.end(attribute, part), self.of_b.evidence.end(attribute, part)

    def counts(self, count: int) -> tuple[Fact, Fact]:
        """That each has so many of what a rule counts."""
        return self.of_a.evidence.count(count), self.of_b.evidence.count(count)
