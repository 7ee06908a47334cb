"""The skills of occupations: those rated important, and technologies in demand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from careergraph.editorial.importers.database_snapshot import slug_of
from careergraph.editorial.importers.onet.ratings import RatedElement
from careergraph.editorial.importers.onet.tables import marked_technologies
from careergraph.editorial.importers.profile import SkillRule, fill
from careergraph.editorial.importers.source_data import ProposedDocument, Section, Uses, linked_skill
from careergraph.editorial.importers.tables.shape import Tables, is_marked, number
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.documents.documents import Text


@dataclass(frozen=True, slots=True, order=True)
class _RankedSkill:
    """A skill of an occupation: the more important first, then by name."""

    rank: Decimal
    name: str
    ident: str


class Skills:
    """The skills of some occupations, and their concepts. Raises BadTable while it is made."""

    def __init__(
        self,
        tables: Tables,
        ratings: Sequence[RatedElement],
        rules: Sequence[SkillRule],
        uses: Uses,
        codes: frozenset[str],
    ) -> None:
        self._tables, self._rules, self._uses, self._codes = tables, rules, uses, codes
        self._skills_by_code: list[dict[str, list[_RankedSkill]]] = [{} for _ in rules]
        self._seen: set[int] = set()
        self._concepts: dict[str, ProposedDocument] = {}
        self._read_ratings(ratings)
        self._read_technologies()

    def of(self, code: str) -> Mapping[str, Section]:
        """The skills of an occupation, by the name of the section of each rule that some table has rows for."""
        sections = {}
        for place, (rule, skills_by_code) in enumerate(zip(self._rules, self._skills_by_code, strict=True)):
            if place in self._seen:
                ranked = sorted(skills_by_code.get(code, ()))
                skills = [linked_skill(_worded(rule, it.name), it.ident) for it in ranked]
                sections[f"3 skills {place}"] = {"skills": skills}
        return sections

    def missing_kinds(self) -> tuple[str, ...]:
        """The kinds of skills that no table has a row for; one kind for technologies, whatever their mark."""
        tables = {self._rules[place].table for place in self._seen} - {"ratings"}
        unseen = [rule for place, rule in enumerate(self._rules) if place not in self._seen and rule.mark == "demand"]
        return tuple([rule.family[DEFAULT_LOCALE] for rule in unseen if rule.table not in tables])

    def concepts(self) -> tuple[ProposedDocument, ...]:
        """The concepts that the skills are linked to, by ident."""
        return tuple([self._concepts[ident] for ident in sorted(self._concepts)])

    def _read_ratings(self, rated: Sequence[RatedElement]) -> None:
        for one in rated:
            for place, rule in self._rules_for(one.element, one.scale):
                one.use.used += len(one.ratings)
                self._seen.add(place)
                least = Decimal(str(rule.least))
                for line, code, cell, suppress in one.ratings:
                    value = number(one.table, line, cell)
                    usable = code in self._codes and value is not None and not is_marked(one.table, line, suppress)
                    if usable and value is not None and value >= least:
                        self._add(place, code, -value, one.name, ("onet", one.element))

    def _rules_for(self, element: str, scale: str) -> Iterator[tuple[int, SkillRule]]:
        for place, rule in enumerate(self._rules):
            if rule.table == "ratings" and scale == rule.scale and element.startswith(tuple(rule.elements)):
                yield place, rule

    def _read_technologies(self) -> None:
        for place, rule in enumerate(self._rules):
            for table in marked_technologies(self._tables, rule.mark) if rule.table == "technologies" else ():
                for line, (code, example, mark), _ in self._uses.rows(table, "code", "example", rule.mark):
                    self._seen.add(place)
                    if code in self._codes and example and is_marked(table, line, mark):
                        self._add(place, code, Decimal(0), example, None)

    def _add(self, place: int, code: str, rank: Decimal, name: str, identifier: tuple[str, str] | None) -> None:
        rule = self._rules[place]
        ident = f"skill/{identifier[1]}" if identifier else f"skill/technology/{name}"
        self._skills_by_code[place].setdefault(code, []).append(_RankedSkill(rank, name, ident))
        if ident not in self._concepts:
            self._concepts[ident] = _concept(rule, ident, name, identifier)


def _concept(rule: SkillRule, ident: str, name: str, identifier: tuple[str, str] | None) -> ProposedDocument:
    worded, by_rule = _worded(rule, name), _filled(rule, name)
    section: dict[str, Any] = {"name": worded, "family": rule.family}
    if (source := by_rule[DEFAULT_LOCALE]).casefold() != worded[DEFAULT_LOCALE].casefold():
        section["aliases"] = {DEFAULT_LOCALE: [source]}
    if identifier is not None:
        section["externalIds"] = [{"scheme": identifier[0], "id": identifier[1]}]
    return ProposedDocument(
        ident=ident,
        type="skill",
        slug=fill(rule.slug, {"slug": slug_of(name)}),
        variant="onet",
        sections={"0 concept": section},
        ids=() if identifier is None else (identifier,),
        names=(worded[DEFAULT_LOCALE], *by_rule.values()),
    )


def _worded(rule: SkillRule, name: str) -> Text:
    """Word a skill: in words of its own, else as its rule does."""
    return rule.names.get(name) or _filled(rule, name)


def _filled(rule: SkillRule, name: str) -> Text:
    return {locale: fill(wording, {"name": name}) for locale, wording in rule.text.items()}
