"""Verbs on releases."""
