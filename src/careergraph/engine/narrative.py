"""Narrative: what a row of the glance, or a list of skills, may say. It says only what its facts prove.

Each sentence reads the same whichever career is a: a comparative names the career that has more of it first, and a tie
is said of both. That is what makes `compare(b, a)` the mirror image of `compare(a, b)` to the letter.
"""

from collections.abc import Iterator

from careergraph.engine.attribute import Better
from careergraph.engine.content import Career
from careergraph.engine.edition import Edition
from careergraph.engine.glance import GlanceRow
from careergraph.engine.outcome import Outcome, RangeEnd
from careergraph.engine.skills import SkillsComparison
from careergraph.engine.statement import Fact, Rule, Statement
from careergraph.engine.values import Choice, Flag, Level, MoneyRange, Value


class Pair:
    """Two careers in an edition: what every sentence about them needs."""

    __slots__ = ("a", "b", "edition")

    def __init__(self, edition: Edition, a: Career, b: Career) -> None:
        self.edition, self.a, self.b = edition, a, b


def figures(pair: Pair, row: GlanceRow) -> Iterator[Statement]:
    """Each career's own value, where it has one."""
    for career, value in ((pair.a, row.a), (pair.b, row.b)):
        if value is not None:
            yield _figure(pair.edition, row, career, value)


def findings(pair: Pair, row: GlanceRow) -> Iterator[Statement]:
    """What comes out of a row: who has the better value or end, that both are the same, or why nothing can be said."""
    if row.outcome is Outcome.TIE:
        yield _tie(pair, row)
    elif row.outcome is Outcome.NOT_COMPARABLE:
        yield _not_comparable(pair, row)
    else:
        for outcome, part in advantages(row):
            yield _advantage(pair, row, outcome, part)


def reasons(pair: Pair, row: GlanceRow, side: Outcome) -> Iterator[Statement]:
    """The reasons that a row gives for choosing one side (Outcome.A or Outcome.B)."""
    for outcome, part in advantages(row):
        if outcome is side:
            yield _reason(pair, row, outcome, part)
    if row.outcome is Outcome.DIFFERS and (value := row.a if side is Outcome.A else row.b) is not None:
        yield from _trait(pair, row, value, "trait", Rule.PREFERENCE)


def shared_traits(pair: Pair, row: GlanceRow) -> Iterator[Statement]:
    """What a tie says of a reader, whichever career it is."""
    if row.outcome is Outcome.TIE and row.a is not None:
        yield from _trait(pair, row, row.a, "shared", Rule.SHARED_TRAIT)


def advantages(row: GlanceRow) -> tuple[tuple[Outcome, RangeEnd | None], ...]:
    """Who is better in a row, and at which end: one entry for the whole value, or one for each end that decides."""
    if not isinstance(row.a, MoneyRange) or not isinstance(row.b, MoneyRange):
        return ((row.outcome, None),) if row.outcome.decided else ()
    if not row.outcome.decided and row.outcome is not Outcome.DIFFERS:
        return ()
    ends = [(row.a.end_against(row.b, part), part) for part in RangeEnd]
    deciding = [(outcome, part) for outcome, part in ends if outcome.decided]
    if row.outcome.decided and len(deciding) == len(RangeEnd):
        return ((row.outcome, None),)
    return tuple(deciding)


def shared_category(pair: Pair) -> Iterator[Statement]:
    """That both careers are in one category."""
    if pair.a.category.slug == pair.b.category.slug:
        template, spoken = pair.edition.general("shared-category")
        text = template.fill({"category": spoken.read(pair.a.category.name)})
        yield Statement(text, Rule.SHARED_CATEGORY, None, (Fact(pair.a), Fact(pair.b)), spoken.locale.code)


def shared_skills(pair: Pair, skills: SkillsComparison) -> Iterator[Statement]:
    """The concepts that both careers use."""
    if concepts := skills.concepts:
        template, spoken = pair.edition.general("shared-skills")
        text = template.fill({"skills": spoken.names(concepts)})
        yield Statement(text, Rule.SHARED_SKILLS, None, _skill_facts(pair, skills), spoken.locale.code)


def skill_counts(pair: Pair, skills: SkillsComparison) -> Iterator[Statement]:
    """How many skills the two share, and how many more are related; nothing where a career lists no skills."""
    if not pair.a.skills or not pair.b.skills:
        return
    yield _shared_count(pair, skills)
    if count := len(skills.related):
        template, spoken = pair.edition.counted("skills-related", count)
        text = template.fill({"n": spoken.locale.number(count)})
        facts = (Fact(pair.a, count=count), Fact(pair.b, count=count))
        yield Statement(text, Rule.SKILLS_RELATED, None, facts, spoken.locale.code)


def variant(value: Value) -> str:
    """The variant of a phrase that a value asks for: `yes`, `no`, or the key of its level or option."""
    if isinstance(value, Flag):
        return "yes" if value.yes else "no"
    if isinstance(value, Level):
        return value.attribute.options[value.rank].key
    return value.key if isinstance(value, Choice) else ""


def _figure(edition: Edition, row: GlanceRow, career: Career, value: Value) -> Statement:
    template, spoken = edition.phrase(row.attribute, "figure", variant(value))
    text = template.fill(
        {
            "label": spoken.read(row.attribute.label),
            "career": spoken.read(career.title),
            "value": spoken.display(value),
        }
    )
    return Statement(text, Rule.FIGURE, row.outcome, (Fact(career, row.attribute, value),), spoken.locale.code)


