"""Careers that are kept in another headless CMS, as tables for the import that a map names."""
