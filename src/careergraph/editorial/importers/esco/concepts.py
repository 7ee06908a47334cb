"""Concepts: occupations and skills of ESCO, gathered from all tables and languages that name them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from careergraph.editorial.checks import form
from careergraph.editorial.importers.esco.tables import CONCEPTS, is_occupation, is_skill
from careergraph.editorial.importers.source_data import Uses
from careergraph.editorial.importers.tables.folder import Tables
from careergraph.editorial.importers.tables.shape import Shaped
from careergraph.engine.content.locale import DEFAULT_LOCALE

_URI = re.compile(r"https?://\S{1,280}")
_ISCO = re.compile(r"\d{4}(\.\d+)*")
_LANGUAGE = re.compile(r"_([a-z]{2})[.]", re.IGNORECASE)
_COLUMNS = ("uri", "label", "aliases", "summary", "isco", "code", "kind", "status")


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
    """The released occupations and skills, by URI. What one table leaves empty another may fill. Raises BadTable."""
    by_uri: dict[str, Concept] = {}
    for table in tables.of(CONCEPTS):
        language = language_of(table.name)
        for line, cells, use in uses.rows(table, *_COLUMNS):
            uri, label, status = cells[0], cells[1], cells[7]
            if not _URI.fullmatch(uri):
                raise table.bad(line, f"{uri[:40]!a} is no URI of a concept: are columns swapped?")
            if (is_occupation(uri) or is_skill(uri)) and label and status in ("", "released"):
                use.used += 1
                _add(by_uri.setdefault(uri, Concept(uri)), table, line, language, cells)
    return {uri: it for uri, it in by_uri.items() if DEFAULT_LOCALE in it.labels}


def language_of(name: str) -> str:
    """The language of a table, which only the name of its file says (`skills_de.csv`); English where it says none."""
    match = _LANGUAGE.search(PurePath(name).name)
    return match[1].lower() if match else DEFAULT_LOCALE


def _add(concept: Concept, table: Shaped, line: int, language: str, cells: tuple[str, ...]) -> None:
    _, label, aliases, summary, isco, code, kind, _ = cells
    if len(label) > form.MAX_LABEL:
        raise table.bad(line, f"a label of {len(label)} characters; {form.MAX_LABEL} are allowed")
    if isco and not _ISCO.fullmatch(isco):
        raise table.bad(line, f"{isco[:40]!a} is no code of ISCO: are columns swapped?")
    concept.labels.setdefault(language, label)
    names = [name for part in re.split(r"\n|\|", aliases) if (name := part.strip()) and len(name) <= form.MAX_LABEL]
    concept.aliases.setdefault(language, {}).update(dict.fromkeys(names))
    if summary:
        concept.summaries.setdefault(language, summary[: form.MAX_PROSE])
    concept.isco, concept.code = concept.isco or isco.partition(".")[0], concept.code or code
    concept.kind = concept.kind or kind
