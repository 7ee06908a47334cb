"""Vintages: the editions of a source's tables, which the tables themselves do not say. Told from names, or given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from careergraph.editorial.importers.slug import slug_of

_RELEASE = re.compile(r"(?<!\d)(\d{2})[._](\d)(?!\d)")
_VERSION = re.compile(r"(?<!\d)(\d)[._](\d{1,2})[._](\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInfo:
    """The editions: the release of O*NET as `29.3`, its name and date where the profile knows them, and the year of the
    wages."""

    release: str
    named: str
    date: str | None = None
    year: str | None = None

    def slots(self) -> Mapping[str, str]:
        """The values of the slots that a profile's texts may have."""
        return {"release": self.release, "vintage": self.named, "year": self.year or ""}

    def variant(self, source: str) -> str:
        """The suffix of a source's slug where an earlier edition has the plain one."""
        return slug_of(self.year or "x") if source == "wages" else slug_of(self.release)


def release_of(folder: Path) -> str | None:
    """The release that the name of a folder tells (`onet_29_3`, `db_29_3_text`)."""
    match = _RELEASE.search(folder.resolve().name)
    return f"{match[1]}.{match[2]}" if match else None


def version_of(folder: Path) -> str | None:
    """The version that the name of a folder tells (`esco_1_2_0`, `ESCO dataset - v1.2.0`)."""
    match = _VERSION.search(folder.resolve().name)
    return ".".join(match.groups()) if match else None


def year_of(file: Path) -> str | None:
    """The year that the name of a file or its folder tells (`national_M2025_dl.txt`)."""
    resolved = file.resolve()
    match = _YEAR.search(resolved.name) or _YEAR.search(resolved.parent.name)
    return match[1] if match else None
