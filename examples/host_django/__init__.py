"""A Django project with users and migrations of its own, and careergraph below /careers."""
