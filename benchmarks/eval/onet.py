"""O*NET occupations as careers with their profiles, straight from its tables, and those it publishes as related."""

import csv
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from careergraph.engine.content import Career, Catalog, Category, Profile
from careergraph.engine.content.source import Source, SourceKind

FOLDER = "onet_29_3"
CODE = "O*NET-SOC Code"
SOURCE = Source(slug="onet", title="O*NET", publisher="USDOL/ETA", kind=SourceKind.MEASURED)
CATEGORY = Category(slug="any", name={"en": "Any"}, summary={})
WHEN = datetime(2025, 5, 1, tzinfo=UTC)

Texts = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Onet:
    """The rated occupations as a catalog, by code, and the related ones of each, nearest first, where they are at
    hand. What is published as related is no part of the catalog."""

    catalog: Catalog
    related: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, data: Path) -> "Onet":
        """The occupations of a folder. Raises FileNotFoundError where a table is missing."""
        folder = data / FOLDER
        knowledge: dict[str, dict[str, float]] = {}
        for row in _rows(folder, "Knowledge"):
            if row["Scale ID"] == "IM" and row["Recommend Suppress"] != "Y":
                knowledge.setdefault(row[CODE], {})[row["Element Name"]] = float(row["Data Value"])
        tasks, activities, titles = (
            _texts(folder, *columns)
            for columns in (
                ("Task Statements", "Task"),
                ("Tasks to DWAs", "DWA Title"),
                ("Alternate Titles", "Alternate Title"),
            )
        )
        careers = [
            Career(
                slug=code,
                title={"en": row["Title"]},
                summary={"en": row["Description"]},
                aliases={"en": tuple(titles.get(code, ()))},
                category=CATEGORY,
                published_at=WHEN,
                profile=Profile(
                    source=SOURCE,
                    tasks=tuple(tasks.get(code, ())),
                    activities=tuple(activities.get(code, ())),
                    knowledge=knowledge.get(code, {}),
                ),
            )
            for row in _rows(folder, "Occupation Data")
            if (code := row[CODE]) in tasks
        ]
        catalog = Catalog.of(version=1, published_at=WHEN, careers=careers)
        return cls(catalog, _related(folder, catalog))


def _related(folder: Path, catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    codes: dict[str, dict[int, str]] = {}
    for row in _rows(folder, "Related Occupations"):
        codes.setdefault(row[CODE], {})[int(row["Index"])] = row["Related O*NET-SOC Code"]
    return {
        code: tuple([listed[place] for place in sorted(listed)])
        for code, listed in sorted(codes.items())
        if code in catalog.careers
    }


def _texts(folder: Path, table: str, column: str) -> Texts:
    texts_by_code: dict[str, dict[str, None]] = {}
    for row in _rows(folder, table):
        texts_by_code.setdefault(row[CODE], {})[row[column]] = None
    return {code: list(texts) for code, texts in texts_by_code.items()}


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    with gzip.open(folder / f"{table}.txt.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
