"""Statement pieces: how a statement about a row is put together of parts of each career.

What a row says, and in which order, follows from how its values compare. So the sections of the engine decide it once
for all pairs of values that compare alike: they ask a `PieceNarrator`, which refers to parts in place of wording them.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from careergraph.api.compiler.comparison.assembly import CONSTANT, OF_A, OF_B, Piece
from careergraph.api.compiler.comparison.statement_form import StatementForm
from careergraph.api.compiler.comparison.statement_sheet import Pieces
from careergraph.api.compiler.comparison.statement_template import Parts
from careergraph.api.compiler.fallback import Reason, Unplanned
from careergraph.engine.comparison.advantage import begin, end, lead_of
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.comparison.preference import comparative_of, fill_halves, own_trait
from careergraph.engine.comparison.sentences import apart, figure, shared_sentence, tie_sentence
from careergraph.engine.content.outcome import Obstacle, Outcome, RangeEnd
from careergraph.engine.content.value_kinds import higher
from careergraph.engine.text.advantage_phrases import Halves, variants_of
from careergraph.engine.text.localized_career import NOTHING, CareerPair, LocalizedCareer, Sentence
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Rule

Worder = Callable[[LocalizedCatalog, LocalizedCareer, int], Sentence]
"""Words a whole sentence about a career's value in a column."""


class Indivisible(Unplanned):
    """A statement does not fall into a part of each career."""

    def __init__(self) -> None:
        super().__init__(Reason.VALUE, "a statement does not fall into parts")


