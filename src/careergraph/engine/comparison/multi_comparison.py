"""Two to six careers at once: rows with leaders, who holds which skill, and what holds for the whole group."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from careergraph.engine.comparison.compare import VERSUS, careers_of, versus
from careergraph.engine.comparison.group import Leaders, MultiChoice, MultiRow, SkillAcross, choices, group_statements
from careergraph.engine.content import Career, Catalog, Skill
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange, Value, outcome
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.statement import Statement

FEWEST, MOST = 2, 6
"""How many careers can be compared at once."""


class MultiComparison:
    """Several careers compared."""

    def __init__(self, localized: LocalizedCatalog, careers: tuple[Career, ...]) -> None:
        self.localized, self.careers = localized, careers

    @property
    def slug(self) -> str:
        """The slugs with `-vs-` between them, in the order that was asked for."""
        return VERSUS.join(career.slug for career in self.careers)

    @property
    def title(self) -> str:
        """The titles with `vs` between them."""
        return versus(self.localized, self.careers)

    @cached_property
    def rows(self) -> tuple[MultiRow, ...]:
        """One row for each attribute that any of the careers has, in position order."""
        rows = [self._row(attribute) for attribute in self.localized.catalog.attributes.values()]
        return tuple([row for row in rows if any(value is not None for value in row.values)])

    @cached_property
    def skills(self) -> tuple[SkillAcross, ...]:
        """Who holds which skill concept: those that most careers have first, then by slug."""
        holders: dict[str, tuple[Skill, list[Career]]] = {}
        for career in self.careers:
            for concept in {skill.concept.slug: skill.concept for skill in career.skills if skill.concept}.values():
                holders.setdefault(concept.slug, (concept, []))[1].append(career)
        skills = [SkillAcross(concept, tuple(careers)) for concept, careers in holders.values()]
        return tuple(sorted(skills, key=lambda skill: (-len(skill.holders), skill.concept.slug)))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What holds for the whole group: who leads on what, what is the same, which skills all have."""
        return group_statements(self.localized, self.careers, self.rows, self.skills)

    @cached_property
    def choices(self) -> tuple[MultiChoice, ...]:
        """What speaks for each career, in their order."""
        return choices(self.localized, self.careers, self.rows, self.skills)

    def _row(self, attribute: Attribute) -> MultiRow:
        values = tuple([self.localized.value(career, attribute.key) for career in self.careers])
        table = [[outcome(a, b) for b in values] for a in values]
        group = compared(values)
        comparable = len(group) == len(values)
        # Ranges that tie at the end both have are not the same where one of them has another end.
        same = comparable and len({value.order() for value in values if value is not None}) == 1
        ahead = () if same else self._ahead(table, group)
        members = tuple([self.careers[place] for place in group])
        ends = () if same or ahead else tuple(self._ends(values, group))
        return MultiRow(attribute, values, ahead if comparable else (), comparable, same, members, ahead, ends)

    def _ahead(self, table: list[list[Outcome]], group: Sequence[int]) -> tuple[Career, ...]:
        """Return the careers of a group that nobody of it beats, where somebody is beaten."""
        unbeaten = [it for it in group if all(table[it][other] in _NOT_BEATEN for other in group if other != it)]
        return tuple([self.careers[it] for it in unbeaten]) if len(unbeaten) < len(group) else ()

    def _ends(self, values: Sequence[Value | None], group: Sequence[int]) -> Iterator[Leaders]:
        """Yield the careers of a group whose ranges have the best low end and the best high end."""
        ranges = {it: value for it in group if isinstance(value := values[it], MoneyRange)}
        for part in RangeEnd if len(ranges) == len(group) > 1 else ():
            others = {it: [ranges[other] for other in ranges if other != it] for it in ranges}
            table = {it: [a.end_against(b, part) for b in others[it]] for it, a in ranges.items()}
            unbeaten = [it for it, outcomes in table.items() if all(each in _NOT_BEATEN for each in outcomes)]
            if 0 < len(unbeaten) < len(group):
                yield Leaders(part, tuple([self.careers[it] for it in unbeaten]))


_NOT_BEATEN = (Outcome.A, Outcome.TIE)


def compared(values: Sequence[Value | None]) -> tuple[int, ...]:
    """The places of the largest group of values of which any two can be compared; of several such groups the first.
    Those that stand under one and the same published figure are in no group. Empty where no two can be compared."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, value in enumerate(values):
        if value is not None:
            groups.setdefault(value.measure(), []).append(place)
    meeting = [_meeting(values, _of_own_figures(values, group)) for group in groups.values()]
    largest = max(meeting, key=len, default=[])
    return tuple(largest) if len(largest) > 1 else ()


def _of_own_figures(values: Sequence[Value | None], group: list[int]) -> list[int]:
    """Without those that stand under one and the same published figure."""
    figures = {it: value.figure() for it in group if (value := values[it]) is not None}
    return [it for it in group if figures[it] is None or list(figures.values()).count(figures[it]) == 1]


def _meeting(values: Sequence[Value | None], group: list[int]) -> list[int]:
    """Without those ranges that have no end in common with another one of their group. An open end is not told from an
    open end, so no range is held against itself."""
    pairs = {it: [outcome(values[it], values[other]) for other in group if other != it] for it in group}
    return [it for it, outcomes in pairs.items() if Outcome.UNKNOWN not in outcomes]


def compare_many(
    catalog: Catalog, slugs: Sequence[str], locale: str | None = None, region: str | None = None
) -> MultiComparison:
    """Compares two to six careers, by slug. Raises CodedError TOO_FEW, TOO_MANY, SAME_CAREER, UNKNOWN_CAREER,
    UNKNOWN_LOCALE or UNKNOWN_REGION."""
    localized = localize(catalog, locale, region)
    if len(slugs) < FEWEST:
        raise CodedError(Code.TOO_FEW, f"At least {FEWEST} careers are needed for a comparison.", minimum=FEWEST)
    if len(slugs) > MOST:
        raise CodedError(Code.TOO_MANY, f"At most {MOST} careers can be compared at once.", maximum=MOST)
    careers = tuple(careers_of(catalog, {f"careers[{slugs.index(slug)}]": slug for slug in dict.fromkeys(slugs)}))
    if len({career.slug for career in careers}) < len(slugs):  # also one career by a slug of before and its own
        raise CodedError(Code.SAME_CAREER, "A career cannot be compared with itself.")
    return MultiComparison(localized, careers)
