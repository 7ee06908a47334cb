"""Comparisons in bytes: rows and statements, put together of parts of each career and of what follows from a pair."""
