"""Coding: whether an occupation requires it, from the rating of a skill and the technologies that are in demand."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from careergraph.editorial.importers.onet.figure_writer import FigureWriter, Values
from careergraph.editorial.importers.onet.ratings import RatedElement
from careergraph.editorial.importers.onet.tables import marked_technologies
from careergraph.editorial.importers.profile import Rated, Technologies
from careergraph.editorial.importers.source_data import Uses
from careergraph.editorial.importers.tables.shape import Tables, is_marked, number


def coding(  # noqa: PLR0913, PLR0917 - what is imported, by which rule, and for what
    tables: Tables,
    rated: Sequence[RatedElement],
    rule: Technologies,
    writer: FigureWriter,
    uses: Uses,
    codes: Collection[str],
) -> Values | None:
    """Return yes, no, or no figure for each occupation. None without a table of technologies. Raises BadTable."""
    technologies = marked_technologies(tables, rule.mark)
    counts = dict.fromkeys(codes, 0)
    for table in technologies:
        for line, (code, kind, mark), use in uses.rows(table, "code", "class", rule.mark):
            if code in counts:
                use.used += 1
                counts[code] += is_marked(table, line, mark) and kind == rule.kind
        uses.require_joined(table, "an occupation that is imported")
    if not technologies:
        return None
    ratings = ratings_of(rated, rule.rated) if rule.rated else {}
    values = {}
    for code, count in counts.items():
        if (yes := requires(rule, count, ratings.get(code))) is not None:
            slots = {"code": code, "n": str(count), "rating": f"{ratings[code]:f}" if code in ratings else "–"}
            values[code] = writer.value(rule, code, slots, writer.release.date) | {"yes": yes}
    return values


def requires(rule: Technologies, count: int, rating: Decimal | None) -> bool | None:
    """Decide by the rating where it is high or low, and where both agree between; by the count alone where there is no
    rating. None where they disagree."""
    rated = rule.rated
    if rated is not None and rating is not None:
        if rating >= Decimal(str(rated.yes)):
            return True
        if rating <= Decimal(str(rated.no)):
            return False
    between = None if rated is None or rating is None else Decimal(str(rated.between))
    if count >= rule.least and (between is None or rating is None or rating >= between):
        return True
    return False if count == 0 and (between is None or rating is None or rating <= between) else None


def ratings_of(every: Sequence[RatedElement], rated: Rated) -> dict[str, Decimal]:
    """Return the rating of a skill for each occupation; a suppressed one is none."""
    ratings: dict[str, Decimal] = {}
    for one in [it for it in every if (it.element, it.scale) == (rated.element, rated.scale)]:
        for line, code, cell, suppress in one.ratings:
            value = None if is_marked(one.table, line, suppress) else number(one.table, line, cell)
            if value is not None:
                ratings[code] = value
    return ratings
