"""Verbs on previews, access tokens and endpoints."""
