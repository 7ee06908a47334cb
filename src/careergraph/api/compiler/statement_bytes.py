"""Bytes of statements: the narrator of plans, and the form that makes one for each pair.

Where a sentence falls into a part of each career, it is put together from the sheets of both. Any other statement is
made, and rendered through the function of its selection.
"""

from collections.abc import Callable
from typing import Any

from careergraph.api.compiler.fragment_cache import OVERHEAD, encode
from careergraph.api.compiler.row_cells import RowCells
from careergraph.api.compiler.statement_form import StatementForm
from careergraph.api.compiler.statement_sheet import NOTHING, OwnParts, ValueParts, Whole
from careergraph.api.compiler.statement_template import Parts, Template
from careergraph.engine.comparison.advantage import begin, end, finding, lead_of, reason
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.comparison.narrator import Prove, StatementNarrator, Worded
from careergraph.engine.comparison.preference import (
    category_sentence,
    comparative_of,
    fill_halves,
    other_category,
    own_trait,
    preference,
)
from careergraph.engine.comparison.sentences import (
    figure,
    shared_sentence,
    shared_trait,
    tie,
    tie_sentence,
)
from careergraph.engine.content.outcome import Outcome, RangeEnd, Side
from careergraph.engine.content.value_kinds import MoneyRange, higher
from careergraph.engine.similarity.skill_matching import SkillsComparison
from careergraph.engine.text.advantage_phrases import AdvantagePhrases
from careergraph.engine.text.brevity import MOST_TEXTS
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer, LocalizedValue
from careergraph.engine.text.statement import Rule, Statement
from careergraph.engine.transition.rule import grade_place
from careergraph.engine.transition.transition import Move, decide_of, grade_facts, grade_halves, grade_statement


class BytesForm(StatementForm):
    """The form of one selection of statements: it gives the narrator of each pair."""

    __slots__ = ()

    def __call__(self, pair: CareerPair) -> "BytesNarrator":
        return BytesNarrator(pair, self)


