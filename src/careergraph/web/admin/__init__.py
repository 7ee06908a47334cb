"""The admin: the editors' own tool."""
