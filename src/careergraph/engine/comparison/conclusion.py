"""Conclusion: what decides between two careers; where nothing does, what they have in common, or what is not known.

It names who is ahead in what and by how much, which no row of the glance says; what is the same; where nothing decides,
that nothing does, what differs, and which figures are missing or do not compare.
"""

from collections.abc import Iterator

from careergraph.engine.comparison.balance import Balance, Strength, facts_of, named, row_facts
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.content.locale import Template
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.text.brevity import fitted
from careergraph.engine.text.gap import gap
from careergraph.engine.text.localized_career import LocalizedCareer
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.pair import CareerPair
from careergraph.engine.text.statement import Fact, Rule, Statement, make_tuple

LISTED = 5
"""The most attributes that one sentence names; the others are counted."""


KEPT = 10_000
"""The most sentences that list attributes which are kept for one localized catalog."""


def conclusion(pair: CareerPair, balance: Balance, words: str = "") -> tuple[Statement, ...]:
    """The conclusion on two careers. It always says something. Its phrases are those whose names begin with `words`,
    so that a page can say the same at its top and at its end without repeating a sentence."""
    return tuple(_statements(pair, balance, words))


def leaders(pair: CareerPair, balance: Balance) -> list[tuple[LocalizedCareer, Outcome, list[Strength]]]:
    """Those that are ahead in anything, each with its side and what it is ahead in: first who is ahead in more, then
    whose strength stands higher in the glance, then by slug. Which one is a makes no difference."""
    sides = [(pair.of_a, Outcome.A, balance.a), (pair.of_b, Outcome.B, balance.b)]
    ahead = [it for it in sides if it[2]]
    return sorted(ahead, key=lambda it: (-len(it[2]), it[2][0].row.column, it[0].career.slug))


def leads_nowhere(pair: CareerPair, balance: Balance, side: Outcome) -> Statement | None:
    """That a side is ahead in nothing that can be compared, and where it is level; None where it is ahead."""
    if balance.a if side is Outcome.A else balance.b:
        return None
    this, other = (pair.of_a, pair.of_b) if side is Outcome.A else (pair.of_b, pair.of_a)
    rows = balance.compared()
    counts = (this.facts.count(len(rows)), other.facts.count(len(rows)))
    text, locale = _nowhere(pair.localized, this, rows, balance.level)
    return Statement(text, Rule.LEADS_NOWHERE, None, (*counts, *row_facts(pair, rows)), locale)


def _nowhere(
    localized: LocalizedCatalog, this: LocalizedCareer, rows: list[GlanceRow], level: list[GlanceRow]
) -> tuple[str, str]:
    if not rows:
        template, spoken = localized.general("leads-nowhere.none")
        return template.fill({"career": _title(spoken, this)}), spoken.locale.code
    template, spoken = localized.counted("leads-nowhere-level" if level else "leads-nowhere", len(rows))
    slots = {"career": _title(spoken, this), "n": spoken.count(len(rows))}
    nouns = _nouns(spoken, level)
    text = fitted(
        lambda most: template.fill(slots | {"labels": spoken.rest(nouns, most) if nouns else ""}),
        min(len(nouns), LISTED),
        (slots["career"],),
    )
    return text, spoken.locale.code


def _statements(pair: CareerPair, balance: Balance, words: str) -> Iterator[Statement]:
    ahead = leaders(pair, balance)
    rows = sum(map(len, balance[2:])) + len({it.row.column for it in (*balance.a, *balance.b)})
    for localized_career, side, strengths in ahead:
        yield _gains(pair, localized_career, side, strengths)
    if not ahead and (balance.level or balance.different):
        yield _nothing_decides(pair, balance, words)
    if balance.level:
        yield level(pair, balance.level, words)
    if len(ahead) < 2 and balance.different:
        yield _listed(pair, f"{words}different", Rule.DIFFERENT, Outcome.DIFFERS, balance.different)
    if balance.one_sided and (not ahead or 2 * len(balance.one_sided) > rows):
        yield _one_sided(pair, balance.one_sided, rows, words)
    if not ahead and balance.apart:
        yield _listed(pair, f"{words}apart", Rule.APART, Outcome.NOT_COMPARABLE, balance.apart)
    if not ahead and balance.open:
        yield _listed(pair, f"{words}open-ends", Rule.OPEN_ENDS, Outcome.UNKNOWN, balance.open)
    if not rows:
        template, spoken = pair.localized.general(f"{words}no-figures")
        yield Statement(template.fill({}), Rule.NO_FIGURES, None, pair.counts(0), spoken.locale.code)


