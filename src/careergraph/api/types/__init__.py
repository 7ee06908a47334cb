"""The types of content: careers, skills, values and their sources."""
