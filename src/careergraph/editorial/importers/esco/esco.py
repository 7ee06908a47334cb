"""ESCO: occupations, and skill concepts with their aliases, hierarchy and relations, as an import wants them to be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from careergraph.editorial.checks import form
from careergraph.editorial.importers.esco.concepts import Concept, concepts
from careergraph.editorial.importers.esco.tables import (
    BROADER,
    CONCEPTS,
    OCCUPATION_SKILLS,
    RELATIONS,
    is_occupation,
    is_skill,
)
from careergraph.editorial.importers.names import REFERENCE
from careergraph.editorial.importers.profile import EscoProfile
from careergraph.editorial.importers.proposed_document import ProposedDocument, Section
from careergraph.editorial.importers.slug import slug_of
from careergraph.editorial.importers.source_data import SourceData, Tell, Uses
from careergraph.editorial.importers.tables.folder import Tables

PROPOSER = "import"
"""Who proposes, and accepts, a link to the very concept that a source names."""

Edges = Mapping[str, Iterable[str]]


def read_esco(tables: Tables, profile: EscoProfile, release: str, only: str | None, tell: Tell) -> SourceData:
    """Reads ESCO: all of it, or `only` its skills or its occupations. Raises BadTable."""
    return _Reading(tables, profile, release, Uses(tell)).read(only)


class _Reading:
    def __init__(self, tables: Tables, profile: EscoProfile, release: str, uses: Uses) -> None:
        self._tables, self._profile, self._release, self._uses = tables, profile, release, uses
        by_uri = concepts(tables, uses)
        self._skills = {uri: it for uri, it in by_uri.items() if is_skill(uri)}
        named = {uri: it for uri, it in by_uri.items() if is_occupation(uri)}
        self._occupations = {uri: it for uri, it in named.items() if "en" in it.summaries and it.isco}
        self._unsaid = len(named) - len(self._occupations)

    def read(self, only: str | None) -> SourceData:
        skills = [] if only == "occupations" else self._concepts()
        careers = [] if only == "skills" else self._careers()
        groups = sorted({it.isco[:1] for it in self._occupations.values()}) if careers else []
        unsaid = f"{self._unsaid:,} occupations that no table describes"
        return SourceData(
            importer=self._profile.importer,
            vintage=self._release,
            documents=(self._source(), *[self._category(group) for group in groups], *skills, *careers),
            listed=frozenset([f"career/{uri}" for uri in self._occupations]) if careers else None,
            uses=tuple(self._uses.every),
            left_out=(unsaid,) if self._unsaid and careers else (),
        )

    def _concepts(self) -> list[ProposedDocument]:
        broader = self._edges(BROADER, "broader")
        related = self._edges(RELATIONS, "other")
        return [self._skill(it, broader, related) for _, it in sorted(self._skills.items())]

    def _skill(self, concept: Concept, broader: Edges | None, related: Edges | None) -> ProposedDocument:
        own: dict[str, Any] = {"name": concept.labels, "externalIds": [{"scheme": "esco", "id": concept.uri}]}
        if (family := self._profile.families.get(concept.kind)) is not None:
            own["family"] = family
        sections: dict[str, Section] = {"0 concept": own, "1 names": _aliases(concept)}
        for name, edges in (("broader", broader), ("related", related)):
            if edges is not None:
                targets = [_reference("skill", uri) for uri in sorted(edges.get(concept.uri, ()))][: form.MAX_ITEMS]
                sections[f"2 {name}"] = {name: targets} if targets else {}
        return ProposedDocument(
            ident=f"skill/{concept.uri}",
            type="skill",
            slug=slug_of(concept.labels["en"]),
            variant=slug_of(concept.uri.rsplit("/", 1)[-1])[:8].strip("-"),
            sections=sections,
            ids=(("esco", concept.uri),),
            names=(concept.labels["en"],),
        )

    def _edges(self, shape: Any, column: str) -> Edges | None:
        """Edges between skills that are known, each once in one direction; None where there is no such table."""
        edges: dict[str, set[str]] = defaultdict(set)
        tables = self._tables.of(shape)
        for table in tables:
            for _, (uri, other), use in self._uses.rows(table, "uri", column):
                if uri in self._skills and other in self._skills and uri != other and uri not in edges.get(other, ()):
                    use.used += 1
                    edges[uri].add(other)
        return edges if tables else None

    def _careers(self) -> list[ProposedDocument]:
        skills = self._essential_skills()
        return [self._career(it, skills) for _, it in sorted(self._occupations.items())]

    def _career(self, concept: Concept, essential: Edges | None) -> ProposedDocument:
        ids = [("esco", concept.uri), *([("isco", concept.isco)] if concept.isco else [])]
        own: Section = {
            "title": concept.labels,
            "summary": concept.summaries,
            "category": f"{REFERENCE}category/{concept.isco[:1]}",
            "externalIds": [{"scheme": scheme, "id": identifier} for scheme, identifier in ids],
        }
        sections: dict[str, Section] = {"0 occupation": own, "1 names": _aliases(concept)}
        if essential is not None:
            skills = [self._skill_of(uri) for uri in essential.get(concept.uri, ())][: form.MAX_ITEMS]
            sections["2 skills"] = {"skills": skills} if skills else {}
        return ProposedDocument(
            ident=f"career/{concept.uri}",
            type="career",
            slug=slug_of(concept.labels["en"]),
            variant=f"esco-{slug_of(concept.code or concept.isco)}",
            sections=sections,
            ids=(("esco", concept.uri),),
        )

    def _essential_skills(self) -> Edges | None:
        """The essential skills of occupations, in the order of their names."""
        tables = self._tables.of(OCCUPATION_SKILLS)
        by_occupation: dict[str, set[str]] = defaultdict(set)
        for table in tables:
            for _, (occupation, skill, kind), use in self._uses.rows(table, "occupation", "skill", "kind"):
                if occupation in self._occupations and skill in self._skills and kind == "essential":
                    use.used += 1
                    by_occupation[occupation].add(skill)
            self._uses.require_joined(table, "an occupation and a skill that are imported")
        by_name = {
            uri: sorted(skills, key=lambda it: self._skills[it].labels["en"]) for uri, skills in by_occupation.items()
        }
        return by_name if tables else None

    def _skill_of(self, uri: str) -> dict[str, Any]:
        link = {"skill": _reference("skill", uri), "proposedBy": PROPOSER, "acceptedBy": PROPOSER}
        return {"text": self._skills[uri].labels, "concepts": [link]}

    def _category(self, group: str) -> ProposedDocument:
        document = self._profile.categories.get(group)
        if document is None:
            raise self._tables.of(CONCEPTS)[0].bad(1, f"no category is known for codes of ISCO that begin with {group}")
        fields: dict[str, Any] = msgspec.to_builtins(document)
        del fields["slug"]
        return ProposedDocument(
            ident=f"category/{group}",
            type="category",
            slug=document.slug,
            variant=f"isco-{group}",
            sections={"0 category": fields},
            shared=True,
        )

    def _source(self) -> ProposedDocument:
        fields: dict[str, Any] = msgspec.to_builtins(self._profile.source)
        slug = fields.pop("slug")
        filled = {name: value.replace("{release}", self._release) for name, value in fields.items()}
        return ProposedDocument(
            ident=f"source/{slug}/{self._release}",
            type="source",
            slug=slug,
            variant=slug_of(self._release),
            sections={"0 source": filled},
        )


def _aliases(concept: Concept) -> Section:
    names = concept.names()
    return {"aliases": names} if names else {}


def _reference(kind: str, uri: str) -> str:
    return f"{REFERENCE}{kind}/{uri}"
