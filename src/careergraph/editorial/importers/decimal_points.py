"""Decimal points: whether a point in the numbers of a table may separate thousands, as German writes 61.000.

One to three digits, a point and three digits are in doubt, unless they begin with 0. Among amounts of money, which have
two decimal places at most, such a number is always refused. Another one is a fraction where its attribute has some
(`decimals`, or a `scale` below 1,000), or where the table has others of the attribute: 61.5, 0.125 or 1250.125.
"""

import re
from collections.abc import Mapping

from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.engine.content.attribute import Attribute, ValueKind

_WITH_POINT = re.compile(r"(?<![\d.,])\d[\d,]*\.\d+(?![\d.,])")
_IN_DOUBT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_NUMBER = {"value": "value", "low": "interval low", "high": "interval high"}
"""The cells of a number, with the names of their columns."""
_AMOUNTS = {"value": "value"}


def in_doubt(number: str, *, whole: bool = False) -> str | None:
    """Say what to write in the place of a number whose point may separate thousands; None where it cannot. One that has
    to be `whole` is no fraction."""
    if _IN_DOUBT.fullmatch(number) is None:
        return None
    thousands = number.replace(".", "")
    if whole:
        return f"{number} may be {thousands}: write {thousands}"
    return f"{number} may be {thousands} or a fraction: write {thousands} or {number}0"


class DecimalPoints:
    """What the points in the numbers of a table mean. Every figure is noted first."""

    def __init__(self) -> None:
        self._fractional = set[str]()
        self._in_doubt = list[tuple[str, Problem]]()

    def note(self, attribute: Attribute, cells: Mapping[str, str], file: str, line: int) -> None:
        """Note the figure of a row; `cells` are as `figure_of` reads them."""
        for cell, column in _columns(attribute).items():
            for number in _WITH_POINT.findall(cells[cell]) if "." in cells[cell] else ():
                if (message := in_doubt(number)) is not None:
                    problem = Problem(ProblemCode.BAD_VALUE, message, (column,), file=file, line=line)
                    self._in_doubt.append((attribute.key, problem))
                elif attribute.kind is ValueKind.NUMBER:
                    self._fractional.add(attribute.key)

    def problems(self) -> list[Problem]:
        """List the numbers that stay in doubt."""
        return [problem for key, problem in self._in_doubt if key not in self._fractional]


def _columns(attribute: Attribute) -> Mapping[str, str]:
    """The cells in which a number may be in doubt, with the names of their columns."""
    if attribute.kind is ValueKind.MONEY_RANGE:
        return _AMOUNTS
    has_fractions = attribute.decimals > 0 or (attribute.scale is not None and attribute.scale < 1000)
    return {} if attribute.kind is not ValueKind.NUMBER or has_fractions else _NUMBER
