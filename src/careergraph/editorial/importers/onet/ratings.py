"""The ratings of occupations, in all tables that have any: read once, for whatever rests on them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from careergraph.editorial.importers.onet.tables import RATINGS
from careergraph.editorial.importers.source_data import Use, Uses
from careergraph.editorial.importers.tables.shape import Shaped, Tables


class Rating(NamedTuple):
    """The rating of an occupation, as its cells, with its line."""

    line: int
    code: str
    value: str
    suppress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedElement:
    """An element on a scale, in a table, with the use to count its rows in."""

    table: Shaped
    use: Use
    element: str
    name: str
    scale: str
    ratings: list[Rating] = field(default_factory=list)


def read_ratings(tables: Tables, uses: Uses) -> tuple[RatedElement, ...]:
    """Read all ratings, by element and scale, in the order in which these come. Raises BadTable."""
    rated: dict[tuple[str, ...], RatedElement] = {}
    cells_once: dict[str, str] = {}  # codes and figures come again and again
    for table in tables.of(RATINGS):
        for line, (element, name, scale, *cells), use in uses.rows(
            table, "element", "name", "scale", "code", "value", "suppress"
        ):
            key = table.name, element, name, scale
            if (one := rated.get(key)) is None:
                one = rated[key] = RatedElement(table=table, use=use, element=element, name=name, scale=scale)
            one.ratings.append(Rating(line, *[cells_once.setdefault(cell, cell) for cell in cells]))
    return tuple(rated.values())
