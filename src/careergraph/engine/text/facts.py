"""Facts about one career. They are the same in every comparison, so each is made once."""

from collections.abc import Hashable

from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.career import Career
from careergraph.engine.content.catalog import Catalog
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.content.skill import Skill
from careergraph.engine.text.statement import Fact


class CareerFacts:
    """The facts about one career: the career itself, its values (or those of a region) by the key of their attribute,
    and others, each made when it is first needed."""

    __slots__ = ("_memo", "career", "itself", "values")

    def __init__(self, career: Career, region: str | None = None) -> None:
        self.career = career
        self.itself = Fact(career)
        self.values = {value.attribute.key: Fact(career, value.attribute, value) for value in career.values_in(region)}
        self._memo: dict[Hashable, Fact] = {}

    def end(self, attribute: str, part: RangeEnd) -> Fact:
        """One end of the career's value of an attribute, by its key."""
        if (fact := self._memo.get((attribute, part))) is None:
            fact = self._memo[attribute, part] = self.values[attribute]._replace(part=part)
        return fact

    def skill(self, concept: Skill) -> Fact:
        """That the career has a skill."""
        if (fact := self._memo.get(concept.slug)) is None:
            fact = self._memo[concept.slug] = Fact(self.career, skill=concept)
        return fact

    def lacks(self, concept: Skill) -> Fact:
        """That the career does not have a skill."""
        return Fact(self.career, skill=concept, count=0)

    def missing(self, attribute: Attribute) -> Fact:
        """That the career has no value of an attribute."""
        if (fact := self._memo.get((attribute.key, None))) is None:
            fact = self._memo[attribute.key, None] = Fact(self.career, attribute)
        return fact

    def count(self, count: int) -> Fact:
        """The count of a rule's items that the career has: few counts differ."""
        if (fact := self._memo.get(count)) is None:
            fact = self._memo[count] = Fact(self.career, count=count)
        return fact


def facts_of(catalog: Catalog, career: Career) -> CareerFacts:
    """Return the facts about one career of a catalog: made once, because every comparison of the career proves by
    them."""
    memo = catalog.once(all_facts)
    if (facts := memo.get(career.slug)) is None:
        facts = memo[career.slug] = CareerFacts(career)
    return facts


def all_facts(_: Catalog) -> dict[str, CareerFacts]:
    """The memo of `facts_of`, by slug."""
    return {}
