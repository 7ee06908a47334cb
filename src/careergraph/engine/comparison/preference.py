"""Preferences: what tells two careers apart without one being better, as a reason for whoever prefers the one.

- A value that differs, where its attribute words what kind of reader it suits (`trait.yes`), or what it is to have more
  or less of it (`trait.more`, `trait.less`).
- The category, where the other career is in another one.
- Skills that only this career uses, the rarest, where fewer than two other reasons speak for it. That
  the other one lacks them is said only where it lists skills at all.
"""

from collections.abc import Iterator
from typing import NamedTuple

from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.locale import Template
from careergraph.engine.content.outcome import Side
from careergraph.engine.content.skill import CareerSkill, Skill
from careergraph.engine.content.value_kinds import Value, higher
from careergraph.engine.similarity.rarity import rarest_first
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.advantage_phrases import Halves
from careergraph.engine.text.localized_career import (
    NOTHING,
    CareerPair,
    Compared,
    LocalizedCareer,
    LocalizedValue,
    Sentence,
)
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Rule, Statement, make_tuple

NAMED = 2
"""How many skills of its own speak for a career."""

ENOUGH = 2
"""With so many reasons a career needs none from its skills."""

_PREFERENCE, _CATEGORY, _SIDE_A = Rule.PREFERENCE, Rule.OTHER_CATEGORY, Side.A


def preference(pair: CareerPair, row: GlanceRow, side: Side) -> Statement | None:
    """State what the value of a side says of a reader, where the values differ and neither is better."""
    this, other = pair.sides(side)
    mine, theirs = this.reading(row.column), other.reading(row.column)
    worded = mine.trait
    if worded is None:
        worded = mine.trait = own_trait(pair.localized, mine)
    if worded is NOTHING:
        worded = _compared(pair.localized, mine, theirs)
        if worded is NOTHING:
            return None
    text, locale, clause = worded
    return make_tuple(Statement, (text, _PREFERENCE, row.outcome, pair.facts(row.column), locale, clause))


def other_category(pair: CareerPair, side: Side) -> Statement:
    """That a side is in another category than the other one, where it is."""
    this, other = pair.sides(side)
    if this.category is None:
        this.category = category_sentence(pair.localized, this)
    text, locale, clause = this.category
    facts = (this.facts.itself, other.facts.itself)
    return make_tuple(Statement, (text, _CATEGORY, None, facts, locale, clause))


def category_sentence(localized: LocalizedCatalog, this: LocalizedCareer) -> Sentence:
    """Word that no other one is in a career's category."""
    template, spoken = localized.general("other-category")
    slots = {"category": spoken.read(this.career.category.name)}
    return template.fill(slots), spoken.locale.code, spoken.general("clause-category")[0].fill(slots)


def own_skills(pair: CareerPair, skills: SkillsComparison, side: Side) -> Iterator[Statement]:
    """The rarest skills that only a side uses."""
    this, other = pair.sides(side)
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
    """The main concepts of skills that the other career has under no wording, the rarest of them."""
    catalog = pair.localized.catalog
    linked = other.skill_sets.linked
    main = [skill.concepts[0] for skill in only if skill.concepts]
    concepts = {concept.slug: concept for concept in main if concept.slug not in linked}
    return rarest_first(catalog, concepts.values())[:NAMED]


def own_trait(localized: LocalizedCatalog, reading: LocalizedValue) -> Sentence:
    """Return what this very answer says of a reader; NOTHING where the attribute does not word it: no phrase is
    general."""
    attribute, variant = reading.value.attribute, reading.variant
    phrase = localized.own_phrase(attribute, f"trait.{variant}") if variant else None
    if phrase is None:
        return NOTHING
    template, spoken = phrase
    slots = _slots(spoken, reading.value) | {"strength": "", "other": ""}
    clause, _ = spoken.phrase(attribute, "clause", (variant,), "trait")
    return template.fill(slots), spoken.locale.code, clause.fill(slots)


class Comparative(NamedTuple):
    """What it says to have more of an attribute, or less: a sentence and its clause, each in two parts where they fall
    into such and the requested locale words them."""

    sentence: Template
    clause: Template
    spoken: LocalizedCatalog
    halves: tuple[Halves, Halves] | None


def _compared(localized: LocalizedCatalog, mine: LocalizedValue, theirs: LocalizedValue) -> Sentence:
    """Return what it says of a reader to want more, or less, than the other career has."""
    more = higher(mine.value, theirs.value)
    comparative = comparative_of(localized, mine.value.attribute, "more" if more else "less")
    if comparative is None:
        return NOTHING
    if comparative.halves is None:
        slots = _slots(comparative.spoken, mine.value) | {"other": theirs.value.second(comparative.spoken.locale)}
        return comparative.sentence.fill(slots), comparative.spoken.locale.code, comparative.clause.fill(slots)
    here, there = [_filled(localized, comparative.halves, it, more) for it in (mine, theirs)]
    return here[0] + there[1], localized.locale.code, here[2] + there[3]


def _filled(localized: LocalizedCatalog, halves: tuple[Halves, Halves], value: LocalizedValue, more: bool) -> Compared:
    if (texts := value.more if more else value.less) is None:
        texts = fill_halves(localized, halves, value)
        if more:
            value.more = texts
        else:
            value.less = texts
    return texts


def comparative_of(localized: LocalizedCatalog, attribute: Attribute, variant: str) -> Comparative | None:
    """The words for having `more` of an attribute, or `less`; None where it has none of its own."""
    memo, key = localized.once(_comparatives), (attribute.key, variant)
    if key not in memo:
        memo[key] = _comparative(localized, attribute, variant)
    return memo[key]


def _comparatives(_: LocalizedCatalog) -> dict[tuple[str, str], Comparative | None]:
    return {}


def _comparative(localized: LocalizedCatalog, attribute: Attribute, variant: str) -> Comparative | None:
    ordered = attribute.kind in (ValueKind.LEVEL, ValueKind.NUMBER)
    phrase = localized.own_phrase(attribute, f"trait.{variant}") if ordered else None
    if phrase is None:
        return None
    sentence, spoken = phrase
    clause, _ = spoken.phrase(attribute, "clause", (variant,), "trait")
    halves = [halves for it in (sentence, clause) if (halves := it.split(HERE, THERE)) is not None]
    split = len(halves) > 1 and spoken is localized
    return Comparative(sentence, clause, spoken, (halves[0], halves[1]) if split else None)


def fill_halves(localized: LocalizedCatalog, halves: tuple[Halves, Halves], value: LocalizedValue) -> Compared:
    """Fill both ends of the sentence and of its clause with a value."""
    here, there = tuple(_slots(localized, value.value).values()), (value.whole_second,)
    (front, back), (front_clause, back_clause) = halves
    return front.fill(here), back.fill(there), front_clause.fill(here), back_clause.fill(there)


HERE, THERE = ("label", "value", "bare"), ("other",)
"""The slots of such a sentence: what the one career has, then what the other one has."""


def _slots(spoken: LocalizedCatalog, value: Value) -> dict[str, str]:
    """The slots of `HERE`, in their order."""
    locale = spoken.locale
    return {"label": spoken.read(value.attribute.label), "value": value.spoken(locale), "bare": value.bare(locale)}
