"""Drafts as they would read if they were live, and what publishing them would change."""
