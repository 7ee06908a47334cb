"""Figures: rows of a comparison with leads and origins, as pages show them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Figure = Mapping[str, Any]
"""A value as the operations select it."""

RANGE = "–"
"""The separator of a displayed range."""


_SHARES = ("lowPercentile", "highPercentile", "share", "interval")
ORIGIN = ("method", "observedOn", "region", "sampleSize", "publishedForTitle", *_SHARES)
"""The fields of a figure's origin, beside its source."""


class Piece(NamedTuple):
    """A part of a displayed figure, and whether it leads."""

    text: str
    leads: bool


class Lead(NamedTuple):
    """A lead of one side: the attribute, the end of its range if only that leads, and both figures; `percentile` is
    what the end is, where it is one."""

    label: str
    part: str | None
    value: str
    other: str
    percentile: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a row."""

    figure: Figure
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """The origin of a figure; `side` is A, B or None for both."""

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
    """The leading side of each end of a range, if they differ."""

    @property
    def sign(self) -> str:
        """The outcome of the row, or SPLIT if each side leads at one end."""
        return "SPLIT" if self.outcome == "DIFFERS" and len(set(self.ends.values())) > 1 else self.outcome

    @property
    def label_name(self) -> str:
        """The name of the row's outcome among the labels. Figures that do not decide are not called unknown."""
        name = "UNDECIDED" if self.outcome == "UNKNOWN" and all(self.cells) else self.sign
        return name.lower().replace("_", "-")

    @property
    def notes(self) -> list[Note]:
        """The origins of the figures; a single one if both are equal."""
        a, b = (cell.figure if cell else None for cell in self.cells)
        if a is not None and b is not None and origin_of(a) == origin_of(b):
            return [Note(None, a)]
        return [Note(side, figure) for side, figure in (("A", a), ("B", b)) if figure is not None]

    @property
    def origins(self) -> list[Figure]:
        """The sources of the row, each once."""
        return list({note.figure["source"]["slug"]: note.figure["source"] for note in self.notes}.values())

    def leads(self, side: str) -> list[Lead]:
        """The leads of a side in this row: the whole value, or an end of a range."""
        mine, others = self.cells if side == "A" else self.cells[::-1]
        if mine is None or others is None:
            return []
        if self.outcome == side:
            return [Lead(self.label, None, mine.figure["display"], others.figure["display"])]
        ends = [part for part, leader in self.ends.items() if leader == side]
        a, b = mine.figure, others.figure
        return [Lead(self.label, part, end_of(a, part), end_of(b, part), percentile_of(a, part)) for part in ends]


def rows_of(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The rows of a glance, those without any figure last."""
    folded = [_row(row) for row in rows]
    return sorted(folded, key=lambda row: not any(row.cells))


def sources_of(figures: Iterable[Figure]) -> list[Mapping[str, Any]]:
    """The distinct sources of figures, in order."""
    return list({figure["source"]["slug"]: figure["source"] for figure in figures}.values())


def origin_of(figure: Figure) -> tuple[object, ...]:
    """The origin of a figure; equal origins share one note."""
    return figure["source"]["slug"], *[str(figure.get(name)) for name in ORIGIN]


def pieces_of(figure: Figure, ends: Collection[str], *, whole: bool) -> tuple[Piece, ...]:
    """The parts of a displayed figure, of which the whole leads or one end, LOW or HIGH, of a range."""
    if figure.get("openEnd") == "HIGH" and figure.get("displayLow"):
        return tuple([Piece(end_of(figure, end), whole or end in ends) for end in ("LOW", "HIGH")])
    parts = figure["display"].split(RANGE)
    if len(parts) != 2 or "low" not in figure:
        return (Piece(figure["display"], whole),)
    return Piece(parts[0], whole or "LOW" in ends), Piece(parts[1], whole or "HIGH" in ends)


def end_of(figure: Figure, part: str) -> str:
    """One end of a range, displayed alone."""
    end: str = figure["displayLow" if part == "LOW" else "displayHigh"]
    return end


def percentile_of(figure: Figure, part: str) -> int | None:
    """Return which percentile an end of a range is; None where it is none."""
    percentile: int | None = figure.get("lowPercentile" if part == "LOW" else "highPercentile")
    return percentile


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
    mine = [part for part, leader in ends.items() if leader == side]
    return Cell(figure, pieces_of(figure, mine, whole=outcome == side))
