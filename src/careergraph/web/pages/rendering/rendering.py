"""Rendering: from the document of a page to its HTML, everything escaped."""

from collections.abc import Mapping

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape
from starlette.types import Scope

from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import Locale
from careergraph.engine.text.localized_catalog import localize
from careergraph.web.core.config import Config
from careergraph.web.graphql import GraphQL
from careergraph.web.pages.rendering.addresses import safe_url
from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.files import Files
from careergraph.web.pages.rendering.structured import script_text
from careergraph.web.pages.rendering.visit import Visit
from careergraph.web.pages.rendering.words import Words

STATIC = "/_careergraph/pages"
"""The path of static files."""


class Rendering:
    """The templates and files that all pages of an app share, and what fills them in."""

    def __init__(self, config: Config, graphql: GraphQL, files: Files, templates: Environment) -> None:
        self.config, self.graphql, self.files, self.templates = config, graphql, files, templates

    def render(self, document: Document, visit: Visit) -> bytes:
        """The HTML of a page."""
        catalog, addresses = visit.catalog, visit.addresses
        words = visit.words
        title = words(document.label, title=document.title) if document.label else document.title
        values = {
            "fallback": False,
            "credits": (),
            **document.values,
            "preview": getattr(visit.caller.context, "preview", None),
            "w": words,
            "title": title,
            "description": words(document.lead) if document.lead else document.description or title,
            "link": addresses.link,
            "file": addresses.file,
            "media": addresses.media,
            "compare": addresses.compare,
            "static": lambda name: addresses.file(f"{STATIC}/{name}", v=self.files.static[name].digest),
            "page": document,
            "structured": script_text(document.structured),
            "locale": visit.locale.code,
            "other_language": other_language(visit.locale),
            "canonical": addresses.public(path=document.canonical),
            "languages": [
                (code, locale.name, addresses.public(code, document.canonical))
                for code, locale in _sorted(catalog).items()
            ],
            "localized": lambda code: addresses.localized(code, None if document.status == 200 else "/"),
            "config": self.config,
            "path": addresses.path,
        }
        return self.templates.get_template(document.template).render(values).encode()

    def refused(self, scope: Scope, code: str, message: str, name: str = "") -> bytes:
        """The page of a request that is refused before its language is known."""
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        up = "../" * (path.count("/") - 1)
        catalog = self.graphql.catalog_holder.last
        site = "" if catalog is None else Words(localize(catalog, catalog.default_locale))("site.name")
        values = {"code": code, "message": message, "id": name, "up": up, "site": site}
        return self.templates.get_template("refused.html").render(values).encode()


def other_language(locale: Locale) -> str | None:
    """Return the language of the texts that a locale lacks; None without a fallback, or with several."""
    fallback = locale.fallback
    return fallback.code if fallback is not None and fallback.fallback is None else None


def _sorted(catalog: Catalog) -> Mapping[str, Locale]:
    default = catalog.default_locale
    return {code: catalog.locales[code] for code in sorted(catalog.locales, key=lambda code: (code != default, code))}


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
