"""Pages for developers: the front page and GraphiQL."""
