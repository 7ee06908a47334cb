"""The state of the tables: brought to a revision, saved to an archive and restored."""
