"""Backup: everything that the tables hold as a file, and back."""
