"""Group: what is said of two to six careers, of all of them and of each that stands out.

- Who has the best figure, or the best end of a range, among all or among the largest group that can be compared; what
  is the same for all.
- Which skills all have, or that none does; and who lists no skills.
- For each career the figures, or ends of ranges, in which it alone is ahead, its category where nobody else is in it,
  and skills that none of the others uses; or that it is alone ahead in nothing.

Two are `both`, in the phrases of a pair: `all {n}` reads well of three or more.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from careergraph.engine.comparison.preference import ENOUGH, NAMED
from careergraph.engine.content import Career, Skill
from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.locale import Template
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange, Value
from careergraph.engine.similarity.rarity import rarest_first, rarities
from careergraph.engine.text.brevity import fill_list, fill_skills
from careergraph.engine.text.localized_career import localize_career
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.skill_sets import skill_sets_of
from careergraph.engine.text.statement import Fact, Rule, Statement


class Leaders(NamedTuple):
    """Those who are ahead by a whole value, or at one end (`part`) of a range."""

    part: RangeEnd | None
    careers: tuple[Career, ...]


class MultiRow(NamedTuple):
    """One attribute of several careers. `values` are in their order. `comparable` says whether every career has a value
    and any two of them can be compared; only then can there be `leaders`: those that nobody beats, where somebody is
    beaten. `same` says whether all values are the same.

    `compared` is the largest group of two careers or more of which any two can be compared, and `ahead` are those of
    the group that nobody of it beats, where somebody is beaten. `ends` are, where nobody is ahead by the whole of a
    range, those with the best low and the best high end.
    """

    attribute: Attribute
    values: tuple[Value | None, ...]
    leaders: tuple[Career, ...]
    comparable: bool
    same: bool
    compared: tuple[Career, ...]
    ahead: tuple[Career, ...]
    ends: tuple[Leaders, ...] = ()

    @property
    def leads(self) -> tuple[Leaders, ...]:
        """Who is ahead: by the whole value, or at an end."""
        return (Leaders(None, self.ahead),) if self.ahead else self.ends


class SkillAcross(NamedTuple):
    """A skill concept and the careers that have it, in their order."""

    concept: Skill
    holders: tuple[Career, ...]


class MultiChoice(NamedTuple):
    """What speaks for one of several careers, and the note where it is alone ahead in nothing."""

    career: Career
    reasons: tuple[Statement, ...]
    note: Statement | None


Rows: TypeAlias = Sequence[MultiRow]
Careers: TypeAlias = Sequence[Career]
Skills: TypeAlias = Sequence[SkillAcross]

COUPLE = 2
"""One of two compared careers has the better figure, and both may have the same; one of more has the best."""


def group_statements(
    localized: LocalizedCatalog, careers: Careers, rows: Rows, skills: Skills
) -> tuple[Statement, ...]:
    """State what holds for several careers together."""
    statements = [it for row in rows for it in _of_row(localized, careers, row)]
    return (*statements, *_skills(localized, careers, skills))


def choices(localized: LocalizedCatalog, careers: Careers, rows: Rows, skills: Skills) -> tuple[MultiChoice, ...]:
    """State what speaks for each of several careers."""
    return tuple([_choice(localized, careers, rows, skills, career) for career in careers])


def _of_row(localized: LocalizedCatalog, careers: Careers, row: MultiRow) -> Iterator[Statement]:
    if row.same:
        template, spoken = _alike(localized, row, len(careers))
        slots = {"label": spoken.read(row.attribute.label), "n": spoken.count(len(careers))}
        text = template.fill(slots | {"value": _value(spoken, row, careers[0])})
        yield Statement(text, Rule.ALL_SAME, Outcome.TIE, _facts(localized, row), spoken.locale.code)
    yield from (_leader(localized, row, lead) for lead in row.leads)


def _alike(localized: LocalizedCatalog, row: MultiRow, count: int) -> tuple[Template, LocalizedCatalog]:
    """Return how it is said that all have this very value: in the attribute's own words, or in general ones."""
    value = row.values[0]
    variant = value.variant() if value is not None else ""
    if count == COUPLE:
        return localized.phrase(row.attribute, "tie", (variant,) if variant else ())
    return localized.counted_value(row.attribute, "all-same", variant, count)


