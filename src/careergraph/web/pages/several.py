"""The page of three to six careers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from careergraph.web.pages.rendering.addresses import comparison_path
from careergraph.web.pages.rendering.charts import RangeChart, range_chart
from careergraph.web.pages.rendering.figures import Figure, Piece, sources_of
from careergraph.web.pages.rendering.regions import Regions
from careergraph.web.pages.rendering.render import Document
from careergraph.web.pages.rendering.structured import breadcrumbs, graph, occupation
from careergraph.web.pages.rendering.visit import Data, Moved, Visit

MOST_INDEXED = 3
"""Of how many careers a page is listed by search engines: of more there are too many pages for any of them."""

LETTERS = "ABCDEF"
"""What stands for the careers where their titles would be too long."""


@dataclass(frozen=True, slots=True)
class SeveralRow:
    """One attribute of several careers; `leads` says of each whether nobody of those that are
    `compared` beats it."""

    key: str
    label: str
    attribute: Mapping[str, Any]
    figures: tuple[Figure | None, ...]
    leads: tuple[bool, ...]
    compared: tuple[bool, ...]
    comparable: bool
    same: bool

    @property
    def known_count(self) -> int:
        """How many of the figures are known."""
        return sum(figure is not None for figure in self.figures)

    @property
    def origins(self) -> list[tuple[Mapping[str, Any], str | None, list[tuple[str, str]]]]:
        """Where the figures are from: a source and a date, with the letters of careers for each method."""
        groups: dict[tuple[str, str | None], tuple[Mapping[str, Any], dict[str, list[str]]]] = {}
        for letter, figure in zip(LETTERS, self.figures, strict=False):
            if figure is not None:
                place = figure["source"]["slug"], figure["observedOn"]
                _, methods = groups.setdefault(place, (figure["source"], {}))
                methods.setdefault(figure["method"] or "", []).append(letter)
        return [
            (source, date, [(", ".join(letters), method) for method, letters in methods.items()])
            for (_, date), (source, methods) in groups.items()
        ]


async def several(visit: Visit, slugs: list[str]) -> Document:
    """The page of three to six careers. Raises Moved where it is at another address, and Failed."""
    regions = Regions(visit)
    data = await visit.ask("several", careers=slugs, region=regions.chosen)
    comparison = data["multiComparison"]
    careers = comparison["careers"]
    path = comparison_path([career["slug"] for career in careers])
    if visit.addresses.path != path:
        raise Moved(visit.addresses.link(path, **regions.parameters))
    rows = [_row(row, careers) for row in comparison["rows"]]
    figures = [figure for row in rows for figure in row.figures if figure]
    values = {
        "careers": list(zip(LETTERS, careers, strict=False)),
        "by_slug": {career["slug"]: letter for letter, career in zip(LETTERS, careers, strict=False)},
        "slug": "-vs-".join(career["slug"] for career in careers),
        "fallback": any(career["fallbackFields"] for career in careers),
        "rows": rows,
        "leads": [[row for row in rows if row.leads[place]] for place in range(len(careers))],
        "ranges": [chart for row in rows if (chart := _chart(row, careers, visit)) is not None],
        "skills": _skills(comparison, careers),
        "statements": comparison["statements"],
        "choices": comparison["choices"],
        "neither": [each["label"] for each in data["attributes"] if each["key"] not in {row.key for row in rows}],
        "pairs": list(combinations(careers, 2)),
        "sources": sources_of(figures),
        "region": regions.form(careers),
    }
    indexed = len(careers) <= MOST_INDEXED and not regions.chosen
    occupations = [
        occupation(visit, career, [figure for row in rows if (figure := row.figures[place]) is not None])
        for place, career in enumerate(careers)
    ]
    structured = graph(
        *occupations, breadcrumbs(visit, [("/compare", visit.words("nav.compare")), (path, comparison["title"])])
    )
    description = " ".join(statement["text"] for statement in comparison["statements"][:3]) or comparison["title"]
    return Document(
        "several.html",
        comparison["title"],
        description[:300],
        values,
        structured=structured if indexed else None,
        label="page.several.title",
        indexed=indexed,
        canonical=path if regions.chosen else None,
        parameters=regions.parameters,
    )


def _row(row: Mapping[str, Any], careers: Sequence[Mapping[str, Any]]) -> SeveralRow:
    ahead, compared = ({career["slug"] for career in row[name]} for name in ("ahead", "compared"))
    displays = {figure["display"] for figure in row["values"] if figure}
    return SeveralRow(
        row["attribute"]["key"],
        row["attribute"]["label"],
        row["attribute"],
        tuple(row["values"]),
        tuple([career["slug"] in ahead for career in careers]),
        tuple([career["slug"] in compared for career in careers]),
        row["comparable"],
        row["comparable"] and len(displays) == 1,
    )


def _chart(row: SeveralRow, careers: Sequence[Mapping[str, Any]], visit: Visit) -> RangeChart | None:
    pieces = [
        [Piece(figure["display"], leads)] if figure else []
        for figure, leads in zip(row.figures, row.leads, strict=True)
    ]
    ends = [{"LOW", "HIGH"} if leads else set() for leads in row.leads]
    return range_chart(row.label, row.figures, careers, visit.locale, pieces, ends)


def _skills(comparison: Data, careers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Skills that more than one of the careers has, and those of each alone."""
    slugs = [career["slug"] for career in careers]
    holdings = [(skill["concept"], {holder["slug"] for holder in skill["holders"]}) for skill in comparison["skills"]]
    return {
        "several": [
            (concept, [slug in holders for slug in slugs]) for concept, holders in holdings if len(holders) > 1
        ],
        "only": [[concept for concept, holders in holdings if holders == {slug}] for slug in slugs],
    }
