"""Narrative: what a row of the glance, or a list of skills, may say. It says only what its facts prove.

Each sentence reads the same whichever career is a: a comparative names the career that has more of it first, and a tie
is said of both. That is what makes `compare(b, a)` the mirror image of `compare(a, b)` to the letter.
"""

from collections.abc import Iterator

from careergraph.engine.attribute import Better
from careergraph.engine.content import Career
from careergraph.engine.edition import Edition
from careergraph.engine.glance import GlanceRow
from careergraph.engine.locale import Template
from careergraph.engine.outcome import Outcome, RangeEnd
from careergraph.engine.skills import SkillsComparison
from careergraph.engine.statement import Fact, Rule, Statement
from careergraph.engine.values import MoneyRange, Value

ENDS = tuple(RangeEnd)

Advantage = tuple[Outcome, RangeEnd | None]
"""The side that is better, and the end of a range at which it is; None for the whole value."""


class Pair:
    """Two careers in an edition: what every sentence about them needs."""

    __slots__ = ("a", "b", "edition", "evidence_a", "evidence_b")

    def __init__(self, edition: Edition, a: Career, b: Career) -> None:
        self.edition, self.a, self.b = edition, a, b
        self.evidence_a, self.evidence_b = edition.catalog.evidence(a), edition.catalog.evidence(b)


def figures(pair: Pair, row: GlanceRow) -> Iterator[Statement]:
    """Each career's own value, where it has one."""
    for evidence, value in ((pair.evidence_a, row.a), (pair.evidence_b, row.b)):
        if value is not None:
            text, locale = _figure(pair.edition, evidence.career, value)
            yield Statement(text, Rule.FIGURE, row.outcome, (evidence.value(value),), locale)


def findings(pair: Pair, row: GlanceRow) -> Iterator[Statement]:
    """What comes out of a row: who has the better value or end, that both are the same, or why nothing can be said."""
    if row.outcome is Outcome.TIE:
        yield _tie(pair, row)
    elif row.outcome is Outcome.NOT_COMPARABLE:
        yield _not_comparable(pair, row)
    else:
        for ahead in advantages(row):
            yield advantage(pair, row, ahead)


def shared_traits(pair: Pair, row: GlanceRow) -> Iterator[Statement]:
    """What a tie says of a reader, whichever career it is."""
    if row.outcome is Outcome.TIE and row.a is not None:
        yield from _trait(pair, row, row.a, "shared", Rule.SHARED_TRAIT)


def preferences(pair: Pair, row: GlanceRow, value: Value | None) -> Iterator[Statement]:
    """What one of two values that differ says of a reader, where neither is better."""
    if row.outcome is Outcome.DIFFERS and value is not None:
        yield from _trait(pair, row, value, "trait", Rule.PREFERENCE)


def advantages(row: GlanceRow) -> tuple[Advantage, ...]:
    """Who is better in a row, and at which end: one entry for the whole value, or one for each end that decides."""
    outcome, a, b = row.outcome, row.a, row.b
    decided = outcome is Outcome.A or outcome is Outcome.B
    if not isinstance(a, MoneyRange) or not isinstance(b, MoneyRange):
        return ((outcome, None),) if decided else ()
    if not decided and outcome is not Outcome.DIFFERS:
        return ()
    ends = [(a.end_against(b, part), part) for part in ENDS]
    deciding = [(end, part) for end, part in ends if end.decided]
    return ((outcome, None),) if decided and len(deciding) == len(ENDS) else tuple(deciding)


def advantage(pair: Pair, row: GlanceRow, ahead: Advantage) -> Statement:
    """That one career is ahead of the other."""
    outcome, part = ahead
    a, b = (pair.a, row.a), (pair.b, row.b)
    (career, winner), (rival, loser) = (a, b) if outcome is Outcome.A else (b, a)
    assert winner is not None and loser is not None  # noqa: S101 - a decided row has two values
    template, spoken = _comparative(pair.edition, "advantage", winner, part)
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


def reason(pair: Pair, row: GlanceRow, ahead: Advantage) -> Statement:
    """That a reader who wants the better value should choose the career that is ahead."""
    outcome, part = ahead
    winner, loser = (row.a, row.b) if outcome is Outcome.A else (row.b, row.a)
    assert winner is not None and loser is not None  # noqa: S101 - a decided row has two values
    template, spoken = _comparative(pair.edition, "trait", winner, part)
    text = template.fill(
        {
            "label": spoken.read(row.attribute.label),
            "value": _shown(spoken, winner, part),
            "other": _shown(spoken, loser, part),
        }
    )
    return Statement(text, Rule.REASON, outcome, _facts(pair, row, part), spoken.locale.code)


def shared_category(pair: Pair) -> Iterator[Statement]:
    """That both careers are in one category."""
    if pair.a.category.slug == pair.b.category.slug:
        template, spoken = pair.edition.general("shared-category")
        text = template.fill({"category": spoken.read(pair.a.category.name)})
        facts = (pair.evidence_a.itself, pair.evidence_b.itself)
        yield Statement(text, Rule.SHARED_CATEGORY, None, facts, spoken.locale.code)