def _leader(localized: LocalizedCatalog, row: MultiRow, lead: Leaders) -> Statement:
    rule = Rule.LEADER if row.comparable else Rule.LEADER_AMONG
    template, spoken = localized.counted(rule, len(lead.careers))
    slots = _superlative(spoken, row, lead) | {"careers": spoken.titles(lead.careers)}
    facts = _facts(localized, row, lead.part)
    return Statement(_filled(spoken, template, slots, row), rule, None, facts, spoken.locale.code)


def _superlative(spoken: LocalizedCatalog, row: MultiRow, lead: Leaders) -> dict[str, str]:
    """The slots of what is best, with the figure that it is and those that it is the best of."""
    among, localized = spoken.counted("among", len(row.compared))
    count = localized.count(len(row.compared))
    return {
        "label": spoken.read(row.attribute.label),
        "n": count,
        "among": among.fill({"n": count}),
        "best": _best(spoken, row, lead),
        "value": _value(spoken, row, lead.careers[0], lead.part),
    }


def _filled(spoken: LocalizedCatalog, template: Template, slots: dict[str, str], row: MultiRow) -> str:
    """A phrase about the best figure, which it names in its slot `value`, or else behind what it is to have it. To
    have the better of yes and no says it all."""
    if "value" not in template.slots and row.attribute.kind is not ValueKind.FLAG:
        slots = slots | {"best": spoken.general("best-figure")[0].fill(slots)}
    return template.fill(slots)


def _best(spoken: LocalizedCatalog, row: MultiRow, lead: Leaders) -> str:
    """Return what it is to be ahead: of two in the comparative, of more in the superlative."""
    value = spoken.value(lead.careers[0], row.attribute.key)
    variants = (value.variant(),) if value is not None and value.variant() else ()
    template, worded = spoken.phrase(row.attribute, "strength" if len(row.compared) == COUPLE else "best", variants)
    best = template.fill({"label": worded.noun(row.attribute)})
    return best if lead.part is None else worded.general(f"best-end.{lead.part.lower()}")[0].fill({"best": best})


def _value(spoken: LocalizedCatalog, row: MultiRow, career: Career, part: RangeEnd | None = None) -> str:
    value = spoken.value(career, row.attribute.key)
    if part is not None and isinstance(value, MoneyRange):
        return value.spoken_end(part, spoken.locale)
    return "" if value is None else value.spoken(spoken.locale)


def _facts(localized: LocalizedCatalog, row: MultiRow, part: RangeEnd | None = None) -> tuple[Fact, ...]:
    """The values of those that are compared, or one end of each, in the order of the careers."""
    facts = [localize_career(localized, career).facts for career in row.compared]
    key = row.attribute.key
    return tuple([it.values[key] if part is None else it.end(key, part) for it in facts])


def _skills(localized: LocalizedCatalog, careers: Careers, skills: Skills) -> Iterator[Statement]:
    count = len(careers)
    shared = rarest_first(localized.catalog, [it.concept for it in skills if len(it.holders) == count])
    if shared:
        both = count == COUPLE
        wording = _, spoken = localized.general("because.concept") if both else localized.counted("all-hold", count)
        text = fill_skills(wording, "skill", shared, rarities(localized.catalog), {"n": spoken.count(count)})
        facts = tuple([Fact(career, skill=concept) for concept in shared for career in careers])
        yield Statement(text, Rule.ALL_HOLD, None, facts, spoken.locale.code)
    if lacking := [career for career in careers if not career.skills]:
        neither = len(lacking) == count == COUPLE
        wording = _, spoken = localized.general("no-skills.either" if neither else "no-skills")
        names, titles = ([read(it.title) for it in lacking] for read in (spoken.name, spoken.read))
        facts = tuple([Fact(career, count=0) for career in lacking])
        text = fill_list(wording, "careers", names, titles=titles)
        yield Statement(text, Rule.NO_SKILLS, None, facts, spoken.locale.code)
    if not shared and all(career.concept_slugs for career in careers):
        both = count == COUPLE
        template, spoken = localized.general("skills-shared.none") if both else localized.counted("none-hold", count)
        facts = tuple([Fact(career, count=0) for career in careers])
        yield Statement(template.fill({"n": spoken.count(count)}), Rule.NONE_HOLD, None, facts, spoken.locale.code)


