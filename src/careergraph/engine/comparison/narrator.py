"""Narrator: puts into a form what the sections of a comparison decide to state.

A section decides which statements there are, and in which order. A narrator makes each of them: `StatementNarrator` the
statements themselves, the narrator of a plan their text in a response. So no section is written twice.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from careergraph.engine.comparison.advantage import finding, reason
from careergraph.engine.comparison.balance import Share
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.comparison.preference import other_category, preference
from careergraph.engine.comparison.sentences import apart, figures, shared_trait, tie
from careergraph.engine.content.attribute import ValueKind
from careergraph.engine.content.outcome import Outcome, RangeEnd, Side
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Fact, Rule, Statement, make_tuple
from careergraph.engine.transition.move import Move, moves_of
from careergraph.engine.transition.move_sentences import grade_sentences, statement_of, statements_of

Item = TypeVar("Item")
Worded = tuple[str, str]
"""A sentence and the locale that words it."""

Prove = Callable[..., Iterable[Any]]
"""Gives the facts of a sentence, from a `CareerPair` or whatever else has its `facts`, `of_columns`, `ends`, `either`,
`skills`, `counts`, `both` and `without_skills`, and from what it is about."""

RowReasons = tuple[Sequence[Item], Sequence[Item], Sequence[Item]]
"""The reasons for each side, and those for either."""

RowsReasons = tuple[list[Item], list[Item], list[Item]]
"""The same of several rows."""


class RowNarrator(Protocol[Item]):
    """Makes the statements about one row of a pair in a form of its own."""

    def figures(self, row: GlanceRow) -> list[Item]:
        """Each career's own value, where it has one."""

    def finding(self, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> Item:
        """That a side is ahead in a row, or at one end of it."""

    def tie(self, row: GlanceRow) -> Item:
        """That both have the same value."""

    def not_comparable(self, row: GlanceRow) -> Item:
        """State why the two values cannot be compared."""

    def reason(self, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> Item:
        """That whoever prefers this should choose the side that is ahead."""

    def preferences(self, row: GlanceRow) -> tuple[Item | None, Item | None]:
        """State what a's value says of a reader, and what b's does, where the values differ and neither is better."""

    def shared_trait(self, row: GlanceRow) -> Item | None:
        """State what a tie says of a reader, whichever career it is."""


class Narrator(Protocol[Item]):
    """Makes the statements about one pair in a form of its own."""

    pair: CareerPair

    @property
    def rows(self) -> tuple[GlanceRow, ...] | None:
        """The rows of the glance, with these values or others that compare alike; None where they are not there
        yet."""

    @property
    def runs(self) -> Sequence[tuple[GlanceRow, ...]]:
        """The same rows in runs that other pairs have too, where they are there."""

    @property
    def shares(self) -> Sequence[Share] | None:
        """What the rows add to the balance, one by one or several at once; None where they are not there yet."""

    def state(self, statement: Statement) -> Item:
        """Put any statement into the form."""

    def sentence(
        self, worded: Worded, rule: Rule, outcome: Outcome | None, prove: Prove, *of: Any, clause: str = ""
    ) -> Item:
        """State a sentence, and its clause where it has one. `prove` gives its facts, where these are asked for."""

    def summaries(self, rows: Sequence[GlanceRow]) -> list[Item]:
        """State what the paragraph at the top says of rows, of those that are meant for it (see `summary_of`)."""

    def reasons(self, rows: Sequence[GlanceRow]) -> RowsReasons[Item]:
        """The reasons that rows give (see `reasons_of`)."""

    def other_category(self, side: Side) -> Item:
        """That a side is in another category than the other one."""

    def grades(self, skills: SkillsComparison) -> list[Item]:
        """State how hard it is to move from a to b, and from b to a."""

    def statements_of(self, move: Move) -> Sequence[Item]:
        """All that is said of a move."""


Form = Callable[[CareerPair], Narrator[Item]]
"""A form of statements: it gives the narrator of a pair. Equal forms give the same."""


class StatementNarrator:
    """Makes the statements themselves."""

    rows = shares = None
    runs = ()

    def __init__(self, pair: CareerPair) -> None:
        self.pair = pair

    def state(self, statement: Statement) -> Statement:
        return statement

    def sentence(
        self, worded: Worded, rule: Rule, outcome: Outcome | None, prove: Prove, *of: Any, clause: str = ""
    ) -> Statement:
        text, locale = worded
        return make_tuple(Statement, (text, rule, outcome, tuple(prove(self.pair, *of)), locale, clause))

    def figures(self, row: GlanceRow) -> list[Statement]:
        return figures(self.pair, row)

    def finding(self, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> Statement:
        return finding(self.pair, row, side, part)

    def tie(self, row: GlanceRow) -> Statement:
        return tie(self.pair, row)

    def not_comparable(self, row: GlanceRow) -> Statement:
        worded = apart(self.pair.localized, row)
        return self.sentence(worded, Rule.NOT_COMPARABLE, _APART, row_facts, (row,))

    def summaries(self, rows: Sequence[GlanceRow]) -> list[Statement]:
        return [statement for row in rows if row.attribute.in_summary for statement in summary_of(self, row)]

    def reasons(self, rows: Sequence[GlanceRow]) -> RowsReasons[Statement]:
        return in_turn([reasons_of(self, row) for row in rows])

    def reason(self, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> Statement:
        return reason(self.pair, row, side, part)

    def preferences(self, row: GlanceRow) -> tuple[Statement | None, Statement | None]:
        return preference(self.pair, row, Side.A), preference(self.pair, row, Side.B)

    def shared_trait(self, row: GlanceRow) -> Statement | None:
        return shared_trait(self.pair, row)

    def other_category(self, side: Side) -> Statement:
        return other_category(self.pair, side)

    def grades(self, skills: SkillsComparison) -> list[Statement]:
        sentences = self.pair.localized.once(grade_sentences)
        return [statement_of(it, sentences[it.decision.place]) for it in moves_of(self.pair, skills)]

    def statements_of(self, move: Move) -> Sequence[Statement]:
        return statements_of(move)


def summary_of(narrator: RowNarrator[Item], row: GlanceRow) -> list[Item]:
    """State what the paragraph at the top says of a row: both figures of a money range, what comes out of any other
    row, and both figures where nothing does."""
    outcome = row.outcome
    if row.attribute.kind is _MONEY:
        statements = narrator.figures(row)
        return statements + findings(narrator, row) if outcome is _TIE or outcome is _APART else statements
    if outcome is _A or outcome is _B or outcome is _TIE:
        return findings(narrator, row)
    return narrator.figures(row) + findings(narrator, row)


def findings(narrator: RowNarrator[Item], row: GlanceRow) -> list[Item]:
    """State what comes out of a row: who has the better value or end, that both are the same, or why nothing can be
    said."""
    if row.outcome is _TIE:
        return [narrator.tie(row)]
    if row.outcome is _APART:
        return [narrator.not_comparable(row)]
    return [narrator.finding(row, side, part) for side, part in row.ahead]


def reasons_of(narrator: RowNarrator[Item], row: GlanceRow) -> RowReasons[Item]:
    """The reasons that a row gives for each side: who is ahead, or what differs; and what a tie says of both."""
    if row.outcome is _TIE:
        trait = narrator.shared_trait(row)
        return (), (), () if trait is None else (trait,)
    for_a: list[Item] = []
    for_b: list[Item] = []
    for side, part in row.ahead:
        (for_a if side is _A else for_b).append(narrator.reason(row, side, part))
    if row.outcome is _DIFFERS:
        for reasons, preference_of in zip((for_a, for_b), narrator.preferences(row), strict=True):
            if preference_of is not None:
                reasons.append(preference_of)
    return for_a, for_b, ()


def in_turn(reasons: Iterable[RowReasons[Item]]) -> RowsReasons[Item]:
    """Put the reasons of rows behind each other."""
    of_a, of_b, of_both = [list(chain.from_iterable(it)) for it in zip(*reasons, strict=True)] or [[], [], []]
    return of_a, of_b, of_both


def count_facts(pair: CareerPair, count: int) -> Iterable[Fact]:
    """The facts that prove a count that a rule makes of both careers."""
    return pair.counts(count)


def row_facts(pair: CareerPair, rows: Iterable[GlanceRow]) -> Iterable[Fact]:
    """The facts that prove a statement about rows of two values: for each a's value, b's value."""
    return pair.of_columns(map(_column_of, rows))


def state_all(narrator: Narrator[Item], statements: Iterable[Statement]) -> list[Item]:
    """Put some statements into the form of a narrator."""
    return [narrator.state(it) for it in statements]


_column_of = attrgetter("column")
_A, _B, _TIE = Outcome.A, Outcome.B, Outcome.TIE
_APART, _DIFFERS, _MONEY = Outcome.NOT_COMPARABLE, Outcome.DIFFERS, ValueKind.MONEY_RANGE
