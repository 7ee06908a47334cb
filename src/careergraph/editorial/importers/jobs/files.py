"""Files: the uploads of imports, and what is kept of a run, in one folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PARTS = ("tables", "wages", "exposure", "profile")
"""The options of an import that are uploads."""

PART = "part-"
"""The beginning of the name of a file that is being received."""


def idents(options: Mapping[str, Any]) -> list[str]:
    """Return the idents of all uploads among the options of an import."""
    parts = [options.get(name) or [] for name in PARTS]
    return [ident for part in parts for ident in ([part] if isinstance(part, str) else part)]


def file_of(folder: Path, ident: str) -> Path:
    """Return the file with the bytes of an upload."""
    return folder / ident


def plan_file(folder: Path, number: int) -> Path:
    """Return the file with the plan of a dry run."""
    return folder / f"plan-{number}"


def missing_files(folder: Path, idents: Iterable[str]) -> list[str]:
    """Return the uploads whose bytes are not in a folder."""
    return [ident for ident in idents if not file_of(folder, ident).is_file()]