class PieceNarrator:
    """Makes the pieces of what a row says, for all pairs whose values compare and choose their phrases like these.
    No part that it names refers to the pair, or to the localized catalog: shelves would keep either for ever."""

    def __init__(self, pair: CareerPair, form: StatementForm) -> None:
        self._pair, self._form, self._localized = pair, form, pair.localized

    def figures(self, row: GlanceRow) -> list[Pieces]:
        column, outcome = row.column, row.outcome
        part = self._form.part(
            (_FIGURE, column, self._form.layout.tells and outcome), partial(_figure, column, outcome)
        )
        sides = [side for side, value in ((OF_A, row.a), (OF_B, row.b)) if value is not None]
        return [self._form.fitted([(side, part)]) for side in sides]

    def finding(self, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> Pieces:
        return self._advantage(row, side, part, _ADVANTAGE)

    def reason(self, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> Pieces:
        return self._advantage(row, side, part, _REASON)

    def _advantage(self, row: GlanceRow, side: Outcome, part: RangeEnd | None, rule: Rule) -> Pieces:
        column, form = row.column, self._form
        winner, _ = self._pair.sides(side)
        value = winner.reading(column)
        halves = lead_of(self._localized, value, part).halves
        if not halves:
            raise Indivisible
        about = (rule, form.layout.tells and side, column, part)
        variants = variants_of(value.value, part)
        texts = form.layout.texts[rule is _REASON]
        first = form.part((*about, "first"), partial(_begun, rule, side, column, part), texts[0])
        last = form.part((*about, variants), partial(_ended, rule, side, column, part, halves), texts[1])
        return form.refer(*_parts(side is _B, first, last), form.fact_part(column, part), clause=rule is _REASON)

    def tie(self, row: GlanceRow) -> Pieces:
        return self._whole(row.column, False, _TIE, _TIED, tie_sentence)

    def not_comparable(self, row: GlanceRow) -> Pieces:
        if row.obstacle is _SAME_FIGURE:
            raise Indivisible  # it names the rows of the source
        text, locale = apart(self._localized, row)
        template = self._form.template(_NOT_COMPARABLE, _APART, locale)
        parts = (CONSTANT, template.first(text)), (CONSTANT, template.last())
        return self._form.refer(*parts, self._form.fact_part(row.column, None), clause=False)

    def shared_trait(self, row: GlanceRow) -> Pieces | None:
        if shared_sentence(self._localized, self._pair.of_a, row.column) is NOTHING:
            return None
        return self._whole(row.column, False, _SHARED_TRAIT, _TIED, shared_sentence)

    def preferences(self, row: GlanceRow) -> tuple[Pieces | None, Pieces | None]:
        assert row.a is not None and row.b is not None  # noqa: S101 - else they would not differ
        more = higher(row.a, row.b)
        return self._preference(row.column, False, "more" if more else "less"), self._preference(
            row.column, True, "less" if more else "more"
        )

    def _preference(self, column: int, of_b: bool, variant: str) -> Pieces | None:
        form, localized = self._form, self._localized
        value = (self._pair.of_b if of_b else self._pair.of_a).reading(column)
        if own_trait(localized, value) is not NOTHING:
            return self._whole(column, of_b, _PREFERENCE, _DIFFERS, _trait)
        if (comparative := comparative_of(localized, value.value.attribute, variant)) is None:
            return None
        if comparative.halves is None:
            raise Indivisible
        about = (_PREFERENCE, column, variant)
        first, last = [
            form.part((*about, place), partial(_compared, column, comparative.halves, place), texts)
            for place, texts in enumerate(form.layout.texts[True])
        ]
        return form.refer(*_parts(of_b, first, last), form.fact_part(column, None), clause=True)

    def _whole(self, column: int, of_b: bool, rule: Rule, outcome: Outcome, word: Worder) -> Pieces:
        """Return the pieces of a sentence that is all about one of the two."""
        about = _About(rule, outcome, column, rule is not _TIE, word)
        this = self._pair.of_b if of_b else self._pair.of_a
        _, locale, _ = about.worded(self._localized, this)
        texts = self._form.layout.texts[about.clausal]
        first = self._form.part((rule, column), about.begun, texts[0])
        last = self._form.part((rule, outcome, locale), partial(about.ended, locale), texts[1])
        fact = self._form.fact_part(column, None)
        return self._form.refer(*_parts(of_b, first, last), fact, clause=about.clausal)


class _About(NamedTuple):
    """A whole sentence about a value in a column."""

    rule: Rule
    outcome: Outcome
    column: int
    clausal: bool
    word: Worder

    def worded(self, localized: LocalizedCatalog, of: LocalizedCareer) -> Sentence:
        sentence = self.word(localized, of, self.column)
        if not sentence[0] or bool(sentence[2]) is not self.clausal:
            raise Indivisible
        return sentence

    def begun(self, form: StatementForm, of: LocalizedCareer) -> Parts:
        text, locale, clause = self.worded(form.localized, of)
        return form.template(self.rule, self.outcome, locale, clause=self.clausal).first(text, clause)

    def ended(self, locale: str, form: StatementForm, _: LocalizedCareer) -> Parts:
        return form.template(self.rule, self.outcome, locale, clause=self.clausal).last()


def _figure(column: int, outcome: Outcome, form: StatementForm, of: LocalizedCareer) -> Parts:
    return form.encode(figure(form.localized, of, column, outcome))


def _trait(localized: LocalizedCatalog, of: LocalizedCareer, column: int) -> Sentence:
    return own_trait(localized, of.reading(column))


def _begun(  # noqa: PLR0913, PLR0917 - what is said of which value
    rule: Rule, side: Outcome, column: int, part: RangeEnd | None, form: StatementForm, of: LocalizedCareer
) -> Parts:
    text, reason, clause = begin(form.localized, of, of.reading(column), part)
    locale = form.localized.locale.code
    if rule is _ADVANTAGE:
        return form.template(rule, side, locale).first(text)
    if not clause:
        raise Indivisible
    return form.template(rule, side, locale, clause=True).first(reason, clause)


def _ended(  # noqa: PLR0913, PLR0917 - what is said of which value, in which phrases
    rule: Rule,
    side: Outcome,
    column: int,
    part: RangeEnd | None,
    halves: tuple[Halves, ...],
    form: StatementForm,
    of: LocalizedCareer,
) -> Parts:
    text, reason, clause = end(halves, of, of.reading(column), part)
    locale = form.localized.locale.code
    if rule is _ADVANTAGE:
        return form.template(rule, side, locale).last(text)
    return form.template(rule, side, locale, clause=True).last(reason, clause)


def _compared(
    column: int, halves: tuple[Halves, Halves], place: int, form: StatementForm, of: LocalizedCareer
) -> Parts:
    localized = form.localized
    front, back, front_clause, back_clause = fill_halves(localized, halves, of.reading(column))
    template = form.template(_PREFERENCE, _DIFFERS, localized.locale.code, clause=True)
    if not front_clause:
        raise Indivisible
    return template.last(back, back_clause) if place else template.first(front, front_clause)


def _parts(of_b: bool, first: int, last: int) -> tuple[Piece, Piece]:
    """Return the part of the career that a statement names first, a or b, and that of the other one."""
    here, there = (OF_B, OF_A) if of_b else (OF_A, OF_B)
    return (here, first), (there, last)


_ADVANTAGE, _FIGURE, _PREFERENCE, _REASON = Rule.ADVANTAGE, Rule.FIGURE, Rule.PREFERENCE, Rule.REASON
_NOT_COMPARABLE, _SAME_FIGURE = Rule.NOT_COMPARABLE, Obstacle.SAME_FIGURE
_TIE, _SHARED_TRAIT = Rule.TIE, Rule.SHARED_TRAIT
_APART, _B, _DIFFERS, _TIED = Outcome.NOT_COMPARABLE, Outcome.B, Outcome.DIFFERS, Outcome.TIE
