"""Facts about one career. They are the same in every comparison, so each is made once."""

from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.career import Career
from careergraph.engine.content.catalog import Catalog
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.content.skill import Skill
from careergraph.engine.text.statement import Fact


class CareerFacts:
    """The facts about one career: that it is meant at all, its values (or those of a region) by the key of their
    attribute, and others, each made when it is first needed."""

    __slots__ = ("_counts", "_ends", "_missing", "_skills", "career", "itself", "values")

    def __init__(self, career: Career, region: str | None = None) -> None:
        self.career = career
        self.itself = Fact(career)
        self.values = {value.attribute.key: Fact(career, value.attribute, value) for value in career.values_in(region)}
        self._ends: dict[tuple[str, RangeEnd], Fact] = {}
        self._skills: dict[str, Fact] = {}
        self._counts: dict[int, Fact] = {}
        self._missing: dict[str, Fact] = {}

    def end(self, attribute: str, part: RangeEnd) -> Fact:
        """One end of the career's value of an attribute, by its key."""
        if (fact := self._ends.get((attribute, part))) is None:
            fact = self._ends[attribute, part] = self.values[attribute]._replace(part=part)
        return fact

    def skill(self, concept: Skill) -> Fact:
        """That the career has a skill."""
        if (fact := self._skills.get(concept.slug)) is None:
            fact = self._skills[concept.slug] = Fact(self.career, skill=concept)
        return fact

    def lacks(self, concept: Skill) -> Fact:
        """That the career does not have a skill."""
        return Fact(self.career, skill=concept, count=0)

    def missing(self, attribute: Attribute) -> Fact:
        """That the career has no value of an attribute."""
        if (fact := self._missing.get(attribute.key)) is None:
            fact = self._missing[attribute.key] = Fact(self.career, attribute)
        return fact

    def count(self, count: int) -> Fact:
        """That the career has so many of what the statement's rule counts: few of them differ."""
        if (fact := self._counts.get(count)) is None:
            fact = self._counts[count] = Fact(self.career, count=count)
        return fact


def facts_of(catalog: Catalog, career: Career) -> CareerFacts:
    """The facts about one career of a catalog: made once, because every comparison of the career proves by them."""
    memo = catalog.once(all_facts)
    if (facts := memo.get(career.slug)) is None:
        facts = memo[career.slug] = CareerFacts(career)
    return facts


def all_facts(_: Catalog) -> dict[str, CareerFacts]:
    """The memo of `facts_of`, by slug."""
    return {}
