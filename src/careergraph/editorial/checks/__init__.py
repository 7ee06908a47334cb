"""Checks: what must hold of each document type, one file each. A check yields problems and never raises."""
