"""Read O*NET: occupations with their titles, figures, skills and technologies."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from careergraph.editorial.checks import form
from careergraph.editorial.importers.database_snapshot import slug_of
from careergraph.editorial.importers.onet.figures import Figures
from careergraph.editorial.importers.onet.onet_input import OnetInput
from careergraph.editorial.importers.onet.ratings import read_ratings
from careergraph.editorial.importers.onet.skills import Skills
from careergraph.editorial.importers.onet.tables import (
    ALTERNATE_TITLES,
    CODE,
    JOB_ZONES,
    OCCUPATIONS,
    REPORTED_TITLES,
    TASKS,
)
from careergraph.editorial.importers.onet.work import Work
from careergraph.editorial.importers.profile import OnetProfile, category_of, proposed
from careergraph.editorial.importers.source_data import REFERENCE, ProposedDocument, Section, SourceData, Tell, Uses
from careergraph.editorial.importers.tables.shape import Shape
from careergraph.editorial.importers.titles import singular_title
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.documents.documents import AttributeDocument, CategoryDocument

MOST_TITLES = 400
"""Of each table, for one occupation: a career may have 1,000 aliases."""


def read_onet(
    source: OnetInput,
    profile: OnetProfile,
    tell: Tell,
    attributes: Mapping[str, AttributeDocument] = MappingProxyType({}),
) -> SourceData:
    """Read O*NET. `attributes` are those that exist already. Raises BadTable."""
    return _Reading(source, profile, Uses(tell), attributes).read()


class _Reading:
    def __init__(
        self, source: OnetInput, profile: OnetProfile, uses: Uses, attributes: Mapping[str, AttributeDocument]
    ) -> None:
        self._given, self._profile, self._uses, self._attributes = source, profile, uses, attributes
        self._occupations = self._read_occupations()
        self._ratings = read_ratings(source.tables, uses)
        self._rated = self._read_rated()

    def read(self) -> SourceData:
        codes = [code for code in self._occupations if code in self._rated]
        imported, every = frozenset(codes), list(self._occupations)
        tables, uses, ratings = self._given.tables, self._uses, self._ratings
        figures = Figures(self._given, self._profile, uses, imported, ratings, every, self._attributes)
        skills = Skills(tables, ratings, self._profile.skills, uses, imported)
        work = Work(tables, ratings, uses, imported, figures.source(self._profile.database))
        titles = [self._titles(shape, imported) for shape in (REPORTED_TITLES, ALTERNATE_TITLES)]
        careers = [
            self._career(code, {**_sections(titles, code), **figures.of(code), **skills.of(code), **work.of(code)})
            for code in codes
        ]
        left_out = len(self._occupations) - len(codes)
        unrated = f"{left_out} occupations that O*NET does not rate (groups of others, and military ones)"
        missed = [f"{it}, as no table has them" for it in skills.missing_kinds()]
        return SourceData(
            importer=self._profile.importer,
            vintage=self._given.vintages.release,
            documents=(
                *self._sources(figures),
                *figures.attributes(),
                *self._categories(codes),
                *skills.concepts(),
                *careers,
            ),
            listed=frozenset([f"career/{code}" for code in self._occupations]),
            uses=tuple(self._uses.every),
            left_out=(*([unrated] if left_out else []), *missed, *figures.left_out()),
        )

    def _read_occupations(self) -> dict[str, tuple[str, str]]:
        occupations: dict[str, tuple[str, str]] = {}
        for table in self._given.tables.of(OCCUPATIONS):
            for line, (code, title, summary), use in self._uses.rows(table, "code", "title", "summary"):
                if not CODE.fullmatch(code):
                    raise table.bad(line, f"{code[:40]!a} is not an O*NET-SOC code (15-1252.00): are columns swapped?")
                if code in occupations:
                    raise table.bad(line, f"the code {code} comes twice")
                if not title or not summary:
                    raise table.bad(line, "an occupation needs a title and a description")
                occupations[code] = title, summary
                use.used += 1
        return occupations

    def _read_rated(self) -> frozenset[str]:
        """Read the codes of the occupations with tasks, ratings or a job zone; all occupations where no table has
        any."""
        rated = set()
        for table in self._given.tables.of(TASKS):
            for _, (code,), use in self._uses.rows(table, "code"):
                use.used += code in self._occupations
                rated.add(code)
            self._uses.require_joined(table, "an occupation of the database")
        rated |= {cells[0] for table in self._given.tables.of(JOB_ZONES) for _, cells in table.rows("code")}
        rated |= {it.code for one in self._ratings for it in one.ratings}
        return frozenset(rated & self._occupations.keys()) or frozenset(self._occupations)

    def _titles(self, shape: Shape, codes: frozenset[str]) -> Mapping[str, list[str]] | None:
        """Read the other titles of occupations, each once regardless of case; None without such a table."""
        titles: dict[str, dict[str, str]] = {
            code: {name.casefold(): "" for name in (self._occupations[code][0], self._title(code))} for code in codes
        }
        tables = self._given.tables.of(shape)
        for table in tables:
            for _, (code, title), use in self._uses.rows(table, "code", "title"):
                if code in codes and title and len(title) <= form.MAX_LABEL:
                    use.used += 1
                    titles[code].setdefault(title.casefold(), title)
            self._uses.require_joined(table, "an occupation that is imported")
        return (
            {code: [title for title in spellings.values() if title][:MOST_TITLES] for code, spellings in titles.items()}
            if tables
            else None
        )

    def _title(self, code: str) -> str:
        """Return the title that is displayed; that of the source is an alias."""
        return singular_title(self._occupations[code][0], self._profile.titles)

    def _career(self, code: str, sections: Mapping[str, Section]) -> ProposedDocument:
        (title, summary), displayed = self._occupations[code], self._title(code)
        ids = (("onet", code), ("soc", code.partition(".")[0]))
        own: dict[str, Any] = {
            "title": {DEFAULT_LOCALE: displayed},
            "summary": {DEFAULT_LOCALE: summary[: form.MAX_PROSE]},
            "category": f"{REFERENCE}category/{self._category(code).slug}",
            "externalIds": [{"scheme": scheme, "id": identifier} for scheme, identifier in ids],
        }
        if title != displayed:
            own["aliases"] = {DEFAULT_LOCALE: [title]}
        return ProposedDocument(
            ident=f"career/{code}",
            type="career",
            slug=slug_of(title),
            variant=slug_of(code),
            sections={"0 occupation": own, **sections},
            ids=ids[:1],
            titles={DEFAULT_LOCALE: title},
            names=(title, own["title"][DEFAULT_LOCALE]),
        )

    def _category(self, code: str) -> CategoryDocument:
        if (category := category_of(self._profile.categories, code)) is None:
            raise self._given.tables.of(OCCUPATIONS)[0].bad(1, f"no category is known for the code {code}")
        return category

    def _categories(self, codes: Sequence[str]) -> list[ProposedDocument]:
        by_slug = {category.slug: category for category in map(self._category, codes)}
        return [proposed(by_slug[slug], slug, "soc") for slug in sorted(by_slug)]

    def _sources(self, figures: Figures) -> list[ProposedDocument]:
        vintages, documents = self._given.vintages, self._profile.sources
        return [
            proposed(documents[name], f"{name}/{vintages.variant(name)}", vintages.variant(name), vintages.slots())
            for name in figures.sources()
        ]


def _sections(titles: Sequence[Mapping[str, list[str]] | None], code: str) -> dict[str, Section]:
    """Return the titles of an occupation, by table."""
    return {
        f"1 titles {place}": {"aliases": {DEFAULT_LOCALE: by_code[code]}} if by_code[code] else {}
        for place, by_code in enumerate(titles)
        if by_code is not None
    }
