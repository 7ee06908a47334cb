"""The form of statements that one selection asks for: their templates, their facts, and the sheets of careers."""

from collections.abc import Callable, Sequence
from math import nan
from typing import Any

from careergraph.api.base.view import View
from careergraph.api.compiler.fragment_cache import OVERHEAD, FragmentShelf
from careergraph.api.compiler.statement_sheet import NOTHING, Sheet, ValueParts, Whole
from careergraph.api.compiler.statement_template import (
    FACT,
    FACT_FRAGMENT,
    FIELDS,
    Assemble,
    Parts,
    Template,
    template_of,
)
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.text.advantage_phrases import names_careers
from careergraph.engine.text.localized_career import LocalizedCareer, LocalizedValue, Sentence
from careergraph.engine.text.statement import Fact, Rule, Statement

Render = Callable[..., Any]
"""The function of a plan that builds the data of a statement."""

Layout = tuple[Assemble, Assemble, bool]

Shelves = Sequence[FragmentShelf]


class StatementForm:
    """The form of one selection of statements in one view."""

    __slots__ = ("bare", "clausal", "localized", "proven", "render", "shelf", "shelves")

    def __init__(
        self, shelves: Shelves, number: int, view: View, function: Render, shelves_of: Callable[[View], Shelves]
    ) -> None:
        self.shelves, self.shelf, self.localized = shelves, shelves[number], view.localized

        def render(statement: Statement) -> Any:
            return function(statement, view, None, shelves_of, _spend_nothing)

        self.render: Callable[[Statement], Any] = render
        layout: Layout = self.shelf.layout or self._lay_out()
        self.bare, self.clausal, self.proven = layout

    @staticmethod
    def covers(names: Sequence[str]) -> bool:
        """Whether templates cover statements with these fields."""
        return FIELDS.issuperset(names) and names.count("facts") < 2

    def _lay_out(self) -> Layout:
        """Find out, and keep, how statements without a clause and with one are put together, and whether they have
        facts."""
        bare, clausal = self.template(_FIGURE, None, ""), self.template(_REASON, None, "", clause=True)
        layout = self.shelf.layout = bare.assemble, clausal.assemble, "F" in bare.slots
        return layout

    def template(self, rule: Rule, outcome: Outcome | None, locale: str, *, clause: bool = False) -> Template:
        """Return the template of statements of a rule, an outcome and a locale."""
        key = (rule, outcome, locale, clause)
        if (template := self.shelf.templates.get(key)) is None:
            for shelf in self.shelves:
                shelf[id(FACT)] = FACT_FRAGMENT
            template = self.shelf.templates[key] = template_of(self.render, (rule, outcome, locale), clause=clause)
        return template

    def sentence(self, rule: Rule, outcome: Outcome | None, sentence: Sentence, *, clause: bool = True) -> Whole:
        """Return the parts of a whole sentence with a clause, or without one; none of any other."""
        text, locale, clause_text = sentence
        if not text or bool(clause_text) is not clause:
            return NOTHING
        template = self.template(rule, outcome, locale, clause=clause)
        return self.whole(template.first(text, clause_text), template.last())

    def whole(self, first: Parts, last: Parts) -> Whole:
        """Return two parts that are kept, and count their bytes."""
        self.keep((first, last))
        return first, last

    def keep(self, parts: Parts) -> None:
        """Count the bytes of parts that are kept, of whatever depth."""
        self.shelf.charge(_size(parts) + OVERHEAD)

    def sheet(self, of: LocalizedCareer) -> Sheet:
        """Return the sheet of a career."""
        sheet: Sheet | None = self.shelf.get(id(of.career))
        if sheet is None:
            values = [self._parts(column, it) for column, it in enumerate(of.line)]
            figures = [self._figure(it) for it in of.line]
            if self.proven:
                facts = [None if it is None else self.fact(it.fact) for it in of.line]
                sheet = Sheet(values, figures, facts, self.fact(of.facts.itself))
            else:
                facts = self.shelf.templates.setdefault("no facts", [None] * len(values))
                sheet = Sheet(values, figures, facts, None)
            self.shelf.hold(of.career, sheet, SHEET)
        return sheet

    def _parts(self, column: int, value: LocalizedValue | None) -> ValueParts:
        """Return the parts about a value, or about having none: one object for all careers that have the same, where no
        phrase names them."""
        if value is None:
            absent: ValueParts | None = self.shelf.shared.get(column)
            if absent is None:
                absent = self.shelf.shared[column] = ValueParts(next(self.shelf.numbers))
            return absent
        if names_careers(self.localized, value.value.attribute):
            return ValueParts()
        texts = value.variant, value.whole, value.whole_second, value.bare[0], value.low, value.high
        # the order and the measure are for how a fallback reads it, and for how it compares
        key = (column, *texts, value.value.order(), value.value.measure())
        if (parts := self.shelf.shared.get(key)) is None:
            self.shelf.charge(SHEET)
            self.shelf.kinds[column] += 1
            few = self.shelf.kinds[column] <= FEW
            parts = self.shelf.shared[key] = ValueParts(next(self.shelf.numbers) if few else 0)
        return parts

    def _figure(self, value: LocalizedValue | None) -> object:
        """Return the published figure that a value is; where it is none, what equals nothing."""
        figure = None if value is None else value.value.figure()
        return NO_FIGURE if figure is None else self.shelf.shared.setdefault(("figure", figure), figure)

    def facts(self, facts: Sequence[Fact]) -> list[Any]:
        """Return the fragments of facts."""
        if self.shelf.facts is not None:
            fragments: list[Any] = list(map(self.shelf.facts.get, map(id, facts)))
            if None not in fragments:
                return fragments
        return list(map(self.fact, facts))

    def fact(self, fact: Fact) -> Any:
        """Return the fragment of a fact, which is on a shelf once any statement with it was rendered."""
        facts, key = self.shelf.facts, id(fact)
        fragment = None if facts is None else facts.get(key)
        if fragment is None:
            data = self.render(Statement("", _FIGURE, None, (fact,), ""))
            fragment = next(it for it in data.values() if type(it) is list)[0]
            self.shelf.facts = next((it for it in self.shelves if it.get(key) is fragment), None)
        return fragment


def _size(parts: Parts) -> int:
    return len(parts) if isinstance(parts, bytes) else sum(map(_size, parts))


def _spend_nothing(_: int) -> None:
    """Take nothing from the budget: what a narrator makes is paid for by its section."""


NO_FIGURE = nan
"""In the place of a published figure: it does not even equal itself."""

SHEET = 400
"""Bytes that a sheet takes beside the parts in it, or the parts of a value beside their texts."""

FEW = 64
"""Values of a column that have their reasons against each other kept: a thousand careers have few levels, and many
salaries."""

_FIGURE, _REASON = Rule.FIGURE, Rule.REASON
