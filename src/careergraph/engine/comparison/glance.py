"""At a Glance: one row for each attribute that either career has."""

from typing import NamedTuple

from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.outcome import Obstacle, Outcome, Side
from careergraph.engine.content.value_kinds import Value
from careergraph.engine.text.pair import CareerPair
from careergraph.engine.text.statement import make_tuple


class GlanceRow(NamedTuple):
    """Two values of one attribute side by side, either of which may be absent, and what comes out of it. `column` is
    the place of the attribute among the catalog's `columns`."""

    attribute: Attribute
    a: Value | None
    b: Value | None
    outcome: Outcome
    obstacle: Obstacle | None
    column: int

    @property
    def unknown_for(self) -> tuple[Side, ...]:
        """The sides without a value."""
        return tuple([side for side, value in zip(_SIDES, (self.a, self.b), strict=True) if value is None])


class Glance(NamedTuple):
    """The rows in the order of their attributes' positions."""

    rows: tuple[GlanceRow, ...]

    def row(self, attribute: str) -> GlanceRow | None:
        """The row of an attribute, by its key; None where neither career has a value of it."""
        return next((row for row in self.rows if row.attribute.key == attribute), None)


def glance(pair: CareerPair) -> Glance:
    """The glance of two careers."""
    rows: list[GlanceRow] = []
    columns = pair.localized.catalog.columns
    for (column, attribute), mine, theirs in zip(columns, pair.of_a.line, pair.of_b.line, strict=True):
        if mine is not None and theirs is not None:
            outcome = mine.outcome(theirs)
            obstacle = mine.value.obstacle(theirs.value) if outcome is _APART else None
            rows.append(make_tuple(GlanceRow, (attribute, mine.value, theirs.value, outcome, obstacle, column)))
        elif mine is not None:
            rows.append(make_tuple(GlanceRow, (attribute, mine.value, None, _UNKNOWN, None, column)))
        elif theirs is not None:
            rows.append(make_tuple(GlanceRow, (attribute, None, theirs.value, _UNKNOWN, None, column)))
    return Glance(tuple(rows))


# Looking up a member of an enum costs more than what it is compared with here.
_SIDES = (Side.A, Side.B)
_APART, _UNKNOWN = Outcome.NOT_COMPARABLE, Outcome.UNKNOWN
