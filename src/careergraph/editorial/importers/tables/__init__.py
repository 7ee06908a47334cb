"""Tables as files: read row by row, and told apart by their columns."""