def _choice(localized: LocalizedCatalog, careers: Careers, rows: Rows, skills: Skills, career: Career) -> MultiChoice:
    others = [it for it in careers if it is not career]
    reasons = [_reason(localized, row, lead) for row in rows for lead in row.leads if lead.careers == (career,)]
    note = None if reasons else _nowhere(localized, rows, career, len(others))
    name = localized.read(career.category.name)
    if all(it.category.slug != career.category.slug and localized.read(it.category.name) != name for it in others):
        reasons.append(_category(localized, career, others))
    if len(reasons) < ENOUGH and all(it.skills for it in others):
        reasons.extend(_own_skills(localized, skills, career, others))
    return MultiChoice(career, tuple(reasons), note)


def _reason(localized: LocalizedCatalog, row: MultiRow, lead: Leaders) -> Statement:
    """That one career alone has the best figure: of all, or of those that can be compared."""
    among = "" if row.comparable else ".among"
    template, spoken = localized.general(f"best-reason{among}")
    slots = _superlative(spoken, row, lead)
    clause = _filled(spoken, spoken.general(f"clause-best{among}")[0], slots, row)
    return Statement(
        _filled(spoken, template, slots, row),
        Rule.BEST,
        None,
        _facts(localized, row, lead.part),
        spoken.locale.code,
        clause,
    )


def _category(localized: LocalizedCatalog, career: Career, others: Careers) -> Statement:
    template, spoken = localized.general("other-category")
    slots = {"category": spoken.read(career.category.name)}
    clause = spoken.general("clause-category")[0].fill(slots)
    facts = tuple([Fact(it) for it in (career, *others)])
    return Statement(template.fill(slots), Rule.OTHER_CATEGORY, None, facts, spoken.locale.code, clause)


def _own_skills(localized: LocalizedCatalog, skills: Skills, career: Career, others: Careers) -> Iterator[Statement]:
    only = {skill.concept.slug for skill in skills if skill.holders == (career,)}
    linked = {slug for other in others for slug in skill_sets_of(localized.catalog, other).linked}
    main = [skill.concepts[0] for skill in career.skills if skill.concepts]
    own = {concept.slug: concept for concept in main if concept.slug in only - linked}
    if named := rarest_first(localized.catalog, own.values())[:NAMED]:
        template, spoken = localized.counted("own-skills", len(named))
        slots = {"skills": spoken.names(named)}
        clause = spoken.counted("clause-own-skills", len(named))[0].fill(slots)
        facts = [it for concept in named for it in _holds(career, others, concept)]
        yield Statement(template.fill(slots), Rule.OWN_SKILLS, None, tuple(facts), spoken.locale.code, clause)


def _holds(career: Career, others: Careers, concept: Skill) -> Iterator[Fact]:
    """That one career has a skill, and that the others do not."""
    yield Fact(career, skill=concept)
    yield from (Fact(other, skill=concept, count=0) for other in others)


def _nowhere(localized: LocalizedCatalog, rows: Rows, career: Career, others: int) -> Statement:
    """That a career is alone ahead in none of the figures that it is compared by."""
    mine = [row for row in rows if career in row.compared]
    name = "leads-nowhere-many" if mine or others > 1 else "leads-nowhere"
    template, spoken = localized.counted(name, len(mine)) if mine else localized.general(f"{name}.none")
    text = template.fill({"career": spoken.name(career.title), "n": spoken.count(len(mine))})
    facts = (Fact(career, count=len(mine)), *[it for row in mine for it in _facts(localized, row)])
    return Statement(text, Rule.ALONE_NOWHERE, None, facts, spoken.locale.code)
