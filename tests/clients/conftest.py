"""The seeded desk that a CMS is pulled into."""

from editorial.importers.conftest import desk

__all__ = ["desk"]
