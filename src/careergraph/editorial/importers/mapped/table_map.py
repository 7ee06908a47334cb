"""Maps of tables: which columns of which files are occupations, skills, relations and figures, in which language."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import msgspec

from careergraph.editorial.importers.mapped import json_lines
from careergraph.editorial.importers.tables.table import BadTable
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.documents.documents import CategoryDocument, SourceDocument, Text

MAX_BYTES = 1024 * 1024
"""The largest map, in bytes."""

Column = str | dict[str, str]
"""The column of a text, in the language of the map or by languages."""


class Part(msgspec.Struct, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A part of a map."""


class MappedTable(Part, kw_only=True, tag_field="of"):
    """A table. `file` is its name, with `*` for any characters. Only rows are read whose columns are `where` says."""

    file: str
    separator: str | None = None
    encoding: Literal["utf-8", "cp1252", "iso-8859-1"] = "utf-8"
    language: str | None = None
    where: dict[str, str | list[str]] = {}


class OccupationColumns(Part, kw_only=True):
    """The columns of occupations. A later table may fill in what an earlier one has not."""

    id: str
    title: Column = {}
    summary: Column = {}
    aliases: Column = {}
    category: Column = {}


class Occupations(MappedTable, kw_only=True, tag="occupations"):
    """Occupations, one a row. `lists` separates the aliases of a cell; `summary` words it where no table has one, with
    the slots `{id}` and `{title}`."""

    columns: OccupationColumns
    lists: str = "|"
    summary: Text = {}


class SkillColumns(Part, kw_only=True):
    """The columns of skills."""

    id: str
    name: Column = {}
    aliases: Column = {}


class Skills(MappedTable, kw_only=True, tag="skills"):
    """Skill concepts, one a row."""

    columns: SkillColumns
    lists: str = "|"
    family: Text = {}


class NameColumns(Part, kw_only=True):
    """The columns of other names."""

    id: str
    name: Column


class Names(MappedTable, kw_only=True, tag="names"):
    """Other names of occupations or skills, one a row."""

    columns: NameColumns
    to: Literal["occupations", "skills"] = "occupations"


class OccupationSkillColumns(Part, kw_only=True):
    """The columns of the skills of occupations, by the ids of both."""

    occupation: str
    skill: str


class OccupationSkills(MappedTable, kw_only=True, tag="occupation-skills"):
    """The skills of occupations, one a row, the most important first."""

    columns: OccupationSkillColumns


class RelatedColumns(Part, kw_only=True):
    """The columns of related occupations, by the ids of both."""

    occupation: str
    other: str


class RelatedOccupations(MappedTable, kw_only=True, tag="related-occupations"):
    """Relations of occupations as their publisher has them, the nearest first."""

    columns: RelatedColumns


class SkillRelationColumns(Part, kw_only=True):
    """The columns of the relations of skills, by ids."""

    skill: str
    broader: str = ""
    related: str = ""


class SkillRelations(MappedTable, kw_only=True, tag="skill-relations"):
    """Broader or related skills, one a row."""

    columns: SkillRelationColumns


class FigureColumns(Part, kw_only=True):
    """The columns of a figure, as those of a table of your own. `low_end` and `high_end` are the ends of a range."""

    occupation: str
    value: str = ""
    low_end: str = ""
    high_end: str = ""
    unit: str = ""
    basis: str = ""
    share: str = ""
    low_percentile: str = ""
    high_percentile: str = ""
    date: str = ""
    method: str = ""
    region: str = ""
    published_for: str = ""
    interval_low: str = ""
    interval_high: str = ""
    sample_size: str = ""


class Figures(MappedTable, kw_only=True, tag="figures"):
    """Figures of an attribute, one a row. What is the same in all rows is in `constants`, by the names of columns.
    `decimal` is the decimal separator, None for a point that is in doubt where it may separate thousands. `absent` is
    what stands where there is no figure."""

    attribute: str
    columns: FigureColumns
    constants: dict[str, str] = {}
    decimal: Literal[".", ","] | None = None
    absent: list[str] = []


AnyTable = Occupations | Skills | Names | OccupationSkills | RelatedOccupations | SkillRelations | Figures
KINDS = (Occupations, Skills, Names, OccupationSkills, RelatedOccupations, SkillRelations, Figures)


