"""Preferences: what tells two careers apart without one being better, as a reason for whoever prefers the one.

- A value that differs, where its attribute words what kind of reader it suits (`trait.yes`), or what it is to have more
  or less of it (`trait.more`, `trait.less`).
- The category, where the other career is in another one.
- Skills that only this career uses, in the order of the career, where fewer than two other reasons speak for it. That
  the other one lacks them is said only where it lists skills at all.
"""

from collections.abc import Iterator
from typing import NamedTuple, cast

from careergraph.engine.attribute import Attribute, ValueKind
from careergraph.engine.edition import Edition
from careergraph.engine.glance import GlanceRow
from careergraph.engine.lead import Halves
from careergraph.engine.locale import Template
from careergraph.engine.outcome import Side
from careergraph.engine.pair import Pair
from careergraph.engine.portrait import NOTHING, Compared, Portrait, Reading, Sentence
from careergraph.engine.skill import CareerSkill, Skill
from careergraph.engine.skills import SkillsComparison
from careergraph.engine.statement import Rule, Statement, made
from careergraph.engine.values import Value

NAMED = 2
"""How many skills of its own speak for a career."""

ENOUGH = 2
"""With so many reasons a career needs none from its skills."""

# Looking up a member of an enum costs more than what it is compared with here.
_PREFERENCE, _CATEGORY, _SIDE_A = Rule.PREFERENCE, Rule.OTHER_CATEGORY, Side.A


def preferences(pair: Pair, side: Side, row: GlanceRow) -> list[Statement]:
    """What the value of a side says of a reader, where the values differ and neither is better."""
    this, other = (pair.of_a, pair.of_b) if side is _SIDE_A else (pair.of_b, pair.of_a)
    mine, theirs = this.reading(row.column), other.reading(row.column)
    worded = mine.trait
    if worded is None:
        worded = mine.trait = _own(pair.edition, mine)
    if worded is NOTHING:
        worded = _compared(pair.edition, mine, theirs)
        if worded is NOTHING:
            return []
    text, locale, clause = worded
    return [made(Statement, (text, _PREFERENCE, row.outcome, pair.facts(row.column), locale, clause))]


def categories_apart(pair: Pair) -> bool:
    """Whether the two are in categories that read differently too: two of one name would tell nobody apart."""
    a, b, read = pair.a.category, pair.b.category, pair.edition.read
    return a.slug != b.slug and read(a.name) != read(b.name)


def other_category(pair: Pair, side: Side) -> Statement:
    """That a side is in another category than the other one, where it is."""
    this, other = (pair.of_a, pair.of_b) if side is _SIDE_A else (pair.of_b, pair.of_a)
    if (worded := this.category) is None:
        template, spoken = pair.edition.general("other-category")
        slots = {"category": spoken.read(this.career.category.name)}
        clause = spoken.general("clause-category")[0].fill(slots)
        worded = this.category = template.fill(slots), spoken.locale.code, clause
    text, locale, clause = worded
    facts = (this.evidence.itself, other.evidence.itself)
    return made(Statement, (text, _CATEGORY, None, facts, locale, clause))


def own_skills(pair: Pair, skills: SkillsComparison, side: Side) -> Iterator[Statement]:
    """The first skills that only a side uses."""
    this, other = (pair.of_a, pair.of_b) if side is _SIDE_A else (pair.of_b, pair.of_a)
    only = skills.a_only if side is _SIDE_A else skills.b_only
    if not other.career.skills or not (concepts := _lacking(pair, only, other)):
        return
    template, spoken = pair.edition.counted("own-skills", len(concepts))
    slots = {"skills": spoken.names(concepts)}
    clause = spoken.counted("clause-own-skills", len(concepts))[0].fill(slots)
    here, there = this.evidence, other.evidence
    facts = tuple([it for concept in concepts for it in (here.skill(concept), there.lacks(concept))])
    yield Statement(template.fill(slots), Rule.OWN_SKILLS, None, facts, spoken.locale.code, clause)


