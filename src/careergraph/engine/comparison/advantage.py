"""Advantages: who is ahead in a row of the glance, or at one end of a range, and the two sentences that say so."""

from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange
from careergraph.engine.text.advantage_phrases import AdvantagePhrases, phrases_of_advantage, strength_of
from careergraph.engine.text.localized_career import LocalizedCareer, LocalizedValue, localize_career
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.pair import CareerPair
from careergraph.engine.text.statement import Advantage, Rule, Statement, make_tuple

ENDS = tuple(RangeEnd)

Ahead = tuple[Outcome, RangeEnd | None]
"""The side that is ahead, and the end of a range at which it is; None for the whole value."""

# Looking up a member of an enum costs more than what it is compared with here.
_A, _B, _DIFFERS, _ADVANTAGE, _REASON = Outcome.A, Outcome.B, Outcome.DIFFERS, Rule.ADVANTAGE, Rule.REASON


def advantages(pair: CareerPair, row: GlanceRow) -> list[Advantage]:
    """The advantages of a row: one for the whole value, or one for each end that decides."""
    column = row.column
    if (of_row := pair.advantages.get(column)) is None:
        outcome = row.outcome
        if type(row.a) is MoneyRange:
            of_row = [_advantage(pair, row, *it) for it in ahead(row)]
        elif outcome is _A or outcome is _B:
            of_row = [_whole(pair, row)]
        else:
            of_row = []
        pair.advantages[column] = of_row
    return of_row


def ahead(row: GlanceRow) -> tuple[Ahead, ...]:
    """Who is ahead by a range: as a whole where both ends say so, else at each end that decides."""
    outcome, a, b = row.outcome, row.a, row.b
    if outcome not in (_A, _B, _DIFFERS) or not isinstance(a, MoneyRange) or not isinstance(b, MoneyRange):
        return ()
    ends = [(a.end_against(b, part), part) for part in ENDS]
    deciding = tuple([(end, part) for end, part in ends if end is _A or end is _B])
    whole = outcome is not _DIFFERS and len(deciding) == len(ENDS)
    return ((outcome, None),) if whole else deciding


def _whole(pair: CareerPair, row: GlanceRow) -> Advantage:
    """The advantage by a whole value: nearly all are, so this way is short."""
    column, side = row.column, row.outcome
    a, b = pair.of_a.reading(column), pair.of_b.reading(column)
    won, lost = (a, b) if side is _A else (b, a)
    lead = won.lead
    if lead is None or not lead.halves:
        return _advantage(pair, row, side, None)
    if lost.behind is not lead:
        _end(lead, pair.of_b if side is _A else pair.of_a, lost)
    facts, code = (a.fact, b.fact), lead.locale
    (finding, reason, clause), (finding_end, reason_end, clause_end) = won.begun, lost.ended
    return make_tuple(
        Advantage,
        (
            side,
            make_tuple(Statement, (finding + finding_end, _ADVANTAGE, side, facts, code, "")),
            make_tuple(Statement, (reason + reason_end, _REASON, side, facts, code, clause + clause_end)),
        ),
    )


def _begin(
    localized: LocalizedCatalog, lead: AdvantagePhrases, winner: LocalizedCareer, won: LocalizedValue
) -> AdvantagePhrases:
    """Keeps how the phrases begin that say this value is ahead."""
    won.lead = lead
    slots = won.label, strength(localized, won, None), winner.title, won.whole, won.bare_part(None)
    won.begun = tuple([front.fill(slots) for front, _ in lead.halves])
    return lead


def _end(lead: AdvantagePhrases, loser: LocalizedCareer, lost: LocalizedValue) -> None:
    """Keeps how they end that say this value is behind."""
    lost.ended = tuple([back.fill((loser.title, lost.whole_second)) for _, back in lead.halves])
    lost.behind = lead


def strength(localized: LocalizedCatalog, reading: LocalizedValue, part: RangeEnd | None) -> str:
    """Name the advantage of a value, or of an end of a range: `the higher salary floor`."""
    if (phrase := reading.strengths.get(part)) is None:
        phrase = reading.strengths[part] = strength_of(localized, reading.value, part)
    return phrase


def _advantage(pair: CareerPair, row: GlanceRow, side: Outcome, part: RangeEnd | None) -> Advantage:
    column, attribute = row.column, row.attribute
    a, b = pair.of_a.reading(column), pair.of_b.reading(column)
    won, winner = (a, pair.of_a) if side is _A else (b, pair.of_b)
    lead = _lead(pair.localized, winner, won, part)
    facts = (a.fact, b.fact) if part is None else pair.ends(attribute.key, part)
    if lead.native:
        slots = _slots(pair, pair.localized, column, side, part)
        finding, reason, clause = lead.finding.fill(slots), lead.reason.fill(slots), lead.clause.fill(slots)
    else:
        finding = lead.finding.fill(_slots(pair, lead.found_in, column, side, part))
        reason = lead.reason.fill(_slots(pair, lead.reasoned_in, column, side, part))
        clause = lead.clause.fill(_slots(pair, lead.claused_in, column, side, part))
    return Advantage(
        side,
        Statement(finding, _ADVANTAGE, side, facts, lead.found_in.locale.code),
        Statement(reason, _REASON, side, facts, lead.reasoned_in.locale.code, clause),
    )


def _lead(
    localized: LocalizedCatalog, winner: LocalizedCareer, won: LocalizedValue, part: RangeEnd | None
) -> AdvantagePhrases:
    if part is None:
        return won.lead or _begin(localized, phrases_of_advantage(localized, won.value, None), winner, won)
    if (phrases := won.leads.get(part)) is None:
        phrases = won.leads[part] = phrases_of_advantage(localized, won.value, part)
    return phrases


def _slots(
    pair: CareerPair, spoken: LocalizedCatalog, column: int, side: Outcome, part: RangeEnd | None
) -> tuple[str, ...]:
    """Texts for the slots in the words of a localized catalog: the pair's own, or a fallback of it."""
    of_a, of_b = (
        (pair.of_a, pair.of_b)
        if spoken is pair.localized
        else (localize_career(spoken, pair.a), localize_career(spoken, pair.b))
    )
    winner, loser = (of_a, of_b) if side is _A else (of_b, of_a)
    won, lost = winner.reading(column), loser.reading(column)
    ahead = won.label, strength(spoken, won, part), winner.title, won.part(part), won.bare_part(part)
    return *ahead, loser.title, lost.second(part)
