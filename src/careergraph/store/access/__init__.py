"""Who may, and who did what: access tokens and the audit log."""
