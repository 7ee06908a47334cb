"""The basis of all commands: their declaration, the database, and reports."""
