"""Semantic: suggestions with the help of a small language model, for authoring and imports. Needs the extra `semantic`.

Nothing that answers a reader imports this package: no model guesses while somebody waits for a page.
"""
