"""ESCO as an import."""
