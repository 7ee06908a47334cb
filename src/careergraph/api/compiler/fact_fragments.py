"""Fact fragments: what proves a statement about a pair, in bytes, as `CareerPair` gives it in facts."""

from collections.abc import Iterable
from typing import Any

from careergraph.api.compiler.statement_form import StatementForm
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.content.skill import Skill
from careergraph.engine.text.localized_career import CareerPair

Facts = dict[Any, Any]
"""The fragments of the facts about one career, by column, or column and end of a range."""


class FactFragments:
    """The facts about one pair in a form of statements: those of values by column, the others as they are needed."""

    __slots__ = ("_facts_a", "_facts_b", "_form", "pair")

    def __init__(self, pair: CareerPair, form: StatementForm, facts_a: Facts, facts_b: Facts) -> None:
        self.pair, self._form, self._facts_a, self._facts_b = pair, form, facts_a, facts_b

    def facts(self, column: int) -> tuple[Any, Any]:
        """Return the fragments of `CareerPair.facts`; the other methods do so for those of the same names."""
        return self._facts_a[column], self._facts_b[column]

    def ends(self, attribute: str, part: RangeEnd) -> list[Any]:
        return self._form.facts(self.pair.ends(attribute, part))

    def either(self, column: int, attribute: Attribute) -> list[Any]:
        return self._form.facts(self.pair.either(column, attribute))

    def skills(self, concepts: Iterable[Skill]) -> list[Any]:
        return self._form.facts(self.pair.skills(concepts))

    def both(self) -> list[Any]:
        return self._form.facts(self.pair.both())

    def without_skills(self) -> list[Any]:
        return self._form.facts(self.pair.without_skills())

    def counts(self, count: int) -> list[Any]:
        return self._form.facts(self.pair.counts(count))
