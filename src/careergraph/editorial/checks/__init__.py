"""Checks of each document type. A check yields problems and never raises."""
