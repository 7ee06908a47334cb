"""Writes `docs/reference/roles.md` anew."""

from pathlib import Path

from careergraph.editorial.access.roles import roles_page

if __name__ == "__main__":
    page = Path(__file__).parents[3] / "docs" / "reference" / "roles.md"
    page.write_text(roles_page(), encoding="utf-8")