class MapCategory(CategoryDocument, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A category of a map. One of your own that has its name, or one that it is `known_as`, is the same."""

    known_as: tuple[str, ...] = ()


class TableMap(Part, kw_only=True):
    """A map. Under the name of its `importer` the next import finds what this one brought, and the ids of its
    occupations and skills are external ids of that `scheme`. With `stand_in`, texts of its `language` also stand where
    the catalog's first language is due, until they are translated. `categories` are by the beginning of an
    occupation's id."""

    importer: str
    source: SourceDocument
    tables: list[AnyTable]
    scheme: str | None = None
    language: str = DEFAULT_LOCALE
    stand_in: bool = False
    categories: dict[str, MapCategory] = {}


class MapFile:
    """A map with its text, which tells the lines of problems."""

    def __init__(self, name: str, text: str, content: TableMap) -> None:
        self.name, self._text, self.content = name, text, content

    def bad(self, path: json_lines.Path, message: str) -> BadTable:
        """Return the error for a part of the map."""
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
        return BadTable(self.name, f"{place}: {message}" if place else message, json_lines.line_of(self._text, path))


def read_map(path: Path) -> MapFile:
    """Read a map. Raises BadTable, with the line and what would be right."""
    name = path.name
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadTable(name, f"cannot be read: {(error.strerror or 'no reason given').lower()}") from None
    if len(raw) > MAX_BYTES:
        raise BadTable(name, f"a map of {len(raw):,} bytes; {MAX_BYTES:,} are allowed")
    try:
        text = raw.decode()
        content = msgspec.json.decode(raw, type=TableMap)
    except UnicodeDecodeError:
        raise BadTable(name, "the map is not UTF-8 text; save it as UTF-8") from None
    except msgspec.ValidationError as error:
        raise _invalid(name, text, str(error)) from None
    except msgspec.DecodeError as error:
        at = re.search(r"byte (\d+)", str(error))
        line = raw.count(b"\n", 0, int(at[1])) + 1 if at else None
        raise BadTable(name, f"the map is not JSON: {error}", line) from None
    file = MapFile(name, text, content)
    _require_sense(file)
    return file


def schema() -> dict[str, Any]:
    """Return the JSON Schema of maps, for the editors in which people write them."""
    return msgspec.json.schema(TableMap)


def _invalid(name: str, text: str, error: str) -> BadTable:
    message, _, place = error.partition(" - at ")
    path = _path(place)
    word = re.search(r"[`']([^`']+)[`']", message)
    right = ""
    if path[-1:] == ("of",) or (word and word[1] == "of"):
        right = f"; a table is one of {', '.join(str(kind.__struct_config__.tag) for kind in KINDS)}"
    elif word and "unknown field" in message:
        path = (*path, word[1])
        close = get_close_matches(word[1], sorted(_fields()), 1)
        right = f"; did you mean {close[0]}?" if close else ""
    written = "".join(f"[{it}]" if isinstance(it, int) else f".{it}" for it in path).removeprefix(".")
    return BadTable(
        name, f"{written}: {message}{right}" if written else f"{message}{right}", json_lines.line_of(text, path)
    )


def _path(place: str) -> json_lines.Path:
    """Return the steps of a place such as `$.tables[0].columns`, up to a key of a map, which it does not name."""
    steps: list[str | int] = []
    for name, number in re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", place):
        if number == "...":
            break
        steps.append(name or int(number))
    return tuple(steps)


def _fields() -> Iterator[str]:
    columns = (OccupationColumns, SkillColumns, NameColumns, OccupationSkillColumns, RelatedColumns)
    for kind in (TableMap, *KINDS, *columns, SkillRelationColumns, FigureColumns, SourceDocument, MapCategory):
        yield from kind.__struct_encode_fields__


_RESERVED = ("onet", "esco", "tabiya", "figures")


def _require_sense(file: MapFile) -> None:
    content = file.content
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", content.importer) or content.importer in _RESERVED:
        message = f"must be words of a-z and 0-9 joined by -, and none of {', '.join(_RESERVED)}"
        raise file.bad(("importer",), message)
    if not content.source.vintage:
        raise file.bad(("source",), "needs its vintage, by which a later edition is told from an earlier one")
    if not any(isinstance(it, Occupations | Skills) for it in content.tables):
        raise file.bad(("tables",), "needs a table of occupations or of skills, which the others refer to")
    for place, table in enumerate(content.tables):
        if table.separator is not None and len(table.separator) != 1:
            raise file.bad(("tables", place, "separator"), 'must be one character, as "," ";" "|" or "\\t"')
        if isinstance(table, Figures) and (
            unknown := table.constants.keys() - {*FigureColumns.__struct_encode_fields__}
        ):
            columns = ", ".join(FigureColumns.__struct_encode_fields__)
            raise file.bad(
                ("tables", place, "constants", min(unknown)), f"is no column of a figure; they are {columns}"
            )
