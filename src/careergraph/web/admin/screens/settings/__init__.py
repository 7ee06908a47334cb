"""Settings: who may, who is told, and what was given out."""
