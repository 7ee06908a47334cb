"""Suggest: which skill concepts a phrase may mean. See `docs/skill-meaning.md`."""
