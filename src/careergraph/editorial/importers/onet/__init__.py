"""O*NET as an import."""
