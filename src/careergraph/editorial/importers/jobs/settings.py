"""The settings of import jobs."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSettings:
    """The folder of uploads and plans, which servers and workers share; the most bytes of an upload; and how long
    uploads and reports are kept."""

    folder: Path
    max_bytes: int = 256 * 1024 * 1024
    keep: timedelta = timedelta(days=7)
