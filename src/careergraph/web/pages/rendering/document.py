"""Document: the content of a page, before it is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a page: its template and the values in it."""

    template: str
    title: str
    description: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    structured: object = None
    """JSON-LD for search engines."""
    indexed: bool = True
    """Whether search engines may list the page."""
    label: str = ""
    """The label of the title, if that is not content."""
    lead: str = ""
    """The label of the description."""
    canonical: str | None = None
    """The path of the canonical page, if this is a variant."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """The parameters of the address, kept in other languages."""
    raw: bytes | None = None
    """A body instead of a page: JSON or CSV."""
