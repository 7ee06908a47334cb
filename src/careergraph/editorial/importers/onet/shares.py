"""Shares: how the answers to a question spread over its categories, and which category was named most often."""

from dataclasses import dataclass
from decimal import Decimal

from careergraph.editorial.importers.onet.tables import SHARES
from careergraph.editorial.importers.profile import MostFrequent
from careergraph.editorial.importers.source_data import Uses
from careergraph.editorial.importers.tables.cells import is_marked, month, number
from careergraph.editorial.importers.tables.folder import Tables
from careergraph.editorial.importers.tables.shape import Shaped


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The category that was named most often, with its share in percent, the share's 95 % confidence interval and the
    number of answers, where the source gives them. A `suppressed` one is not to be published."""

    category: str
    share: Decimal
    low: Decimal | None
    high: Decimal | None
    sample: int | None
    suppressed: bool
    date: str | None


def answers(tables: Tables, uses: Uses, rule: MostFrequent, codes: frozenset[str]) -> dict[str, Answer] | None:
    """The answer that was given most often, by occupation; of equals the one that stands first. None where there is no
    table that has any. Raises BadTable."""
    best: dict[str, Answer] = {}
    shares = tables.of(SHARES)
    columns = ("code", "element", "scale", "category", "value", "low", "high", "n", "suppress", "date")
    for table in shares:
        for line, cells, use in uses.rows(table, *columns):
            code, element, scale = cells[:3]
            if code in codes and (element, scale) == (rule.element, rule.scale):
                use.used += 1
                answer = _answer(table, line, rule, cells[3:])
                if answer is not None and (code not in best or answer.share > best[code].share):
                    best[code] = answer
    return best or None


def _answer(table: Shaped, line: int, rule: MostFrequent, cells: tuple[str, ...]) -> Answer | None:
    category, value, low, high, n, suppress, date = cells
    share, size = number(table, line, value), number(table, line, n)
    if share is None:
        return None
    if category not in rule.levels or not 0 <= share <= 100:
        raise table.bad(line, f"{category[:40]!a} with {value[:40]!a} % is no answer: are columns swapped?")
    return Answer(
        category=category,
        share=share,
        low=number(table, line, low),
        high=number(table, line, high),
        sample=int(size) if size else None,
        suppressed=is_marked(table, line, suppress),
        date=month(table, line, date),
    )
