"""Health, logs, metrics and spans."""
