"""Catalogs from documents: the live one, and those of the past."""
