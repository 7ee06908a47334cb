"""At a Glance: one row for each attribute that either career has."""

from typing import NamedTuple

from careergraph.engine.attribute import Attribute
from careergraph.engine.content import Career, Catalog
from careergraph.engine.outcome import Obstacle, Outcome
from careergraph.engine.values import Value


class GlanceRow(NamedTuple):
    """Two values of one attribute side by side, either of which may be absent, and what comes out of it."""

    attribute: Attribute
    a: Value | None
    b: Value | None
    outcome: Outcome
    obstacle: Obstacle | None = None


class Glance(NamedTuple):
    """The rows in the order of their attributes' positions."""

    rows: tuple[GlanceRow, ...]

    def row(self, attribute: str) -> GlanceRow | None:
        """The row of an attribute, by its key; None where neither career has a value of it."""
        return next((row for row in self.rows if row.attribute.key == attribute), None)


def glance(catalog: Catalog, a: Career, b: Career) -> Glance:
    """The glance of two careers."""
    rows = []
    for attribute, mine, theirs in zip(catalog.columns, catalog.line(a), catalog.line(b), strict=True):
        if mine is not None and theirs is not None:
            outcome = mine.outcome(theirs)
            obstacle = mine.value.obstacle(theirs.value) if outcome is _APART else None
            rows.append(GlanceRow(attribute, mine.value, theirs.value, outcome, obstacle))
        elif mine is not None:
            rows.append(GlanceRow(attribute, mine.value, None, _UNKNOWN))
        elif theirs is not None:
            rows.append(GlanceRow(attribute, None, theirs.value, _UNKNOWN))
    return Glance(tuple(rows))


# Looking up a member of an enum costs more than what it is compared with here.
_APART, _UNKNOWN = Outcome.NOT_COMPARABLE, Outcome.UNKNOWN
