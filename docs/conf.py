"""Sphinx: the site of these documents, which are Markdown and read well without it. `make docs` builds it."""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

project = "careergraph"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "careergraph"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
myst_heading_anchors = 4
# blocks show templates and shortened answers, which no lexer takes for whole documents
suppress_warnings = ["misc.highlighting_failure"]

PAGES = Path(__file__).parent
LINK = re.compile(r"\[([^\]]+)\]\((?!\w+:)([^)#]+)(?:#[^)]*)?\)")
LOADED = re.compile(
    r"<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)=\"(?:https?:)?//|@import|url\([\"']?(?:https?:)?//"
)


def name_files(app: Sphinx, page: str, source: list[str]) -> None:
    """Name the files of the repository that are no pages of the site, in place of the links to them."""
    folder = (PAGES / page).parent

    def named(match: re.Match[str]) -> str:
        target = (folder / match[2]).resolve()
        if target.is_relative_to(PAGES):
            return match[0]
        path = target.relative_to(PAGES.parent)
        return match[1] if str(path) in match[1] else f"{match[1]} (`{path}`)"

    source[0] = LINK.sub(named, source[0])


def refuse_requests(app: Sphinx, problem: Exception | None) -> None:
    """Refuse a site that would load anything from elsewhere. Raises ExtensionError."""
    for path in (*app.outdir.rglob("*.html"), *app.outdir.rglob("*.css")):
        if match := LOADED.search(path.read_text(encoding="utf-8")):
            raise ExtensionError(f"{path} loads something from elsewhere: {match[0]}")


def setup(app: Sphinx) -> None:
    """Connect the two."""
    app.connect("source-read", name_files)
    app.connect("build-finished", refuse_requests)
