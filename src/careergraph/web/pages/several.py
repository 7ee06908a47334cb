"""The page of three to six careers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from careergraph.web.pages.rendering.addresses import comparison_path
from careergraph.web.pages.rendering.charts import RangeChart, range_chart
from careergraph.web.pages.rendering.choices import Regions
from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.figures import (
    Figure,
    Lead,
    Piece,
    end_of,
    origin_of,
    percentile_of,
    pieces_of,
    sources_of,
)
from careergraph.web.pages.rendering.structured import breadcrumbs, graph, occupation
from careergraph.web.pages.rendering.visit import Data, Moved, Visit

MOST_INDEXED = 3
"""The most careers of a page that search engines list: of more there are too many pages."""

LETTERS = "ABCDEF"
"""The short names of the careers."""


@dataclass(frozen=True, slots=True)
class SeveralRow:
    """One attribute of several careers. `leads` is whether a career is ahead of all `compared` ones, `ends` at which
    ends of its range, LOW or HIGH, it is so alone.
    """

    key: str
    label: str
    attribute: Mapping[str, Any]
    figures: tuple[Figure | None, ...]
    leads: tuple[bool, ...]
    ends: tuple[set[str], ...]
    compared: tuple[bool, ...]
    comparable: bool
    same: bool

    @property
    def known_count(self) -> int:
        """The number of figures that are not missing."""
        return sum(figure is not None for figure in self.figures)

    @property
    def cells(self) -> list[tuple[Piece, ...]]:
        """The parts of each career's figure; none where it is not known."""
        facts = zip(self.figures, self.ends, self.leads, strict=True)
        return [pieces_of(figure, ends, whole=leads) if figure else () for figure, ends, leads in facts]

    def leads_of(self, place: int) -> list[Lead]:
        """The leads of a career: the whole value, or ends of a range."""
        figure = self.figures[place]
        if figure is None:
            return []
        if self.leads[place]:
            return [Lead(self.label, None, figure["display"], "")]
        return [
            Lead(self.label, part, end_of(figure, part), "", percentile_of(figure, part))
            for part in sorted(self.ends[place], reverse=True)
        ]

    @property
    def origins(self) -> list[list[tuple[str, Figure]]]:
        """The origins of the figures, by source and date: letters of careers, and the figure with their origin."""
        notes: dict[tuple[object, ...], tuple[list[str], Figure]] = {}
        for letter, figure in zip(LETTERS, self.figures, strict=False):
            if figure is not None:
                notes.setdefault(origin_of(figure), ([], figure))[0].append(letter)
        groups: dict[tuple[str, str | None], list[tuple[str, Figure]]] = {}
        for letters, figure in notes.values():
            place = figure["source"]["slug"], figure["observedOn"]
            groups.setdefault(place, []).append((", ".join(letters), figure))
        return list(groups.values())


async def several(visit: Visit, slugs: list[str]) -> Document:
    """The page of three to six careers. Raises Moved for another order or slug, and Failed."""
    regions = Regions(visit)
    data = await visit.ask("several", careers=slugs, region=regions.chosen)
    comparison = data["multiComparison"]
    careers = comparison["careers"]
    path = comparison_path([career["slug"] for career in careers])
    if visit.addresses.path != path:
        raise Moved(visit.addresses.link(path, **regions.parameters))
    rows = [_row(row, careers, _ends(comparison["choices"])) for row in comparison["rows"]]
    figures = [figure for row in rows for figure in row.figures if figure]
    sources = sources_of(figures)
    values = {
        "careers": list(zip(LETTERS, careers, strict=False)),
        "by_slug": {career["slug"]: letter for letter, career in zip(LETTERS, careers, strict=False)},
        "slug": "-vs-".join(career["slug"] for career in careers),
        "fallback": any(career["fallbackFields"] for career in careers),
        "rows": rows,
        "leads": [[lead for row in rows for lead in row.leads_of(place)] for place in range(len(careers))],
        "ranges": [chart for row in rows if (chart := _chart(row, careers, visit)) is not None],
        "skills": _skills(comparison, careers),
        "statements": comparison["statements"],
        "choices": comparison["choices"],
        "neither": [each["label"] for each in data["attributes"] if each["key"] not in {row.key for row in rows}],
        "pairs": list(combinations(careers, 2)),
        "sources": sources,
        "credits": await visit.credits(sources),
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


def _ends(choices: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], set[str]]:
    """The ends of ranges at which a career alone is ahead, by its slug and the key of the attribute."""
    ends: dict[tuple[str, str], set[str]] = {}
    for choice in choices:
        for reason in choice["reasons"]:
            first = reason["facts"][0]
            if reason["ruleKind"] == "BEST" and first["part"] is not None:
                ends.setdefault((choice["career"]["slug"], first["attribute"]["key"]), set()).add(first["part"])
    return ends


def _row(
    row: Mapping[str, Any], careers: Sequence[Mapping[str, Any]], ends: Mapping[tuple[str, str], set[str]]
) -> SeveralRow:
    ahead, compared = ({career["slug"] for career in row[name]} for name in ("ahead", "compared"))
    displays = {figure["display"] for figure in row["values"] if figure}
    return SeveralRow(
        row["attribute"]["key"],
        row["attribute"]["label"],
        row["attribute"],
        tuple(row["values"]),
        tuple([career["slug"] in ahead for career in careers]),
        tuple([ends.get((career["slug"], row["attribute"]["key"]), set()) for career in careers]),
        tuple([career["slug"] in compared for career in careers]),
        row["comparable"],
        row["comparable"] and len(displays) == 1,
    )


def _chart(row: SeveralRow, careers: Sequence[Mapping[str, Any]], visit: Visit) -> RangeChart | None:
    ends = [{"LOW", "HIGH"} if leads else ends for leads, ends in zip(row.leads, row.ends, strict=True)]
    return range_chart(row.label, row.figures, careers, visit.locale, row.cells, ends)


def _skills(comparison: Data, careers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The skills of more than one of the careers, and those of each alone."""
    slugs = [career["slug"] for career in careers]
    holdings = [(skill["concept"], {holder["slug"] for holder in skill["holders"]}) for skill in comparison["skills"]]
    holdings.sort(key=lambda it: (-len(it[1]), it[0]["name"].casefold()))
    return {
        "several": [
            (concept, [slug in holders for slug in slugs]) for concept, holders in holdings if len(holders) > 1
        ],
        "only": [[concept for concept, holders in holdings if holders == {slug}] for slug in slugs],
    }
