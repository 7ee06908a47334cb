"""Rendering: from a document to its HTML, everything escaped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from careergraph.web.pages.rendering.addresses import safe_url
from careergraph.web.pages.rendering.files import Files


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


def environment(files: Files) -> Environment:
    """Return the Jinja environment: undefined names are errors, all values are escaped."""
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
    templates.filters["breakable"] = breakable
    return templates


def breakable(text: str) -> Markup:
    """Let a title break after a slash: browsers would break a long word at any letter."""
    return escape(text).replace("/", Markup("/<wbr>"))


def sentence(text: str) -> str:
    """Capitalize the first letter, and leave the others."""
    return text[:1].upper() + text[1:]
