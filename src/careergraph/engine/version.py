"""The version of the engine's rules and wording."""

ENGINE = "1"
"""Raised whenever the same catalog and the same request would give other bytes than before."""
