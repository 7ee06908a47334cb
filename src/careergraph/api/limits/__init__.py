"""What an operation may cost: measured before it runs, and bounded while it runs."""
