"""Writes the pages of `docs/reference/` that the web layer's settings and codes give anew."""

from pathlib import Path

from careergraph.web.reference import pages

if __name__ == "__main__":
    folder = Path(__file__).parents[2] / "docs" / "reference"
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
