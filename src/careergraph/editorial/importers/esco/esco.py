"""Read ESCO: occupations, and skill concepts with their aliases, hierarchy and relations, in all languages."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from careergraph.editorial.checks import form
from careergraph.editorial.importers.database_snapshot import slug_of
from careergraph.editorial.importers.esco.concepts import Concept, read_concepts
from careergraph.editorial.importers.esco.tables import BROADER, OCCUPATION_SKILLS, RELATIONS
from careergraph.editorial.importers.profile import EscoProfile, category_of, proposed
from careergraph.editorial.importers.source_data import (
    REFERENCE,
    ProposedDocument,
    Section,
    SourceData,
    Tell,
    Uses,
    linked_skill,
)
from careergraph.editorial.importers.tables.shape import Shape, Shaped, Tables
from careergraph.editorial.importers.titles import display_titles
from careergraph.store.documents.documents import CategoryDocument

Edges = Mapping[str, Iterable[str]]


def read_esco(tables: Tables, profile: EscoProfile, release: str, only: str | None, tell: Tell) -> SourceData:
    """Read ESCO: all of it, or `only` its skills or its occupations. Raises BadTable."""
    return _Reading(tables, profile, release, Uses(tell)).read(only)


class _Reading:
    def __init__(self, tables: Tables, profile: EscoProfile, release: str, uses: Uses) -> None:
        self._tables, self._profile, self._release, self._uses = tables, profile, release, uses
        self._read = read_concepts(tables, uses)
        self._skills = self._read.skills
        described = {uri: it for uri, it in self._read.occupations.items() if "en" in it.summaries and it.isco}
        self._occupations = {
            uri: occupation
            for uri, occupation in described.items()
            if category_of(profile.categories, occupation.isco) is not None
        }
        self._unsaid = len(self._read.occupations) - len(described)
        self._elsewhere = Counter(it.isco for uri, it in described.items() if uri not in self._occupations)

    def read(self, only: str | None) -> SourceData:
        skills = [] if only == "occupations" else self._concepts()
        careers = [] if only == "skills" else self._careers()
        by_slug = {it.slug: it for it in map(self._category, self._occupations.values())} if careers else {}
        categories = [proposed(by_slug[slug], slug, "isco") for slug in sorted(by_slug)]
        return SourceData(
            importer=self._profile.importer,
            vintage=self._release,
            documents=(self._source(), *categories, *skills, *careers),
            listed=frozenset([f"career/{uri}" for uri in self._occupations]) if careers else None,
            uses=tuple(self._uses.every),
            left_out=(*self._read.left_out, *(self._left_out() if careers else ())),
        )

    def _left_out(self) -> Iterator[str]:
        if self._unsaid:
            yield f"{self._unsaid:,} occupations that no table describes"
        for group, count in sorted(self._elsewhere.items()):
            yield f"{count:,} occupations of the group {group}, of which the profile has no category"

    def _concepts(self) -> list[ProposedDocument]:
        broader = self._edges(BROADER, "broader")
        related = self._edges(RELATIONS, "other")
        return [self._skill(it, broader, related) for _, it in sorted(self._skills.items())]

    def _skill(self, concept: Concept, broader: Edges | None, related: Edges | None) -> ProposedDocument:
        own: dict[str, Any] = {"name": concept.labels, "externalIds": [{"scheme": concept.scheme, "id": concept.uri}]}
        if (family := self._profile.families.get(concept.kind)) is not None:
            own["family"] = family
        sections: dict[str, Section] = {"0 concept": own, "1 names": _aliases(concept)}
        for name, edges in (("broader", broader), ("related", related)):
            if edges is not None:
                targets = [f"{REFERENCE}skill/{uri}" for uri in sorted(edges.get(concept.uri, ()))][: form.MAX_ITEMS]
                sections[f"2 {name}"] = {name: targets} if targets else {}
        return ProposedDocument(
            ident=f"skill/{concept.uri}",
            type="skill",
            slug=slug_of(concept.labels["en"]),
            variant=slug_of(concept.uri.rsplit("/", 1)[-1])[:8].strip("-"),
            sections=sections,
            ids=((concept.scheme, concept.uri),),
            names=(concept.labels["en"],),
        )

    def _edges(self, shape: Shape, column: str) -> Edges | None:
        """Read the edges between imported skills, each once in one direction; None without such a table."""
        edges: dict[str, set[str]] = defaultdict(set)
        ids = self._read.skill_ids
        tables = [it for it in self._tables.of(shape) if shape is not BROADER or not _of_occupations(it)]
        for table in tables:
            for _, cells, use in self._uses.rows(table, "uri", column):
                uri, other = (ids.get(it, it) for it in cells)
                if uri in self._skills and other in self._skills and uri != other and uri not in edges.get(other, ()):
                    use.used += 1
                    edges[uri].add(other)
        return edges if tables else None

    def _careers(self) -> list[ProposedDocument]:
        skills = self._essential_skills()
        return [self._career(it, skills) for _, it in sorted(self._occupations.items())]

    def _career(self, concept: Concept, essential: Edges | None) -> ProposedDocument:
        ids = [(concept.scheme, concept.uri), *([("isco", concept.isco[:4])] if concept.isco[:4].isdigit() else [])]
        own: Section = {
            "title": display_titles(concept.labels),
            "summary": concept.summaries,
            "category": f"{REFERENCE}category/{self._category(concept).slug}",
            "externalIds": [{"scheme": scheme, "id": identifier} for scheme, identifier in ids],
        }
        sections: dict[str, Section] = {"0 occupation": own, "1 names": _aliases(concept)}
        if essential is not None:
            uris = list(essential.get(concept.uri, ()))[: form.MAX_ITEMS]
            skills = [linked_skill(self._skills[uri].labels, f"skill/{uri}") for uri in uris]
            sections["2 skills"] = {"skills": skills} if skills else {}
        return ProposedDocument(
            ident=f"career/{concept.uri}",
            type="career",
            slug=slug_of(concept.labels["en"]),
            variant=f"esco-{slug_of(concept.code or concept.isco)}",
            sections=sections,
            ids=((concept.scheme, concept.uri),),
            names=(concept.labels["en"],),
            titles=concept.labels,
        )

    def _essential_skills(self) -> Edges | None:
        """The essential skills of occupations, in the order of their names."""
        tables = self._tables.of(OCCUPATION_SKILLS)
        by_occupation: dict[str, set[str]] = defaultdict(set)
        occupation_ids, skill_ids = self._read.occupation_ids, self._read.skill_ids
        for table in tables:
            for _, (one, other, kind), use in self._uses.rows(table, "occupation", "skill", "kind"):
                occupation, skill = occupation_ids.get(one, one), skill_ids.get(other, other)
                if occupation in self._occupations and skill in self._skills and kind == "essential":
                    use.used += 1
                    by_occupation[occupation].add(skill)
            self._uses.require_joined(table, "an occupation and a skill that are imported")
        by_name = {
            uri: sorted(skills, key=lambda it: self._skills[it].labels["en"]) for uri, skills in by_occupation.items()
        }
        return by_name if tables else None

    def _category(self, concept: Concept) -> CategoryDocument:
        category = category_of(self._profile.categories, concept.isco)
        assert category is not None  # noqa: S101 - occupations without one are left out
        return category

    def _source(self) -> ProposedDocument:
        source, release = self._profile.source, self._release
        return proposed(source, f"{source.slug}/{release}", slug_of(release), {"release": release})


def _of_occupations(table: Shaped) -> bool:
    """Return whether a table of Tabiya has the hierarchy of occupations, whose ids may be those of skills."""
    return table.has("of") and any("occupation" in kind for _, (kind,) in islice(table.rows("of"), 1))


def _aliases(concept: Concept) -> Section:
    names = concept.names()
    return {"aliases": names} if names else {}
