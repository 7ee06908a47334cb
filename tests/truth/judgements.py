"""How the judge re-derives the rules that speak of several rows at once, of preferences, and of moves."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from careergraph.engine.comparison.compare import Comparison
from careergraph.engine.content.value_kinds import MoneyRange, Number
from careergraph.engine.text.statement import Fact, Statement
from truth.outcomes import comparable, expected, expected_end
from truth.sections import sections

ROW_LISTS = {
    "leads": ("A", "B"),
    "level": ("TIE",),
    "different": ("DIFFERS",),
    "apart": ("NOT_COMPARABLE",),
    "open-ends": ("UNKNOWN",),
    "one-sided": ("UNKNOWN",),
    "nothing-decides": ("TIE", "DIFFERS", "NOT_COMPARABLE", "UNKNOWN"),
    "leads-nowhere": ("A", "B", "TIE", "DIFFERS", "NOT_COMPARABLE", "UNKNOWN"),
    "no-figures": (),
}
"""The rules about several rows, with the outcomes that each of their rows may have."""

PREFERENCES = ("other-category", "own-skills")

Couple = tuple[Fact, Fact]


def row_list_faults(comparison: Comparison, section: str, statement: Statement) -> Iterator[str]:
    """What is wrong with a statement about several rows."""
    rule = statement.rule.value
    counts = [fact for fact in statement.facts if fact.count is not None]
    rows = [fact for fact in statement.facts if fact.count is None]
    couples = list(zip(rows[::2], rows[1::2], strict=True))
    for a, b in couples:
        if (a.career, b.career) != (comparison.a, comparison.b) or a.attribute is not b.attribute or a.part != b.part:
            yield "does not carry a's value and b's value of each row"
            return
        if (outcome := _outcome(a, b)) not in ROW_LISTS[rule]:
            yield f"follows the rule {rule}, a row of its facts is {outcome}"
        if rule == "leads" and statement.outcome != outcome:
            yield f"states {statement.outcome}, a row of its facts says {outcome}"
    if rule == "one-sided" and any((a.value is None) == (b.value is None) for a, b in couples):
        yield "claims one side to be unknown where it is not"
    if rule in ("leads-nowhere", "nothing-decides", "no-figures"):
        yield from _count_faults(comparison, counts, couples)
    if rule == "leads-nowhere":
        yield from _nowhere_faults(comparison, section, statement, couples)
    if rule == "level" and statement.outcome != "TIE":
        yield "is about what is the same, and states another outcome"
    if rule == "leads" and section == "conclusion":
        yield from _gap_faults(comparison, statement, couples)


def _gap_faults(comparison: Comparison, statement: Statement, couples: Sequence[Couple]) -> Iterator[str]:
    """Distances that the conclusion does not say, or says wrongly. A list that was cut short says the first ones."""
    locale = comparison.localized.catalog.locales[statement.locale]
    numbers = set(re.findall(r"\d[\d.,]*\d|\d", statement.text))
    for place, (a, b) in enumerate(couples):
        distances = [abs(Fraction(str(mine)) - Fraction(str(theirs))) for mine, theirs in _ends(a, b)]
        if any(isinstance(it.value, MoneyRange) and it.value.open_end for it in (a, b)):
            distances = sorted(filter(None, distances))[:1]  # the others may be longer: what is said is the least
        for distance in distances:
            rounded = locale.number(float(distance), 0 if distance.denominator == 1 else 2)
            exact = locale.number(float(distance))
            if distance and not {rounded, exact} & numbers and (place == 0 or len(statement.text) < 120):
                yield f"does not say that the two are {exact} apart"


def _ends(a: Fact, b: Fact) -> Iterator[tuple[float, float]]:
    one, other = a.value, b.value
    if isinstance(one, MoneyRange) and isinstance(other, MoneyRange):
        if a.part != "HIGH" and one.low is not None and other.low is not None:
            yield one.low, other.low
        if a.part != "LOW" and one.high is not None and other.high is not None:
            yield one.high, other.high
    elif isinstance(one, Number) and isinstance(other, Number) and "gap.other" in one.attribute.phrases:
        yield one.value, other.value


def _outcome(a: Fact, b: Fact) -> str:
    if a.part is None:
        return expected(a.value, b.value)
    assert isinstance(a.value, MoneyRange)
    assert isinstance(b.value, MoneyRange)
    if not comparable(a.value, b.value):
        return "NOT_COMPARABLE"
    return expected_end(a.value, b.value, a.part.value, a.value.attribute.better.value)


def _count_faults(comparison: Comparison, counts: Sequence[Fact], couples: Sequence[Couple]) -> Iterator[str]:
    rows = [row for row in comparison.glance.rows if row.a is not None and row.b is not None]
    if all(expected(row.a, row.b) in ("UNKNOWN", "NOT_COMPARABLE") for row in rows):
        rows = []
    if [fact.count for fact in counts] != [len(rows)] * 2 or len(couples) != len(rows):
        yield "does not count and carry every row that both have a figure of, where any two can be compared"
    if any(a.value is None or b.value is None for a, b in couples):
        yield "counts a row as known for both that is not"


def _nowhere_faults(
    comparison: Comparison, section: str, statement: Statement, couples: Sequence[Couple]
) -> Iterator[str]:
    side = section[-1]
    career = comparison.a if side == "A" else comparison.b
    if statement.facts[0].career is not career or comparison.localized.read(career.title) not in statement.text:
        yield "is not about the career that it stands with"
    for a, b in couples:
        ends: list[str] = []
        if _outcome(a, b) == "NOT_COMPARABLE":
            continue
        if isinstance(a.value, MoneyRange) and isinstance(b.value, MoneyRange):
            direction = a.value.attribute.better.value
            ends = [expected_end(a.value, b.value, part, direction) for part in ("LOW", "HIGH")]
        if side in ends or _outcome(a, b) == side:
            yield "says that the career leads nowhere, and it does"


def preference_faults(comparison: Comparison, section: str, statement: Statement) -> Iterator[str]:
    """What is wrong with a reason that speaks of a category or of skills: it must be false of the other career."""
    this, other = (comparison.a, comparison.b) if section == "chooseA" else (comparison.b, comparison.a)
    careers = [fact.career for fact in statement.facts]
    if careers != [this, other] * (len(careers) // 2):
        yield "is not about the career that it stands with, then about the other one"
    if statement.rule == "other-category":
        if this.category.slug == other.category.slug or this.category.name["en"] in ("", other.category.name["en"]):
            yield "claims another category where it is the same"
        return
    for mine, theirs in pairwise(statement.facts):
        if mine.career is this and (mine.skill is not theirs.skill or theirs.count != 0 or mine.count is not None):
            yield "does not prove that only one of the two has the skill"


def moves_faults(comparison: Comparison, statement: Statement) -> Iterator[str]:
    """What is wrong with the sentence about skills and moves."""
    shared, related = len(comparison.skills.shared), len(comparison.skills.related)
    if [fact.count for fact in statement.facts[:4]] != [shared, shared, related, related]:
        yield "miscounts shared or related skills"
    moves = sections(comparison).moves
    if statement.facts[4:] != (*moves[0].statements[0].facts, *moves[1].statements[0].facts):
        yield "does not carry the facts of both moves"
    words = [comparison.localized.word(f"grade-word.{move.grade.value.lower()}") for move in moves]
    if any(word not in statement.text for word in words):
        yield "does not say how hard both moves are"
