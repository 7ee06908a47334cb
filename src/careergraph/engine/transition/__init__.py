"""How hard the move from one career to another is, the cheapest way there, and a roadmap derived of what is known."""
