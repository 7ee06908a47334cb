"""Bytes of statements: the narrator of plans, and the form that makes one for each pair.

Where a sentence falls into a part of each career, it is put together from the sheets of both. Any other statement is
made, and rendered through the function of its selection.
"""

from typing import Any

from careergraph.api.compiler.comparison.move_fragments import MoveFragments
from careergraph.api.compiler.comparison.row_blocks import RowBlocks
from careergraph.api.compiler.comparison.statement_form import StatementForm
from careergraph.api.compiler.comparison.statement_sheet import NOTHING
from careergraph.engine.comparison.narrator import Prove, Worded
from careergraph.engine.comparison.preference import category_sentence, other_category
from careergraph.engine.content.outcome import Outcome, Side
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Rule, Statement


class BytesForm(StatementForm):
    """The form of one selection of statements: it gives the narrator of each pair."""

    __slots__ = ()

    def __call__(self, pair: CareerPair) -> "BytesNarrator":
        return BytesNarrator(pair, self)

    def of_moves(self, pair: CareerPair) -> MoveFragments:
        """Give the narrator of the moves of a pair."""
        return MoveFragments(pair, self)


class BytesNarrator(RowBlocks):
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


_CATEGORY = Rule.OTHER_CATEGORY
_SIDE_A = Side.A