class BytesNarrator(RowCells):
    """Makes the bytes of statements about one pair."""

    __slots__ = ("_bare", "_clausal", "_sheet_a", "_sheet_b")

    def __init__(self, pair: CareerPair, form: StatementForm) -> None:
        self._sheet_a, self._sheet_b = a, b = form.sheet(pair.of_a), form.sheet(pair.of_b)
        super().__init__(pair, form, a, b)
        self._bare, self._clausal = form.bare, form.clausal

    def state(self, statement: Statement) -> bytes:
        return encode(self._form.render(statement))

    def sentence(  # noqa: PLR0913 - the parts of a statement
        self,
        worded: Worded,
        rule: Rule,
        outcome: Outcome | None,
        prove: Prove,
        *of: Any,
        clause: str = "",
        own: bool = False,
    ) -> bytes:
        form, key = self._form, (worded, rule, outcome, clause)
        parts: Any = None if own else form.shelf.sentences.get(key)
        if parts is None:
            text, locale = worded
            template = form.template(rule, outcome, locale, clause=bool(clause))
            begun, ended = template.first(text, clause), template.last()
            parts = (begun, ended) if form.proven else template.assemble(begun, ended, None, None)
            if not own and len(form.shelf.sentences) < MOST_TEXTS:
                form.shelf.sentences[key] = parts
                form.keep(parts)
        if form.proven:
            (begun, ended), (first, *others) = parts, prove(self, *of)
            if not others:  # templates have a comma between facts
                return self.state(
                    StatementNarrator(self.pair).sentence(worded, rule, outcome, prove, *of, clause=clause)
                )
            parts = (self._clausal if clause else self._bare)(begun, ended, first, b",".join(others))
        data: bytes = parts
        return data

    def figures(self, row: GlanceRow) -> list[bytes]:
        column, outcome, statements = row.column, row.outcome, []
        for of, sheet in ((self.pair.of_a, self._sheet_a), (self.pair.of_b, self._sheet_b)):
            if of.line[column] is not None:
                figures = (sheet.own[column] or sheet.own_parts(column)).figures
                if (data := figures.get(outcome)) is None:
                    data = figures[outcome] = self.state(figure(self.pair, of, row))
                    self._form.shelf.charge(len(data) + OVERHEAD)
                statements.append(data)
        return statements

    def finding(self, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> bytes:
        if part is not None:
            return self.state(finding(self.pair, row, side, part))
        column = row.column
        a, b = self._sheet_a.own[column], self._sheet_b.own[column]
        if a is None or b is None:
            a, b = self._sheet_a.own_parts(column), self._sheet_b.own_parts(column)
        won, lost, place = (a, b, 0) if side is _A else (b, a, 1)
        if won.halves is None or won.halves is not lost.lost_halves:
            self._find(row, won, lost, side)
        if not won.halves:
            return self.state(finding(self.pair, row, side, part))
        return self._bare(won.findings[place], lost.lost_findings[place], self._facts_a[column], self._facts_b[column])

    def reason(self, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> bytes:
        column = row.column
        a, b = self._of_a[column], self._of_b[column]
        won, lost, place = (a, b, 0) if side is _A else (b, a, 1)
        if part is None and (won.halves is None or won.halves is not lost.lost_halves):
            self._begin(row, won, lost, side)
        if part is None and won.halves:
            return self._clausal(
                won.reasons[place], lost.lost_reasons[place], self._facts_a[column], self._facts_b[column]
            )
        return self.state(reason(self.pair, row, side, part))

    def tie(self, row: GlanceRow) -> bytes:
        if type(row.a) is MoneyRange:
            return self.state(tie(self.pair, row))
        column = row.column
        a = self._of_a[column]
        if (worded := a.tie) is None:
            worded = a.tie = self._form.sentence(_TIE, _TIED, tie_sentence(self.pair, row), clause=False)
        return self._bare(worded[0], worded[1], self._facts_a[column], self._facts_b[column])

    def shared_trait(self, row: GlanceRow) -> bytes | None:
        column = row.column
        a = self._of_a[column]
        if (worded := a.shared) is None:
            worded = a.shared = self._form.sentence(_SHARED_TRAIT, _TIED, shared_sentence(self.pair, row))
        if worded is not NOTHING:
            return self._clausal(worded[0], worded[1], self._facts_a[column], self._facts_b[column])
        statement = shared_trait(self.pair, row)
        return None if statement is None else self.state(statement)

    def preferences(self, row: GlanceRow) -> tuple[bytes | None, bytes | None]:
        column = row.column
        a, b = self._of_a[column], self._of_b[column]
        if a.trait is None:
            self._prefer(a, self.pair.of_a.reading(column))
        if b.trait is None:
            self._prefer(b, self.pair.of_b.reading(column))
        assert row.a is not None and row.b is not None  # noqa: S101 - else they would not differ
        if higher(row.a, row.b):
            here, there, here_of_b, there_of_b = a.more, b.more, b.less, a.less
        else:
            here, there, here_of_b, there_of_b = a.less, b.less, b.more, a.more
        return (
            self._preference(row, _SIDE_A, a.trait or (here[0], there[1])),
            self._preference(row, _SIDE_B, b.trait or (here_of_b[0], there_of_b[1])),
        )

    def _preference(self, row: GlanceRow, side: Side, worded: Whole) -> bytes | None:
        (first, last), column = worded, row.column
        if first and last:
            return self._clausal(first, last, self._facts_a[column], self._facts_b[column])
        statement = preference(self.pair, row, side)
        return None if statement is None else self.state(statement)

    def other_category(self, side: Side) -> bytes:
        this, other = (self._sheet_a, self._sheet_b) if side is _SIDE_A else (self._sheet_b, self._sheet_a)
        if (worded := this.category) is None:
            sentence = category_sentence(self.pair.localized, self.pair.sides(side)[0])
            worded = this.category = self._form.sentence(_CATEGORY, None, sentence)
        if worded is NOTHING:
            return self.state(other_category(self.pair, side))
        return self._clausal(worded[0], worded[1], this.itself, other.itself)

    def grade(self, skills: SkillsComparison, side: Side) -> bytes:
        here, there = (self._sheet_a, self._sheet_b) if side is _SIDE_A else (self._sheet_b, self._sheet_a)
        proof = Move(self.pair, skills, side) if self._form.proven else None
        grade = grade_place(decide_of(self.pair, skills, side).points.total) if proof is None else proof.place
        begun, ended = here.moves.get(grade), there.moves.get(grade)
        if begun is None or ended is None:
            origin, target = self.pair.sides(side)
            begun = here.moves[grade] = self._graded(origin, grade)
            ended = there.moves[grade] = self._graded(target, grade)
        if begun is NOTHING:
            return self.state(grade_statement(self.pair, skills, side))
        if proof is None:
            return self._bare(begun[0], ended[1], None, None)
        first, *others = self._form.facts(grade_facts(proof))
        return self._bare(begun[0], ended[1], first, b",".join(others))

    def _graded(self, of: LocalizedCareer, grade: int) -> Whole:
        """Render how the grade of a move begins with its origin, and how it ends with its target."""
        localized = self.pair.localized
        halves = grade_halves(localized, grade)
        if halves is None:
            return NOTHING
        template = self._form.template(_GRADE, None, localized.locale.code)
        front, back = [half.fill((of.name,)) for half in halves]
        return self._form.whole(template.first(front), template.last(back))

    def _begin(self, row: GlanceRow, won: ValueParts, lost: ValueParts, side: Outcome) -> None:
        """Render both parts of a reason."""
        lead, (_, text, clause), (_, end_text, end_clause) = self._lead(row, side)
        if not clause:
            won.halves = lost.lost_halves = ()
            return
        if won.halves is None:
            won.reasons = self._by_side(_REASON, lead.locale, lambda it: it.first(text, clause), clause=True)
        if lost.lost_halves is not lead.halves:
            lost.lost_reasons = self._by_side(
                _REASON, lead.locale, lambda it: it.last(end_text, end_clause), clause=True
            )
        won.halves = lost.lost_halves = lead.halves

    def _find(self, row: GlanceRow, won: OwnParts, lost: OwnParts, side: Outcome) -> None:
        """Render both parts of a finding."""
        lead, (text, _, _), (end_text, _, _) = self._lead(row, side)
        if won.halves is None and lead.halves:
            won.findings = self._by_side(_ADVANTAGE, lead.locale, lambda it: it.first(text))
        if lost.lost_halves is not lead.halves and lead.halves:
            lost.lost_findings = self._by_side(_ADVANTAGE, lead.locale, lambda it: it.last(end_text))
        won.halves = lost.lost_halves = lead.halves

    def _lead(self, row: GlanceRow, side: Outcome) -> tuple[AdvantagePhrases, tuple[str, ...], tuple[str, ...]]:
        """Return the phrases for the side that is ahead, how they begin with it, and how they end with the other one;
        empty texts where they do not fall into such parts."""
        winner, loser = self.pair.sides(side)
        value = winner.reading(row.column)
        lead = lead_of(self.pair.localized, value, None)
        if not lead.halves:
            return lead, ("", "", ""), ("", "", "")
        return lead, begin(self.pair, winner, value, None), end(lead, loser, loser.reading(row.column), None)

    def _by_side(self, rule: Rule, locale: str, cut: Callable[[Template], Parts], *, clause: bool = False) -> Whole:
        """Return one part for each side that may be ahead; the same where the selection does not tell them apart."""
        of_a, of_b = [self._form.template(rule, side, locale, clause=clause) for side in (_A, _B)]
        part = cut(of_a)
        return self._form.whole(part, part if of_a == of_b else cut(of_b))

    def _prefer(self, parts: ValueParts, value: LocalizedValue) -> None:
        """Render what a value says of a reader: by itself, and where it is the higher or the lower of two."""
        parts.trait = self._form.sentence(_PREFERENCE, _DIFFERS, own_trait(self.pair.localized, value))
        if parts.trait is NOTHING:
            parts.trait = ()
            parts.more, parts.less = self._compared(value, "more"), self._compared(value, "less")

    def _compared(self, value: LocalizedValue, variant: str) -> Whole:
        """Render how a preference for more or less begins with a value, and how that for the other one ends with it;
        nothing where it does not fall into such parts."""
        localized = self.pair.localized
        comparative = comparative_of(localized, value.value.attribute, variant)
        if comparative is None or comparative.halves is None:
            return NOTHING
        front, back, front_clause, back_clause = fill_halves(localized, comparative.halves, value)
        if not front_clause:
            return NOTHING
        template = self._form.template(_PREFERENCE, _DIFFERS, localized.locale.code, clause=True)
        return self._form.whole(template.first(front, front_clause), template.last(back, back_clause))


_ADVANTAGE, _FIGURE, _PREFERENCE, _REASON = Rule.ADVANTAGE, Rule.FIGURE, Rule.PREFERENCE, Rule.REASON
_TIE, _SHARED_TRAIT, _CATEGORY, _GRADE = Rule.TIE, Rule.SHARED_TRAIT, Rule.OTHER_CATEGORY, Rule.TRANSITION_GRADE
_A, _B, _TIED, _DIFFERS = Outcome.A, Outcome.B, Outcome.TIE, Outcome.DIFFERS
_SIDE_A, _SIDE_B = Side.A, Side.B
