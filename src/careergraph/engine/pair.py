"""Pair: two careers in an edition, which is what every sentence about them needs."""

from careergraph.engine.attribute import Attribute
from careergraph.engine.career import Career
from careergraph.engine.edition import Edition
from careergraph.engine.outcome import RangeEnd
from careergraph.engine.statement import Advantage, Fact


class Pair:
    """Two careers in an edition, and their portraits there. `advantages` is the memo of `advantage.advantages`: summary
    and verdict say the same of a row."""

    __slots__ = ("a", "advantages", "b", "edition", "of_a", "of_b")

    def __init__(self, edition: Edition, a: Career, b: Career) -> None:
        self.edition, self.a, self.b = edition, a, b
        self.of_a, self.of_b = edition.portrait(a), edition.portrait(b)
        self.advantages: dict[str, list[Advantage]] = {}

    def facts(self, attribute: Attribute, part: RangeEnd | None = None) -> tuple[Fact, Fact]:
        """The values of an attribute that both have, or one end of them: a's, then b's."""
        key = attribute.key
        if part is None:
            return self.of_a.values[key].fact, self.of_b.values[key].fact
        return self.of_a.evidence.end(key, part), self.of_b.evidence.end(key, part)

    def counts(self, count: int) -> tuple[Fact, Fact]:
        """That each has so many of what a rule counts."""
        return self.of_a.evidence.count(count), self.of_b.evidence.count(count)
