"""Statement sheets: what belongs to one career, or to two values: each is worked out when it is first needed."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from careergraph.engine.comparison.balance import share_of
from careergraph.engine.comparison.glance import GlanceRow

Whole = tuple[Any, Any]
"""The first parts and the last parts of a sentence."""

NOTHING: Whole = (b"", b"")
"""The parts of a sentence that is not stated, or not in parts."""

Piece = tuple[int, Any]
"""A piece of a statement: the number of the table that it is in, and its key there."""


class References(NamedTuple):
    """Statements as pieces that are looked up for a pair: the numbers of their tables (`A_PARTS` and so on), and their
    keys. All statements of a form have the same number of pieces."""

    tables: Sequence[int] = ()
    keys: Sequence[Any] = ()


A_PARTS, B_PARTS, A_FACTS, B_FACTS, CONSTANTS, OWN = range(6)
"""The tables: the parts and facts of each career, what is the same for all pairs, and what a pair alone has. The key of
a constant, or of what a pair has alone, is itself."""


class Cell:
    """How two values of a column compare: their row, None where both are absent; its share of the balance; and what it
    says, None before it is first needed: in the `summary`, and as `reasons` for a, for b and for both, of each the
    tables and then the keys.

    It stands for all pairs of values whose numbers stand in the same order; an `exact` one for two values that read
    alike in all its pairs, so that its reasons are constants around their facts. `stated` are the functions of the
    engine that say something of the row that does not fall into parts.
    """

    __slots__ = ("exact", "reasons", "row", "share", "stated", "summary")

    def __init__(self, row: GlanceRow | None, *, exact: bool, stated: Sequence[Callable[..., Any]] = ()) -> None:
        self.row, self.share = row, () if row is None else share_of(row)
        self.exact, self.stated = exact, stated
        if row is not None and not exact:
            for strength in (*self.share[0], *self.share[1]):
                strength.exact = False
        self.summary: References | None = None
        self.reasons: Sequence[Sequence[Any]] | None = None


class Sheet:
    """One career in one form of statements, by column: the `kinds` of its values with the two numbers by which they
    compare (`lows`, `highs`), and the published `figures` that they are.

    `parts` are the parts of statements about it, by number, `facts` the fragments of the facts about it, by
    column, or column and end of a range. `category` are those of its category. `itself` is the fact that it is one of
    the two. `end` is what it proves as an end of moves, `skills` the facts that it has skills, by the slugs of these.
    """

    __slots__ = ("category", "end", "facts", "figures", "highs", "itself", "kinds", "lows", "parts", "skills")

    def __init__(self, values: Sequence[tuple[int, float, float, object]], facts: dict[Any, Any], itself: Any) -> None:
        kinds, lows, highs, figures = zip(*values, strict=True) if values else ((), (), (), ())
        self.kinds: Sequence[int] = kinds
        self.lows: Sequence[float] = lows
        self.highs: Sequence[float] = highs
        self.figures: Sequence[object] = figures
        self.facts, self.itself = facts, itself
        self.parts: dict[int, bytes] = {}
        self.category: Whole | None = None
        self.end: Any = None
        self.skills: dict[str, bytes] = {}
