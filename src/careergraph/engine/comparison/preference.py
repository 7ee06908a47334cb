"""Preferences: what tells two careers apart without one being better, as a reason for whoever prefers the one.

- A value that differs, where its attribute words what kind of reader it suits (`trait.yes`), or what it is to have more
  or less of it (`trait.more`, `trait.less`).
- The category, where the other career is in another one.
- Skills that only this career uses, in the order of the career, where fewer than two other reasons speak for it. That
  the other one lacks them is said only where it lists skills at all.
"""

from collections.abc import Iterator
from typing import NamedTuple, cast

from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.locale import Template
from careergraph.engine.content.outcome import Side
from careergraph.engine.content.skill import CareerSkill, Skill
from careergraph.engine.content.value_kinds import Value
from careergraph.engine.similarity.skill_matching import SkillsComparison
from careergraph.engine.similarity.skill_sets import skill_sets_of
from careergraph.engine.text.advantage_phrases import Halves
from careergraph.engine.text.localized_career import NOTHING, Compared, LocalizedCareer, LocalizedValue, Sentence
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.pair import CareerPair
from careergraph.engine.text.statement import Rule, Statement, make_tuple

NAMED = 2
"""How many skills of its own speak for a career."""

ENOUGH = 2
"""With so many reasons a career needs none from its skills."""

# Looking up a member of an enum costs more than what it is compared with here.
_PREFERENCE, _CATEGORY, _SIDE_A = Rule.PREFERENCE, Rule.OTHER_CATEGORY, Side.A


def preferences(pair: CareerPair, side: Side, row: GlanceRow) -> list[Statement]:
    """What the value of a side says of a reader, where the values differ and neither is better."""
    this, other = (pair.of_a, pair.of_b) if side is _SIDE_A else (pair.of_b, pair.of_a)
    mine, theirs = this.reading(row.column), other.reading(row.column)
    worded = mine.trait
    if worded is None:
        worded = mine.trait = _own(pair.localized, mine)
    if worded is NOTHING:
        worded = _compared(pair.localized, mine, theirs)
        if worded is NOTHING:
            return []
    text, locale, clause = worded
    return [make_tuple(Statement, (text, _PREFERENCE, row.outcome, pair.facts(row.column), locale, clause))]


def categories_apart(pair: CareerPair) -> bool:
    """Whether the two are in categories that read differently too: two of one name would tell nobody apart."""
    a, b, read = pair.a.category, pair.b.category, pair.localized.read
    return a.slug != b.slug and read(a.name) != read(b.name)


def other_category(pair: CareerPair, side: Side) -> Statement:
    """That a side is in another category than the other one, where it is."""
    this, other = (pair.of_a, pair.of_b) if side is _SIDE_A else (pair.of_b, pair.of_a)
    if (worded := this.category) is None:
        template, spoken = pair.localized.general("other-category")
        slots = {"category": spoken.read(this.career.category.name)}
        clause = spoken.general("clause-category")[0].fill(slots)
        worded = this.category = template.fill(slots), spoken.locale.code, clause
    text, locale, clause = worded
    facts = (this.facts.itself, other.facts.itself)
    return make_tuple(Statement, (text, _CATEGORY, None, facts, locale, clause))


def own_skills(pair: CareerPair, skills: SkillsComparison, side: Side) -> Iterator[Statement]:
    """The first skills that only a side uses."""
    this, other = (pair.of_a, pair.of_b) if side is _SIDE_A else (pair.of_b, pair.of_a)
    only = skills.a_only if side is _SIDE_A else skills.b_only
    if not other.career.skills or not (concepts := _lacking(pair, only, other)):
        return
    template, spoken = pair.localized.counted("own-skills", len(concepts))
    slots = {"skills": spoken.names(concepts)}
    clause = spoken.counted("clause-own-skills", len(concepts))[0].fill(slots)
    here, there = this.facts, other.facts
    facts = tuple([it for concept in concepts for it in (here.skill(concept), there.lacks(concept))])
    yield Statement(template.fill(slots), Rule.OWN_SKILLS, None, facts, spoken.locale.code, clause)


