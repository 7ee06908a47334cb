"""How the database is opened, read and written."""
