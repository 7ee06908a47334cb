"""Read mapped tables: occupations, skills and their relations, as documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careergraph.editorial.checks import form
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot, slug_of
from careergraph.editorial.importers.mapped.figures import MappedFigures
from careergraph.editorial.importers.mapped.files import Cells, MappedFile
from careergraph.editorial.importers.mapped.table_map import (
    MapCategory,
    MapFile,
    Names,
    Occupations,
    OccupationSkills,
    RelatedOccupations,
    SkillRelations,
    Skills,
)
from careergraph.editorial.importers.profile import fill, proposed
from careergraph.editorial.importers.source_data import (
    REFERENCE,
    ProposedDocument,
    Section,
    SourceData,
    Tell,
    Uses,
    linked_skill,
)
from careergraph.engine.content.locale import DEFAULT_LOCALE


@dataclass(slots=True)
class Thing:
    """An occupation or a skill, with its texts by language. `place` is the file and the line that it comes from."""

    id: str
    entry: int
    place: str
    labels: dict[str, str] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, dict[str, None]] = field(default_factory=dict)


Things = dict[str, Thing]
Links = dict[str, dict[str, None]]


def read_mapped(file: MapFile, mapped: Sequence[MappedFile], snapshot: DatabaseSnapshot, tell: Tell) -> SourceData:
    """Read mapped tables. Raises BadTable, and Rejected with all problems of figures."""
    return _Reading(file, mapped, snapshot, Uses(tell)).read()


class _Reading:
    def __init__(self, file: MapFile, mapped: Sequence[MappedFile], snapshot: DatabaseSnapshot, uses: Uses) -> None:
        self._file, self._map, self._mapped, self._uses = file, file.content, mapped, uses
        self._scheme = self._map.scheme or self._map.importer
        self._source_ident = f"{self._map.source.slug}/{slug_of(self._map.source.vintage or '')}"
        self._left_out: dict[str, int] = {}
        self._things: dict[str, Things] = {"career": {}, "skill": {}}
        for type_name, kind, label in (("career", Occupations, "title"), ("skill", Skills, "name")):
            for table in mapped:
                if isinstance(table.entry, kind):
                    self._read_things(self._things[type_name], table, label)
        self._read_names()
        self._occupations = self._whole_things("career")
        self._skills = self._whole_things("skill")
        source = f"{REFERENCE}source/{self._source_ident}"
        self._figures = MappedFigures(file, mapped, snapshot, uses, source, self._occupations)

    def read(self) -> SourceData:
        essential = self._links(OccupationSkills, "occupation", "skill", self._occupations, self._skills)
        related = self._links(RelatedOccupations, "occupation", "other", self._occupations, self._occupations)
        edges = {name: self._links(SkillRelations, "skill", name, self._skills, self._skills) for name in _EDGES}
        skills = [self._skill(it, edges) for _, it in sorted(self._skills.items())]
        careers = [self._career(it, essential, related) for _, it in sorted(self._occupations.items())]
        categories = {it.slug: it for it in map(self._category, self._occupations.values())}
        return SourceData(
            importer=self._map.importer,
            vintage=self._map.source.vintage or "",
            documents=(
                proposed(self._map.source, self._source_ident, slug_of(self._map.source.vintage or "")),
                *[proposed(it, slug, self._map.importer) for slug, it in sorted(categories.items())],
                *skills,
                *careers,
            ),
            listed=frozenset([f"career/{it}" for it in self._occupations]) if careers else None,
            uses=tuple(self._uses.every),
            left_out=tuple([f"{count:,} {what}" for what, count in self._left_out.items()]),
        )

    def _read_things(self, things: Things, mapped: MappedFile, label: str) -> None:
        for line, cells, use in mapped.rows(self._uses):
            if not (ident := cells["id"]):
                raise mapped.table.bad(line, f"has no {label_of(things is self._things['career'])} id")
            use.used += 1
            place = f"{mapped.table.name}:{line}"
            thing = things.setdefault(ident, Thing(ident, mapped.place, place))
            lists = mapped.entry.lists  # type: ignore[attr-defined] # of both kinds
            for texts, name, longest in (
                (thing.labels, label, form.MAX_LABEL),
                (thing.summaries, "summary", form.MAX_PROSE),
                (thing.categories, "category", form.MAX_LABEL),
            ):
                for code, text in _texts(cells, name):
                    if len(text) <= longest or name == "summary":
                        texts.setdefault(code, text[:longest])
                    else:
                        self._leave_out(f"texts of more than {longest} characters, the first in {place}")
            for code, text in _texts(cells, "aliases"):
                names = [part.strip() for part in text.split(lists)]
                thing.aliases.setdefault(code, {}).update(dict.fromkeys(filter(None, names)))

    def _read_names(self) -> None:
        for mapped in self._mapped:
            if isinstance(mapped.entry, Names):
                things = self._things["career" if mapped.entry.to == "occupations" else "skill"]
                for _, cells, use in mapped.rows(self._uses):
                    if (thing := things.get(cells["id"])) is not None:
                        use.used += 1
                        for code, text in _texts(cells, "name"):
                            thing.aliases.setdefault(code, {})[text] = None

    def _whole_things(self, type_name: str) -> Things:
        """Return the things that have all that their documents need. Raises BadTable where no thing of several has."""
        things = self._things[type_name]
        whole = {key: it for key, it in things.items() if self._is_whole(it, type_name)}
        if things and not whole:
            reasons = "; ".join(f"{count:,} {what}" for what, count in self._left_out.items())
            raise self._file.bad(("tables",), f"no {label_of(type_name == 'career')} can be imported: {reasons}")
        return whole

    def _is_whole(self, thing: Thing, type_name: str) -> bool:
        """Return whether a thing has all that its document needs; otherwise it is left out, or the map has to say
        more."""
        what = label_of(type_name == "career")
        if not thing.labels:
            self._leave_out(f"{what}s without a name, the first in {thing.place}")
            return False
        self._stand_in(thing.labels, thing)
        if type_name == "skill":
            return True
        entry = self._map.tables[thing.entry]
        if not thing.summaries and isinstance(entry, Occupations) and entry.summary:
            slots = {"id": thing.id, "title": thing.labels[DEFAULT_LOCALE]}
            thing.summaries.update({code: fill(text, slots) for code, text in entry.summary.items()})
        if not thing.summaries:
            self._leave_out(
                f"occupations that no table describes, the first in {thing.place}; the map can word a summary"
            )
            return False
        self._stand_in(thing.summaries, thing)
        self._category(thing)
        return True

    def _stand_in(self, texts: dict[str, str], thing: Thing) -> None:
        """Let the words of another language stand where the first one is due, if the map says so. Raises BadTable."""
        if DEFAULT_LOCALE in texts:
            return
        code = self._map.language if self._map.language in texts else min(texts)
        if not self._map.stand_in:
            message = (
                f"the texts of {thing.place} are in {code}, and every text of the catalog is written in "
                f"{DEFAULT_LOCALE} first: name columns for both, as {{'{code}': …, '{DEFAULT_LOCALE}': …}}, or set "
                f'"standIn" to true, and they stand there until they are translated'
            )
            raise self._file.bad(("language",), message)
        texts[DEFAULT_LOCALE] = texts[code]

    def _category(self, thing: Thing) -> MapCategory:
        """Return the category of an occupation: that of its column, or of the longest beginning of its id. Raises
        BadTable."""
        if thing.categories:
            self._stand_in(thing.categories, thing)
            return MapCategory(slug=slug_of(thing.categories[DEFAULT_LOCALE]), name=thing.categories)
        for length in range(len(thing.id), -1, -1):
            if (category := self._map.categories.get(thing.id[:length])) is not None:
                return category
        message = f"no category is for the id {thing.id[:40]!a} of {thing.place}: add its beginning, or name a column"
        raise self._file.bad(("categories",), message)

    def _links(
        self, kind: type, one: str, other: str, ones: Mapping[str, Any], others: Mapping[str, Any]
    ) -> Links | None:
        """Read which things go with each, in the order of the rows; None without such a table."""
        links: Links = {}
        tables = [it for it in self._mapped if isinstance(it.entry, kind) and other in it.table.shape.columns]
        for mapped in tables:
            for _, cells, use in mapped.rows(self._uses):
                here, there = cells[one], cells[other]
                if here in ones and there in others and (ones is not others or here != there):
                    use.used += 1
                    links.setdefault(here, {})[there] = None
            self._uses.require_joined(mapped.table, "a row that is imported")
        return links if tables else None

    def _skill(self, thing: Thing, edges: Mapping[str, Links | None]) -> ProposedDocument:
        entry = self._map.tables[thing.entry]
        own: dict[str, Any] = {"name": thing.labels, "externalIds": [{"scheme": self._scheme, "id": thing.id}]}
        if isinstance(entry, Skills) and entry.family:
            own["family"] = entry.family
        sections: dict[str, Section] = {"0 concept": own, "1 names": self._aliases(thing)}
        for name, links in edges.items():
            if links is not None:
                targets = [f"{REFERENCE}skill/{it}" for it in links.get(thing.id, ())][: form.MAX_ITEMS]
                sections[f"2 {name}"] = {name: targets} if targets else {}
        return self._document("skill", thing, sections)

    def _career(self, thing: Thing, essential: Links | None, related: Links | None) -> ProposedDocument:
        own: Section = {
            "title": thing.labels,
            "summary": thing.summaries,
            "category": f"{REFERENCE}category/{self._category(thing).slug}",
            "externalIds": [{"scheme": self._scheme, "id": thing.id}],
        }
        sections: dict[str, Section] = {"0 occupation": own, "1 names": self._aliases(thing)}
        sections |= self._figures.of(thing.id)
        if essential is not None:
            ids = list(essential.get(thing.id, ()))[: form.MAX_ITEMS]
            skills = [linked_skill(self._skills[it].labels, f"skill/{it}") for it in ids]
            sections["4 skills"] = {"skills": skills} if skills else {}
        if related is not None:
            ids = list(related.get(thing.id, ()))[: form.MAX_ITEMS]
            relation = {"source": f"{REFERENCE}source/{self._source_ident}", "scheme": self._scheme, "ids": ids}
            sections["5 relations"] = {"relations": [relation]} if ids else {}
        return self._document("career", thing, sections)

    def _document(self, type_name: str, thing: Thing, sections: Mapping[str, Section]) -> ProposedDocument:
        return ProposedDocument(
            ident=f"{type_name}/{thing.id}",
            type=type_name,
            slug=slug_of(thing.labels[DEFAULT_LOCALE]),
            variant=slug_of(f"{self._map.importer} {thing.id}"),
            sections=sections,
            ids=((self._scheme, thing.id),),
            names=(thing.labels[DEFAULT_LOCALE],),
        )

    def _aliases(self, thing: Thing) -> Section:
        names = {
            code: [it for it in texts if it != thing.labels.get(code) and len(it) <= form.MAX_LABEL][: form.MAX_ITEMS]
            for code, texts in thing.aliases.items()
        }
        if self._map.stand_in and names and DEFAULT_LOCALE not in names:
            names[DEFAULT_LOCALE] = names[min(names)]
        names = {code: texts for code, texts in names.items() if texts}
        return {"aliases": names} if names else {}

    def _leave_out(self, what: str) -> None:
        group = next(
            (it for it in self._left_out if it.partition(", the first")[0] == what.partition(", the first")[0]), what
        )
        self._left_out[group] = self._left_out.get(group, 0) + 1


_EDGES = ("broader", "related")


def label_of(is_occupation: bool) -> str:
    """Return the word for an occupation or a skill."""
    return "occupation" if is_occupation else "skill"


def _texts(cells: Cells, name: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a column by language, without empty ones."""
    for column, text in cells.items():
        field_name, _, code = column.partition(".")
        if field_name == name and code and text:
            yield code, text