def _gains(pair: CareerPair, localized_career: LocalizedCareer, side: Outcome, strengths: list[Strength]) -> Statement:
    """What a reader gets with the career that is ahead, and by how much."""
    template, spoken = pair.localized.general("gets")
    title = _title(spoken, localized_career)
    parts = [_by(spoken, localized_career, it) for it in strengths]
    text = fitted(
        lambda most: template.fill({"career": title, "strengths": spoken.rest(parts, most)}), len(parts), (title,)
    )
    return make_tuple(Statement, (text, Rule.LEADS, side, facts_of(pair, strengths), spoken.locale.code, ""))


def level(pair: CareerPair, rows: list[GlanceRow], words: str = "") -> Statement:
    """What both have alike."""
    return _listed(pair, f"{words}level", Rule.LEVEL, Outcome.TIE, rows)


def _one_sided(pair: CareerPair, rows: list[GlanceRow], total: int, words: str) -> Statement:
    """How many figures only one of the two has, and of what."""
    template, spoken = pair.localized.counted(f"{words}one-sided", len(rows))
    text = _labels(template, spoken, rows, total)
    facts = [it for row in rows for it in (_fact(pair.of_a, row), _fact(pair.of_b, row))]
    return make_tuple(Statement, (text, Rule.ONE_SIDED, Outcome.UNKNOWN, tuple(facts), spoken.locale.code, ""))


def _fact(localized_career: LocalizedCareer, row: GlanceRow) -> Fact:
    reading = localized_career.line[row.column]
    return localized_career.facts.missing(row.attribute) if reading is None else reading.fact


def _nothing_decides(pair: CareerPair, balance: Balance, words: str) -> Statement:
    rows = balance.compared()
    template, spoken = pair.localized.counted(f"{words}nothing-decides", len(rows))
    text = template.fill({"n": spoken.count(len(rows))})
    facts = (*pair.counts(len(rows)), *row_facts(pair, rows))
    return Statement(text, Rule.NOTHING_DECIDES, None, facts, spoken.locale.code)


def _listed(pair: CareerPair, phrase: str, rule: Rule, outcome: Outcome, rows: list[GlanceRow]) -> Statement:
    template, spoken = pair.localized.counted(phrase, len(rows))
    text = _labels(template, spoken, rows, len(rows))
    return make_tuple(Statement, (text, rule, outcome, tuple(row_facts(pair, rows)), spoken.locale.code, ""))


def _labels(template: Template, spoken: LocalizedCatalog, rows: list[GlanceRow], total: int) -> str:
    """A sentence that lists attributes. Many pairs say the same of the same ones, so it is kept."""
    key = (template.source, total, *[row.column for row in rows])
    if (listing := spoken.listings.get(key)) is None:
        nouns = _nouns(spoken, rows)
        slots = {"n": spoken.count(len(rows)), "total": spoken.count(total)}
        listing = fitted(
            lambda most: template.fill(slots | {"labels": spoken.rest(nouns, most)}), min(len(nouns), LISTED), ()
        )
        if len(spoken.listings) < KEPT:
            spoken.listings[key] = listing
    return listing


def _by(spoken: LocalizedCatalog, localized_career: LocalizedCareer, ahead_by: Strength) -> str:
    """A strength with how far it is ahead, where that can be said."""
    strength = named(spoken, localized_career, ahead_by)
    if not (by := gap(spoken, ahead_by.row.a, ahead_by.row.b, ahead_by.part)):
        return strength
    return spoken.general("strength-gap")[0].fill({"strength": strength, "gap": by})


def _nouns(spoken: LocalizedCatalog, rows: list[GlanceRow]) -> list[str]:
    return [spoken.noun(row.attribute) for row in rows]


def _title(spoken: LocalizedCatalog, localized_career: LocalizedCareer) -> str:
    return spoken.read(localized_career.career.title)
