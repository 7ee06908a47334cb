"""Finding and selecting careers."""