def _lacking(pair: Pair, only: tuple[CareerSkill, ...], other: Portrait) -> list[Skill]:
    """The main concepts of skills that the other career has under no wording, those that come first."""
    linked = pair.edition.catalog.repertoire(other.career).linked
    skills: dict[str, Skill] = {}
    for skill in only:
        concept = skill.concept
        if concept is not None and concept.slug not in linked:
            skills[concept.slug] = concept
            if len(skills) == NAMED:
                break
    return list(skills.values())


def _own(edition: Edition, reading: Reading) -> Sentence:
    """What this very answer says of a reader; there is no general wording of that."""
    attribute, variant = reading.value.attribute, reading.variant
    phrase = edition.own_phrase(attribute, f"trait.{variant}") if variant else None
    if phrase is None:
        return NOTHING
    template, spoken = phrase
    slots = _slots(spoken, reading.value) | {"strength": "", "other": ""}
    clause, _ = spoken.phrase(attribute, "clause", (variant,), "trait")
    return template.fill(slots), spoken.locale.code, clause.fill(slots)


class _Comparative(NamedTuple):
    """What it says to have more of an attribute, or less: a sentence and its clause, each in two parts where they fall
    into such."""

    sentence: Template
    clause: Template
    spoken: Edition
    halves: tuple[Halves, Halves] | None


def _compared(edition: Edition, mine: Reading, theirs: Reading) -> Sentence:
    """What it says of a reader to want more, or less, than the other career has."""
    more = mine.above(theirs)
    comparative = _comparative(edition, mine.value.attribute, "more" if more else "less")
    if comparative is None:
        return NOTHING
    if comparative.halves is None or comparative.spoken is not edition:
        slots = _slots(comparative.spoken, mine.value) | {"other": theirs.value.second(comparative.spoken.locale)}
        return comparative.sentence.fill(slots), comparative.spoken.locale.code, comparative.clause.fill(slots)
    if more:
        here = mine.more or _halved(edition, comparative.halves, mine, "more")
        there = theirs.more or _halved(edition, comparative.halves, theirs, "more")
    else:
        here = mine.less or _halved(edition, comparative.halves, mine, "less")
        there = theirs.less or _halved(edition, comparative.halves, theirs, "less")
    return here[0] + there[1], edition.locale.code, here[2] + there[3]


def _comparative(edition: Edition, attribute: Attribute, variant: str) -> _Comparative | None:
    name = f"{variant} of {attribute.key}"
    if name not in edition.memo:
        edition.memo[name] = _worded(edition, attribute, variant)
    return cast("_Comparative | None", edition.memo[name])


def _worded(edition: Edition, attribute: Attribute, variant: str) -> _Comparative | None:
    ordered = attribute.kind in (ValueKind.LEVEL, ValueKind.NUMBER)
    phrase = edition.own_phrase(attribute, f"trait.{variant}") if ordered else None
    if phrase is None:
        return None
    sentence, spoken = phrase
    clause, _ = spoken.phrase(attribute, "clause", (variant,), "trait")
    halves = [halves for it in (sentence, clause) if (halves := it.halves(HERE, THERE)) is not None]
    return _Comparative(sentence, clause, spoken, (halves[0], halves[1]) if len(halves) > 1 else None)


def _halved(edition: Edition, halves: tuple[Halves, Halves], reading: Reading, variant: str) -> Compared:
    """Both ends of the sentence and of its clause with this value in them, kept for all other careers."""
    here, there = tuple(_slots(edition, reading.value).values()), (reading.whole_second,)
    (front, back), (front_clause, back_clause) = halves
    texts = front.fill(here), back.fill(there), front_clause.fill(here), back_clause.fill(there)
    setattr(reading, variant, texts)
    return texts


HERE, THERE = ("label", "value", "bare"), ("other",)
"""The slots of such a sentence: what the one career has, then what the other one has."""


def _slots(spoken: Edition, value: Value) -> dict[str, str]:
    """The slots of `HERE`, in their order."""
    locale = spoken.locale
    return {"label": spoken.read(value.attribute.label), "value": value.spoken(locale), "bare": value.bare(locale)}
