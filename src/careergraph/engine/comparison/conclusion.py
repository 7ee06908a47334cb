"""Conclusion: what decides between two careers; where nothing does, what they have in common, or what is not known.

It names who is ahead in what and by how much, which no row of the glance says; what is the same; where nothing decides,
that nothing does, what differs, and which figures are missing or do not compare.
"""

from collections.abc import Iterable
from math import isnan
from operator import attrgetter

from careergraph.engine.comparison.advantage import strength
from careergraph.engine.comparison.balance import Balance, Strength
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.comparison.narrator import Item, Narrator, Prove, Worded, count_facts, row_facts
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.text.brevity import SENTENCE, fill_list, remembered
from careergraph.engine.text.differences import gap
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer, localize_career
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Fact, Rule

LISTED = 5
"""The most attributes that one sentence names; the others are counted."""


def conclusion(narrator: Narrator[Item], balance: Balance, words: str = "") -> list[Item]:
    """The conclusion on two careers. It always says something. Its phrases are those whose names begin with `words`,
    so that a page can say the same at its top and at its end without repeating a sentence."""
    pair = narrator.pair
    ahead = leaders(pair, balance)
    statements = [_gains(narrator, *it) for it in ahead]
    if not ahead and (balance.level or balance.different):
        statements.append(_nothing_decides(narrator, balance, words))
    if balance.level:
        statements.append(level(narrator, balance.level, words))
    if len(ahead) < 2 and balance.different:
        statements.append(_listed(narrator, f"{words}different", Rule.DIFFERENT, Outcome.DIFFERS, balance.different))
    if balance.one_sided and (not ahead or 2 * len(balance.one_sided) > balance.rows):
        statements.append(_one_sided(narrator, balance.one_sided, balance.rows, words))
    if not ahead and balance.apart:
        statements.append(_listed(narrator, f"{words}apart", Rule.APART, Outcome.NOT_COMPARABLE, balance.apart))
    if not ahead and balance.open:
        statements.append(_listed(narrator, f"{words}open-ends", Rule.OPEN_ENDS, Outcome.UNKNOWN, balance.open))
    if not statements:
        template, spoken = pair.localized.general(f"{words}no-figures")
        worded = template.fill({}), spoken.locale.code
        statements.append(narrator.sentence(worded, Rule.NO_FIGURES, None, count_facts, 0))
    return statements


Leader = tuple[LocalizedCareer, LocalizedCareer, Outcome, list[Strength]]
"""A career that is ahead in something, the other one, its side, and what it is ahead in."""


def leaders(pair: CareerPair, balance: Balance) -> list[Leader]:
    """Return those that are ahead in anything: first who is ahead in more, then whose strength stands higher in the
    glance, then by slug. Which one is a makes no difference."""
    of_a, of_b = balance.a, balance.b
    a, b = (pair.of_a, pair.of_b, _A, of_a), (pair.of_b, pair.of_a, _B, of_b)
    if not of_a or not of_b:
        return [a] if of_a else [b] if of_b else []
    more = len(of_a) - len(of_b) or of_b[0].row.column - of_a[0].row.column
    a_first = more > 0 if more else pair.a.slug < pair.b.slug
    return [a, b] if a_first else [b, a]


def leads_nowhere(narrator: Narrator[Item], balance: Balance, side: Outcome) -> Item | None:
    """That a side is ahead in nothing that can be compared, and where it is level; None where it is ahead."""
    if balance.a if side is _A else balance.b:
        return None
    pair, rows = narrator.pair, balance.two_sided()
    worded = _nowhere(pair.localized, pair.sides(side)[0], rows, balance.level)
    return narrator.sentence(worded, Rule.LEADS_NOWHERE, None, _nowhere_facts, side, rows)


def _nowhere_facts(pair: CareerPair, side: Outcome, rows: list[GlanceRow]) -> Iterable[Fact]:
    of_a, of_b = pair.counts(len(rows))
    return (*((of_a, of_b) if side is _A else (of_b, of_a)), *row_facts(pair, rows))


def _nowhere(
    localized: LocalizedCatalog, this: LocalizedCareer, rows: list[GlanceRow], level: list[GlanceRow]
) -> tuple[str, str]:
    if not rows:
        template, spoken = localized.general("leads-nowhere.none")
        return template.fill({"career": _title(spoken, this)}), spoken.locale.code
    wording = _, spoken = localized.counted("leads-nowhere-level" if level else "leads-nowhere", len(rows))
    slots = {"career": _title(spoken, this), "n": spoken.count(len(rows))}
    return fill_list(wording, "labels", _nouns(spoken, level), slots, LISTED, (this.title,)), spoken.locale.code


def _gains(
    narrator: Narrator[Item], here: LocalizedCareer, there: LocalizedCareer, side: Outcome, strengths: list[Strength]
) -> Item:
    """State what a reader gets with the career that is ahead, and by how much."""
    localized, title = narrator.pair.localized, here.title
    phrase, spoken = localized.positional("gets", ("career", "strengths"))
    if spoken is not localized:
        here, there = localize_career(spoken, here.career), localize_career(spoken, there.career)
    parts = [_by_how_much(spoken, here, there, it) for it in strengths]
    text = phrase.fill((here.name, spoken.join(parts)))
    if len(text) > SENTENCE:
        text = fill_list(localized.general("gets"), "strengths", parts, {"career": here.name}, titles=(title,))
    return narrator.sentence((text, spoken.locale.code), Rule.LEADS, side, facts_of, strengths)


