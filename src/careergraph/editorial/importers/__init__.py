"""Imports: other people's tables become drafts, through the editors' verbs."""
