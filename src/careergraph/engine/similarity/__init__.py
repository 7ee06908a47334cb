"""Near careers, the reasons, and the pairs that are worth a page."""
