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
    of_a, of_b = a.values_by_attribute, b.values_by_attribute
    return Glance(
        tuple(
            [
                _row(attribute, of_a.get(key), of_b.get(key))
                for key, attribute in catalog.attributes.items()
                if key in of_a or key in of_b
            ]
        )
    )


def _row(attribute: Attribute, a: Value | None, b: Value | None) -> GlanceRow:
    if a is None or b is None:
        return GlanceRow(attribute, a, b, Outcome.UNKNOWN)
    if (obstacle := a.obstacle(b)) is not None:
        return GlanceRow(attribute, a, b, Outcome.NOT_COMPARABLE, obstacle)
    return GlanceRow(attribute, a, b, a.against(b))
