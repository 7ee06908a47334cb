"""Texts for readers, written once for each locale."""

Text = dict[str, str]
"""A text by locale."""
Texts = dict[str, list[str]]
"""A list of texts by locale."""
