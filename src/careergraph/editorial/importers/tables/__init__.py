"""Tables as files: read row by row, and recognised by their columns."""
