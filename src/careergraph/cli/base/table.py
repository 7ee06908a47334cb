"""Text for a terminal: paragraphs, lists and tables that keep to its width."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

import click

NARROWEST, WIDEST = 40, 110
"""The narrowest and the widest lines that are readable."""


def width() -> int:
    """The width to write for, in characters."""
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def paragraph(text: str, columns: int, indent: str = "") -> str:
    """A text wrapped to a width."""
    return textwrap.fill(text, columns, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def bullets(texts: Iterable[str], columns: int) -> Iterator[str]:
    """A list, each item wrapped under its bullet."""
    for text in texts:
        yield textwrap.fill(text, columns, initial_indent="    - ", subsequent_indent="      ", break_on_hyphens=False)


LISTED = 20
"""The most entries of one kind that are listed; their number is always shown."""


def listing(title: str, texts: Sequence[str]) -> Iterator[str]:
    """Texts below a title with their number, the first ones of many; nothing without any."""
    if texts:
        more = f", the first {LISTED} of {len(texts):,}" if len(texts) > LISTED else ""
        yield f"{title} ({len(texts):,}{more})"
        yield from bullets(texts[:LISTED], width())


def table(rows: Sequence[Sequence[str]], columns: int) -> Iterator[str]:
    """Yield rows of cells as lines. Columns are as wide as needed; the widest are wrapped to fit."""
    widths = _widths(rows, columns)
    for row in rows:
        cells = [textwrap.wrap(cell, space) or [""] for cell, space in zip(row, widths, strict=True)]
        for line in zip_longest(*cells, fillvalue=""):
            yield ("  " + "  ".join(part.ljust(space) for part, space in zip(line, widths, strict=True))).rstrip()


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> None:
    """Print rows below their head, or a text that there are none."""
    click.echo("\n".join(table([head, *rows], width())) if rows else nothing)


def _widths(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    widths = [max(1, *(len(cell) for cell in column)) for column in zip(*rows, strict=True)]
    while sum(widths) + 2 * len(widths) > columns and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths
