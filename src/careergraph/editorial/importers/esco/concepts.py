"""Read the concepts of ESCO: occupations and skills with their texts in all languages, by URI."""

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from careergraph.editorial.checks import form
from careergraph.editorial.importers.esco.tables import CONCEPTS, MODEL
from careergraph.editorial.importers.source_data import Uses
from careergraph.editorial.importers.tables.shape import Shaped, Tables
from careergraph.editorial.importers.tables.table import BadTable
from careergraph.engine.content.locale import DEFAULT_LOCALE

_URI = re.compile(r"https?://\S{1,280}")
_ISCO = re.compile(r"\d{4}(\.\d+)*")
_LOCAL_GROUP = re.compile(r"\d{0,4}[A-Z][A-Z0-9]{0,9}")
_LANGUAGE = re.compile(r"_([a-z]{2})[.]", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_COLUMNS = ("uri", "label", "aliases", "summary", "isco", "code", "kind", "status", "id", "uuids")


def is_occupation(uri: str) -> bool:
    """Return whether a concept of the European Commission is an occupation."""
    return "/esco/occupation/" in uri


def is_skill(uri: str) -> bool:
    """Return whether a concept of the European Commission is a skill, a field of knowledge, or a group of them."""
    return "/esco/skill/" in uri or "/esco/isced-f/" in uri


@dataclass(slots=True)
class Concept:
    """A concept: its texts by language, its place among ISCO's groups, its kind. One that only Tabiya has is known by
    its first UUID instead of a URI."""

    uri: str
    scheme: str = "esco"
    labels: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, dict[str, None]] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    isco: str = ""
    code: str = ""
    kind: str = ""

    def names(self) -> dict[str, list[str]]:
        """Other names by language, none of them the label."""
        others = {
            language: [name for name in names if name != self.labels.get(language)][: form.MAX_ITEMS]
            for language, names in self.aliases.items()
        }
        return {language: names for language, names in others.items() if names}


class _Row(NamedTuple):
    uri: str
    label: str
    aliases: str
    summary: str
    isco: str
    code: str
    kind: str
    status: str
    id: str
    uuids: str


@dataclass(slots=True)
class Concepts:
    """The released occupations and skills, each by URI; the URIs of each by its id, if tables name them by ids; and
    what is left out of them, and why."""

    occupations: dict[str, Concept] = field(default_factory=dict)
    skills: dict[str, Concept] = field(default_factory=dict)
    occupation_ids: dict[str, str] = field(default_factory=dict)
    skill_ids: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def read_concepts(tables: Tables, uses: Uses) -> Concepts:
    """Read the concepts of some tables, of which one may fill in what another leaves empty. Raises BadTable."""
    concepts, spoken = Concepts(), _language_of_model(tables)
    nameless = 0
    for table in tables.of(CONCEPTS):
        language = language_of(table.name, spoken)
        of_tabiya = table.has("id")
        for line, cells, use in uses.rows(table, *_COLUMNS):
            row = _Row(*cells)
            if of_tabiya:
                uri, by_uri, ids = _place_of_tabiya(concepts, table, row)
            else:
                uri, (by_uri, ids) = row.uri, _place(concepts, row.uri)
            if uri and not (_URI if uri == row.uri else _UUID).fullmatch(uri):
                raise table.bad(line, f"{uri[:40]!a} is not a URI of a concept: are columns swapped?")
            nameless += by_uri is not None and not uri
            if by_uri is not None and uri and row.label and row.status in ("", "released"):
                use.used += 1
                concept = by_uri.setdefault(uri, Concept(uri, "esco" if uri == row.uri else "tabiya"))
                concepts.left_out += _add(concept, table, line, language, row)
                ids.setdefault(row.id, uri)
    if nameless:
        concepts.left_out.append(f"{nameless:,} concepts without a URI and a UUID")
    _require_english(concepts, tables)
    return concepts