def level(narrator: Narrator[Item], rows: list[GlanceRow], words: str = "") -> Item:
    """State what both have alike."""
    return _listed(narrator, f"{words}level", Rule.LEVEL, Outcome.TIE, rows)


def _one_sided(narrator: Narrator[Item], rows: list[GlanceRow], total: int, words: str) -> Item:
    """State how many figures only one of the two has, and of what."""
    every = "-all" if len(rows) == total > 1 else ""
    phrase = f"{words}one-sided{every}"
    return _listed(narrator, phrase, Rule.ONE_SIDED, Outcome.UNKNOWN, rows, total, _one_sided_facts)


def _one_sided_facts(pair: CareerPair, rows: list[GlanceRow]) -> Iterable[Fact]:
    return [fact for row in rows for fact in pair.either(row.column, row.attribute)]


def _nothing_decides(narrator: Narrator[Item], balance: Balance, words: str) -> Item:
    pair, rows = narrator.pair, balance.two_sided()
    template, spoken = pair.localized.counted(f"{words}nothing-decides", len(rows))
    worded = template.fill({"n": spoken.count(len(rows))}), spoken.locale.code
    return narrator.sentence(worded, Rule.NOTHING_DECIDES, None, _counted_facts, rows)


def _counted_facts(pair: CareerPair, rows: list[GlanceRow]) -> tuple[Fact, ...]:
    return (*pair.counts(len(rows)), *row_facts(pair, rows))


def _listed(  # noqa: PLR0913, PLR0917 - the phrase, what is stated, of which rows, and what proves it
    narrator: Narrator[Item],
    phrase: str,
    rule: Rule,
    outcome: Outcome,
    rows: list[GlanceRow],
    total: int = 0,
    prove: Prove = row_facts,
) -> Item:
    """State a sentence that lists attributes. Many pairs have the same, so its words are cached."""
    localized, key = narrator.pair.localized, (phrase, total, *map(_column_of, rows))
    worded = remembered(localized, _listings, key, _list_labels, localized, phrase, rows, total)
    return narrator.sentence(worded, rule, outcome, prove, rows)


def _list_labels(localized: LocalizedCatalog, phrase: str, rows: list[GlanceRow], total: int) -> Worded:
    wording = _, spoken = localized.counted(phrase, len(rows))
    slots = {"n": spoken.count(len(rows)), "total": spoken.count(total)}
    return fill_list(wording, "labels", _nouns(spoken, rows), slots, LISTED), spoken.locale.code


_column_of = attrgetter("column")


def _listings(_: LocalizedCatalog) -> dict[object, Worded]:
    return {}


def facts_of(pair: CareerPair, strengths: list[Strength]) -> tuple[Fact, ...]:
    """The facts that prove strengths: for each a's value, b's value."""
    facts: list[Fact] = []
    for row, part in strengths:
        facts += pair.facts(row.column) if part is None else pair.ends(row.attribute.key, part)
    return tuple(facts)


def named(spoken: LocalizedCatalog, localized_career: LocalizedCareer, ahead_by: Strength) -> str:
    """Name a strength of a career in the words of a localized catalog: `the higher salary floor`."""
    row, part = ahead_by
    return strength(spoken, localize_career(spoken, localized_career.career).reading(row.column), part).text


def _by_how_much(spoken: LocalizedCatalog, here: LocalizedCareer, there: LocalizedCareer, ahead_by: Strength) -> str:
    """Name a strength of a career, with the distance to the other one where a number says it."""
    column, name = ahead_by[0].column, ahead_by.name
    if name is None:
        name = ahead_by.name = strength(spoken, here.reading(column), ahead_by[1])
    distance = here.gap_numbers[column] - there.gap_numbers[column]
    if (text := name.with_gap.get(distance)) is None:
        text = _with_gap(spoken, name.text, gap(spoken, here.values[column], there.values[column], ahead_by[1]))
        if not isnan(distance) and len(name.with_gap) < MOST_DISTANCES:
            name.with_gap[distance] = text
    return text


MOST_DISTANCES = 2_000
"""The most distances that one advantage is kept with: of a figure few differ."""


_A, _B = Outcome.A, Outcome.B


def _with_gap(spoken: LocalizedCatalog, name: str, by: str) -> str:
    phrase, _ = spoken.positional("strength-gap", ("strength", "gap"))
    return phrase.fill((name, by)) if by else name


def _nouns(spoken: LocalizedCatalog, rows: list[GlanceRow]) -> list[str]:
    return [spoken.noun(row.attribute) for row in rows]


def _title(spoken: LocalizedCatalog, localized_career: LocalizedCareer) -> str:
    return spoken.name(localized_career.career.title)
