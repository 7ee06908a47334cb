"""Cells: what stands in a table, as the number, the date or the mark that it must be."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from careergraph.editorial.importers.tables.shape import Shaped

ABSENT = frozenset(("", "-", "*", "**", "#", "n/a", "N/A"))
"""What sources write where there is no figure: not published, not estimated, beyond the highest that is published."""

_MONTH = re.compile(r"(0?[1-9]|1[0-2])/(\d{4})")


def number(table: Shaped, line: int, cell: str) -> Decimal | None:
    """A number, or None where the source has none. Raises BadTable."""
    if cell in ABSENT:
        return None
    try:
        value = Decimal(cell.replace(",", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > 10**12:
        raise table.bad(line, f"{cell[:40]!a} is no number: are columns swapped?")
    return value


def month(table: Shaped, line: int, cell: str) -> str | None:
    """The first day of a month that is written as 08/2023, in the form of ISO 8601. Raises BadTable."""
    if cell in ABSENT:
        return None
    if (match := _MONTH.fullmatch(cell)) is None:
        raise table.bad(line, f"{cell[:40]!a} is no month, as 08/2023 is: are columns swapped?")
    return date(int(match[2]), int(match[1]), 1).isoformat()


def is_marked(table: Shaped, line: int, cell: str) -> bool:
    """Whether something is marked: Y is yes; N and nothing are no. Raises BadTable."""
    if cell not in ("Y", "N", "") and cell.lower() not in ("yes", "no", "n/a"):
        raise table.bad(line, f"{cell[:40]!a} is neither Y nor N: are columns swapped?")
    return cell.upper().startswith("Y")
