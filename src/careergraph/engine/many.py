"""Two to six careers at once: rows with leaders, who holds which skill, and what holds for the whole group."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from careergraph.engine.attribute import Attribute
from careergraph.engine.compare import VERSUS, career_of, versus
from careergraph.engine.content import Career, Catalog, Skill
from careergraph.engine.edition import Edition, edition_of
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.outcome import Outcome
from careergraph.engine.statement import Fact, Rule, Statement
from careergraph.engine.values import Value, outcome

FEWEST, MOST = 2, 6
"""How many careers can be compared at once."""


class MultiRow(NamedTuple):
    """One attribute of several careers. `values` are in their order. `comparable` says whether every career has a value
    and any two of them can be compared; only then can there be `leaders`: those that nobody beats, where somebody is
    beaten. `same` says whether all values are the same."""

    attribute: Attribute
    values: tuple[Value | None, ...]
    leaders: tuple[Career, ...]
    comparable: bool
    same: bool


class SkillAcross(NamedTuple):
    """A skill concept and the careers that have it, in their order."""

    concept: Skill
    holders: tuple[Career, ...]


class MultiComparison:
    """Several careers compared."""

    def __init__(self, edition: Edition, careers: tuple[Career, ...]) -> None:
        self.edition, self.careers = edition, careers

    @property
    def slug(self) -> str:
        """The slugs with `-vs-` between them, in the order that was asked for."""
        return VERSUS.join(career.slug for career in self.careers)

    @property
    def title(self) -> str:
        """The titles with `vs` between them."""
        return versus(self.edition, self.careers)

    @cached_property
    def rows(self) -> tuple[MultiRow, ...]:
        """One row for each attribute that any of the careers has, in position order."""
        rows = [self._row(attribute) for attribute in self.edition.catalog.attributes.values()]
        return tuple([row for row in rows if any(value is not None for value in row.values)])

    @cached_property
    def skills(self) -> tuple[SkillAcross, ...]:
        """Who holds which skill concept: those that most careers have first, then by slug."""
        holders: dict[str, tuple[Skill, list[Career]]] = {}
        for career in self.careers:
            for concept in {skill.concept.slug: skill.concept for skill in career.skills if skill.concept}.values():
                holders.setdefault(concept.slug, (concept, []))[1].append(career)
        found = [SkillAcross(concept, tuple(careers)) for concept, careers in holders.values()]
        return tuple(sorted(found, key=lambda skill: (-len(skill.holders), skill.concept.slug)))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What holds for the whole group: who leads on what, what is the same, which skills all have."""
        return (*[statement for row in self.rows for statement in self._of_row(row)], *self._held_by_all())

    def _row(self, attribute: Attribute) -> MultiRow:
        values = tuple([career.value(attribute.key) for career in self.careers])
        table = [[outcome(a, b) for b in values] for a in values]
        others = [(one, two) for one in range(len(values)) for two in range(len(values)) if one != two]
        results = [table[one][two] for one, two in others]
        comparable = not any(it in (Outcome.UNKNOWN, Outcome.NOT_COMPARABLE) for it in results)
        # Ranges that tie at the end both have are not the same where one of them has another end.
        same = comparable and len({value.order() for value in values if value is not None}) == 1
        leaders = self._leaders(table) if comparable and not same else ()
        return MultiRow(attribute, values, leaders, comparable, same)

    def _leaders(self, table: list[list[Outcome]]) -> tuple[Career, ...]:
        ahead = []
        for place, career in enumerate(self.careers):
            against = [it for other, it in enumerate(table[place]) if other != place]
            if all(it in (Outcome.A, Outcome.TIE) for it in against):
                ahead.append(career)
        return tuple(ahead)

    def _of_row(self, row: MultiRow) -> Iterator[Statement]:
        value = next((value for value in row.values if value is not None), None)
        if value is None:
            return
        if row.same:
            yield self._all_same(row, value)
        elif row.leaders:
            yield self._leader(row)

    def _all_same(self, row: MultiRow, value: Value) -> Statement:
        template, spoken = self.edition.general("all-same")
        slots = {"label": spoken.read(row.attribute.label), "value": spoken.display(value)}
        text = template.fill(slots | {"n": spoken.locale.number(len(self.careers))})
        return Statement(text, Rule.ALL_SAME, Outcome.TIE, self._facts(row), spoken.locale.code)

    def _leader(self, row: MultiRow) -> Statement:
        template, spoken = self.edition.general("leader.many" if len(row.leaders) > 1 else "leader")
        best = row.leaders[0].value(row.attribute.key)
        text = template.fill(
            {
                "label": spoken.read(row.attribute.label),
                "careers": spoken.titles(row.leaders),
                "value": spoken.display(best) if best else "",
            }
        )
        return Statement(text, Rule.LEADER, None, self._facts(row), spoken.locale.code)

    def _facts(self, row: MultiRow) -> tuple[Fact, ...]:
        return tuple(
            [Fact(career, row.attribute, value) for career, value in zip(self.careers, row.values, strict=True)]
        )

    def _held_by_all(self) -> Iterator[Statement]:
        for skill in self.skills:
            if len(skill.holders) == len(self.careers):
                template, spoken = self.edition.general("all-hold")
                count = spoken.locale.number(len(self.careers))
                text = template.fill({"skill": spoken.read(skill.concept.name), "n": count})
                facts = tuple([Fact(career, skill=skill.concept) for career in skill.holders])
                yield Statement(text, Rule.ALL_HOLD, None, facts, spoken.locale.code)


def compare_many(catalog: Catalog, slugs: Sequence[str], locale: str | None = None) -> MultiComparison:
    """Compares two to six careers, by slug. Raises CodedError TOO_FEW, TOO_MANY, SAME_CAREER, UNKNOWN_CAREER or
    UNKNOWN_LOCALE."""
    edition = edition_of(catalog, locale)
    if len(slugs) < FEWEST:
        raise CodedError(Code.TOO_FEW, f"At least {FEWEST} careers are needed for a comparison.", minimum=FEWEST)
    if len(slugs) > MOST:
        raise CodedError(Code.TOO_MANY, f"At most {MOST} careers can be compared at once.", maximum=MOST)
    careers = tuple([career_of(catalog, slug) for slug in dict.fromkeys(slugs)])
    if len({career.slug for career in careers}) < len(slugs):  # also one career by a slug of before and its own
        raise CodedError(Code.SAME_CAREER, "A career cannot be compared with itself.")
    return MultiComparison(edition, careers)
