"""Advantages: the two sentences about who is ahead in a row of the glance, or at one end of a range."""

from collections.abc import Sequence

from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.text.advantage_phrases import (
    AdvantageName,
    AdvantagePhrases,
    Halves,
    phrases_of_advantage,
    strength_of,
)
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer, LocalizedValue
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Fact, Rule, Statement, make_tuple

_A, _ADVANTAGE, _REASON = Outcome.A, Rule.ADVANTAGE, Rule.REASON


def finding(pair: CareerPair, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> Statement:
    """That a side is ahead in a row, or at one end of it."""
    if halves := _halves(pair, row.column, side, part):
        (text, _, _), (end, _, _), locale = halves
        facts = facts_of_part(pair, row, part)
        return make_tuple(Statement, (text + end, _ADVANTAGE, side, facts, locale, ""))
    (text, locale), _, _ = worded(pair, row, side, part)
    return Statement(text, _ADVANTAGE, side, facts_of_part(pair, row, part), locale)


def reason(pair: CareerPair, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> Statement:
    """That whoever prefers this should choose the side that is ahead."""
    if halves := _halves(pair, row.column, side, part):
        (_, text, clause), (_, end, clause_end), locale = halves
        facts = facts_of_part(pair, row, part)
        return make_tuple(Statement, (text + end, _REASON, side, facts, locale, clause + clause_end))
    _, (text, locale), (clause, _) = worded(pair, row, side, part)
    return Statement(text, _REASON, side, facts_of_part(pair, row, part), locale, clause)


def strength(localized: LocalizedCatalog, value: LocalizedValue, part: RangeEnd | None) -> AdvantageName:
    """Name the advantage of a value, or of an end of a range: `the higher salary floor`."""
    texts = value.texts(part)
    if texts.strength is None:
        texts.strength = strength_of(localized, value.value, part)
    return texts.strength


def lead_of(localized: LocalizedCatalog, won: LocalizedValue, part: RangeEnd | None) -> AdvantagePhrases:
    """The phrases for whoever has this value, or this end of it, and is ahead by it."""
    texts = won.texts(part)
    if texts.lead is None:
        texts.lead = phrases_of_advantage(localized, won.value, part)
    return texts.lead


def begin(
    localized: LocalizedCatalog, winner: LocalizedCareer, won: LocalizedValue, part: RangeEnd | None
) -> tuple[str, ...]:
    """Fill the first parts of finding, reason and clause with a value that is ahead."""
    slots = _ahead(localized, winner, won, part)
    return tuple([front.fill(slots) for front, _ in lead_of(localized, won, part).halves])


def end(
    halves: Sequence[Halves], loser: LocalizedCareer, lost: LocalizedValue, part: RangeEnd | None
) -> tuple[str, ...]:
    """Fill their second parts with a value that is behind one with these phrases."""
    slots = loser.name, lost.second(part)
    return tuple([back.fill(slots) for _, back in halves])


def facts_of_part(pair: CareerPair, row: GlanceRow, part: RangeEnd | None) -> tuple[Fact, Fact]:
    """The facts that prove who is ahead."""
    return pair.facts(row.column) if part is None else pair.ends(row.attribute.key, part)


def worded(pair: CareerPair, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> list[tuple[str, str]]:
    """Finding, reason and clause, each with the locale that words it."""
    column = row.column
    winner, _ = pair.sides(side)
    lead = lead_of(pair.localized, winner.reading(column), part)
    texts = []
    for template, code in lead.wordings:
        spoken = pair.localized.worded_in(code)
        this, other = pair.worded(spoken).sides(side)
        won, lost = this.reading(column), other.reading(column)
        slots = *_ahead(spoken, this, won, part), other.name, lost.second(part)
        texts.append((template.fill(slots), code))
    return texts


def _halves(
    pair: CareerPair, column: int, side: Outcome, part: RangeEnd | None
) -> tuple[tuple[str, ...], tuple[str, ...], str] | None:
    """Both parts of the three sentences, each filled once for its career, and their locale; None where they do not
    fall into two parts."""
    winner, loser = (pair.of_a, pair.of_b) if side is _A else (pair.of_b, pair.of_a)
    won, lost = winner.reading(column), loser.reading(column)
    lead = lead_of(pair.localized, won, part)
    if not lead.halves:
        return None
    ahead, behind = won.texts(part), lost.texts(part)
    if not ahead.begun:
        ahead.begun = begin(pair.localized, winner, won, part)
    if behind.behind is not lead:
        behind.behind, behind.ended = lead, end(lead.halves, loser, lost, part)
    return ahead.begun, behind.ended, lead.locale


def _ahead(
    localized: LocalizedCatalog, winner: LocalizedCareer, won: LocalizedValue, part: RangeEnd | None
) -> tuple[str, ...]:
    """Texts for the slots `AHEAD`."""
    return won.label, strength(localized, won, part).text, winner.name, won.part(part), won.bare_part(part)
