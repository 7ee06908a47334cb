"""Importing other people's tables."""
