"""Statement sheets: what belongs to one career, or to how two values compare: each is worked out when first needed."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from careergraph.api.compiler.comparison.assembly import Assembly, Piece
from careergraph.api.compiler.comparison.value_keys import Line
from careergraph.engine.comparison.balance import LISTS, Share, share_of
from careergraph.engine.comparison.glance import GlanceRow

Whole = tuple[Any, Any]
"""The first parts and the last parts of a sentence."""

NOTHING: Whole = (b"", b"")
"""The parts of a sentence that is not stated, or not in parts."""

Pieces = Sequence[Piece]
"""The pieces of a statement, or of several. All statements of a form have the same number of pieces."""

Say = Callable[..., Any]
"""A function of the engine that says something of a row, with a narrator."""


class Cell:
    """How two values of a column compare, for all pairs of values of which the same holds: their row, None where both
    are absent; its share of the balance; and what it says, by the function of the engine that says it: lists of
    statements, None where they do not fall into parts."""

    __slots__ = ("_alone", "in_summary", "row", "says", "share")

    def __init__(self, row: GlanceRow | None) -> None:
        self.in_summary = row is not None and row.attribute.in_summary
        self.row, self.share = row, NO_SHARE if row is None else share_of(row)
        self.says: dict[Say, Sequence[Sequence[Pieces]] | None] = {}
        self._alone: Block | None = None

    def alone(self) -> "Block":
        """The block of this one column."""
        self._alone = self._alone or Block([self])
        return self._alone


class RowStatements(Assembly):
    """What some rows say, if they say any: the pieces of up to three `lists` of statements, behind each other."""

    __slots__ = ("is_any", "lists")

    def __init__(self, lists: Sequence[Pieces]) -> None:
        super().__init__([piece for pieces in lists for piece in pieces])
        first, second, last = accumulate(map(len, (*lists, *[()] * (3 - len(lists)))))
        self.lists, self.is_any = (slice(first), slice(first, second), slice(second, last)), last > 0


class Block:
    """How the values of a few columns compare: the rows that there are, their share of the balance, and what is said of
    them, None before it is first needed: in the `summary`, and as `reasons` for a, for b and for both."""

    __slots__ = ("cells", "reasons", "rows", "share", "summary")

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = [it for it in cells if it.row is not None]
        self.rows: tuple[GlanceRow, ...] = tuple([it.row for it in self.cells if it.row is not None])
        shares = zip(NO_SHARE, *[it.share for it in self.cells], strict=True)
        self.share: Share = [[item for part in parts for item in part] for parts in shares]
        self.summary: RowStatements | None = None
        self.reasons: RowStatements | None = None


class Sheet:
    """One career in one form of statements: the `line` of its values, their `kinds` by column, and the published
    `figures` that they are.

    `parts` are the parts of statements about it by number, None where one is not rendered yet; the first is empty.
    `facts` are the fragments of the facts about it, by column. `category` are the parts of its category. `itself` is
    the fact that it is one of the two. `end` is what it proves as an end of moves, `skills` the facts that it has
    skills, by the slugs of these.
    """

    __slots__ = ("category", "end", "facts", "figures", "itself", "kinds", "line", "parts", "skills")

    def __init__(self, line: Line, kinds: Sequence[int], figures: frozenset[object], facts: Any, itself: Any) -> None:
        self.line, self.kinds, self.figures = line, kinds, figures
        self.facts, self.itself = facts, itself
        self.parts: list[Any] = [b""]
        self.category: Whole | None = None
        self.end: Any = None
        self.skills: dict[str, bytes] = {}


NO_SHARE: Share = ((),) * LISTS
"""The share of a row that is not there."""
