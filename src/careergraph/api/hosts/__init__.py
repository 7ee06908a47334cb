"""A host's own Strawberry schema, with the published content among the host's fields."""
