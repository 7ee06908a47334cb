"""Drafts, releases and schedules, and the publish that makes them live."""
