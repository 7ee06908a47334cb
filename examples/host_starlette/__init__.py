"""A Starlette application with users of its own, and careergraph below /careers."""