def _lacking(pair: CareerPair, only: tuple[CareerSkill, ...], other: LocalizedCareer) -> list[Skill]:
    """The main concepts of skills that the other career has under no wording, those that come first."""
    linked = skill_sets_of(pair.localized.catalog, other.career).linked
    skills: dict[str, Skill] = {}
    for skill in only:
        concept = skill.concept
        if concept is not None and concept.slug not in linked:
            skills[concept.slug] = concept
            if len(skills) == NAMED:
                break
    return list(skills.values())


def _own(localized: LocalizedCatalog, reading: LocalizedValue) -> Sentence:
    """What this very answer says of a reader; there is no general wording of that."""
    attribute, variant = reading.value.attribute, reading.variant
    phrase = localized.own_phrase(attribute, f"trait.{variant}") if variant else None
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
    spoken: LocalizedCatalog
    halves: tuple[Halves, Halves] | None


def _compared(localized: LocalizedCatalog, mine: LocalizedValue, theirs: LocalizedValue) -> Sentence:
    """What it says of a reader to want more, or less, than the other career has."""
    more = mine.above(theirs)
    comparative = _comparative(localized, mine.value.attribute, "more" if more else "less")
    if comparative is None:
        return NOTHING
    if comparative.halves is None or comparative.spoken is not localized:
        slots = _slots(comparative.spoken, mine.value) | {"other": theirs.value.second(comparative.spoken.locale)}
        return comparative.sentence.fill(slots), comparative.spoken.locale.code, comparative.clause.fill(slots)
    if more:
        here = mine.more or _halved(localized, comparative.halves, mine, "more")
        there = theirs.more or _halved(localized, comparative.halves, theirs, "more")
    else:
        here = mine.less or _halved(localized, comparative.halves, mine, "less")
        there = theirs.less or _halved(localized, comparative.halves, theirs, "less")
    return here[0] + there[1], localized.locale.code, here[2] + there[3]


def _comparative(localized: LocalizedCatalog, attribute: Attribute, variant: str) -> _Comparative | None:
    name = f"{variant} of {attribute.key}"
    if name not in localized.memo:
        localized.memo[name] = _worded(localized, attribute, variant)
    return cast("_Comparative | None", localized.memo[name])


def _worded(localized: LocalizedCatalog, attribute: Attribute, variant: str) -> _Comparative | None:
    ordered = attribute.kind in (ValueKind.LEVEL, ValueKind.NUMBER)
    phrase = localized.own_phrase(attribute, f"trait.{variant}") if ordered else None
    if phrase is None:
        return None
    sentence, spoken = phrase
    clause, _ = spoken.phrase(attribute, "clause", (variant,), "trait")
    halves = [halves for it in (sentence, clause) if (halves := it.halves(HERE, THERE)) is not None]
    return _Comparative(sentence, clause, spoken, (halves[0], halves[1]) if len(halves) > 1 else None)


def _halved(
    localized: LocalizedCatalog, halves: tuple[Halves, Halves], reading: LocalizedValue, variant: str
) -> Compared:
    """Both ends of the sentence and of its clause with this value in them, kept for all other careers."""
    here, there = tuple(_slots(localized, reading.value).values()), (reading.whole_second,)
    (front, back), (front_clause, back_clause) = halves
    texts = front.fill(here), back.fill(there), front_clause.fill(here), back_clause.fill(there)
    setattr(reading, variant, texts)
    return texts


HERE, THERE = ("label", "value", "bare"), ("other",)
"""The slots of such a sentence: what the one career has, then what the other one has."""


def _slots(spoken: LocalizedCatalog, value: Value) -> dict[str, str]:
    """The slots of `HERE`, in their order."""
    locale = spoken.locale
    return {"label": spoken.read(value.attribute.label), "value": value.spoken(locale), "bare": value.bare(locale)}
