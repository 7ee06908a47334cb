"""The form of statements that one selection asks for: their templates, their facts, and the sheets of careers."""

from collections.abc import Callable, Sequence
from math import nan
from typing import Any, NamedTuple

from careergraph.api.base.view import View
from careergraph.api.compiler.fragment_cache import OVERHEAD, FragmentShelf, encode
from careergraph.api.compiler.statement_sheet import (
    A_FACTS,
    B_FACTS,
    CONSTANTS,
    NOTHING,
    Piece,
    References,
    Sheet,
    Whole,
)
from careergraph.api.compiler.statement_template import (
    FIELDS,
    Assemble,
    Parts,
    Template,
    Token,
    template_of,
    tokens_of,
)
from careergraph.engine.content.attribute import ValueKind
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.text.advantage_phrases import names_careers, variants_of
from careergraph.engine.text.localized_career import LocalizedCareer, LocalizedValue, Sentence
from careergraph.engine.text.statement import Fact, Rule, Statement

Build = Callable[..., Any]
"""The function of a plan that builds the data of a statement."""


class Layout(NamedTuple):
    """How statements without a clause (`bare`), and with one (`clausal`), are put together: by functions, and by pieces
    of which those of a row have so many; whether the selection has facts (`proven`) and outcomes (`tells`)."""

    bare: Assemble
    clausal: Assemble
    tokens: tuple[tuple[Token, ...], tuple[Token, ...]]
    pieces: int
    proven: bool
    tells: bool


Render = Callable[["StatementForm", LocalizedCareer], Parts]
"""Renders a part of statements about a career."""

Shelves = Sequence[FragmentShelf]


