"""Bytes of statements: the narrator of plans, and the form that makes one for each pair.

Where a sentence falls into a part of each career, it is put together from the sheets of both. Any other statement is
made, and rendered through the function of its selection.
"""

from typing import Any

from careergraph.api.compiler.row_cells import RowCells
from careergraph.api.compiler.statement_form import StatementForm
from careergraph.api.compiler.statement_sheet import NOTHING, Sheet, Whole
from careergraph.engine.comparison.narrator import Prove, Worded
from careergraph.engine.comparison.preference import category_sentence, other_category
from careergraph.engine.content.outcome import Outcome, Side
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer
from careergraph.engine.text.statement import Rule, Statement
from careergraph.engine.transition.transition import Move, grade_halves, grade_statement, moves_of


class BytesForm(StatementForm):
    """The form of one selection of statements: it gives the narrator of each pair."""

    __slots__ = ()

    def __call__(self, pair: CareerPair) -> "BytesNarrator":
        return BytesNarrator(pair, self)


class BytesNarrator(RowCells):
    """Makes the bytes of statements about one pair."""

    __slots__ = ()

    def state(self, statement: Statement) -> bytes:
        return self._form.encode(statement)

    def sentence(
        self, worded: Worded, rule: Rule, outcome: Outcome | None, prove: Prove, *of: Any, clause: str = ""
    ) -> bytes:
        (text, locale), form = worded, self._form
        template = form.shelf.templates.get((rule, outcome, locale, clause != ""))
        if template is None:
            template = form.template(rule, outcome, locale, clause=clause != "")
        return template.fill(text, clause, b",".join(prove(self, *of)) if form.layout.proven else b"")

    def other_category(self, side: Side) -> bytes:
        this, other = (self._sheet_a, self._sheet_b) if side is _SIDE_A else (self._sheet_b, self._sheet_a)
        if (worded := this.category) is None:
            sentence = category_sentence(self.pair.localized, self.pair.sides(side)[0])
            worded = this.category = self._form.sentence(_CATEGORY, None, sentence)
        if worded is NOTHING:
            return self.state(other_category(self.pair, side))
        return self._form.layout.clausal(worded[0], worded[1], this.itself, other.itself)

    def grades(self, skills: SkillsComparison) -> list[bytes]:
        a, b, (move, back) = self._sheet_a, self._sheet_b, moves_of(self.pair, skills)
        return [self._grade(a, b, move), self._grade(b, a, back)]

    def _grade(self, here: Sheet, there: Sheet, move: Move) -> bytes:
        grade = move.place
        begun, ended = here.moves.get(grade), there.moves.get(grade)
        if begun is None or ended is None:
            begun = here.moves[grade] = self._graded(move.origin, grade)
            ended = there.moves[grade] = self._graded(move.target, grade)
        if begun is NOTHING:
            return self.state(grade_statement(move))
        if not self._form.layout.proven:
            return self._form.layout.bare(begun[0], ended[1], None, None)
        first, *others = self._form.facts(move.facts)
        return self._form.layout.bare(begun[0], ended[1], first, b",".join(others))

    def _graded(self, of: LocalizedCareer, grade: int) -> Whole:
        """Render how the grade of a move begins with its origin, and how it ends with its target."""
        localized = self.pair.localized
        halves = grade_halves(localized, grade)
        if halves is None:
            return NOTHING
        template = self._form.template(_GRADE, None, localized.locale.code)
        front, back = [half.fill((of.name,)) for half in halves]
        return self._form.whole(template.first(front), template.last(back))


_CATEGORY, _GRADE = Rule.OTHER_CATEGORY, Rule.TRANSITION_GRADE
_SIDE_A, _SIDE_B = Side.A, Side.B
