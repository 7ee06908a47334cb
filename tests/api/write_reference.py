"""Writes the generated pages of `docs/reference/` anew."""

from pathlib import Path

from careergraph.api.reference import pages
from careergraph.web.core.codes import WebCode

if __name__ == "__main__":
    folder = Path(__file__).parents[2] / "docs" / "reference"
    for name, text in pages(WebCode).items():
        (folder / name).write_text(text, encoding="utf-8")
