"""Fact fragments: what proves a statement about a pair, in bytes, as `CareerPair` gives it in facts."""

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from careergraph.api.compiler.comparison.statement_form import StatementForm
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.content.skill import Skill
from careergraph.engine.text.localized_career import CareerPair


class FactFragments:
    """The facts about one pair in a form of statements: those of values by column, the others as they are needed."""

    __slots__ = ("_facts_a", "_facts_b", "_form", "_sheet_a", "_sheet_b", "_skills", "pair")

    def __init__(self, pair: CareerPair, form: StatementForm) -> None:
        self.pair, self._form = pair, form
        sheet_of = form.shelf.get
        self._sheet_a = a = sheet_of(id(pair.of_a.identity)) or form.sheet(pair.of_a)
        self._sheet_b = b = sheet_of(id(pair.of_b.identity)) or form.sheet(pair.of_b)
        self._facts_a, self._facts_b = a.facts, b.facts
        self._skills: tuple[Sequence[Skill], bytes] | None = None

    def facts(self, column: int) -> tuple[Any, Any]:
        """Return the fragments of `CareerPair.facts`; the other methods do so for those of the same names."""
        return self._facts_a[column], self._facts_b[column]

    def of_columns(self, columns: Iterable[int]) -> Iterable[Any]:
        each = list(columns)
        a, b = map(self._facts_a.__getitem__, each), map(self._facts_b.__getitem__, each)
        return chain.from_iterable(zip(a, b, strict=True))

    def ends(self, attribute: str, part: RangeEnd) -> list[Any]:
        return self._form.facts(self.pair.ends(attribute, part))

    def either(self, column: int, attribute: Attribute) -> list[Any]:
        return self._form.facts(self.pair.either(column, attribute))

    def skills(self, concepts: Sequence[Skill]) -> Iterable[Any]:
        if not concepts or not self._form.layout.proven:
            return ()
        if self._skills is None or self._skills[0] is not concepts:
            of_a, of_b, slugs = self._sheet_a.skills, self._sheet_b.skills, list(map(_slug_of, concepts))
            try:
                a, b = list(map(of_a.__getitem__, slugs)), list(map(of_b.__getitem__, slugs))
            except KeyError:  # few are not there yet
                lacking = [it for it in concepts if it.slug not in of_a or it.slug not in of_b]
                fragments = iter(self._form.facts(self.pair.skills(lacking)))
                for concept in lacking:
                    of_a[concept.slug], of_b[concept.slug] = next(fragments), next(fragments)
                a, b = list(map(of_a.__getitem__, slugs)), list(map(of_b.__getitem__, slugs))
            self._skills = concepts, b",".join(chain.from_iterable(zip(a, b, strict=True)))
        return (self._skills[1],)  # two sections prove by the same skills

    def both(self) -> list[Any]:
        return self._form.facts(self.pair.both())

    def without_skills(self) -> list[Any]:
        return self._form.facts(self.pair.without_skills())


_slug_of = attrgetter("slug")
