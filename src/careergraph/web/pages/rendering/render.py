"""Rendering: from what a page shows to its HTML, everything escaped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, StrictUndefined

from careergraph.web.pages.rendering.addresses import safe_url
from careergraph.web.pages.rendering.files import Files


@dataclass(frozen=True, slots=True)
class Document:
    """What a page shows: its template and the values in it."""

    template: str
    title: str
    description: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    structured: object = None
    """What search engines read of the page, as JSON-LD."""
    indexed: bool = True
    """Whether search engines may list the page."""
    label: str = ""
    """The label that is the page's title, where it is not content."""
    lead: str = ""
    """The label that is its description."""
    canonical: str | None = None
    """The path of the page that this one repeats."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What the address of the page says beside its path, which its address in another language says too."""
    raw: bytes | None = None
    """What is answered in place of a page: JSON or CSV."""


def environment(files: Files) -> Environment:
    """The environment of the templates: undefined names are errors, all values are escaped."""
    templates = Environment(
        loader=files.loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.filters["safe_url"] = safe_url
    templates.filters["sentence"] = sentence
    return templates


def sentence(text: str) -> str:
    """A text that begins a sentence: its first letter is a capital, the others stay as they are."""
    return text[:1].upper() + text[1:]