def _tie(pair: Pair, row: GlanceRow) -> Statement:
    assert row.a is not None and row.b is not None  # noqa: S101 - a tie has two values
    template, spoken = pair.edition.phrase(row.attribute, "tie", variant(row.a))
    # Two ranges that tie at the end that both have may differ in having another; the one that both have is shown.
    text = template.fill({"label": spoken.read(row.attribute.label), "value": _common(spoken, row.a, row.b)})
    return Statement(text, Rule.TIE, Outcome.TIE, _facts(pair, row), spoken.locale.code)


def _common(edition: Edition, a: Value, b: Value) -> str:
    if isinstance(a, MoneyRange) and isinstance(b, MoneyRange):
        common = [part for part in RangeEnd if a.end(part) is not None and b.end(part) is not None]
        if len(common) == 1:
            return edition.display_end(a, common[0])
    return edition.display(a)


def _not_comparable(pair: Pair, row: GlanceRow) -> Statement:
    assert row.obstacle is not None  # noqa: S101 - such a row has one
    template, spoken = pair.edition.general(f"not-comparable.{row.obstacle.lower().replace('_', '-')}")
    text = template.fill({"label": spoken.read(row.attribute.label)})
    return Statement(text, Rule.NOT_COMPARABLE, Outcome.NOT_COMPARABLE, _facts(pair, row), spoken.locale.code)


def _advantage(pair: Pair, row: GlanceRow, outcome: Outcome, part: RangeEnd | None) -> Statement:
    winner, loser = (row.a, row.b) if outcome is Outcome.A else (row.b, row.a)
    career, rival = (pair.a, pair.b) if outcome is Outcome.A else (pair.b, pair.a)
    assert winner is not None and loser is not None  # noqa: S101 - a decided row has two values
    template, spoken = pair.edition.phrase(
        row.attribute, "advantage", part.lower() if part else variant(winner), _general("advantage", row, part)
    )
    text = template.fill(
        {
            "label": spoken.read(row.attribute.label),
            "career": spoken.read(career.title),
            "value": _shown(spoken, winner, part),
            "rival": spoken.read(rival.title),
            "other": _shown(spoken, loser, part),
        }
    )
    return Statement(text, Rule.ADVANTAGE, outcome, _facts(pair, row, part), spoken.locale.code)


def _reason(pair: Pair, row: GlanceRow, outcome: Outcome, part: RangeEnd | None) -> Statement:
    winner, loser = (row.a, row.b) if outcome is Outcome.A else (row.b, row.a)
    assert winner is not None and loser is not None  # noqa: S101 - a decided row has two values
    template, spoken = pair.edition.phrase(
        row.attribute, "trait", part.lower() if part else variant(winner), _general("trait", row, part)
    )
    text = template.fill(
        {
            "label": spoken.read(row.attribute.label),
            "value": _shown(spoken, winner, part),
            "other": _shown(spoken, loser, part),
        }
    )
    return Statement(text, Rule.REASON, outcome, _facts(pair, row, part), spoken.locale.code)


def _trait(pair: Pair, row: GlanceRow, value: Value, phrase: str, rule: Rule) -> Iterator[Statement]:
    # Only a wording made for this very answer says what kind of reader it suits; there is no general one.
    found = pair.edition.own_phrase(row.attribute, phrase, variant(value)) if variant(value) else None
    if found is not None:
        template, spoken = found
        slots = {"label": spoken.read(row.attribute.label), "value": spoken.display(value), "other": ""}
        yield Statement(template.fill(slots), rule, row.outcome, _facts(pair, row), spoken.locale.code)


def _general(phrase: str, row: GlanceRow, part: RangeEnd | None) -> str:
    if part is not None:
        return f"{phrase}.{part.lower()}"
    return f"{phrase}.{'lower' if row.attribute.better is Better.LOWER else 'higher'}"


def _shown(edition: Edition, value: Value, part: RangeEnd | None) -> str:
    if part is not None and isinstance(value, MoneyRange):
        return edition.display_end(value, part)
    return edition.display(value)


def _facts(pair: Pair, row: GlanceRow, part: RangeEnd | None = None) -> tuple[Fact, Fact]:
    return (
        Fact(pair.a, row.attribute, row.a, part),
        Fact(pair.b, row.attribute, row.b, part),
    )


def _shared_count(pair: Pair, skills: SkillsComparison) -> Statement:
    count = len(skills.shared)
    named = skills.concepts
    if count and len(named) == count:
        template, spoken = pair.edition.counted("skills-shared", count)
        text = template.fill({"n": spoken.locale.number(count), "skills": spoken.names(named)})
    else:
        template, spoken = pair.edition.general("skills-shared.unnamed" if count else "skills-shared.none")
        text = template.fill({"n": spoken.locale.number(count)})
    counts = (Fact(pair.a, count=count), Fact(pair.b, count=count))
    return Statement(text, Rule.SKILLS_SHARED, None, counts + _skill_facts(pair, skills), spoken.locale.code)


def _skill_facts(pair: Pair, skills: SkillsComparison) -> tuple[Fact, ...]:
    return tuple([Fact(career, skill=concept) for concept in skills.concepts for career in (pair.a, pair.b)])