def _place(concepts: Concepts, uri: str) -> tuple[dict[str, Concept] | None, dict[str, str]]:
    if is_occupation(uri):
        return concepts.occupations, concepts.occupation_ids
    if is_skill(uri):
        return concepts.skills, concepts.skill_ids
    return (None if _URI.fullmatch(uri) else concepts.skills), {}


def _place_of_tabiya(
    concepts: Concepts, table: Shaped, row: _Row
) -> tuple[str, dict[str, Concept] | None, dict[str, str]]:
    """Return the URI or first UUID of a row, which of the concepts it is among, and their ids. Groups of occupations
    are none."""
    uri = row.uri or (row.uuids.split() or [""])[-1]
    if table.has("group"):
        return uri, None, {}
    if table.has("isco"):
        return uri, concepts.occupations, concepts.occupation_ids
    return uri, concepts.skills, concepts.skill_ids


def language_of(name: str, otherwise: str = DEFAULT_LOCALE) -> str:
    """Return the language of a table by the name of its file (`skills_de.csv`)."""
    match = _LANGUAGE.search(PurePath(name).name)
    return match[1].lower() if match else otherwise


def _language_of_model(tables: Tables) -> str:
    """Return the language of tables whose names have none: English, unless Tabiya says otherwise (`EU-en`)."""
    for table in tables.of(MODEL):
        for _, (locale, languages) in table.rows("locale", "languages"):
            spoken = (languages.split() or [locale])[0]
            return re.split(r"[-_]", spoken)[-1].lower() or DEFAULT_LOCALE
    return DEFAULT_LOCALE


def model_release(tables: Tables) -> str | None:
    """Return the release in what Tabiya says of its tables: that of ESCO, and its own (`1.1.1, v1.0.1`)."""
    for table in tables.of(MODEL):
        for _, (name, version) in table.rows("name", "version"):
            match = re.search(r"\d+\.\d+\.\d+", name)
            return ", ".join(filter(None, (match[0] if match else "", version))) or None
    return None


def _add(concept: Concept, table: Shaped, line: int, language: str, row: _Row) -> list[str]:
    """Add the texts of a row to a concept. Return what is left out of them."""
    if row.isco and not _ISCO.fullmatch(row.isco) and not (table.has("id") and _LOCAL_GROUP.fullmatch(row.isco)):
        raise table.bad(line, f"{row.isco[:40]!a} is not a code of ISCO: are columns swapped?")
    concept.isco, concept.code = concept.isco or row.isco.partition(".")[0], concept.code or row.code
    concept.kind = concept.kind or row.kind
    if len(row.label) > form.MAX_LABEL:
        return [f"a name of {len(row.label)} characters in {table.name}:{line}; {form.MAX_LABEL} are allowed"]
    concept.labels.setdefault(language, row.label)
    names = [name for part in re.split(r"\n|\|", row.aliases) if (name := part.strip()) and len(name) <= form.MAX_LABEL]
    concept.aliases.setdefault(language, {}).update(dict.fromkeys(names))
    if row.summary:
        concept.summaries.setdefault(language, row.summary[: form.MAX_PROSE])
    return []


def _require_english(concepts: Concepts, tables: Tables) -> None:
    """Leave out the concepts without a name in English. Raises BadTable where none has one."""
    named = [*concepts.occupations.values(), *concepts.skills.values()]
    languages = sorted({language for concept in named for language in concept.labels})
    without = [concept for concept in named if DEFAULT_LOCALE not in concept.labels]
    if len(without) == len(named) and named:
        message = (
            f"holds no text in English, in which every text of the catalog is written first: give the tables in "
            f"English too (as skills_en.csv), in the same command; there are those in {', '.join(languages)}"
        )
        raise BadTable(tables.of(CONCEPTS)[0].name, message)
    for by_uri in (concepts.occupations, concepts.skills):
        for uri in [uri for uri, it in by_uri.items() if DEFAULT_LOCALE not in it.labels]:
            del by_uri[uri]
    if without:
        concepts.left_out.append(f"{len(without):,} concepts without a name in English")
