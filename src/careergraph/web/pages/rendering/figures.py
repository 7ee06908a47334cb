"""Figures: rows of a comparison as a page shows them, with what leads and where each figure is from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Figure = Mapping[str, Any]
"""A value as the operations select it."""

RANGE = "–"
"""What stands between the ends of a displayed range."""


class Piece(NamedTuple):
    """A part of a displayed figure, and whether it leads."""

    text: str
    leads: bool


class Lead(NamedTuple):
    """Where one side leads: the attribute, the end of its range where only that leads, and both figures."""

    label: str
    part: str | None
    value: str
    other: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a row."""

    figure: Figure
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Where a figure is from; `side` is A, B or None for both."""

    side: str | None
    figure: Figure


@dataclass(frozen=True, slots=True)
class Row:
    """One attribute of two careers."""

    key: str
    label: str
    attribute: Mapping[str, Any]
    outcome: str
    obstacle: str | None
    cells: tuple[Cell | None, Cell | None]
    ends: Mapping[str, str]
    """Which side leads at which end of a range, where the ends point apart."""

    @property
    def sign(self) -> str:
        """The name of the row's outcome, which also has one for ends that point apart."""
        return "SPLIT" if self.outcome == "DIFFERS" and len(set(self.ends.values())) > 1 else self.outcome

    @property
    def notes(self) -> list[Note]:
        """Where the figures are from: once where it is the same for both."""
        a, b = (cell.figure if cell else None for cell in self.cells)
        if a is not None and b is not None and _origin(a) == _origin(b):
            return [Note(None, a)]
        return [Note(side, figure) for side, figure in (("A", a), ("B", b)) if figure is not None]

    @property
    def origins(self) -> list[Figure]:
        """The sources of the row, each once."""
        return list({note.figure["source"]["slug"]: note.figure["source"] for note in self.notes}.values())

    def leads(self, side: str) -> list[Lead]:
        """Where a side leads in this row: all of it, or an end of a range."""
        mine, others = self.cells if side == "A" else self.cells[::-1]
        if mine is None or others is None:
            return []
        if self.outcome == side:
            return [Lead(self.label, None, mine.figure["display"], others.figure["display"])]
        ends = [part for part, leader in self.ends.items() if leader == side]
        return [Lead(self.label, part, _end(mine.figure, part), _end(others.figure, part)) for part in ends]


def rows_of(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The rows of a glance. Those without any figure come last."""
    folded = [_row(row) for row in rows]
    return sorted(folded, key=lambda row: not any(row.cells))


def sources_of(figures: Iterable[Figure]) -> list[Mapping[str, Any]]:
    """The sources of figures, each once, in the order in which they come."""
    return list({figure["source"]["slug"]: figure["source"] for figure in figures}.values())


def _row(row: Mapping[str, Any]) -> Row:
    attribute, outcome = row["attribute"], row["outcome"]
    ends = dict(_ends(row["statements"])) if outcome == "DIFFERS" else {}
    cells = tuple([_cell(row[name], side, outcome, ends) for name, side in (("a", "A"), ("b", "B"))])
    return Row(attribute["key"], attribute["label"], attribute, outcome, row["obstacle"], (cells[0], cells[1]), ends)


def _ends(statements: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for statement in statements:
        part = next((fact["part"] for fact in statement["facts"] if fact["part"]), None)
        if part is not None and statement["outcome"] in ("A", "B"):
            yield part, statement["outcome"]


def _cell(figure: Figure | None, side: str, outcome: str, ends: Mapping[str, str]) -> Cell | None:
    if figure is None:
        return None
    parts = figure["display"].split(RANGE)
    if len(parts) != 2 or "low" not in figure:
        return Cell(figure, (Piece(figure["display"], outcome == side),))
    low, high = (outcome == side or ends.get(part) == side for part in ("LOW", "HIGH"))
    return Cell(figure, (Piece(parts[0], low), Piece(parts[1], high)))


def _end(figure: Figure, part: str) -> str:
    """One end of a displayed range."""
    parts: list[str] = figure["display"].split(RANGE)
    return parts[0] if part == "LOW" else parts[-1]


def _origin(figure: Figure) -> tuple[object, ...]:
    return (*[figure[name] for name in ("method", "observedOn", "region", "sampleSize")], figure["source"]["slug"])