def shared_skills(pair: Pair, skills: SkillsComparison) -> Iterator[Statement]:
    """The concepts that both careers use."""
    if skills.shared and (concepts := skills.concepts):
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
        text = template.fill({"n": spoken.count(count)})
        yield Statement(text, Rule.SKILLS_RELATED, None, _count_facts(pair, count), spoken.locale.code)


def _figure(edition: Edition, career: Career, value: Value) -> tuple[str, str]:
    key = (f"figure {career.slug}", id(value))
    if (known := edition.sentences.get(key)) is None:
        attribute = value.attribute
        template, spoken = edition.phrase(attribute, "figure", value.variant())
        slots = {"label": spoken.read(attribute.label), "career": spoken.read(career.title)}
        known = template.fill(slots | {"value": spoken.display(value)}), spoken.locale.code
        edition.sentences[key] = known
    return known


def _tie(pair: Pair, row: GlanceRow) -> Statement:
    assert row.a is not None and row.b is not None  # noqa: S101 - a tie has two values
    text, locale = _same(pair.edition, row.a, _common_end(row.a, row.b))
    return Statement(text, Rule.TIE, Outcome.TIE, _facts(pair, row), locale)


def _common_end(a: Value, b: Value) -> RangeEnd | None:
    # Two ranges that tie at the end that both have may differ in having another; the one that both have is shown.
    if isinstance(a, MoneyRange) and isinstance(b, MoneyRange):
        common = [part for part in ENDS if a.end(part) is not None and b.end(part) is not None]
        return common[0] if len(common) == 1 else None
    return None


def _same(edition: Edition, value: Value, part: RangeEnd | None) -> tuple[str, str]:
    key = (f"tie {part}" if part else "tie", id(value))
    if (known := edition.sentences.get(key)) is None:
        template, spoken = edition.phrase(value.attribute, "tie", value.variant())
        slots = {"label": spoken.read(value.attribute.label), "value": _shown(spoken, value, part)}
        known = edition.sentences[key] = template.fill(slots), spoken.locale.code
    return known


def _not_comparable(pair: Pair, row: GlanceRow) -> Statement:
    assert row.obstacle is not None  # noqa: S101 - such a row has one
    template, spoken = pair.edition.general(f"not-comparable.{row.obstacle.lower().replace('_', '-')}")
    text = template.fill({"label": spoken.read(row.attribute.label)})
    return Statement(text, Rule.NOT_COMPARABLE, Outcome.NOT_COMPARABLE, _facts(pair, row), spoken.locale.code)


def _trait(pair: Pair, row: GlanceRow, value: Value, phrase: str, rule: Rule) -> Iterator[Statement]:
    key, sentences = (phrase, id(value)), pair.edition.sentences
    if key not in sentences:
        sentences[key] = _of_reader(pair.edition, value, phrase)
    if (known := sentences[key]) is not None:
        text, locale = known
        yield Statement(text, rule, row.outcome, _facts(pair, row), locale)


def _of_reader(edition: Edition, value: Value, phrase: str) -> tuple[str, str] | None:
    # Only a wording made for this very answer says what kind of reader it suits; there is no general one.
    found = edition.own_phrase(value.attribute, phrase, value.variant()) if value.variant() else None
    if found is None:
        return None
    template, spoken = found
    slots = {"label": spoken.read(value.attribute.label), "value": spoken.display(value), "other": ""}
    return template.fill(slots), spoken.locale.code


def _comparative(edition: Edition, phrase: str, winner: Value, part: RangeEnd | None) -> tuple[Template, Edition]:
    if part is not None:
        end = part.lower()
        return edition.phrase(winner.attribute, phrase, end, f"{phrase}.{end}")
    lower = winner.attribute.better is Better.LOWER
    return edition.phrase(winner.attribute, phrase, winner.variant(), f"{phrase}.{'lower' if lower else 'higher'}")


def _shown(edition: Edition, value: Value, part: RangeEnd | None) -> str:
    if part is not None and isinstance(value, MoneyRange):
        return edition.display_end(value, part)
    return edition.display(value)


def _facts(pair: Pair, row: GlanceRow, part: RangeEnd | None = None) -> tuple[Fact, Fact]:
    assert row.a is not None and row.b is not None  # noqa: S101 - nothing is said of a pair without both values
    return pair.evidence_a.value(row.a, part), pair.evidence_b.value(row.b, part)


def _shared_count(pair: Pair, skills: SkillsComparison) -> Statement:
    count = len(skills.shared)
    named = skills.concepts if count else ()
    if count and len(named) == count:
        template, spoken = pair.edition.counted("skills-shared", count)
        text = template.fill({"n": spoken.count(count), "skills": spoken.names(named)})
    else:
        template, spoken = pair.edition.general("skills-shared.unnamed" if count else "skills-shared.none")
        text = template.fill({"n": spoken.count(count)})
    facts = _count_facts(pair, count) + _skill_facts(pair, skills)
    return Statement(text, Rule.SKILLS_SHARED, None, facts, spoken.locale.code)


def _count_facts(pair: Pair, count: int) -> tuple[Fact, ...]:
    return pair.evidence_a.count(count), pair.evidence_b.count(count)


def _skill_facts(pair: Pair, skills: SkillsComparison) -> tuple[Fact, ...]:
    if not skills.shared:
        return ()
    both = (pair.evidence_a, pair.evidence_b)
    return tuple([evidence.skill(concept) for concept in skills.concepts for evidence in both])
