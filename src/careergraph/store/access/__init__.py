"""Access tokens, people, and the audit log."""
