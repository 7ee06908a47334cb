"""Evidence: the facts about one career. They are the same in every comparison, so each is made once."""

from careergraph.engine.career import Career
from careergraph.engine.outcome import RangeEnd
from careergraph.engine.skill import Skill
from careergraph.engine.statement import Fact
from careergraph.engine.values import Value


class Evidence:
    """The facts about one career, each made when it is first needed."""

    __slots__ = ("_counts", "_high", "_low", "_skills", "_values", "career", "itself")

    def __init__(self, career: Career) -> None:
        self.career = career
        self.itself = Fact(career)
        self._values: dict[str, Fact] = {}
        self._low: dict[str, Fact] = {}
        self._high: dict[str, Fact] = {}
        self._skills: dict[str, Fact] = {}
        self._counts: dict[int, Fact] = {}

    def value(self, value: Value, part: RangeEnd | None = None) -> Fact:
        """That the career has a value, or one end of it."""
        known = self._values if part is None else self._low if part is RangeEnd.LOW else self._high
        attribute = value.attribute
        if (fact := known.get(attribute.key)) is None:
            fact = known[attribute.key] = Fact(self.career, attribute, value, part)
        return fact

    def skill(self, concept: Skill) -> Fact:
        """That the career has a skill."""
        if (fact := self._skills.get(concept.slug)) is None:
            fact = self._skills[concept.slug] = Fact(self.career, skill=concept)
        return fact

    def count(self, count: int) -> Fact:
        """That the career has so many of what the statement's rule counts: at most as many as it has skills."""
        if (fact := self._counts.get(count)) is None:
            fact = self._counts[count] = Fact(self.career, count=count)
        return fact
