"""Who calls a verb, by which right, and how they sign in."""
