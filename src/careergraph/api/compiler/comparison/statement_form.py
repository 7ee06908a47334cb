"""The form of statements that one selection asks for: their templates, their facts, and the sheets of careers."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from careergraph.api.base.view import View
from careergraph.api.compiler.comparison.assembly import CONSTANT, OF_A, OF_B, Piece
from careergraph.api.compiler.comparison.statement_cache import NUMBERING, Layout, StatementCache
from careergraph.api.compiler.comparison.statement_sheet import NOTHING, Pieces, Sheet, Whole
from careergraph.api.compiler.comparison.statement_template import (
    FIELDS,
    Parts,
    Template,
    Token,
    template_of,
    tokens_of,
)
from careergraph.api.compiler.comparison.value_keys import Line, ValueKeys, is_exact
from careergraph.api.compiler.fragment_shelf import OVERHEAD, FragmentShelf, encode
from careergraph.engine.content.attribute import Better
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.text.advantage_phrases import variants_of
from careergraph.engine.text.localized_career import LocalizedCareer, LocalizedValue, Sentence
from careergraph.engine.text.statement import Fact, Rule, Statement

Build = Callable[..., Any]
"""The function of a plan that builds the data of a statement."""

Render = Callable[["StatementForm", LocalizedCareer], Parts]
"""Renders a part of statements about a career."""

Shelves = Sequence[FragmentShelf]


class StatementForm:
    """The form of one selection of statements in one view."""

    __slots__ = ("cache", "layout", "localized", "render", "shelf", "shelves")

    def __init__(
        self, shelves: Shelves, number: int, view: View, function: Build, shelves_of: Callable[[View], Shelves]
    ) -> None:
        self.shelves, self.shelf, self.localized = shelves, shelves[number], view.localized

        def render(statement: Statement) -> Any:
            return function(statement, view, None, shelves_of, _spend_nothing)

        self.render: Callable[[Statement], Any] = render
        kept: Any = self.shelf.beside
        self.cache: StatementCache = kept or self._begin()
        self.layout = self.cache.layout

    @staticmethod
    def covers(names: Sequence[str]) -> bool:
        """Return whether templates cover statements with these fields."""
        return FIELDS.issuperset(names) and names.count("facts") < 2

    def _begin(self) -> StatementCache:
        """Begin to keep what statements of the form have alike; of two threads, both get what one began."""
        layout = self._lay_out()
        with NUMBERING:
            kept: Any = self.shelf.beside
            cache: StatementCache = kept or StatementCache(layout)
            self.shelf.beside = cache
        return cache

    def _lay_out(self) -> Layout:
        """Find out how statements are put together and what they have."""
        bare, clausal = self.template(_FIGURE, None, ""), self.template(_REASON, None, "", clause=True)
        tells = self.template(_FIGURE, Outcome.A, "").around != bare.around
        tokens = tokens_of(bare.slots), tokens_of(clausal.slots)
        pieces, texts = max(2, *map(len, tokens)), (_texts_of(tokens[False]), _texts_of(tokens[True]))
        keys = ValueKeys(len(self.localized.catalog.columns))
        return Layout(bare.assemble, clausal.assemble, tokens, pieces, texts, "F" in bare.slots, tells, keys)

    def encode(self, statement: Statement) -> bytes:
        """Return the bytes of any statement."""
        return encode(self.render(statement))

    def part(self, key: object, render: Render, texts: int = 1) -> int:
        """Return the number of a part of so many texts that each career may have, by what it depends on beside the
        career. Whatever renders it must not refer to a localized catalog."""
        return self.cache.part(key, render, texts)

    def fact_part(self, column: int, part: RangeEnd | None) -> int:
        """Return the number of the fact of a value, or of an end of a range, where the selection has facts."""
        if not self.layout.proven:
            return 0
        return self.part(("fact", column, part), partial(_fact, column, part))

    def fill(self, sheet: Sheet, of: LocalizedCareer, number: int) -> None:
        """Render a part of a career, each of its texts under a number of its own. Those that are the same are one."""
        begin, render = self.cache.parts[number]
        parts = render(self, of)
        texts = parts if type(parts) is tuple else (parts,)
        if (lacking := begin + len(texts) - len(sheet.parts)) > 0:
            sheet.parts += [None] * lacking
        for place, part in enumerate(texts, begin):
            sheet.parts[place] = self._shared(part) if type(part) is bytes else part

    def _shared(self, part: bytes) -> bytes:
        if (shared := self.cache.texts.get(part)) is None:
            shared = self.cache.texts[part] = part
            self.keep(part)
        return shared

    def fill_expected(self, sheet: Sheet, of: LocalizedCareer) -> None:
        """Render the parts that a career needs against the kinds of values that were there so far, so that hardly any
        later pair of it has to look all of its pieces up again for one that is missing."""
        for kind in sheet.kinds:
            for number in tuple(self.cache.expected.get(kind, ())):  # another thread may add one
                if is_lacking(sheet, number):
                    self.fill(sheet, of, number)

    def refer(self, first: Piece, last: Piece, fact: int, *, clause: bool) -> Pieces:
        """Return the pieces of a statement, from the parts of the career that it names first and of the other one, and
        from the number of the facts that prove it."""
        pieces = list[Piece]()
        for kind, place in self.layout.tokens[clause]:
            if kind == "comma":
                pieces.append((CONSTANT, b","))
            elif kind in ("x", "y"):
                pieces.append((OF_A if kind == "x" else OF_B, fact))
            else:
                table, key = first if kind == "first" else last
                of_many = type(key) is tuple  # the texts of a part that is the same for all pairs
                pieces.append((table, key[place] if of_many else key + place if place else key))
        return self.fitted(pieces)

    def fitted(self, pieces: Sequence[Piece]) -> Pieces:
        """Return one statement, with as many pieces as all have."""
        return (*pieces, *[(CONSTANT, b"")] * (self.layout.pieces - len(pieces)))

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
        sheet: Sheet | None = self.shelf.get(id(of.identity))
        if sheet is None:
            proven = self.layout.proven
            facts: dict[Any, Any] = UNPROVEN
            if proven:
                facts = {column: None if it is None else self.fact(it.fact) for column, it in enumerate(of.line)}
            values = [self._value(column, it) for column, it in enumerate(of.line)]
            figures = [it.value.figure() for it in of.line if it is not None]
            published = frozenset([self.cache.figures.setdefault(it, it) for it in figures if it is not None])
            itself = self.fact(of.facts.itself) if proven else None
            sheet = Sheet(Line(values), [kind for kind, *_ in values], published, facts, itself)
            self.shelf.hold(of.identity, sheet, SHEET)
        return sheet

    def _value(self, column: int, value: LocalizedValue | None) -> tuple[int, float, float]:
        """Return the kind of a value, and the two numbers by which it compares."""
        if value is None:
            return self.cache.kind((column, None)), 0, 0
        apart, *numbers = value.value.position()
        inexact = [it for it in numbers if not is_exact(it)]
        low, high = numbers
        return self.cache.kind((column, apart, self._phrases_of(value), *inexact)), low, high

    def _phrases_of(self, value: LocalizedValue) -> object:
        """Return what chooses the phrases about a value, and about its ends. Where no value of an attribute is better,
        most phrases are the same whichever it is."""
        if value.value.better is not _NEITHER:
            return value.variant, *[variants_of(value.value, part) for part in RangeEnd]
        attribute, variant, localized = value.value.attribute, value.variant, self.localized
        wordings = [localized.phrase(attribute, "tie", (variant,) if variant else ())]
        own = [localized.own_phrase(attribute, f"{name}.{variant}") for name in ("trait", "shared") if variant]
        return tuple([None if it is None else it[1].locale.code for it in (*wordings, *own)])

    def facts(self, facts: Sequence[Fact]) -> list[Any]:
        """Return the fragments of facts."""
        if self.cache.facts is not None:
            fragments: list[Any] = list(map(self.cache.facts.get, map(id, facts)))
            if None not in fragments:
                return fragments
        return list(map(self.fact, facts))

    def fact(self, fact: Fact) -> Any:
        """Return the fragment of a fact, which is on a shelf once any statement with it was rendered."""
        facts, key = self.cache.facts, id(fact)
        fragment = None if facts is None else facts.get(key)
        if fragment is None:
            data = self.render(Statement("", _FIGURE, None, (fact,), ""))
            fragment = next(it for it in data.values() if type(it) is list)[0]
            if facts is None:
                self.cache.facts = next((it for it in self.shelves if it.get(key) is fragment), None)
        return fragment


def _texts_of(tokens: Sequence[Token]) -> tuple[int, int]:
    first, last = [[it.place for it in tokens if it.kind == kind] for kind in ("first", "last")]
    return 1 + max(first, default=0), 1 + max(last, default=0)


def is_lacking(sheet: Sheet, number: int) -> bool:
    """Return whether a part of a career is not rendered yet."""
    return number >= len(sheet.parts) or sheet.parts[number] is None


def _fact(column: int, part: RangeEnd | None, form: StatementForm, of: LocalizedCareer) -> Any:
    if part is None:
        return form.fact(of.reading(column).fact)
    return form.fact(of.facts.end(of.reading(column).value.attribute.key, part))


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

_FIGURE, _REASON, _NEITHER = Rule.FIGURE, Rule.REASON, Better.NEITHER
