"""Read ESCO: occupations, and skill concepts with their aliases, hierarchy and relations, in all languages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from careergraph.editorial.checks import form
from careergraph.editorial.importers.database_snapshot import slug_of
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
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.documents.documents import CategoryDocument

_URI = re.compile(r"https?://\S{1,280}")
_ISCO = re.compile(r"\d{4}(\.\d+)*")
_LANGUAGE = re.compile(r"_([a-z]{2})[.]", re.IGNORECASE)
_COLUMNS = ("uri", "label", "aliases", "summary", "isco", "code", "kind", "status")

CONCEPTS = Shape(
    name="concepts",
    columns={"uri": ("conceptUri", "concept_uri"), "label": ("preferredLabel", "preferred_label")},
    extra={
        "aliases": ("altLabels", "alt_labels"),
        "summary": ("description",),
        "isco": ("iscoGroup", "isco_code"),
        "code": ("code",),
        "kind": ("skillType",),
        "status": ("status",),
    },
    cost="nothing can be imported",
    required=True,
)
BROADER = Shape(
    name="broader concepts",
    columns={"uri": ("conceptUri",), "broader": ("broaderUri",)},
    cost="skills have no hierarchy",
)
RELATIONS = Shape(
    name="relations of skills",
    columns={"uri": ("originalSkillUri",), "other": ("relatedSkillUri",)},
    extra={"kind": ("relationType",)},
    cost="skills are not related to each other",
)
OCCUPATION_SKILLS = Shape(
    name="skills of occupations",
    columns={"occupation": ("occupationUri",), "skill": ("skillUri",), "kind": ("relationType",)},
    cost="careers have no skills",
)
ESCO_TABLES = (CONCEPTS, BROADER, RELATIONS, OCCUPATION_SKILLS)
"""The tables that are imported."""


def is_occupation(uri: str) -> bool:
    """Whether a concept is an occupation."""
    return "/esco/occupation/" in uri


def is_skill(uri: str) -> bool:
    """Whether a concept is a skill, a field of knowledge, or a group of them."""
    return "/esco/skill/" in uri or "/esco/isced-f/" in uri


@dataclass(slots=True)
class Concept:
    """A concept: its texts by language, its place among ISCO's groups, its kind."""

    uri: str
    labels: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, dict[str, None]] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    isco: str = ""
    code: str = ""
    kind: str = ""

    def names(self) -> Mapping[str, list[str]]:
        """Other names by language, none of them the label."""
        others = {
            language: [name for name in names if name != self.labels.get(language)][: form.MAX_ITEMS]
            for language, names in self.aliases.items()
        }
        return {language: names for language, names in others.items() if names}


def concepts(tables: Tables, uses: Uses) -> dict[str, Concept]:
    """Read the released occupations and skills, by URI. A table may fill in fields that another leaves empty. Raises
    BadTable."""
    by_uri: dict[str, Concept] = {}
    for table in tables.of(CONCEPTS):
        language = language_of(table.name)
        for line, cells, use in uses.rows(table, *_COLUMNS):
            uri, label, status = cells[0], cells[1], cells[7]
            if not _URI.fullmatch(uri):
                raise table.bad(line, f"{uri[:40]!a} is not a URI of a concept: are columns swapped?")
            if (is_occupation(uri) or is_skill(uri)) and label and status in ("", "released"):
                use.used += 1
                _add(by_uri.setdefault(uri, Concept(uri)), table, line, language, cells)
    return {uri: it for uri, it in by_uri.items() if DEFAULT_LOCALE in it.labels}


def language_of(name: str) -> str:
    """Return the language of a table by the name of its file (`skills_de.csv`); English without one."""
    match = _LANGUAGE.search(PurePath(name).name)
    return match[1].lower() if match else DEFAULT_LOCALE


def _add(concept: Concept, table: Shaped, line: int, language: str, cells: tuple[str, ...]) -> None:
    _, label, aliases, summary, isco, code, kind, _ = cells
    if len(label) > form.MAX_LABEL:
        raise table.bad(line, f"a label of {len(label)} characters; {form.MAX_LABEL} are allowed")
    if isco and not _ISCO.fullmatch(isco):
        raise table.bad(line, f"{isco[:40]!a} is not a code of ISCO: are columns swapped?")
    concept.labels.setdefault(language, label)
    names = [name for part in re.split(r"\n|\|", aliases) if (name := part.strip()) and len(name) <= form.MAX_LABEL]
    concept.aliases.setdefault(language, {}).update(dict.fromkeys(names))
    if summary:
        concept.summaries.setdefault(language, summary[: form.MAX_PROSE])
    concept.isco, concept.code = concept.isco or isco.partition(".")[0], concept.code or code
    concept.kind = concept.kind or kind


Edges = Mapping[str, Iterable[str]]


def read_esco(tables: Tables, profile: EscoProfile, release: str, only: str | None, tell: Tell) -> SourceData:
    """Read ESCO: all of it, or `only` its skills or its occupations. Raises BadTable."""
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
        by_slug = {it.slug: it for it in map(self._category, self._occupations.values())} if careers else {}
        categories = [proposed(by_slug[slug], slug, "isco") for slug in sorted(by_slug)]
        unsaid = f"{self._unsaid:,} occupations that no table describes"
        return SourceData(
            importer=self._profile.importer,
            vintage=self._release,
            documents=(self._source(), *categories, *skills, *careers),
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
                targets = [f"{REFERENCE}skill/{uri}" for uri in sorted(edges.get(concept.uri, ()))][: form.MAX_ITEMS]
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
        """Read the edges between imported skills, each once in one direction; None without such a table."""
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
            ids=(("esco", concept.uri),),
            titles=concept.labels,
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

    def _category(self, concept: Concept) -> CategoryDocument:
        if (category := category_of(self._profile.categories, concept.isco)) is None:
            raise self._tables.of(CONCEPTS)[0].bad(1, f"no category is known for the code of ISCO {concept.isco}")
        return category

    def _source(self) -> ProposedDocument:
        source, release = self._profile.source, self._release
        return proposed(source, f"{source.slug}/{release}", slug_of(release), {"release": release})


def _aliases(concept: Concept) -> Section:
    names = concept.names()
    return {"aliases": names} if names else {}
