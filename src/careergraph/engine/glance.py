"""At a Glance: one row for each attribute that either career has."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from careergraph.engine.attribute import Attribute
from careergraph.engine.cell import Cell
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
    return Glance(tuple(_rows(catalog, a.cells, b.cells)))


def _rows(catalog: Catalog, of_a: Mapping[str, Cell], of_b: Mapping[str, Cell]) -> Iterator[GlanceRow]:
    for key, attribute in catalog.attributes.items():
        a, b = of_a.get(key), of_b.get(key)
        if a is not None and b is not None:
            yield _row(attribute, a, b)
        elif a is not None:
            yield GlanceRow(attribute, a.value, None, Outcome.UNKNOWN)
        elif b is not None:
            yield GlanceRow(attribute, None, b.value, Outcome.UNKNOWN)


def _row(attribute: Attribute, a: Cell, b: Cell) -> GlanceRow:
    outcome = a.outcome(b)
    obstacle = a.value.obstacle(b.value) if outcome is Outcome.NOT_COMPARABLE else None
    return GlanceRow(attribute, a.value, b.value, outcome, obstacle)
