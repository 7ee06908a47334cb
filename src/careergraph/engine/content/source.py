"""Sources: where figures come from, and on what terms they may be shown."""

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """How far a figure is from a measurement."""

    MEASURED = "MEASURED"
    """Published by the source as it stands."""
    DERIVED = "DERIVED"
    """Computed from a source's figures by a stated rule."""
    EDITORIAL = "EDITORIAL"
    """An editor's judgement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where figures come from. `credit` is the line that its licence asks to be shown; `vintage` its edition."""

    slug: str
    title: str
    publisher: str
    kind: SourceKind
    url: str | None = None
    licence: str | None = None
    credit: str | None = None
    vintage: str | None = None
