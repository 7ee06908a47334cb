"""The input of an import of O*NET, with its releases, which only the names of files and folders contain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from careergraph.editorial.importers.database_snapshot import slug_of
from careergraph.editorial.importers.tables.shape import Shaped, Tables

_RELEASE = re.compile(r"(?<!\d)(\d{2})[._](\d)(?!\d)")
_VERSION = re.compile(r"(?<!\d)(\d)[._](\d{1,2})[._](\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInfo:
    """The releases: that of O*NET as `29.3`, with its name and date from the profile, and the year of the wages."""

    release: str
    named: str
    date: str | None = None
    year: str | None = None

    def slots(self) -> Mapping[str, str]:
        """Return the values for the slots of a profile's texts."""
        return {"release": self.release, "vintage": self.named, "year": self.year or ""}

    def variant(self, source: str) -> str:
        """Return the suffix of a source's slug, for when the plain slug is that of an earlier release."""
        return slug_of(self.year or "x") if source == "wages" else slug_of(self.release)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnetInput:
    """The tables of the database, those of wages and exposure, and their releases."""

    tables: Tables
    vintages: ReleaseInfo
    wages: Shaped | None = None
    exposure: Shaped | None = None


def release_of(folder: Path) -> str | None:
    """Return the release in the name of a folder (`onet_29_3`, `db_29_3_text`)."""
    match = _RELEASE.search(folder.resolve().name)
    return f"{match[1]}.{match[2]}" if match else None


def version_of(folder: Path) -> str | None:
    """Return the version in the name of a folder (`esco_1_2_0`, `ESCO dataset - v1.2.0`)."""
    match = _VERSION.search(folder.resolve().name)
    return ".".join(match.groups()) if match else None


def year_of(file: Path) -> str | None:
    """Return the year in the name of a file or its folder (`national_M2025_dl.txt`)."""
    resolved = file.resolve()
    match = _YEAR.search(resolved.name) or _YEAR.search(resolved.parent.name)
    return match[1] if match else None