class StatementForm:
    """The form of one selection of statements in one view."""

    __slots__ = ("layout", "localized", "render", "shelf", "shelves")

    def __init__(
        self, shelves: Shelves, number: int, view: View, function: Build, shelves_of: Callable[[View], Shelves]
    ) -> None:
        self.shelves, self.shelf, self.localized = shelves, shelves[number], view.localized

        def render(statement: Statement) -> Any:
            return function(statement, view, None, shelves_of, _spend_nothing)

        self.render: Callable[[Statement], Any] = render
        self.layout: Layout = self.shelf.layout or self._lay_out()

    @staticmethod
    def covers(names: Sequence[str]) -> bool:
        """Whether templates cover statements with these fields."""
        return FIELDS.issuperset(names) and names.count("facts") < 2

    def _lay_out(self) -> Layout:
        """Find out, and keep, how statements are put together and what they have."""
        bare, clausal = self.template(_FIGURE, None, ""), self.template(_REASON, None, "", clause=True)
        tells = self.template(_FIGURE, Outcome.A, "").around != bare.around
        tokens = tokens_of(bare.slots), tokens_of(clausal.slots)
        pieces = max(map(len, tokens))
        layout = self.shelf.layout = Layout(bare.assemble, clausal.assemble, tokens, pieces, "F" in bare.slots, tells)
        return layout

    def encode(self, statement: Statement) -> bytes:
        """Return the bytes of any statement."""
        return encode(self.render(statement))

    def part(self, key: object, render: Render) -> int:
        """Return the number of a part that each career may have, by what it depends on beside the career. Whatever
        renders it must not refer to a localized catalog."""
        shelf = self.shelf
        if (number := shelf.part_numbers.get(key)) is None:
            number = next(shelf.numbers) * WIDTH
            shelf.parts[number] = render
            number = shelf.part_numbers.setdefault(key, number)  # another thread may have been sooner
        return number

    def fill(self, sheet: Sheet, of: LocalizedCareer, number: int) -> None:
        """Render a part of a career, each of its texts under a number of its own. Those that are the same are one."""
        begin = number - number % WIDTH
        parts = self.shelf.parts[begin](self, of)
        for place, part in enumerate((parts,) if type(parts) is bytes else parts, begin):
            if (shared := self.shelf.shared.get(part)) is None:
                shared = self.shelf.shared[part] = part
                self.keep(part)
            sheet.parts[place] = shared

    def fill_expected(self, sheet: Sheet, of: LocalizedCareer) -> None:
        """Render the parts that a career needs against the kinds of values that were there so far, so that hardly any
        later pair of it has to look all of its pieces up again for one that is missing."""
        for kind in sheet.kinds:
            for number in tuple(self.shelf.expected.get(kind, ())):  # another thread may add one
                if number not in sheet.parts:
                    self.fill(sheet, of, number)

    def refer(self, first: Piece, last: Piece, fact: object, *, clause: bool) -> References:
        """Return the references of a statement, by the parts of the career that it names first and of the other one,
        and by the key of the facts that prove it."""
        pieces = list[Piece]()
        for kind, place in self.layout.tokens[clause]:
            if kind == "comma":
                pieces.append((CONSTANTS, b","))
            elif kind in ("x", "y"):
                pieces.append((A_FACTS if kind == "x" else B_FACTS, fact))
            else:
                table, key = first if kind == "first" else last
                of_many = type(key) is tuple  # the texts of a part that is the same for all pairs
                pieces.append((table, key[place] if of_many else key + place if place else key))
        return self.fitted(pieces)

    def fitted(self, pieces: Sequence[Piece]) -> References:
        """Return one statement, with as many pieces as all have."""
        return _make_references(zip(*pieces, *[(CONSTANTS, b"")] * (self.layout.pieces - len(pieces)), strict=True))

    def template(self, rule: Rule, outcome: Outcome | None, locale: str, *, clause: bool = False) -> Template:
        """Return the template of statements of a rule, an outcome and a locale."""
        key = (rule, outcome, locale, clause)
        if (template := self.shelf.templates.get(key)) is None:
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
            values = [self._value(column, it) for column, it in enumerate(of.line)]
            facts: dict[Any, Any] = UNPROVEN
            if self.layout.proven:
                facts = {column: None if it is None else self.fact(it.fact) for column, it in enumerate(of.line)}
            sheet = Sheet(values, facts, self.fact(of.facts.itself) if self.layout.proven else None)
            self.shelf.hold(of.career, sheet, SHEET)
        return sheet

    def _value(self, column: int, value: LocalizedValue | None) -> tuple[int, float, float, object]:
        """Return the kind of a value, the two numbers by which it compares, and the published figure that it is; where
        it is none, what equals nothing."""
        if value is None:
            return self._kind((column, None), exact=True), nan, nan, nan
        apart, low, high = value.value.position()
        figure: object = value.value.figure()
        figure = nan if figure is None else self.shelf.shared.setdefault(("figure", figure), figure)
        return self._exact_kind(column, value) or self._kind((column, apart, _phrases_of(value))), low, high, figure

    def _kind(self, key: object, *, exact: bool = False) -> int:
        shelf = self.shelf
        kind: int | None = shelf.shared.get(key)
        if kind is None:
            kind = shelf.shared.setdefault(key, next(shelf.numbers) * 2 + exact)
        return kind

    def _exact_kind(self, column: int, value: LocalizedValue) -> int | None:
        """Return the kind of this very value, for all careers that have such; None where a phrase names them, or where
        there are too many kinds."""
        attribute = value.value.attribute
        if attribute.kind is _MONEY or names_careers(self.localized, attribute):
            return None  # of ranges there are nearly as many as careers
        texts = value.variant, value.whole, value.whole_second, value.bare[0]
        # the order and the measure are for how a fallback reads it, and for how it compares
        key = (column, *texts, value.value.order(), value.value.measure())
        if key not in self.shelf.shared:
            if self.shelf.kinds[column] >= FEW:
                return None
            self.shelf.kinds[column] += 1
        return self._kind(key, exact=True)

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


def _phrases_of(value: LocalizedValue) -> object:
    """Return what chooses the phrases about a value, and about its ends."""
    return value.variant, *[variants_of(value.value, part) for part in RangeEnd]


def _size(parts: Parts) -> int:
    return len(parts) if isinstance(parts, bytes) else sum(map(_size, parts))


def _spend_nothing(_: int) -> None:
    """Take nothing from the budget: what a narrator makes is paid for by its section."""


class _Unproven(dict[Any, None]):
    def __missing__(self, _: object) -> None:
        return None


UNPROVEN = _Unproven()
"""The facts of a selection that has none."""

SHEET = 2500
"""Bytes that a sheet takes with references to its parts, but without these."""

WIDTH = 4
"""The numbers that each part has: it has so many texts at most."""

FEW = 24
"""Values of a column that have their reasons against each other kept: a thousand careers have few levels, and many
salaries."""

_make_references = References._make
_FIGURE, _REASON, _MONEY = Rule.FIGURE, Rule.REASON, ValueKind.MONEY_RANGE
