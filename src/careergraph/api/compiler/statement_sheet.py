"""Statement sheets: the parts of statements that belong to one career, each rendered when it is first needed."""

from collections.abc import Sequence
from typing import Any

from careergraph.engine.comparison.balance import share_of
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.comparison.narrator import RowReasons
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.text.advantage_phrases import Halves

Whole = tuple[Any, Any]
"""The first parts and the last parts of a sentence, or one kind of them by the side that is ahead."""

NOTHING: Whole = (b"", b"")
"""The parts of a sentence that is not stated, or not in parts."""


MARK = "\ue001X".encode()
"""What stands for a fact where a statement is cut at its facts."""


class ValueParts:
    """The parts about one value that name no career, shared by all careers that have the same. None stands for what was
    not needed yet.

    `reasons` are how these begin where the value is ahead, by side, in the phrases `halves`; `lost_reasons` how they
    end where it is behind a value with the phrases `lost_halves`. `more` and `less` are both parts of a preference for
    the higher and for the lower value. `tie`, `shared` and `trait` are whole sentences but for their facts, and `trait`
    is empty where there is none. `kind` is the number of the value where its column has few, else 0; `against` are
    the rows with others, by their kinds: references would be circles. `cell_against` looks one up.
    """

    __slots__ = (
        *("halves", "less", "lost_halves", "lost_reasons", "more", "reasons", "shared", "tie", "trait"),
        *("against", "cell_against", "kind"),
    )

    def __init__(self, kind: int = 0) -> None:
        self.against: dict[int, Cell] = {}
        self.cell_against = self.against.get
        self.kind = kind
        self.halves: Sequence[Halves] | None = None
        self.lost_halves: Sequence[Halves] | None = None
        self.reasons: Whole = NOTHING
        self.lost_reasons: Whole = NOTHING
        self.more: Whole = NOTHING
        self.less: Whole = NOTHING
        self.tie: Whole | None = None
        self.shared: Whole | None = None
        self.trait: Whole | tuple[()] | None = None


class Cell:
    """The row of two values, None where both are absent, its share of the balance, and its reasons: None before they
    are first needed. They are cut at their facts where the selection has any; empty where facts are not all that
    differs between careers, as in the `own` one of a pair."""

    __slots__ = ("reasons", "row", "share")

    def __init__(self, row: GlanceRow | None, *, own: bool) -> None:
        self.row, self.share = row, () if row is None else share_of(row)
        self.reasons: RowReasons[Any] | tuple[()] | None = () if own else None


class OwnParts:
    """The parts about one value of one career that name it: `findings` and `lost_findings` as the reasons of
    `ValueParts`; `figures` are whole statements, by outcome."""

    __slots__ = ("figures", "findings", "halves", "lost_findings", "lost_halves")

    def __init__(self) -> None:
        self.figures: dict[Outcome, bytes] = {}
        self.halves: Sequence[Halves] | None = None
        self.lost_halves: Sequence[Halves] | None = None
        self.findings: Whole = NOTHING
        self.lost_findings: Whole = NOTHING


class Sheet:
    """The parts about one career, by column: `values`, their `kinds` and `cells_against`, the published `figures`
    that they are, `own` where a statement needed them, and the facts of its values in selections that have
    facts. `category` are those of its category; `moves` are how the grade of a move begins with it as the origin, and
    ends with it as the target, by the grade. `itself` is the fact that it is one of the two."""

    __slots__ = ("category", "cells_against", "facts", "figures", "itself", "kinds", "moves", "own", "values")

    def __init__(self, values: list[ValueParts], figures: Sequence[object], facts: Sequence[Any], itself: Any) -> None:
        self.values, self.kinds = values, [it.kind for it in values]
        self.cells_against = [it.cell_against for it in values]
        self.figures, self.facts, self.itself = figures, facts, itself
        self.own: list[OwnParts | None] = [None] * len(values)
        self.category: Whole | None = None
        self.moves: dict[int, Whole] = {}

    def own_parts(self, column: int) -> OwnParts:
        """Return the parts of a value that name the career, and keep them."""
        own = self.own[column] = self.own[column] or OwnParts()
        return own
