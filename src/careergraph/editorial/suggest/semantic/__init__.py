"""Suggestions with a small language model, for authors and imports. Needs the extra `semantic`.

No request of a reader imports this package: no model runs while somebody waits for a page.
"""
